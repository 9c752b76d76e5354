/**
 * The table of layers *is* the architecture: what each folder may see, and where each npm package may be named.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What engines are to those who use them; which there are, select.ts alone knows. */
const INTERFACE = ['engine', 'check', 'on-gpu', 'density', 'kernel', 'draws', 'store'].map(
  (name) => `src/engines/${name}.ts`,
);

/** Folder → what it sees beside itself; nothing sees kernels, bench or tests. */
const LAYERS: Record<string, readonly string[]> = {
  'src/core': [],
  'src/io': ['src/core'],
  'src/gpu': [],
  'src/loader': [],
  shaders: ['src/core', 'src/gpu/layout.ts'],
  kernels: [
    'src/core',
    'src/engines/cpu/simd/layout.ts',
    'src/engines/cpu/simd/built', // by its address: where it writes
    'src/cli/tool.ts', // the program that builds them
  ],
  'src/engines': ['src/core', 'src/gpu', 'src/loader', 'shaders'],
  'src/experiments': ['src/core', 'src/io', ...INTERFACE],
  'src/words': [],
  'src/views': ['src/core', 'src/gpu', 'shaders', ...INTERFACE],
  'src/app': [
    'src/core',
    'src/io',
    'src/gpu',
    ...INTERFACE,
    'src/engines/select.ts',
    'src/engines/workers/web.ts', // by its address: what a worker runs
    'src/experiments',
    'src/views',
    'src/words',
  ],
  'src/library': [
    'src/core',
    'src/io',
    ...INTERFACE,
    'src/engines/unavailable.ts',
    'src/engines/select.ts',
    'src/experiments',
    'src/views',
    'src/words',
    'src/app/cloud',
    'src/app/run/metrics.ts',
    'src/app/run/steps',
    'src/app/platform.ts', // a browser's engines
    'src/cli/machine/platform.ts', // Node's
  ],
  'src/cli': [
    'src/core',
    'src/io',
    'src/gpu',
    'src/loader',
    'src/engines',
    'src/experiments',
    'package.json',
    'vite.config.ts',
  ],
};

/** Package → the only places that name it. */
const FENCES: Record<string, readonly string[]> = {
  'wgsl-preprocessor': ['shaders'],
  assemblyscript: ['kernels/build.ts'],
  mediabunny: ['src/app/save/encoder.ts'],
  regl: ['src/views/cloud/regl.ts'],
  uplot: ['src/views/plots/uplot.ts'],
  'lil-gui': ['src/views/controls.ts'],
  'd3-scale-chromatic': ['src/views/palette.ts'],
  webgpu: ['src/cli/machine/dawn.ts'],
  'cli-progress': ['src/cli/progress.ts'],
  vite: ['src/cli/site', 'src/loader/builder.mjs'],
  mkcert: ['src/cli/site/certificate.ts'],
  qr: ['src/cli/machine/qr.ts'],
  'hyparquet-writer': ['src/cli/sweep/cells.ts'],
  papaparse: ['src/io/csv.ts', 'src/io/table/records.ts'],
  'jsonc-parser': ['src/io/json.ts'],
  valibot: ['src/core/config'],
  'ml-matrix': ['src/core/analysis/linear.ts', 'src/core/analysis/linear-moments.ts'],
  'linear-sum-assignment': ['src/core/analysis/transport.ts'],
  'simple-statistics': ['src/core/analysis/statistics.ts'],
  yalps: ['src/experiments/papers/max-margin.ts'],
  vega: ['src/experiments/measure/figures'],
  'fastest-levenshtein': ['src/core', 'src/io/expression.ts', 'src/experiments'],
  tsx: ['src/loader/register.mjs'],
  sucrase: ['src/loader/hooks.mjs'],
  'node:*': ['src/cli', 'src/loader', 'src/engines/workers/node.ts', 'kernels/build.ts'],
};

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Those that are there when the file runs: of values, and not on demand. */
  readonly values: readonly string[];
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\()['"]([^'"]+)['"]/g;

const STATEMENT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\bfrom\s*)?['"]([^'"]+)['"]/gm;

/** A file of ours by its path from the root, a package (wherever it lies) by its name. */
function resolved(from: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const path = relative(ROOT, join(ROOT, dirname(from), target));
  return path.startsWith('node_modules/') ? path.slice('node_modules/'.length) : `./${path}`;
}

const isOurs = (target: string): boolean => target.startsWith('./');

const sourcesOf = (...folders: string[]): Source[] =>
  folders.flatMap((folder) =>
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
          values: [...code.matchAll(STATEMENT)].map(([, target]) => resolved(path, target)),
        };
      }),
  );

const SOURCES = sourcesOf('src', 'shaders', 'kernels');

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

/** Paths that come back to where they began, each once, by the first file found of it. */
function circles(next: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const target of next.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) walk(path, []);
  return found;
}

it('no values go round in circles: a file is there before those that use it', () => {
  const next = new Map(
    SOURCES.map(({ path, values }) => [path, values.filter(isOurs).map((target) => target.slice(2))]),
  );
  expect(next.get('src/engines/select.ts')).toContain('src/core/methods/methods.ts');
  expect(next.get('src/engines/select.ts')).not.toContain('src/engines/webgpu/engine.ts'); // on demand
  expect(next.get('src/engines/select.ts')).not.toContain('src/engines/kernel.ts'); // types alone
  expect(circles(next)).toEqual([]);
});

it('circles are found', () => {
  const edges = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d'], e: ['a'] };
  expect(circles(new Map(Object.entries(edges)))).toEqual(['a → b → c → a', 'd → d']);
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
  ['a binding numbered by hand', /@binding\(\d|\bbinding:\s*\d/, []],
  [
    'a clock or the DOM in the mathematics',
    /\bDate\b|\bperformance\b|\bdocument\b|\bwindow\b/,
    [
      'src/app',
      'src/cli',
      'src/library/cloud.ts',
      'src/library/widget.ts',
      'src/views',
      'src/engines',
      'src/experiments',
      'src/gpu',
      'shaders',
    ],
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

/**
 * A test says the same on every machine, however busy: it waits for states (vi.waitFor, waitForFunction) with
 * PATIENCE, and counts what does not depend on the machine. What is about speed is in bench/.
 */
describe('no test reads a clock, counts frames or waits for a time', () => {
  const TIMES =
    /\b(?:performance\.now|Date\.now|new Date|hrtime|setTimeout|setInterval|requestAnimationFrame|timers\/promises|waitForTimeout|waitForNetworkIdle)\b|\btimeout: *\d/;
  /** File → why it may all the same. */
  const MEANT: Readonly<Record<string, string>> = {
    'tests/architecture.test.ts': 'names them all',
    'tests/app/recovery.test.ts': 'on a fake clock',
    'tests/queues/queues.ts': 'no test: between two looks at a queue',
    'tests/browsers/tab.ts': 'between two looks at a browser that tells nothing by itself',
    'tests/browsers/share.ts': 'no test: what steps have of the time, for who runs the tour',
    'tests/app/turns.test.ts': 'on a fake clock',
    'tests/bench/kit.test.ts': 'on a fake clock',
    'tests/engines/device.test.ts': 'on a fake clock',
    'tests/engines/schedule.test.ts': 'on a fake clock',
    'tests/engines/worker-watch.test.ts': 'on a fake clock',
    'tests/support/browser/faults.ts': "hurries the page's own clock where a driver never answers",
    'tests/support/fake-queue.ts': 'on a fake clock',
    'tests/support/turn.ts': 'the next turn of the event loop, without a delay',
    'tests/page/install.test.ts': "a timer of the page's own, without a delay: the policy is meant",
    'tests/support/pages/cloud.ts': 'looks at every frame whether a state is there',
  };
  const named = sourcesOf('tests').filter(({ text }) => TIMES.test(text));

  it('but for a fake clock', () =>
    expect(named.map(({ path }) => path).filter((path) => !(path in MEANT))).toEqual([]));
  it('and what vitest waits for, it waits for with patience: its own is a second', () => {
    const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;
    const hasty = sourcesOf('tests').filter(
      ({ text }) => count(text, /\bvi\.wait(?:For|Until)\(/g) > count(text, /\bWAIT\)/g),
    );
    expect(hasty.map(({ path }) => path)).toEqual([]);
  });
  it('and nothing is allowed in vain', () =>
    expect(Object.keys(MEANT).filter((allowed) => !named.some(({ path }) => path === allowed))).toEqual([]));
});

/** About twenty files, which a reader can overlook; what a script writes is not read. */
const MOST_FILES = 23;

it('keeps folders small', () => {
  const counts = new Map<string, number>();
  for (const top of ['src', 'shaders', 'kernels', 'bench', 'tests'])
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      const folder = relative(ROOT, entry.parentPath);
      if (entry.isFile() && !/node_modules|built/.test(folder))
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  expect(counts.size).toBeGreaterThan(40);
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
});

/** A few screens. */
const MOST_LINES = 250;

it('keeps files short', () => {
  const long = ['src', 'shaders'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(m?ts|mjs|css)$/.test(name) && !/built|shipped/.test(name))
      .map(
        (name) =>
          [join(top, name), readFileSync(join(ROOT, top, name), 'utf8').split('\n').length - 1] as const,
      ),
  );
  expect(long.length).toBeGreaterThan(300);
  expect(long.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
});
