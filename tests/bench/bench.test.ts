/** The benchmark's own arithmetic: its reference, its check, its order of turns, its limits and its words. */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS_TIMED, problemOf } from '../../bench/race/cases.ts';
import { Checker, distance, sampleOf, WrongError } from '../../bench/race/check.ts';
import { duelsOf } from '../../bench/race/duels.ts';
import { FlagError, helpText, readFlags } from '../../bench/flags.ts';
import { sharesOf } from '../../bench/race/limits.ts';
import { measure, quantile, ratio } from '../../bench/race/measure.ts';
import { blocksOf } from '../../bench/page/fastest.ts';
import { Plain } from '../../bench/race/plain.ts';
import { checkReplicas, severalOf, sharedTable, shareOut } from '../../bench/race/replicas.ts';
import { pick, plainRunner, type Runner } from '../../bench/race/runner.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { duelLine, markdownTable, skips, textTable, type Row } from '../../bench/table.ts';
import { power, three } from '../../bench/words.ts';
import { trajectory, trajectoryError } from '../support/oracles/oracle.ts';

const CASE = { n: 300, m: 20, d: 2, activation: 'tanh' } as const;

describe('a case', () => {
  it('has normal θ of float32 numbers, the first particles whatever n', () => {
    const theta = Float64Array.from(problemOf({ ...CASE, n: 20_000 }).theta);
    const mean = theta.reduce((sum, value) => sum + value, 0) / theta.length;
    const variance = theta.reduce((sum, value) => sum + (value - mean) ** 2, 0) / theta.length;
    expect(Math.abs(mean)).toBeLessThan(0.02); // 5 standard errors: 5/√60 000
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect([...theta]).toEqual([...Float32Array.from(theta)]);
    expect(theta.subarray(0, 900)).toEqual(problemOf(CASE).theta);
  });

  it.each(ACTIVATIONS_TIMED.flatMap((activation) => [2, 3, 20].map((d) => [activation, d] as const)))(
    '%s, d = %d: the plain loops give the trajectory of an independent implementation',
    (activation, d) => {
      const problem = problemOf({ ...CASE, d, activation });
      const plain = new Plain(problem);
      const { x, y, theta } = problem;
      for (let k = 0; k < 3; k++) plain.move(plain.residual());
      const rows = (list: ArrayLike<number>, width: number): number[][] =>
        Array.from({ length: list.length / width }, (_, j) =>
          [...Array(width).keys()].map((c) => list[j * width + c]),
        );
      const want = trajectory(
        {
          x: rows(x, d),
          y: [...y],
          theta: rows(theta, 1 + d),
          activation,
          parameterization: 'mean-field',
          integrator: 'euler',
          dt: problem.dt,
        },
        3,
      );
      expect(trajectoryError(plain.theta, want)).toBeLessThan(1e-13); // float64 sums of 300 terms
    },
  );
});

describe('the check', () => {
  /** The reference's own step, spoiled afterwards. */
  const spoiled = (change: (row: number[]) => void, more: Partial<Runner> = {}): Runner => {
    const runner = plainRunner(problemOf(CASE));
    return {
      ...runner,
      rows: async (ranges) => {
        const rows = [...Array.from(await runner.rows(ranges))];
        change(rows);
        return rows;
      },
      ...more,
    };
  };

  it('passes the right result, and states its error', async () => {
    expect(await new Checker(problemOf(CASE)).check(plainRunner(problemOf(CASE)))).toEqual({
      error: 0,
      tolerance: 1e-9,
      steps: 2,
    });
  });

  it.each<[string, Runner]>([
    ['one entry off by 1e-8', spoiled((rows) => (rows[500] += 1e-8))],
    ['one entry NaN', spoiled((rows) => (rows[7] = NaN))],
    ['rows missing', spoiled((rows) => rows.splice(10))],
    ['no step done', spoiled(() => undefined, { advance: async () => 1 })],
    [
      'a step too many',
      (() => {
        const runner = plainRunner(problemOf(CASE));
        return { ...runner, advance: (k: number) => runner.advance(k + 1) };
      })(),
    ],
  ])('refuses %s', async (_, runner) => {
    await expect(new Checker(problemOf(CASE)).check(runner)).rejects.toThrow(WrongError);
  });

  it("beyond what the reference can sum, trusts a runner's f only where it has seen samples of it", async () => {
    const big = { n: 5000, m: 2 ** 16, d: 2, activation: 'relu' } as const;
    const problem = problemOf(big);
    const runner = (shift: number): Runner => {
      const plain = new Plain({ ...problem, n: 1, theta: problem.theta.subarray(0, 3) });
      return {
        info: { ...plainRunner(problemOf(CASE)).info },
        advance: async () => 1,
        rows: async (ranges) => pick(problem.theta, ranges, 3),
        f: async () => plain.residual().map(() => shift),
        destroy: () => undefined,
      };
    };
    await expect(new Checker(problem).check(runner(1))).rejects.toThrow(/f of sample 0 is off/);
  });

  it('spreads its sample over all particles', () => {
    expect(sampleOf(100)).toEqual([[0, 100]]);
    const sample = sampleOf(1_000_000);
    expect(sample.reduce((sum, [first, last]) => sum + last - first, 0)).toBe(4096);
    expect([sample[0][0], sample.at(-1)![1]]).toEqual([0, 1_000_000]);
    expect(sample.every(([first], i) => i === 0 || first >= sample[i - 1][1])).toBe(true);
  });

  it('measures in units of how far θ moved, over valid entries alone', () => {
    expect(distance([1, 3.5], [1, 3], [0, 2], [true, true])).toBe(0.5);
    expect(distance([9, 3.5], [1, 3], [0, 2], [false, true])).toBe(0.5);
    expect(distance([1], [1, 3], [0, 2], [true, true])).toBe(Infinity);
  });
});

describe('replicas', () => {
  const problem = severalOf(CASE, 3);
  const size = 300;
  /** Three plain systems, `spoil` changing what they say of θ. */
  const runner = (spoil: (theta: number[]) => void = () => undefined): Runner => {
    const systems = [0, 1, 2].map(
      (k) => new Plain({ ...problem, theta: problem.theta.slice(k * size, (k + 1) * size) }),
    );
    const rows = async (ranges: readonly (readonly [number, number])[]): Promise<number[]> => {
      const theta = systems.flatMap((system) => [...system.theta]);
      spoil(theta);
      return pick(theta, ranges, 3);
    };
    const advance = async (steps: number): Promise<number> => {
      for (const system of systems) for (let k = 0; k < steps; k++) system.move(system.residual());
      return 1;
    };
    return { ...plainRunner(problemOf(CASE)), advance, rows };
  };

  it("are the case's neurons in systems of their own", () => {
    expect([problem.n, problem.replicas, problem.outer, problem.theta.length]).toEqual([100, 3, 0.01, 900]);
    expect(severalOf({ ...CASE, n: 10 }, 3)).toMatchObject({ n: 3, replicas: 3 });
  });

  it('are checked in the first and the last of them', async () => {
    expect(await checkReplicas(runner(), problem, 3)).toBe(0);
    for (const entry of [0, 2 * size, 3 * size - 1])
      await expect(
        checkReplicas(
          runner((theta) => (theta[entry] += 1e-8)),
          problem,
          3,
        ),
      ).rejects.toThrow(WrongError);
  });

  it('are timed beside one system, and their pairs a second set against its', async () => {
    const open = (of: typeof problem): ReturnType<typeof createCpuEngine | typeof createCpuReplicas> =>
      ((of.replicas ?? 1) > 1 ? createCpuReplicas : createCpuEngine)(of);
    const all = await shareOut({ ...CASE, n: 100 }, { counts: [3], seconds: 0, open, log: () => undefined });
    expect(all.map(({ replicas }) => replicas)).toEqual([1, 3]);
    expect(all[0].share).toBe(1);
    expect((all[1].pairsPerSecond * all[1].ms) / 1000).toBeCloseTo(3 * 33 * 20, 6);
    expect(all.every(({ error }) => error < 1e-9)).toBe(true);
    expect(sharedTable(all).split('\n')[2]).toMatch(/^tanh +20 +2 +3 × 33 +mckean cpu +CPU, 1 thread .* %/);
  });
});

describe('timing', () => {
  it('gives each runner one batch a round, in turn, of at least 60 ms', async () => {
    const turns: string[] = [];
    const runner = (name: string, msPerStep: number): Runner => ({
      ...plainRunner(problemOf(CASE)),
      advance: async (steps) => {
        turns.push(`${name}${steps}`);
        return steps * msPerStep;
      },
    });
    const [a, b] = await measure([runner('a', 7), runner('b', 500)], 0);
    expect([a.steps, a.rounds, b.steps, b.rounds]).toEqual([10, [7, 7, 7, 7, 7], 1, [500, 500, 500, 500, 500]]);
    expect(turns.slice(-10)).toEqual(Array.from({ length: 5 }, () => ['a10', 'b1']).flat());
  });

  it('takes ratios within rounds, so that a load that falls on both cancels', () => {
    expect(ratio({ steps: 1, rounds: [2, 20, 4] }, { steps: 1, rounds: [1, 10, 2] })).toBe(2);
    expect([0, 0.25, 0.5, 1].map((q) => quantile([4, 1, 3, 2, 5], q))).toEqual([1, 2, 3, 5]);
    expect(quantile([1, 2], 0.5)).toBe(1.5);
  });

  it('cuts particles into blocks that cover them once', () => {
    expect(blocksOf(10, 4, 16)).toEqual([
      [0, 4],
      [4, 8],
      [8, 10],
    ]);
    expect(blocksOf(10, 4, 1e9)).toEqual([[0, 10]]);
    expect(blocksOf(2, 100, 16)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });
});

describe('limits', () => {
  const clocks = 132 * 1.98e9;

  it('four pairs a clock and multiprocessor of an H100 are all its special functions, were tanh exp2 and a reciprocal', () => {
    const shares = sharesOf('NVIDIA H100 80GB HBM3', CASE, 4 * clocks, 3.35e12 / 2);
    expect(shares.find(({ limit }) => limit.includes('exp2'))!.share).toBeCloseTo(1, 12);
    expect(shares.find(({ limit }) => limit === 'bandwidth')!.share).toBeCloseTo(0.5, 12);
    expect(shares[0].limit).toBe('FMA'); // our tanh is a rational function
  });

  it('are not stated for a card that is not known', () =>
    expect(sharesOf('google swiftshader (software)', CASE, 1e9, 1e9)).toEqual([]));
});

describe('words', () => {
  it.each([
    [1234.5, '1230'],
    [0.012345, '0.0123'],
    [2.5, '2.5'],
    [99.96, '100'],
    [0, '0'],
    [1e-7, '0.0000001'],
    [NaN, 'NaN'],
  ])('%d is %s', (value, text) => expect(three(value)).toBe(text));
  it.each([
    [1000, '1e3'],
    [20_000, '2e4'],
    [1_234_567, '1234567'],
    [256, '256'],
    [100_000_000, '1e8'],
  ])('n = %d is %s', (value, text) => expect(power(value)).toBe(text));

  const measured = {
    error: 3e-6,
    tolerance: 1e-4,
    checkedSteps: 2,
    batch: 4,
    rounds: 5,
    ms: 12.34,
    low: 12,
    high: 13,
    pairsPerSecond: 5.2e8,
    bytesPerSecond: 3e7,
    shares: [],
    timesOurs: 1,
    yardsticks: 40,
  };
  const info = {
    name: 'mckean webgpu',
    method: 'direct',
    device: 'google swiftshader',
    software: true,
    precision: 'float32',
  } as const;
  const rows: Row[] = [
    { case: { n: 100_000, m: 64, d: 2, activation: 'tanh' }, where: 'page', ours: true, info, measured },
    { case: CASE, where: 'page', ours: false, info: { name: 'peer' }, skipped: 'no memory' },
  ];

  it('a table has a column a fact, says what is software, and lines up', () => {
    const [head, line] = textTable(rows).split('\n');
    expect(line).toMatch(
      /tanh +1e5 +64 +2 +mckean webgpu +direct +page +google swiftshader \(software\) +32 +12.3 \(12–13\) +520 +30 +40× +1× +3e-6 +software adapter: no limit stated/,
    );
    expect(head.indexOf('who')).toBe(line.indexOf('mckean'));
    expect(
      markdownTable(rows)
        .split('\n')
        .map((text) => text.split('|').length),
    ).toEqual([18, 18, 18]);
  });

  it('duels set the fastest of ours against the fastest peer of the same place', () => {
    const contender = (name: string, where: string, ours: boolean, ms: number, method = 'direct') => ({
      info: { ...info, name, method },
      where,
      ours,
      timing: { steps: 1, rounds: [ms, ms] },
    });
    const contenders = [
      contender('mckean cpu', 'page', true, 2, 'mesh'),
      contender('mckean webgpu', 'page', true, 10),
      contender('mckean cpu', 'node', true, 1),
      contender('tfjs wasm', 'page', false, 30),
      contender('jax-js webgpu', 'page', false, 50),
      contender('tfjs webgpu', 'page', false, 500),
      contender('numpy', 'python', false, 0.5),
    ];
    expect(
      duelsOf(CASE, contenders).map(({ title, ours, peer, ratio: times }) => [title, ours, peer, times]),
    ).toEqual([
      ['in the page', 'mckean cpu, mesh', 'tfjs wasm, direct', 15],
      ['direct sums on WebGPU', 'mckean webgpu, direct', 'jax-js webgpu, direct', 5],
      ['outside the browser', 'mckean cpu, direct', 'numpy, direct', 0.5],
    ]);
    expect(duelLine(duelsOf(CASE, contenders)[2])).toBe(
      'outside the browser, tanh, d = 2, n = 300, m = 20: our best (mckean cpu, direct) is 0.5× as fast as the best peer (numpy, direct)',
    );
    expect(duelsOf(CASE, contenders.slice(0, 3))).toEqual([]);
  });

  it('what was not timed says why', () =>
    expect(skips(rows)).toEqual(['not timed: peer (page), tanh, d = 2, n = 300, m = 20: no memory']));
});

describe('flags', () => {
  it('are lists of numbers and of names, with defaults that --peers and --quick replace and that given ones win over', () => {
    expect(readFlags(['--n', '1e3,2e6', '--method', 'mesh,auto'])).toMatchObject({
      n: [1000, 2e6],
      m: [64, 256],
      methods: ['mesh', 'auto'],
      where: ['node'],
      peers: false,
    });
    expect(readFlags(['--peers'])).toMatchObject({
      n: [1e5],
      m: [64],
      activations: ['tanh', 'relu'],
      where: ['page', 'node'],
      peers: true,
    });
    expect(readFlags(['--d', '20,784'])).toMatchObject({ d: [20, 784], aims: false });
    expect(readFlags(['--aims'])).toMatchObject({ d: [2], aims: true, peers: false });
    expect(readFlags(['--replicas', '64,1024'])).toMatchObject({ n: [2 ** 20], m: [64], replicas: [64, 1024] });
    expect(readFlags(['--peers', '--quick', '--m', '8'])).toMatchObject({ n: [2000], m: [8], peers: true });
  });

  it.each([
    ['--n', '1.5'],
    ['--n', '1e9'],
    ['--m', ''],
    ['--d', '1'],
    ['--d', '2.5'],
    ['--activation', 'gelu'],
    ['--where', 'moon'],
    ['--speed'],
    ['--seconds', '-1'],
    ['--replicas', '1'],
  ])('%s %s is refused with a sentence', (...argv) => {
    expect(() => readFlags(argv.filter((word) => word !== undefined))).toThrow(FlagError);
  });

  it('are all in the help', () => {
    for (const flag of [
      'n',
      'm',
      'd',
      'activation',
      'engine',
      'method',
      'where',
      'peers',
      'aims',
      'replicas',
      'seconds',
      'longest',
      'quick',
      'json',
      'markdown',
    ])
      expect(helpText()).toContain(`--${flag} `);
  });
});
