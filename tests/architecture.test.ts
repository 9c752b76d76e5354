/**
 * The table of layers *is* the architecture: what each folder may see, and where each npm package may be named.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder → what it sees beside itself; nothing sees bench or tests. */
const LAYERS: Record<string, readonly string[]> = {
  'src/core': [],
  'src/io': ['src/core'],
  'src/gpu': [],
  'src/loader': [],
  shaders: ['src/core', 'src/gpu/layout.ts'],
  'src/engines': ['src/core', 'src/gpu', 'src/loader', 'shaders'],
  'src/experiments': ['src/core', 'src/io', 'src/engines'],
  'src/views': ['src/core', 'src/gpu', 'src/engines'],
  'src/app': ['src/core', 'src/io', 'src/gpu', 'src/engines', 'src/experiments', 'src/views'],
  'src/cli': [
    'src/core',
    'src/io',
    'src/gpu',
    'src/engines',
    'src/experiments',
    'package.json',
    'vite.config.ts',
  ],
};

/** Package → the only places that name it. */
const FENCES: Record<string, readonly string[]> = {
  'wgsl-preprocessor': ['shaders'],
  mediabunny: ['src/app/save/encoder.ts'],
  regl: ['src/views/cloud/regl.ts'],
  uplot: ['src/views/plots/uplot.ts'],
  'lil-gui': ['src/views/controls.ts'],
  'd3-scale-chromatic': ['src/views/palette.ts'],
  webgpu: ['src/cli/machine/dawn.ts'],
  'cli-progress': ['src/cli/progress.ts'],
  vite: ['src/cli/serve.ts', 'src/cli/classroom.ts', 'src/loader/builder.mjs'],
  '@vitejs/plugin-basic-ssl': ['src/cli/classroom.ts'],
  qr: ['src/cli/machine/qr.ts'],
  papaparse: ['src/io/csv.ts'],
  valibot: ['src/core/config/config.ts'],
  'ml-matrix': ['src/core/analysis/linear.ts', 'src/core/analysis/linear-moments.ts'],
  'linear-sum-assignment': ['src/core/analysis/transport.ts'],
  'simple-statistics': ['src/core/analysis/statistics.ts'],
  vega: ['src/experiments/measure/figures/figure.ts', 'src/experiments/measure/figures/phases.ts'],
  'fastest-levenshtein': ['src/core', 'src/experiments', 'src/cli', 'src/app/data/expression.ts'],
  tsx: ['src/loader/register.mjs'],
  sucrase: ['src/loader/hooks.mjs'],
  'node:*': ['src/cli', 'src/loader', 'src/engines/workers/node.ts'],
};

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\()['"]([^'"]+)['"]/g;

/** A file of ours by its path from the root, a package (wherever it lies) by its name. */
function resolved(from: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const path = relative(ROOT, join(ROOT, dirname(from), target));
  return path.startsWith('node_modules/') ? path.slice('node_modules/'.length) : `./${path}`;
}

const isOurs = (target: string): boolean => target.startsWith('./');

const SOURCES: Source[] = ['src', 'shaders'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$|\.mjs$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(ROOT, path), 'utf8');
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
      return {
        path,
        text: code,
        imports: [...code.matchAll(IMPORT)].map(([, target]) => resolved(path, target)),
      };
    }),
);

const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));
const layerOf = (path: string): string =>
  Object.keys(LAYERS).find((layer) => within(path, [layer])) ?? `no layer: ${path}`;
const packageOf = (target: string): string =>
  target.startsWith('node:')
    ? 'node:*'
    : target
        .split('/')
        .slice(0, target.startsWith('@') ? 2 : 1)
        .join('/');

it('reads sources and finds their imports', () => {
  expect(SOURCES.length).toBeGreaterThan(40);
  expect(SOURCES.find(({ path }) => path === 'src/engines/select.ts')?.imports).toContain(
    './src/gpu/device.ts',
  );
});

describe.each(Object.keys(LAYERS))('%s', (layer) => {
  it(`sees only itself${LAYERS[layer].length ? `, ${LAYERS[layer].join(', ')}` : ''}`, () => {
    const wrong = SOURCES.filter(({ path }) => layerOf(path) === layer).flatMap(({ path, imports }) =>
      imports
        .filter((target) => isOurs(target) && !within(target.slice(2), [layer, ...LAYERS[layer]]))
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('every npm package is named only behind its fence', () => {
  const wrong = SOURCES.flatMap(({ path, imports }) =>
    imports
      .filter((target) => !isOurs(target) && !within(path, FENCES[packageOf(target)] ?? []))
      .map((target) => `${path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

it('no fence is left standing around nothing', () => {
  const named = new Set(
    SOURCES.flatMap(({ imports }) => imports.filter((target) => !isOurs(target)).map(packageOf)),
  );
  expect(Object.keys(FENCES).filter((name) => !named.has(name))).toEqual([]);
});

describe.each([
  ['Math.random', /Math\.random/, []],
  ['the type any', /[:<(,|]\s*any\b(?!thing)\s*[;,)>\]=|[]|\bas any\b/, []],
  ["layout: 'auto'", /layout:\s*['"]auto['"]/, []],
  [
    'a clock or the DOM in the mathematics',
    /\bDate\b|\bperformance\b|\bdocument\b|\bwindow\b/,
    ['src/app', 'src/cli', 'src/views', 'src/engines', 'src/experiments', 'src/gpu', 'shaders'],
  ],
  ['console', /\bconsole\./, []],
  // Its other labels mean what the web means by them, and old versions of Node something else.
  ["a TextDecoder of anything but 'utf-8'", /\bTextDecoder\((?!'utf-8'|\))/, []],
] as const)('nothing uses %s', (_, pattern, exempt) => {
  it('', () =>
    expect(
      SOURCES.filter(({ path, text }) => !within(path, exempt) && pattern.test(text)).map(({ path }) => path),
    ).toEqual([]));
});

it('no switch chooses by name: registries do', () => {
  expect(SOURCES.filter(({ text }) => /\bswitch\s*\(/.test(text)).map(({ path }) => path)).toEqual([]);
});
