import { defineConfig } from 'vitest/config';

/** Test files whose laws need a browser or a GPU adapter; everything else is `unit` and runs while one works. */
const GPU = ['tests/*gpu*.test.ts'], PAGE = ['tests/page*.test.ts'], CLI = ['tests/cli*.test.ts'];

export default defineConfig({
  base: './',
  build: { target: 'es2022', chunkSizeWarningLimit: 400 },
  worker: { format: 'es' },
  // Named here so that the first visit of the development server need not reload when it meets them.
  optimizeDeps: { include: ['d3-scale-chromatic', 'fastest-levenshtein', 'lil-gui', 'papaparse', 'regl', 'uplot', 'valibot', 'wgsl-preprocessor/wgsl-preprocessor.js'] },
  test: {
    globalSetup: ['tests/setup.ts'],
    reporters: ['default', './tests/totals.ts'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/*.test.ts'], exclude: [...GPU, ...PAGE, ...CLI] } },
      { extends: true, test: { name: 'cli', include: CLI, testTimeout: 120_000 } },
      { extends: true, test: { name: 'gpu', include: GPU, testTimeout: 120_000 } },
      { extends: true, test: { name: 'page', include: PAGE, testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
