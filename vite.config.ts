import { defineConfig } from 'vitest/config';

/** Test files whose laws need a GPU adapter, a browser or the command line; all others are `unit` and run while one works. */
const GPU = ['tests/*gpu*.test.ts'], PAGE = ['tests/page*.test.ts', 'tests/timed*.test.ts'], CLI = ['tests/cli*.test.ts'];

/** Vite alone does not know `test`; it reads the rest. */
export default defineConfig({
  base: './',
  build: { target: 'es2022', chunkSizeWarningLimit: 500 },
  worker: { format: 'es' },
  // Named here so that the first visit of the development server need not reload when it meets them.
  optimizeDeps: {
    entries: ['index.html'],
    include: ['d3-scale-chromatic', 'fastest-levenshtein', 'lil-gui', 'papaparse', 'regl', 'uplot', 'valibot', 'wgsl-preprocessor/wgsl-preprocessor.js'],
  },
  test: {
    reporters: ['default', './tests/totals.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/*.test.ts'], exclude: [...GPU, ...PAGE, ...CLI], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'cli', include: CLI, globalSetup: ['tests/setup.ts'], testTimeout: 300_000, sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'gpu', include: GPU, globalSetup: ['tests/setup.ts'], testTimeout: 300_000, sequence: { groupOrder: 1 } } },
      // Alone: it counts frames and milliseconds.
      {
        extends: true,
        test: { name: 'page', include: PAGE, globalSetup: ['tests/setup.ts'], testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
