/** mckean sweep as a person, and a scheduler, meets it. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { expect, it, vi } from 'vitest';
import { parseCsv } from '../../src/io/csv.ts';
import { folder, json, mckean, npy, put, start, text } from '../support/cli.ts';
import { WAIT } from '../support/patience.ts';

const home = folder();
const SWEEP = {
  title: 'Curve <of> six',
  base: {
    data: { dataset: 'curve', samples: 6 },
    model: { bias: false },
    dynamics: { dt: 0.2, steps: 4 },
    engine: 'cpu',
  },
  grid: {
    parameterization: ['mean-field'],
    'model.width': [8, 16, 32, 64, 128, 512],
    'initial.seed': Array.from({ length: 64 }, (_, k) => k + 1),
  },
  measure: ['law-of-large-numbers', 'clt', 'coupling'],
};
const ALL = 6 * 64;
const sweep = (...args: string[]) => mckean(['sweep', ...args, '--quiet'], { cwd: home });
interface Plan {
  readonly chunks: readonly { readonly cells: readonly string[] }[];
}
const cellsOf = (out: string): string[] =>
  json<Plan>(home, out, 'plan.json').chunks.flatMap(({ cells }) => cells);
const result = (out: string, cell: string): string => join(home, out, 'cells', cell, 'result.json');
const bits = (out: string): (string | null)[] =>
  cellsOf(out).map((cell) => (existsSync(result(out, cell)) ? text(result(out, cell)) : null));

it('a sweep is planned, killed, gone on with, and ends in the bits of one that nobody has killed', async () => {
  expect((await sweep('plan', put(home, 'sweep.json', SWEEP), '--out', 'killed')).status).toBe(0);
  expect(json<Plan>(home, 'killed', 'plan.json').chunks.map(({ cells }) => cells.length)).toEqual([ALL]);
  expect(new Set(cellsOf('killed')).size).toBe(ALL);
  cpSync(join(home, 'killed'), join(home, 'whole'), { recursive: true });
  const { process: child, ended } = start(['sweep', 'chunk', 'killed', '1', '--threads', '1'], { cwd: home });
  await vi.waitUntil(() => bits('killed').some((cell) => cell !== null), WAIT);
  child.kill('SIGKILL');
  await ended;
  expect(bits('killed').filter((cell) => cell === null).length).toBeGreaterThan(ALL / 3);
  expect((await sweep('run', 'killed')).status).toBe(0);
  // elsewhere in other company: the replicas of a cell change no bit of it
  expect((await sweep('chunk', 'whole', '1')).status).toBe(0);
  expect(bits('killed')).toEqual(bits('whole'));
  expect(bits('whole')).not.toContain(null);
});

it('a chunk computes what is missing or half written, and nothing else; a second process is refused', async () => {
  const [first, second, third] = cellsOf('whole');
  const before = bits('whole');
  rmSync(result('whole', first));
  writeFileSync(result('whole', second), before[1]!.slice(0, 40));
  writeFileSync(result('whole', third), '{"failure":"left as it is"}');
  const { status, stdout } = await sweep('chunk', 'whole', '1');
  expect([status, stdout]).toEqual([0, `chunk 1: ${ALL - 2} of ${ALL} cells were there, 2 were computed\n`]);
  expect(bits('whole')).toEqual(before.map((cell, i) => (i === 2 ? '{"failure":"left as it is"}' : cell)));
  writeFileSync(result('whole', third), before[2]!);

  const lock = join(home, 'whole', 'chunks', '1', '.mckean.lock');
  writeFileSync(lock, JSON.stringify({ pid: process.pid, started: null, host: hostname() }));
  const refused = await sweep('chunk', 'whole', '1');
  rmSync(lock);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    /^mckean: chunk 1 of .*whole: process \d+ is writing it, wait for its end or take another chunk\n$/,
  );
});

it('a cell has the f that mckean run gives of its configuration', async () => {
  const cell = cellsOf('whole')[70];
  const config = join('whole', 'cells', cell, 'CONFIG.json');
  expect((await mckean(['run', config, '--out', 'one', '--quiet'], { cwd: home })).status).toBe(0);
  expect([...npy(home, 'one', 'f.npy').data]).toEqual(json<{ f: number[][] }>(result('whole', cell)).f.at(-1));
});

it('a report has slopes that theory allows, a page that needs nothing, every cell in CSV and Parquet', async () => {
  const { status, stdout } = await sweep('report', 'whole');
  expect([0, 3]).toContain(status);
  const slopes = parseCsv(text(home, 'whole', 'rates.csv').replace(/"[^"]*"/g, '0'));
  const column = (name: string): number[] => [...slopes.values[slopes.names.indexOf(name)]];
  const [low, high, expected] = ['low', 'high', 'expected'].map(column);
  expect(expected).toHaveLength(6 + 3 + 2);
  expect(expected.filter((value, i) => value < low[i] - 0.1 || value > high[i] + 0.1)).toEqual([]);
  expect(stdout).toMatch(/clt +mean-field +Var f_n, t = 0 +slope .* expected −1 ± 0\.1/);
  const page = text(home, 'whole', 'report.html');
  expect(page).toContain('<h1>Curve &lt;of&gt; six</h1>');
  expect(page).toContain(`${ALL} of ${ALL} cells done`);
  expect(page.match(/<svg/g)).toHaveLength(3);
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:\/\/(?!www\.w3\.org)/);
  const { buffer, byteOffset, byteLength } = readFileSync(join(home, 'whole', 'cells.parquet'));
  const rows = await parquetReadObjects({
    file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
  });
  expect(rows.map(({ cell }) => cell as string)).toEqual(cellsOf('whole'));
  expect(rows[70]).toMatchObject({
    parameterization: 'mean-field',
    'model.width': 16,
    'initial.seed': 7n,
    status: 'done',
    engine: 'cpu',
    loss: json<{ loss: number[] }>(result('whole', cellsOf('whole')[70])).loss[2],
    adapter: null,
  });
  const csv = text(home, 'whole', 'cells.csv').trim().split('\n');
  expect(csv).toHaveLength(ALL + 1);
  expect(csv[0].split(',')).toEqual(Object.keys(rows[0]));
});

it('SWEEP.json that asks for too much is refused in one sentence, and nothing is written', async () => {
  const list = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);
  const grid = { 'initial.seed': list(10_000), 'dynamics.dt': list(1000) };
  const { status, stdout, stderr } = await sweep(
    'plan',
    put(home, 'many.json', { ...SWEEP, grid }),
    '--out',
    'refused',
  );
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^mckean: .*many\.json: grid has 10,000,000 cells, the limit is 100,000: give fewer values, or several sweeps\n$/,
  );
  expect(existsSync(join(home, 'refused'))).toBe(false);
});
