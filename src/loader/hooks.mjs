/** Node's hook for loading a module: TypeScript through sucrase, which keeps every line where it is. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from 'sucrase';

const OPTIONS = { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true };

export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const source = transform(readFileSync(fileURLToPath(url), 'utf8'), OPTIONS).code;
  return { format: 'module', source, shortCircuit: true };
}
