// Starts node.ts from a checkout: Node's worker threads do not inherit the TypeScript loader of their parent.
import { register } from 'tsx/esm/api';

register();
await import('./node.ts');
