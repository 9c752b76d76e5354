/** The benchmark's page, built: ours alone, or with the browser's peers, whose packages are then there. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

export async function buildPage(name: 'peers' | 'ours', outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    base: './',
    logLevel: 'error',
    resolve: { alias: [{ find: /^peer:(.*)$/, replacement: '$1' }] },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: join(ROOT, `${name}.html`) },
    },
    worker: { format: 'es' },
  });
}
