// Starts node.ts from a checkout: Node's worker threads do not inherit the TypeScript loader of their parent.
import '../../loader/register.mjs';
await import('./node.ts');
