import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/io/csv.ts';
import { DATASETS } from '../../src/core/datasets.ts';
import { PRESET_NAMES, resolveConfig } from '../../src/experiments/presets.ts';
import { folder, json, mckean, names, npy, put, rowsOf } from '../support/cli.ts';
import { output } from '../support/oracles/oracle.ts';

const home = folder();
const say = (...args: string[]) => mckean(args, { cwd: home });

describe('eval', () => {
  const rows = Array.from({ length: 15 }, (_, i) => [Math.sin(3 * i), i / 4, 20 + i * i]);
  const csv = (header: string, list: number[][]): string =>
    `${header}\n${list.map((row) => row.join(',')).join('\n')}\n`;
  const points = [
    [0.3, 1],
    [-2, 0.25],
    [0, 0],
  ];
  const raw = (stdout: string): number[] => [...parseCsv(stdout).values.at(-1)!];

  it('prints f at new points, found by name or, where that is asked, by order; in the units of the target', async () => {
    put(home, 'data.csv', csv('u,v,y', rows));
    put(home, 'c.json', {
      data: { csv: 'data.csv', standardize: true },
      model: { width: 12, activation: 'gelu' },
      dynamics: { steps: 30 },
      engine: 'cpu',
      parameterization: { abc: { a: [0.3, 0.8], b: [0, 0], c: -0.9 } },
    });
    expect((await say('run', 'c.json', '--out', 'out')).status).toBe(0);
    put(
      home,
      'named.csv',
      csv(
        'y,v,note,u',
        points.map(([u, v]) => [1, v, 9, u]),
      ),
    );
    put(home, 'ordered.csv', csv('p,q', points));
    const named = await say('eval', 'out', 'named.csv');
    const ordered = await say('eval', 'out', 'ordered.csv', '--by-order');
    put(home, 'loose.csv', 'Note; y ;  U;V\nno;?;0,3;1\n;;-2;0,25\nyes;n/a;0;0\n');
    put(home, 'bare.tsv', '0.3\t1\n-2\t0.25\n0\t0\n');
    expect(await say('eval', 'out', 'loose.csv')).toEqual(named);
    expect(await say('eval', 'out', 'bare.tsv', '--by-order')).toEqual(named);
    expect([named.status, named.stderr, ordered.stderr]).toEqual([0, '', '']);
    expect(named.stdout.split('\n')[0]).toBe('u,v,f');
    expect(named.stdout).toBe(ordered.stdout);

    const column = (c: number): { mean: number; std: number } => {
      const values = rows.map((row) => row[c]);
      const mean = values.reduce((sum, value) => sum + value, 0) / 15;
      return { mean, std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 15) };
    };
    const [u, v, y] = [0, 1, 2].map(column);
    const theta = rowsOf(npy(home, 'out', 'theta.npy'));
    const scaled = points.map(([p, q]) => [(p - u.mean) / u.std, (q - v.mean) / v.std, 1]);
    const f = output(
      { x: scaled, activation: 'gelu', parameterization: { abc: { a: [0.3, 0.8], b: [0, 0], c: -0.9 } } },
      theta,
    );
    raw(named.stdout).forEach((value, i) => expect(value).toBeCloseTo(y.mean + y.std * f[i], 9));
  });

  it('knows inline data by their names, which the summary keeps', async () => {
    const inline = {
      x: rows.map(([u, v]) => [u, v]),
      y: rows.map(([, , y]) => y / 100),
      names: ['height', 'weight'],
      target: 'age',
      title: 'people',
    };
    put(home, 'inline.json', { data: { inline }, model: { width: 12 }, dynamics: { steps: 3 }, engine: 'cpu' });
    expect((await say('run', 'inline.json', '--out', 'inline')).status).toBe(0);
    const { config, encoding } = json<{
      config: { data: object };
      encoding: { inputs: string[]; target: string };
    }>(home, 'inline', 'summary.json');
    expect(config.data).toMatchObject({ inline });
    expect([encoding.inputs, encoding.target]).toEqual([['height', 'weight'], 'age']);
    put(home, 'people.csv', csv('weight,height', points));
    expect((await say('eval', 'inline', 'people.csv')).stdout.split('\n')[0]).toBe('height,weight,f');
  });

  it('no two columns of what it prints share a name', async () => {
    put(home, 'f.csv', csv('f,label,y', rows));
    put(home, 'f.json', { data: { csv: 'f.csv' }, model: { width: 4 }, dynamics: { steps: 1 }, engine: 'cpu' });
    expect((await say('run', 'f.json', '--out', 'f')).status).toBe(0);
    expect((await say('eval', 'f', 'f.csv')).stdout.split('\n')[0]).toBe('f,label,f_');
  });

  it('at the training points is f.npy', async () => {
    const { stdout } = await say('eval', 'out', 'data.csv');
    const { data } = npy(home, 'out', 'f.npy');
    raw(stdout).forEach((value, i) => expect(value).toBeCloseTo(data[i], 9));
  });

  it('speaks JSON to machines', async () => {
    const { stdout } = await say('eval', 'out', 'ordered.csv', '--json', '--by-order');
    expect(JSON.parse(stdout)).toMatchObject({ inputs: ['u', 'v'], x: points });
  });

  it.each([
    ['u,w\n1,2\n', /column "v" is missing, give the inputs of the training data: u, v, or --by-order/],
    ['u\n1\n', /column "v" is missing/],
    ['u,v\n1,2\n3\n', /bad\.csv: line 3 has 1 column, the header/],
    ['u,v\n1,NaN\n2,3\n', /bad\.csv: line 2, column "v"/],
    ['', /bad\.csv: it is empty/],
  ])('refuses %j', async (content, line) => {
    put(home, 'bad.csv', content);
    const { status, stdout, stderr } = await say('eval', 'out', 'bad.csv');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  it('refuses a run whose θ is not its own', async () => {
    put(join(home, 'out'), 'theta.npy', 'no numbers here');
    const { status, stderr } = await say('eval', 'out', 'ordered.csv');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^mckean: \S*theta\.npy: it is not a \.npy file[^\n]*\n$/),
    ]);
  });
});

describe('presets', () => {
  it('are listed one a line, name first, with one sentence each', async () => {
    const { status, stdout, stderr } = await say('presets');
    const lines = stdout.trimEnd().split('\n');
    expect([status, stderr]).toEqual([0, '']);
    expect(lines.map((line) => line.split(/\s/)[0])).toEqual(PRESET_NAMES);
    for (const line of lines) expect(line).toMatch(/^\S+\s+\S[^\n]+\.$/);
  });

  it('print a CONFIG.json that run accepts as it stands', async () => {
    const { stdout } = await say('presets', 'moons');
    const config = JSON.parse(stdout) as { dynamics: object; model: object };
    expect(config).toEqual(resolveConfig({ preset: 'moons' }));
    put(home, 'moons.json', {
      ...config,
      dynamics: { ...config.dynamics, steps: 2 },
      model: { ...config.model, width: 32 },
    });
    expect((await say('run', 'moons.json', '--out', 'moons', '--engine', 'cpu')).status).toBe(0);
    expect(names(home, 'moons')).toContain('theta.npy');
    expect(json<{ m: number }>(home, 'moons', 'summary.json').m).toBe(DATASETS.moons.samples);
  });
});

describe('help', () => {
  it.each(['run', 'eval', 'presets', 'doctor'])(
    'of %s goes to stdout and names every flag once',
    async (command) => {
      const { status, stdout, stderr } = await say(command, '--help');
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^mckean ${command}`));
      const flags = [...stdout.matchAll(/^ {2}--(\w+)/gm)].map(([, flag]) => flag);
      expect(new Set(flags).size).toBe(flags.length);
      expect(flags).toContain('help');
    },
  );

  it('without a command lists the commands', async () => {
    const { status, stdout } = await say('--help');
    expect(status).toBe(0);
    for (const command of ['run', 'eval', 'presets', 'doctor']) expect(stdout).toContain(`mckean ${command}`);
  });
});

it('doctor says which engine auto takes, and why', async () => {
  const { status, stdout, stderr } = await say('doctor', '--json');
  expect([status, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect(['cpu', 'webgpu']).toContain(report.engine);
  expect(report.because).toMatch(/\w+/);
  if (report.adapter !== null)
    expect(report).toMatchObject({
      limits: { maxBufferSize: expect.any(Number) as number },
      costs: expect.stringMatching(/^(measured here|supposed, as of )/) as string,
      auto: [expect.stringMatching(/^tanh, .* sums, \w/), expect.stringMatching(/^relu, /)] as string[],
    });
});
