#!/usr/bin/env node
// What npx starts: Node's own loader knows no TypeScript before this.
import '../loader/register.mjs';
await import('./main.ts');
