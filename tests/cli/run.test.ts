import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../src/io/npy.ts';
import { folder, history, json, mckean, names, npy, put, text } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = folder();
const SMALL = {
  data: { dataset: 'curve', samples: 20 },
  model: { width: 50 },
  dynamics: { steps: 25 },
  engine: 'cpu',
};
const run = (config: object, out: string, ...flags: string[]) =>
  mckean(['run', put(home, `${out}.json`, config), '--out', out, ...flags], { cwd: home });

describe('a run', () => {
  it('leaves the files of the contract, says its results on stdout and the rest on stderr', async () => {
    const { status, stdout, stderr } = await run(
      { ...SMALL, record: { every: 10, theta: [0, 7, 25] } },
      'plain',
    );
    expect(status).toBe(0);
    expect(names(home, 'plain')).toEqual([
      'f.npy',
      'history.csv',
      'summary.json',
      'theta-0.npy',
      'theta-25.npy',
      'theta-7.npy',
      'theta.npy',
    ]);
    expect(stdout).toMatch(/^loss +\S+ → \S+$/m);
    expect(stderr).toMatch(/^engine cpu, direct sums, .*\n$/); // one line, no warning of Node
    const rows = history(home, 'plain');
    expect(Object.keys(rows)).toEqual(['step', 't', 'loss']);
    expect(rows.step).toEqual([0, 10, 20, 25]);
    expect(rows.t).toEqual([0, 10, 20, 25].map((step) => step * 0.1));
    expect([npy(home, 'plain', 'theta.npy').shape, npy(home, 'plain', 'f.npy').shape]).toEqual([[50, 3], [20]]);
    expect(npy(home, 'plain', 'theta-25.npy')).toEqual(npy(home, 'plain', 'theta.npy'));
    expect(npy(home, 'plain', 'theta-0.npy')).not.toEqual(npy(home, 'plain', 'theta.npy'));
    expect(npy(home, 'plain', 'theta.npy').data).toBeInstanceOf(Float64Array);
  });

  it('has a summary with every field, whose configuration is complete and gives the same bits again', async () => {
    const summary = json<{
      config: object;
      loss0: number;
      loss: number;
      secondsPerStep: number;
      pairsPerSecond: number;
    }>(home, 'plain', 'summary.json');
    for (const field of [
      'config',
      'engine',
      'method',
      'adapter',
      'precision',
      'n',
      'm',
      'd',
      'steps',
      't',
      'loss0',
      'loss',
      'testLoss',
      'secondsTotal',
      'secondsPerStep',
      'pairsPerSecond',
      'error',
      'version',
    ]) {
      expect(summary).toHaveProperty(field);
    }
    expect(summary).toMatchObject({
      engine: 'cpu',
      method: 'direct',
      precision: 'float64',
      n: 50,
      m: 20,
      d: 2,
      steps: 25,
      t: 2.5,
      testLoss: null,
      error: null,
    });
    expect(summary.config).toMatchObject({
      engine: 'cpu',
      method: 'direct',
      model: { activation: 'tanh', width: 50, bias: true },
      initial: { w0: { law: 'normal', mean: 0, std: 1 } },
    });
    expect(summary.pairsPerSecond * summary.secondsPerStep).toBeCloseTo(1000, 6);
    const { loss } = history(home, 'plain');
    expect([loss[0], loss.at(-1)]).toEqual([summary.loss0, summary.loss]);
    expect((await run(summary.config, 'again')).status).toBe(0);
    expect(npy(home, 'again', 'theta.npy')).toEqual(npy(home, 'plain', 'theta.npy'));
    expect(text(home, 'again', 'history.csv')).toBe(text(home, 'plain', 'history.csv'));
  });

  it.each([
    [0, 10, [0]],
    [10, 5, [0, 5, 10]],
    [5, 100, [0, 5]],
  ])('of %d steps recorded every %d has rows %j', async (steps, every, want) => {
    const out = `rows-${steps}-${every}`;
    expect((await run({ ...SMALL, dynamics: { steps }, record: { every } }, out, '--json')).status).toBe(0);
    expect(history(home, out).step).toEqual(want);
  });

  it('with a test set has its loss in every row, over rows that the training never saw', async () => {
    const { status } = await run(
      {
        ...SMALL,
        data: { dataset: 'curve', samples: 20, test: 0.25, standardize: true },
        record: { every: 4 },
      },
      'test-set',
    );
    expect(status).toBe(0);
    const rows = history(home, 'test-set');
    const summary = json<{ m: number; testLoss: number }>(home, 'test-set', 'summary.json');
    expect(rows.step).toEqual([0, 4, 8, 12, 16, 20, 24, 25]);
    expect(rows.testLoss.every(Number.isFinite)).toBe(true);
    expect([summary.m, summary.testLoss]).toEqual([15, rows.testLoss.at(-1)]);
  });

  it('prints its summary with --json, and nothing else on stdout', async () => {
    const { stdout } = await run({ ...SMALL, dynamics: { steps: 1 } }, 'json', '--json', '--quiet');
    expect(JSON.parse(stdout)).toEqual(json(home, 'json', 'summary.json'));
  });

  it('lets flags win over fields', async () => {
    await run({ ...SMALL, engine: 'webgpu' }, 'flag', '--engine', 'cpu');
    expect(json(home, 'flag', 'summary.json')).toMatchObject({ engine: 'cpu' });
  });
});

describe('the folder of results', () => {
  it('is refused if it holds files, unless --force: then nothing of the earlier run stays, and what is not ours does', async () => {
    mkdirSync(join(home, 'full'));
    put(join(home, 'full'), 'mine.txt', 'keep');
    put(join(home, 'full'), 'theta-3.npy', 'old');
    const refused = await run(SMALL, 'full');
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^mckean: --out .*full: it holds files already.*\n$/),
    ]);
    expect(names(home, 'full')).toEqual(['mine.txt', 'theta-3.npy']);
    expect((await run(SMALL, 'full', '--force')).status).toBe(0);
    expect(names(home, 'full')).toEqual(['f.npy', 'history.csv', 'mine.txt', 'summary.json', 'theta.npy']);
  });

  it('may be empty, deep or a file’s name (refused)', async () => {
    mkdirSync(join(home, 'empty'));
    expect((await run(SMALL, 'empty')).status).toBe(0);
    put(home, 'deep.json', SMALL);
    expect((await mckean(['run', 'deep.json', '--out', 'a/b/c'], { cwd: home })).status).toBe(0);
    expect(names(home, 'a', 'b', 'c')).toContain('theta.npy');
    put(home, 'file', 'x');
    const refused = await mckean(['run', 'deep.json', '--out', 'file'], { cwd: home });
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('not a folder')]);
  });
});

describe('paths', () => {
  const rows =
    'u,y,v\n' + Array.from({ length: 12 }, (_, i) => `${i / 12},${Math.sin(i)},${(i * i) % 7}\n`).join('');

  it('on the command line are the caller’s, inside a config the config’s; npm from another folder changes nothing', async () => {
    for (const name of ['configs', 'elsewhere']) mkdirSync(join(home, name));
    put(join(home, 'configs'), 'points.csv', rows);
    put(
      join(home, 'configs'),
      'theta0.npy',
      encodeNpy(
        Float64Array.from({ length: 40 }, (_, i) => Math.sin(i)),
        [10, 4],
      ),
    );
    put(join(home, 'configs'), 'c.json', {
      data: { csv: 'points.csv', target: 'y' },
      initial: { npy: 'theta0.npy' },
      dynamics: { steps: 3 },
      engine: 'cpu',
    });
    const args = ['run', '../configs/c.json', '--out', 'results'];
    const cwd = join(home, 'elsewhere');
    const direct = await mckean(args, { cwd });
    expect([direct.status, direct.stderr]).toEqual([0, expect.stringMatching(/^engine/)]);
    const throughNpm = await mckean([...args.slice(0, 3), 'npm-results'], {
      cwd,
      command: ['npm', '--prefix', ROOT, 'run', '-s', 'mckean', '--'],
    });
    expect(throughNpm.status).toBe(0);
    expect(npy(cwd, 'npm-results', 'theta.npy')).toEqual(npy(cwd, 'results', 'theta.npy'));
    const { config } = json<{ config: { data: object; model: object } }>(cwd, 'results', 'summary.json');
    expect(config).toMatchObject({
      data: { csv: join(home, 'configs', 'points.csv'), target: 'y' },
      model: { width: 10 },
    });
  });
});

describe('a run that diverges', () => {
  it('ends with status 1, the rows up to there and a summary that says so', async () => {
    const { status, stdout, stderr } = await run(
      {
        ...SMALL,
        model: { activation: 'quadratic', width: 30 },
        dynamics: { dt: 30, steps: 500 },
        record: { every: 1 },
      },
      'diverged',
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^mckean: the run diverged at step \d+: .*choose a smaller dt$/,
    );
    const bad = Number(/step (\d+)/.exec(stderr)![1]);
    const { step, loss } = history(home, 'diverged');
    expect(step).toEqual(Array.from({ length: bad }, (_, k) => k));
    expect(loss.every(Number.isFinite)).toBe(true);
    expect(json(home, 'diverged', 'summary.json')).toMatchObject({
      failure: expect.stringContaining('diverged') as string,
      loss: null,
    });
  });

  it('cannot be resumed, which is said', async () => {
    const { status, stderr } = await mckean(['run', 'diverged.json', '--out', 'diverged', '--resume'], {
      cwd: home,
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining('diverged')]);
  });
});

it('a file for results is never half written', () => {
  expect(names(home, 'plain').filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(existsSync(join(home, 'plain', 'checkpoint.json'))).toBe(false);
});
