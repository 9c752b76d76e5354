/** Direct sums by vector kernels against the scalar code, which is the definition. */
import { describe, expect, it } from 'vitest';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { DirectSums, type Sums } from '../../src/core/sums.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { compiledKernels } from '../../src/engines/cpu/simd/module.ts';
import type { Precision } from '../../src/engines/cpu/simd/layout.ts';
import { kernelSums as sumsBy, SimdSums } from '../../src/engines/cpu/simd/sums.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { FORMS } from '../../kernels/forms.ts';
import { formOf, type Knots } from '../../src/core/activations/parametric.ts';
import { draw, generator, problemOf } from '../support/problems.ts';
import { threadless } from '../support/threadless.ts';

const WITH_KERNELS = Object.keys(FORMS) as ActivationName[];

/** Odd sizes: no whole block, group, panel or tile; narrow, wide, several tiles of samples. */
const SIZES = [
  { n: 7, m: 1, d: 1 },
  { n: 301, m: 45, d: 2 },
  { n: 5, m: 13, d: 3 },
  { n: 9, m: 6, d: 4 },
  { n: 270, m: 37, d: 100 },
  { n: 3, m: 50, d: 785 },
];

const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values, (v) => v * v).reduce((p, q) => p + q, 0) / values.length);

/** The greatest difference over the rms of what is wanted. */
const distance = (got: ArrayLike<number>, want: ArrayLike<number>): number =>
  Array.from(want, (value, i) => Math.abs(got[i] - value)).reduce((p, q) => Math.max(p, q), 0) /
  (rms(want) || 1);

async function kernelSums(problem: Problem, precision: Precision): Promise<SimdSums> {
  const kernels = await compiledKernels(problem.activation, precision);
  expect(kernels).not.toBeNull();
  return new SimdSums(kernels!, problem);
}

interface Answers {
  readonly b: Float64Array;
  readonly outputs: Float64Array;
}

function answers(sums: Sums, theta: Float64Array, r: Float64Array, n: number): Answers {
  const b = new Float64Array(theta.length);
  const outputs = new Float64Array(sums.size);
  sums.enter(r);
  sums.drifts(b, theta, 0, n);
  sums.deposit(outputs, theta, 0, n);
  return { b, outputs };
}

/** Float32: the rounding of a sum of d products grows with d. */
const bound = (precision: Precision, d: number): number => (precision === 'f64' ? 1e-13 : 2e-5 * (1 + d / 500));

describe.each(
  WITH_KERNELS.flatMap((name) => Object.keys(FORMS[name]!).map((of) => [name, of as Precision] as const)),
)('kernels of %s in %s', (activation, precision) => {
  it.each(SIZES)('n = $n, m = $m, d = $d', async ({ n, m, d }) => {
    const drawn = draw({ n, m, d }, n + m);
    const problem = problemOf(drawn, 'mean-field', { activation });
    const theta = Float64Array.from(problem.theta, (value) => value / Math.sqrt(d));
    const next = generator(d);
    const r = Float64Array.from({ length: m }, () => next() - 0.5);
    const want = answers(new DirectSums(problem, featureOf(problem)), theta, r, n);
    const got = answers(await kernelSums(problem, precision), theta, r, n);
    expect(distance(got.b, want.b)).toBeLessThan(bound(precision, d));
    expect(distance(got.outputs, want.outputs)).toBeLessThan(bound(precision, d));
  });
});

const KNOTS: readonly Knots['knots'][] = [
  [
    [0.5, -2.5],
    [1.5, 7.5],
  ],
  [
    [0, -2.5],
    [0.5, -4],
    [1.5, 7.5],
  ],
  Array.from({ length: 256 }, (_, k) => [k / 64 - 2, Math.sin(k)]),
];

it.each(KNOTS)(
  'knots from %j on are those of the scalar code, bit for bit where φ alone is asked',
  async (...knots) => {
    const activation = { knots };
    const { phi } = formOf(activation);
    for (const { n, m, d } of [
      { n: 7, m: 33, d: 2 },
      { n: 13, m: 21, d: 40 },
    ]) {
      const problem = { ...problemOf(draw({ n, m, d }, n + m), 'mean-field'), activation };
      const theta = Float64Array.from(problem.theta);
      const r = Float64Array.from({ length: m }, (_, a) => Math.cos(a));
      const want = answers(new DirectSums(problem, featureOf(problem)), theta, r, n);
      const got = answers(await kernelSums(problem, 'f64'), theta, r, n);
      expect(distance(got.b, want.b)).toBeLessThan(1e-13);
      expect(distance(got.outputs, want.outputs)).toBeLessThan(1e-13);
    }
    // one neuron at w1 = w0 = 1 says φ itself: at the knots, between them, beyond, and where there is no number
    const z = Float64Array.from([
      ...knots.map(([at]) => at),
      ...knots.map(([at]) => at + 0.003),
      -1e9,
      1e9,
      NaN,
    ]);
    const alone = { ...problemOf(draw({ n: 1, m: z.length, d: 1 }, 1), 'mean-field'), activation, x: z };
    const { outputs } = answers(
      await kernelSums(alone, 'f64'),
      Float64Array.of(1, 1),
      new Float64Array(z.length),
      1,
    );
    expect([...outputs]).toEqual([...z].map(phi));
  },
);

it('several outputs meet the tiled kernels, whatever d', async () => {
  const { n, m, c } = { n: 37, m: 21, c: 3 };
  const next = generator(3);
  const numbers = (length: number): Float64Array => Float64Array.from({ length }, () => 2 * next() - 1);
  for (const d of [1, 2, 9]) {
    const base = problemOf(draw({ n, m, d }, 4), 'mean-field', { activation: 'tanh' });
    const problem = { ...base, c, y: numbers(m * c), theta: numbers(n * (c + d)) };
    const r = numbers(m * c);
    const want = answers(new DirectSums(problem, featureOf(problem)), problem.theta, r, n);
    const got = answers(await kernelSums(problem, 'f64'), problem.theta, r, n);
    expect(distance(got.b, want.b)).toBeLessThan(1e-14);
    expect(distance(got.outputs, want.outputs)).toBeLessThan(1e-14);
  }
});

it('rows without weights meet kernels as rows whose w1 is 1, narrow and tiled, in both precisions', async () => {
  const { n, m } = { n: 301, m: 21 };
  const next = generator(6);
  for (const precision of ['f64', 'f32'] as const)
    for (const d of [1, 2, 9]) {
      const base = problemOf(draw({ n, m, d }, 4), 'mean-field', { activation: 'erf' });
      const theta = Float64Array.from({ length: n * d }, () => Math.fround(2 * next() - 1));
      const problem: Problem = { ...base, features: 'unit', weights: 0, theta };
      const r = Float64Array.from({ length: m }, () => next() - 0.5);
      const want = answers(new DirectSums(problem, featureOf(problem)), theta, r, n);
      const sums = sumsBy((await compiledKernels('erf', precision))!, problem);
      // again, so that what is kept of other rows would show
      for (const got of [answers(sums, theta, r, n), answers(sums, theta, r, n)]) {
        expect(distance(got.b, want.b)).toBeLessThan(bound(precision, d));
        expect(distance(got.outputs, want.outputs)).toBeLessThan(bound(precision, d));
      }
    }
});

it('rows without weights move as the scalar code moves them', async () => {
  const { n, m, d } = { n: 781, m: 45, d: 6 };
  const next = generator(7);
  const theta = Float64Array.from({ length: n * d }, () => 2 * next() - 1);
  const base = problemOf(draw({ n, m, d }, 5), 'mean-field', { activation: 'tanh', dt: 0.5 });
  const run = async (more: { kernels?: null }): Promise<Float64Array> => {
    const problem: Problem = { ...base, features: 'unit', weights: 0, theta, integrator: 'heun' };
    const engine = await createCpuEngine(problem, more);
    await engine.advance(20);
    return engine.theta();
  };
  expect(distance(await run({}), await run({ kernels: null }))).toBeLessThan(1e-13);
});

it('a particle that is not finite shows in the outputs, where φ saturates too', async () => {
  const problem = problemOf(draw({ n: 5, m: 4, d: 2 }, 1));
  const theta = Float64Array.from(problem.theta);
  theta[4] = Infinity;
  const sums = await kernelSums(problem, 'f64');
  const outputs = new Float64Array(4);
  sums.deposit(outputs, theta, 0, 5);
  expect(Array.from(outputs)).toEqual([NaN, NaN, NaN, NaN]);
});

it('systems over other samples take turns with the memory of a thread', async () => {
  const [p, q] = [problemOf(draw({ n: 9, m: 30, d: 2 }, 1)), problemOf(draw({ n: 9, m: 7, d: 12 }, 2))];
  const [first, second] = [await kernelSums(p, 'f64'), await kernelSums(q, 'f64')];
  const of = (sums: SimdSums, { theta, m, n }: Problem): Answers =>
    answers(sums, Float64Array.from(theta), new Float64Array(m).fill(0.3), n);
  const alone = [of(first, p), of(second, q)];
  expect([of(first, p), of(second, q)]).toEqual(alone);
});

describe('an engine with kernels', () => {
  const wide = (activation: ActivationName): Problem =>
    problemOf(draw({ n: 781, m: 45, d: 6 }, 5, 0.7), 'mean-field', { activation, dt: 0.2 });

  it.each([1, 2, 3, 7])('moves by the same bits with %i workers', async (workers) => {
    const run = async (count: number): Promise<Float64Array> => {
      const engine = await createCpuEngine(wide('tanh'), { spawn: threadless, workers: count });
      await engine.advance(5);
      return engine.theta();
    };
    expect(await run(workers)).toEqual(await run(0));
  });

  it.each(WITH_KERNELS)('is within 1e-13 of the scalar code after 40 steps: %s', async (activation) => {
    const run = async (more: { kernels?: null }): Promise<{ theta: Float64Array; adapter: string }> => {
      const engine = await createCpuEngine({ ...wide(activation), dt: 0.02 }, more);
      await engine.advance(40);
      return { theta: await engine.theta(), adapter: engine.info.adapter };
    };
    const [fast, scalar] = [await run({}), await run({ kernels: null })];
    expect(distance(fast.theta, scalar.theta)).toBeLessThan(1e-13);
    expect([fast.adapter, scalar.adapter]).toEqual(['CPU, 1 thread', 'CPU, 1 thread, scalar sums']);
  });
});
