/** Wide sums in tiles: forced here on whatever adapter there is, since a software one does not take them by itself. */
import { describe, expect, it } from 'vitest';
import { chunkOf, tileOf } from '../../src/engines/webgpu/tiles.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { expectSameBits, TRAJECTORY } from '../support/close.ts';
import { bitsOf, several } from '../support/engine-bits.ts';
import { openGpu } from '../support/gpu.ts';
import { trajectory, trajectoryError } from '../support/oracles/oracle.ts';
import { draw, flat, problemOf, termsOf } from '../support/problems.ts';

const gpu = await openGpu();

/** With tiles of workgroups of `staged` threads, 0: none; few numbers on the way, so that chunks are several. */
const bits = (
  problem: Problem,
  staged: number,
  fast: boolean,
  { steps = 2, mostNumbers = 2 ** 13 } = {},
): Promise<number[]> => bitsOf(gpu, problem, { tuning: { p: 1, q: 4, staged }, fast, mostNumbers }, { steps });

const withOutputs = (c: number, n: number, m: number, d: number): Problem => {
  const { x, theta } = draw({ n, m, d: d + c }, c);
  return {
    ...problemOf({ x: x.map((row) => row.slice(c)), y: x.map(([y]) => y), theta }),
    n,
    c,
    d,
    y: flat(x.map((row) => row.slice(0, c))),
    theta: flat(theta.map((row) => row.slice(1))),
  };
};

const drawn = (n: number, m: number, d: number): Problem => problemOf(draw({ n, m, d }, n + d), 'ntk');

const CASES: readonly [string, Problem, boolean][] = [
  ['one particle, one point', drawn(1, 1, 16), false],
  ['three chunks, and points of each at twice', { ...drawn(300, 77, 17), activation: 'relu' }, true],
  ['d = 100, in batches', { ...drawn(97, 70, 100), batch: { size: 35, replacement: false, seed: 1 } }, true],
  ['d = 784, gelu', { ...drawn(33, 5, 784), activation: 'gelu' }, false],
  [
    'two stages and terms',
    { ...drawn(40, 67, 20), integrator: 'heun', terms: termsOf({ rates: [0.5, 2], decay: 0.1 }) },
    false,
  ],
  ['replicas', several(drawn(33, 21, 18), 3), true],
  ['five outputs', withOutputs(5, 41, 34, 19), false],
  [
    'no output weights',
    (({ theta, n, d, ...rest }: Problem) => ({
      ...rest,
      n,
      d,
      features: 'unit' as const,
      weights: 0,
      activation: 'sigmoid' as const,
      theta: theta.slice(0, n * d),
    }))(drawn(41, 35, 21)),
    false,
  ],
];

describe('tiles', () => {
  it.each(CASES)('change no bit: %s', async (_, problem, fast) => {
    expectSameBits('θ, f, |b|', await bits(problem, 64, fast), await bits(problem, 0, fast));
  });

  it('change none where they are large, over slices of several tiles', async () => {
    const problem = { ...drawn(2049, 965, 16), activation: 'relu' } as const;
    expect(tileOf(problem, 2080, 965, 256)).toMatchObject({ rows: 128, columns: 64 });
    const once = { steps: 1, mostNumbers: 2 ** 20 };
    expectSameBits('θ, f, |b|', await bits(problem, 256, true, once), await bits(problem, 0, true, once));
  });

  it('keep to the float64 oracle with φ and products in their fast form: d = 100', async () => {
    const rows = draw({ n: 65, m: 21, d: 100 }, 3);
    const oracle = {
      ...rows,
      activation: 'tanh',
      parameterization: 'ntk',
      integrator: 'euler',
      dt: 0.1,
    } as const;
    const engine = await createWebGpuEngine(gpu, problemOf(rows, 'ntk'), {
      fast: true,
      tuning: { p: 1, q: 4, staged: 64 },
    });
    await engine.advance(20);
    const theta = await engine.theta();
    engine.destroy();
    expect(trajectoryError(Array.from(theta), trajectory(oracle, 20))).toBeLessThan(TRAJECTORY.float32);
  });

  it('leave numbers of a bounded count on the way, whatever n and m', () => {
    expect(chunkOf(300, 77, { d: 17 }, 2 ** 13)).toEqual({ rows: 128, points: 64 });
    for (const [n, m, d] of [
      [2 ** 20, 256, 100],
      [2 ** 24, 60_000, 784],
      [1, 1, 16],
    ]) {
      const { rows, points } = chunkOf(n, m, { d });
      expect([rows % 128, points % 64]).toEqual([0, 0]);
      expect(rows * Math.max(points, d)).toBeLessThanOrEqual(2 ** 23);
      expect(rows).toBeGreaterThanOrEqual(Math.min(n, 8192));
    }
  });

  it('are for products of wide particles, and small where large ones would leave a card idle', () => {
    expect(tileOf({ activation: 'relu', d: 2 }, 2 ** 20, 256, 256)).toBeUndefined();
    expect(tileOf({ features: { rbf: { alpha: 1 } }, d: 100 }, 2 ** 20, 256, 256)).toBeUndefined();
    expect(tileOf({ activation: 'relu', d: 100 }, 2 ** 20, 256, 0)).toBeUndefined();
    expect(tileOf({ activation: 'relu', d: 100 }, 4096, 256, 256)).toMatchObject({ rows: 32 });
  });
});
