import katex from 'katex';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { LICENCES, offline, sparing, strictPolicy, workerLicences } from './vite.site.ts';

/**
 * A .tex file of blocks "%% name, then a formula a line" becomes a module of MathML by name: no typesetting is
 * left for the page.
 */
const mathml: Plugin = {
  name: 'mathml',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.tex')) return null;
    const blocks = readFileSync(id, 'utf8')
      .split(/^%% /m)
      .slice(1)
      .map((block) => block.trim().split('\n'));
    const typeset = (tex: string): string =>
      /<math[\s\S]*<\/math>/.exec(katex.renderToString(tex, { output: 'mathml', displayMode: true }))![0];
    return `export default ${JSON.stringify(Object.fromEntries(blocks.map(([name, ...lines]) => [name, lines.map(typeset).join('')])))}`;
  },
};

/**
 * Test files whose laws need a GPU adapter, a browser, the command line or long work; all others are `unit` and run while one
 * works.
 */
const GPU = ['tests/gpu/*.test.ts'];
const LONG = [
  'tests/experiments/measure.test.ts',
  'tests/experiments/papers.test.ts',
  'tests/kernels/rebuild.test.ts',
  'tests/engines/wgsl.test.ts',
  'tests/app/tries.test.ts',
];
const PAGE = ['tests/page/**/*.test.ts', 'tests/browsers/*.test.ts'];
const CLI = ['tests/cli/**/*.test.ts'];

/** Vite alone does not know `test`; it reads the rest. */
export default defineConfig({
  base: './',
  plugins: [mathml, strictPolicy, sparing(), offline(), workerLicences],
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    license: { fileName: LICENCES },
    // what the page starts with is one file: many small ones take more bytes and more requests
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], test: (id) => !id.includes('/offline/service-worker') },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  // Named here so that the first visit of the development server need not reload when it meets them.
  optimizeDeps: {
    entries: ['index.html'],
    include: [
      'd3-scale-chromatic',
      'fastest-levenshtein',
      'lil-gui',
      'papaparse',
      'regl',
      'uplot',
      'valibot',
      'wgsl-preprocessor/wgsl-preprocessor.js',
    ],
  },
  test: {
    reporters: ['default', './tests/support/totals.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Nobody waits so long: these end what hangs. On a busy machine all takes ten times as long, and passes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...GPU, ...PAGE, ...CLI, ...LONG],
          // They leave nothing behind in modules, and a process that has read these once need not read them again.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'measure', include: LONG, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: CLI,
          globalSetup: ['tests/support/setup.ts', 'tests/support/built-command.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: GPU,
          globalSetup: ['tests/support/setup.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      // After the others: a browser draws in software, with every core and much memory.
      {
        extends: true,
        test: {
          name: 'page',
          include: PAGE,
          // tests/support/totals.ts names each that needed it, and allows a few
          retry: 1,
          globalSetup: ['tests/support/setup.ts', 'tests/support/browser/built.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
