/** mckean sweep as a person, and a scheduler, meets it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  rmSync(result('whole', third));
  const all = await sweep('run', 'whole');
  writeFileSync(result('whole', third), before[2]!);
  rmSync(lock);
  expect([all.status, all.stderr]).toEqual([
    1,
    '1 cell to do: other processes compute chunk 1, the same command goes on when they have ended\n',
  ]);
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

it('cells are the data of their files: where these change after the plan nothing is computed, and a new plan has new cells', async () => {
  const table = (last: number): void => writeFileSync(join(home, 'points.csv'), `x,y\n0,1\n1,2\n2,${last}\n`);
  table(3);
  const base = { ...SWEEP.base, data: { csv: 'points.csv' } };
  put(home, 'csv.json', { base, grid: { 'initial.seed': { first: 1, last: 5 }, 'model.width': [4] } });
  await sweep('plan', 'csv.json', '--out', 'csv');
  const before = cellsOf('csv');
  table(4);
  const refused = await sweep('chunk', 'csv', '1');
  expect([refused.status, refused.stdout]).toEqual([
    1,
    'chunk 1: 0 of 5 cells were there, 0 were computed, 5 could not be run\n',
  ]);
  expect(refused.stderr).toMatch(
    /^chunk 1, cell \w+ and 4 more cannot be run: .*points\.csv: it is not what it was when the sweep was planned, .*\n$/,
  );
  table(3);
  expect((await sweep('chunk', 'csv', '1')).status).toBe(0);
  table(4);
  await sweep('plan', 'csv.json', '--out', 'csv', '--force');
  expect(cellsOf('csv').filter((cell) => before.includes(cell))).toEqual([]);
  expect(bits('csv')).toEqual([null, null, null, null, null]);
});

it('--gpu beside cells of the CPU is refused', async () => {
  const { status, stderr } = await sweep('run', 'csv', '--gpu', '0');
  expect([status, stderr]).toEqual([
    2,
    'mckean: --gpu 0: engine "cpu" computes these cells, leave --gpu out or plan them with engine "webgpu"\n',
  ]);
});

it('on a node with several GPUs each task has the card that Slurm gives it, and every chunk is computed once', async () => {
  const grid = { ...SWEEP.grid, 'initial.seed': Array.from({ length: 200 }, (_, k) => k + 1) };
  put(home, 'gpus.json', { ...SWEEP, grid });
  await sweep('plan', 'gpus.json', '--out', 'with gpus');
  expect(json<Plan>(home, 'with gpus', 'plan.json').chunks).toHaveLength(3);
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const program = (name: string, text: string): string => {
    writeFileSync(join(bin, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
    return join(bin, name);
  };
  program('srun', 'for k in 0 1; do SLURM_LOCALID=$k SLURM_PROCID=$k SLURM_NTASKS=2 "$@"; done');
  const MCKEAN = `'${program('its name has blanks', 'echo "card $MCKEAN_GPU: $*"')}'`;
  const tasks = (cards: string): string[] =>
    spawnSync('bash', [join(home, 'with gpus', 'queues', 'gpus.sbatch')], {
      env: { PATH: `${bin}:${process.env.PATH}`, MCKEAN, CUDA_VISIBLE_DEVICES: cards },
      encoding: 'utf8',
    })
      .stdout.trim()
      .split('\n');
  const chunk = (k: number): string => `sweep chunk ${join(home, 'with gpus')} ${k} --quiet`;
  const first = [`card 5: ${chunk(1)}`, `card 5: ${chunk(3)}`];
  expect(tasks('5,7')).toEqual([...first, `card 7: ${chunk(2)}`]);
  expect(tasks('5')).toEqual([...first, `card 5: ${chunk(2)}`]); // each task sees its own alone
  expect(tasks('')).toEqual([`card 0: ${chunk(1)}`, `card 0: ${chunk(3)}`, `card 1: ${chunk(2)}`]);
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
