/** Interrupted and resumed is uninterrupted, bit for bit; what cannot be resumed is refused. */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, history, json, mckean, names, put, text } from '../support/cli.ts';

const home = folder();
/** Its increments depend on the step. */
const NOISE = { temperature: 0.01, decay: 0.1 };
/** More than are done before a signal comes, however late; a run is begun with these and ends with fewer. */
const ENDLESS = 2 ** 20;
/** A dt that is another in each step, so that t must be summed. */
const schedule = { dt: { law: 'power', k0: 10, exponent: 0.25 } };
/** At width 1200 the work is shared by threads, at 300 it is not. */
const config = (integrator: string, steps: number, width: number, more: object = {}): object => ({
  data: { dataset: 'curve', ...more },
  model: { width },
  dynamics: { integrator, steps, dt: 0.2, ...(integrator === 'euler' ? NOISE : { schedule }) },
  record: { every: 7, theta: [0, 3, 14] },
  engine: 'cpu',
});
const run = (name: string, out: string, ...flags: string[]) =>
  mckean(['run', name, '--out', out, ...flags], { cwd: home });
const bytes = (out: string, name: string): Buffer => readFileSync(join(home, out, name));

describe.each([
  ['euler', 'SIGINT', 130, 300, {}],
  ['rk4', 'SIGTERM', 143, 1200, {}],
  ['heun', 'SIGHUP', 129, 300, { test: 0.2, standardize: true }],
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
    put(home, file, config(integrator, at + 11, width, more));
    expect((await run(file, whole)).status).toBe(0);
    expect(names(home, parts)).toEqual(
      expect.arrayContaining(['checkpoint.json', `checkpoint-${at}.npy`, 'history.csv', 'theta-0.npy']),
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

  const thetaOf = (out: string): string => names(home, out).find((name) => /^checkpoint-\d+\.npy$/.test(name))!;

  it('is refused when a bit of θ has changed (42)', async () => {
    const out = copy('theta-bit');
    const changed = Buffer.from(bytes(out, thetaOf(out)));
    changed[200] ^= 1;
    put(join(home, out), thetaOf(out), changed);
    await refused(out, /SHA-256 differs.*--force/);
  });

  it('is refused when θ is cut off, or its step has changed (42)', async () => {
    const cut = copy('theta-cut');
    put(join(home, cut), thetaOf(cut), bytes(cut, thetaOf(cut)).subarray(0, 1000));
    await refused(cut, /SHA-256 differs/);
    const stepped = copy('step');
    const state = json<{ step: number }>(home, stepped, 'checkpoint.json');
    put(join(home, stepped), 'checkpoint.json', { ...state, step: state.step + 1 });
    await refused(stepped, /SHA-256 differs/);
  });

  it.each([
    ['no JSON', '{"step": 1', /checkpoint\.json, line 1, column \d+: it is not valid JSON/],
    ['an empty object', '{}', /it is not a checkpoint of mckean/],
    ['null', 'null', /it is not a checkpoint of mckean/],
  ])('is refused when checkpoint.json is %s', async (what, content, line) => {
    const broken = copy(`broken-${what}`);
    put(join(home, broken), 'checkpoint.json', content);
    await refused(broken, line);
  });

  it('is refused when history.csv was cut off, or changed by a byte before the checkpoint; what comes behind it goes', async () => {
    const rows = copy('rows');
    const whole = text(home, rows, 'history.csv');
    put(join(home, rows), 'history.csv', whole.split('\n').slice(0, 2).join('\n'));
    await refused(rows, /history\.csv: its first \d+ bytes are not as they were written/);
    put(
      join(home, rows),
      'history.csv',
      whole.replace(/(\d)(\n14,)/, (_, digit: string, rest: string) => `${(Number(digit) + 1) % 10}${rest}`),
    );
    await refused(rows, /history\.csv: its first \d+ bytes are not as they were written/);
    put(join(home, rows), 'history.csv', `${whole}1234567,1,2\n12345`);
    put(home, 'rows.json', json(home, 'euler.json'));
    expect((await run('rows.json', rows, '--resume')).status).toBe(0);
    expect(bytes(rows, 'history.csv').equals(bytes('euler-whole', 'history.csv'))).toBe(true);
  });

  it('is refused by another version', async () => {
    const version = copy('version');
    const state = json<object>(home, version, 'checkpoint.json');
    put(join(home, version), 'checkpoint.json', { ...state, version: '0.0.7' });
    await refused(version, /was begun by mckean 0\.0\.7, and this is \d/);
  });

  it('is refused by data that have changed', async () => {
    const of = (steps: number): string =>
      put(home, 'rows.json', {
        data: { csv: 'rows.csv' },
        model: { width: 9 },
        dynamics: { steps },
        engine: 'cpu',
      });
    put(home, 'rows.csv', 'x,y\n1,2\n3,4\n');
    expect((await run(of(5), 'samples')).status).toBe(0);
    put(home, 'rows.csv', 'x,y\n1,2\n3,5\n');
    await refused('samples', /was begun with other numbers in its data/, of(9));
  });

  it.each([
    ['data.samples', { samples: 50 }, {}, /begun with data\.samples = 96, not with 50/],
    ['initial.seed', {}, { initial: { seed: 8 } }, /begun with initial\.seed = 1, not with 8/],
    [
      'record.every',
      {},
      { record: { every: 8, theta: [0, 3, 14] } },
      /begun with record\.every = 7, not with 8/,
    ],
    ['record.theta', {}, { record: { every: 7 } }, /begun with record\.theta = \[0,3,14\], not with \[\]/],
    [
      'dynamics.batch',
      {},
      { dynamics: { steps: ENDLESS, dt: 0.2, ...NOISE, batch: { size: 8 } } },
      /begun with dynamics\.batch = nothing, not with \{.*"size":8/,
    ],
  ])('is refused by another %s, which is named', async (field, data, other, line) => {
    put(home, `${field}.json`, { ...config('euler', ENDLESS, 300, data), ...other });
    await refused('euler-parts-copy', line, `${field}.json`);
  });

  it('is refused by another engine; more steps are welcome', async () => {
    await refused(
      'euler-parts-copy',
      /--engine webgpu: the checkpoint was written by the cpu engine/,
      'euler.json',
      '--engine',
      'webgpu',
    );
  });
});

describe('a finished run', () => {
  it('has nothing to resume', async () => {
    const { status, stderr } = await run('rk4.json', 'rk4-whole', '--resume');
    expect([status, stderr]).toEqual([0, expect.stringContaining('finished, nothing to resume')]);
  });

  it.each([
    ['euler', 300, 40, {}],
    ['euler', 300, 42, { momentum: { beta: 0.8, nesterov: true }, temperature: 0 }],
    ['heun', 1200, 45, {}],
  ] as const)(
    'of %s, n = %i, goes on to the bits of the one with more steps: %i',
    async (integrator, width, longer, more) => {
      const [file, out] = [`longer-${longer}.json`, `longer-${longer}`];
      const made = config(integrator, 31, width) as { dynamics: object };
      const of = (steps: number): object => ({ ...made, dynamics: { ...made.dynamics, steps, ...more } });
      put(home, file, of(31));
      expect((await run(file, out)).status).toBe(0);
      expect(history(home, out).step).toEqual([0, 7, 14, 21, 28, 31]);
      put(home, file, of(longer));
      expect((await run(file, out, '--resume')).status).toBe(0);
      expect((await run(file, `${out}-whole`)).status).toBe(0);
      expect(names(home, out)).toEqual(names(home, `${out}-whole`));
      for (const name of names(home, out).filter((other) => other !== 'summary.json'))
        expect(bytes(out, name).equals(bytes(`${out}-whole`, name)), name).toBe(true);
      expect(history(home, out).step).not.toContain(31);
    },
  );

  it.each([
    ['fewer steps', { steps: 20 }, /is at step 31, dynamics\.steps = 20 lies before it/],
    ['another dt', { steps: 60, dt: 0.1 }, /begun with dynamics\.dt = 0\.2, not with 0\.1/],
  ])('refuses %s', async (what, dynamics, line) => {
    const made = config('euler', 31, 300) as { dynamics: object };
    put(home, 'short.json', made);
    expect((await run('short.json', `short ${what}`)).status).toBe(0);
    put(home, 'short.json', { ...made, dynamics: { ...made.dynamics, ...dynamics } });
    const { status, stderr } = await run('short.json', `short ${what}`, '--resume');
    expect([status, stderr]).toEqual([2, expect.stringMatching(line)]);
  });

  it.each(['{}', 'null', '[]', '3', '{"config": null}'])(
    'whose summary.json holds %s is none',
    async (content) => {
      const out = `summary ${[...content].map((mark) => mark.charCodeAt(0)).join(' ')}`;
      mkdirSync(join(home, out));
      put(join(home, out), 'summary.json', content);
      const { status, stderr } = await run('short.json', out, '--resume');
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/^mckean: [^\n]*it is not the summary of a run of mckean[^\n]*\n$/),
      ]);
    },
  );
});
