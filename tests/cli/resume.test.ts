/** Interrupted and resumed is uninterrupted, bit for bit; what cannot be resumed is refused. */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, history, json, mckean, names, put, text } from '../support/cli.ts';

const home = folder();
/** Its increments depend on the step. */
const NOISE = { temperature: 0.01, decay: 0.1 };
/** Steps at which θ is kept: some lie behind an interruption and some before it, wherever it comes. */
const SNAPSHOTS = [0, 3, ...Array.from({ length: 17 }, (_, k) => 2 ** (k + 3) - 2)];
/** More than are done before a signal comes, however late; a run is begun with these and ends with fewer. */
const ENDLESS = 2 ** 20;
/** At width 1200 the work is shared by threads, at 300 it is not. */
const config = (integrator: string, steps: number, width: number, more: object = {}): object => ({
  data: { dataset: 'curve', ...more },
  model: { width },
  dynamics: { integrator, steps, dt: 0.2, ...(integrator === 'euler' ? NOISE : {}) },
  record: { every: 7, theta: SNAPSHOTS },
  engine: 'cpu',
});
const run = (name: string, out: string, ...flags: string[]) =>
  mckean(['run', name, '--out', out, ...flags], { cwd: home });
const bytes = (out: string, name: string): Buffer => readFileSync(join(home, out, name));

describe.each([
  ['euler', 'SIGINT', 130, 300, {}],
  ['rk4', 'SIGTERM', 143, 1200, {}],
  ['heun', 'SIGINT', 130, 300, { test: 0.2, standardize: true }],
] as const)('%s, stopped by %s', (integrator, signal, exit, width, more) => {
  const file = `${integrator}.json`;
  const whole = `${integrator}-whole`;
  const parts = `${integrator}-parts`;

  it(`ends with status ${exit} and a checkpoint, and goes on to the same bits`, async () => {
    put(home, file, config(integrator, ENDLESS, width, more));
    const when = (): boolean => existsSync(join(home, parts, 'theta-14.npy'));
    const stopped = await mckean(['run', file, '--out', parts], { cwd: home, signal, when });
    expect([stopped.status, stopped.stdout]).toEqual([exit, '']);
    const at = Number(/stopped at step (\d+); go on with --resume/.exec(stopped.stderr)?.[1]);
    expect(at).toBeGreaterThanOrEqual(14);
    put(home, file, config(integrator, SNAPSHOTS.find((step) => step > at)! + 2, width, more));
    expect((await run(file, whole)).status).toBe(0);
    expect(names(home, parts)).toEqual(
      expect.arrayContaining(['checkpoint.json', 'checkpoint.npy', 'history.csv', 'theta-0.npy']),
    );
    expect(history(home, parts).step).toEqual(Array.from({ length: Math.floor(at / 7) + 1 }, (_, k) => 7 * k));
    cpSync(join(home, parts), join(home, `${parts}-copy`), { recursive: true });

    const resumed = await run(file, parts, '--resume');
    expect(resumed.status).toBe(0);
    expect(names(home, parts)).toEqual(names(home, whole)); // no checkpoint is left
    for (const name of names(home, whole).filter((other) => other !== 'summary.json'))
      expect(bytes(parts, name).equals(bytes(whole, name)), name).toBe(true);
    const [p, q] = [parts, whole].map((out) =>
      json<{ loss0: number; loss: number; steps: number; testLoss: number }>(home, out, 'summary.json'),
    );
    expect([p.loss0, p.loss, p.steps, p.testLoss]).toEqual([q.loss0, q.loss, q.steps, q.testLoss]);
  });
});

describe('what is left of an interrupted run', () => {
  const copy = (name: string): string => {
    cpSync(join(home, 'euler-parts-copy'), join(home, name), { recursive: true });
    return name;
  };
  async function refused(out: string, line: RegExp, file = 'euler.json', ...flags: string[]): Promise<void> {
    const before = names(home, out);
    const { status, stdout, stderr } = await run(file, out, '--resume', ...flags);
    expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout, names(home, out)]).toEqual([2, '', before]);
  }

  it('is refused when a bit of θ has changed', async () => {
    const out = copy('theta-bit');
    const changed = Buffer.from(bytes(out, 'checkpoint.npy'));
    changed[200] ^= 1;
    put(join(home, out), 'checkpoint.npy', changed);
    await refused(out, /SHA-256 differs.*--force/);
  });

  it('is refused when θ is cut off, or its step has changed', async () => {
    const cut = copy('theta-cut');
    put(join(home, cut), 'checkpoint.npy', bytes(cut, 'checkpoint.npy').subarray(0, 1000));
    await refused(cut, /SHA-256 differs/);
    const stepped = copy('step');
    const state = json<{ step: number }>(home, stepped, 'checkpoint.json');
    put(join(home, stepped), 'checkpoint.json', { ...state, step: state.step + 1 });
    await refused(stepped, /SHA-256 differs/);
  });

  it('is refused when checkpoint.json is no JSON, and when rows of history.csv are missing', async () => {
    const broken = copy('broken');
    put(join(home, broken), 'checkpoint.json', '{"step": 1');
    await refused(broken, /checkpoint\.json, line 1, column \d+: it is not valid JSON/);
    const rows = copy('rows');
    put(join(home, rows), 'history.csv', text(home, rows, 'history.csv').split('\n').slice(0, 2).join('\n'));
    await refused(rows, /history\.csv: it lacks rows/);
  });

  it('is refused by another configuration and by another engine; more steps are welcome', async () => {
    put(home, 'other.json', config('euler', ENDLESS, 300, { samples: 50 }));
    await refused('euler-parts-copy', /begun with another configuration/, 'other.json');
    await refused(
      'euler-parts-copy',
      /--engine webgpu: the checkpoint was written by the cpu engine/,
      'euler.json',
      '--engine',
      'webgpu',
    );
  });
});

it('a finished run has nothing to resume; with more steps it says how to go on', async () => {
  const { status, stderr } = await run('rk4.json', 'rk4-whole', '--resume');
  expect([status, stderr]).toEqual([0, expect.stringContaining('finished, nothing to resume')]);
  const { steps } = json<{ steps: number }>(home, 'rk4-whole', 'summary.json');
  put(home, 'longer.json', config('rk4', steps + 50, 1200));
  const longer = await run('longer.json', 'rk4-whole', '--resume');
  expect([longer.status, longer.stderr]).toEqual([
    2,
    expect.stringMatching(new RegExp(`finished after ${steps} steps: .*theta\\.npy`)),
  ]);
});
