/**
 * A checkout after `npm ci --omit=optional`: the native packages are missing, so neither tsx's compiler nor vite's
 * is there.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { folder, mckean, put, TYPESCRIPT } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = folder();
const CONFIG = {
  data: { dataset: 'curve', samples: 64 },
  model: { width: 20_000 },
  dynamics: { steps: 3 },
  method: 'direct',
};

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** Folders of these packages and of what they depend on, but for optional dependencies. */
function required(names: readonly string[]): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const name of Object.keys(packages[path].dependencies ?? {})) {
      const own = `${path}/node_modules/${name}`;
      visit(own in packages ? own : `node_modules/${name}`);
    }
  };
  names.forEach((name) => visit(`node_modules/${name}`));
  return [...found];
}

const npm = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync('npm', ['run', '-s', ...args], {
    cwd: home,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });

beforeAll(() => {
  const packages = required([...Object.keys(manifest.dependencies), 'vite']);
  for (const path of ['package.json', 'index.html', 'vite.config.ts', 'src', 'shaders', ...packages])
    cpSync(join(ROOT, path), join(home, path), { recursive: true });
  put(home, 'config.json', CONFIG);
});

it('nothing native is left to compile with', () => {
  const here = `${process.platform}-${process.arch}`;
  expect(existsSync(join(home, 'node_modules/tsx'))).toBe(true);
  expect(existsSync(join(ROOT, `node_modules/@esbuild/${here}`))).toBe(true);
  expect(existsSync(join(home, `node_modules/@esbuild/${here}`))).toBe(false);
});

it('the command line computes the same bits, its worker threads included', async () => {
  const whole = await mckean(['run', 'config.json', '--engine', 'cpu', '--out', 'whole'], { cwd: home });
  expect(whole.status).toBe(0);
  const { status, stderr } = npm(
    'mckean',
    '--',
    'run',
    'config.json',
    '--engine',
    'cpu',
    '--out',
    'incomplete',
  );
  expect([status, stderr]).toEqual([0, whole.stderr]);
  for (const name of ['theta.npy', 'f.npy', 'history.csv'])
    expect(readFileSync(join(home, 'incomplete', name))).toEqual(readFileSync(join(home, 'whole', name)));
});

describe('what needs a builder says so in one sentence', () => {
  it.each(['start', 'build', 'test', 'preview', 'classroom', 'check'])('npm run %s', (script) => {
    const { status, stdout, stderr } = npm(script);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^mckean: packages that .* are missing here: run npm ci without --omit=optional .*\n$/,
    );
  });
});

it('a fault in vite that is no missing package is shown as it is', () => {
  put(home, 'node_modules/vite/dist/node/index.js', 'throw new Error("broken");\n');
  const { status, stderr } = spawnSync(process.execPath, ['src/loader/builder.mjs'], {
    cwd: home,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/Error: broken/);
});

it.each(['#', '?'])('a folder with %s in its path is refused by name', (mark) => {
  const path = join(home, `a${mark}b`, 'src', 'loader');
  cpSync(join(ROOT, 'src/loader/builder.mjs'), join(path, 'builder.mjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(path, 'builder.mjs')], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^mckean: the page cannot be built in "[^\n]*": move it to a path without [#?]\n$/),
  ]);
});

it('npx starts the command line in the checkout', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(home, manifest.bin), '-V'], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, `${manifest.version}\n`]);
});

it('an installation that is whole passes without a word', () => {
  const { status, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, 'src/loader/builder.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
