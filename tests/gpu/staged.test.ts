/**
 * Sums through workgroup memory, and φ in its fast form: forced here on whatever adapter there is, since a software one
 * takes neither by itself.
 */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type Activation, type ActivationName } from '../../src/core/activations/activations.ts';
import { excess, phiFormOf, verdict } from '../../src/engines/webgpu/opening/forms.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { planSum, stageOf } from '../../src/engines/webgpu/plan.ts';
import { stagedUpdate, type Tuning } from '../../src/engines/webgpu/tuning.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { expectSameBits, TRAJECTORY } from '../support/close.ts';
import { bitsOf, several } from '../support/engine-bits.ts';
import { openGpu } from '../support/gpu.ts';
import { trajectory, trajectoryError } from '../support/oracles/oracle.ts';
import { draw, flat, problemOf, termsOf, type Drawn } from '../support/problems.ts';

const gpu = await openGpu();

const PLAIN = { p: 1, q: 4, staged: 0 } as const;

const bits = (problem: Problem, tuning: Tuning, fast = false, predicts = false): Promise<number[]> =>
  bitsOf(gpu, problem, { tuning, fast }, { steps: 3, predicts });

const withoutWeights = (drawn: Drawn): Problem => ({
  ...problemOf(drawn),
  features: 'unit',
  weights: 0,
  activation: 'sigmoid',
  theta: flat(drawn.theta.map(([, ...w0]) => w0)),
});

const withOutputs = (drawn: Drawn): Problem => ({
  ...problemOf(drawn),
  c: 3,
  y: flat(drawn.x),
  theta: flat(drawn.theta.map((row) => [0.5, -0.3, ...row])),
});

const NAMED: readonly [string, Problem, Partial<Tuning>][] = [
  ['one of each', problemOf(draw({ n: 1, m: 1, d: 1 }, 1)), {}],
  [
    'slices shared and a last one that is short, in batches',
    problemOf(draw({ n: 4097, m: 37, d: 2 }, 3), 'mean-field', {
      batch: { size: 21, replacement: false, seed: 1 },
    }),
    { p: 8, staged: 128 },
  ],
  [
    'more points than a workgroup has',
    problemOf(draw({ n: 97, m: 301, d: 3 }, 4), 'ntk', { activation: 'relu' }),
    { p: 2, q: 2 },
  ],
  [
    'two vec4f, two stages and terms',
    problemOf(draw({ n: 257, m: 66, d: 7 }, 5), 'mean-field', {
      integrator: 'heun',
      activation: 'gelu',
      terms: termsOf({ rates: [0.5, 2], decay: 0.1 }),
    }),
    { q: 2 },
  ],
  [
    'four vec4f',
    problemOf(draw({ n: 33, m: 130, d: 15 }, 6), 'mean-field', { activation: 'softplus' }),
    { q: 2 },
  ],
  ['replicas', several(problemOf(draw({ n: 256, m: 20, d: 2 }, 7)), 3), { p: 2 }],
  ['no output weights', withoutWeights(draw({ n: 41, m: 35, d: 2 }, 9)), { p: 2 }],
  ['several outputs', withOutputs(draw({ n: 70, m: 33, d: 3 }, 11)), { p: 2, q: 2 }],
];

describe('rows read together', () => {
  it.each(NAMED)('change no bit: %s', async (name, problem, more) => {
    const staged = { ...PLAIN, staged: 64, ...more };
    const all = name === 'replicas';
    expectSameBits('θ, f, |b|', await bits(problem, staged, all, all), await bits(problem, PLAIN, all, all));
  });

  it('are not where systems are small: of those each thread reads for itself', () => {
    const sized = { d: 2 };
    expect([33, 205, 256].map((n) => stagedUpdate(n, 4, sized, 5, 64))).toEqual([0, 64, 64]);
    expect(stagedUpdate(33, 4, sized, 1, 64)).toBe(64);
    expect(stagedUpdate(256, 4, sized, 1, 0)).toBe(0);
  });

  it('keep the threads of a workgroup busy where a slice has few, within the memory that every adapter has', () => {
    const shares = [1, 5, 24, 64, 75, 256].map((columns) => {
      const d = columns === 5 ? 15 : 2;
      const plan = { ...planSum(2 ** 14, 4 * columns, { d }), columns };
      const { threads, slices, rows } = stageOf(plan, { d }, 64);
      expect(16 * slices * (rows * Math.ceil((1 + d) / 4) + 1)).toBeLessThanOrEqual(16384);
      expect(rows % 32).toBe(0);
      return (slices * columns) / (threads * Math.max(1, Math.ceil(columns / threads)));
    });
    expect(shares.slice(2).every((busy) => busy >= 0.75)).toBe(true);
  });
});

const FAST = (Object.keys(ACTIVATIONS) as ActivationName[]).filter(
  (name) => (ACTIVATIONS[name] as Activation).wgsl.fast,
);

describe('the fast form of φ', () => {
  it.each(FAST)(
    '%s keeps its bound here, and 40 steps with it follow the float64 oracle',
    async (activation) => {
      expect(await phiFormOf(gpu, { activation }, true)).toEqual({ fast: true, words: 'fast φ' });
      const drawn = draw({ n: 65, m: 21, d: 2 }, 3);
      const oracle = {
        ...drawn,
        activation,
        parameterization: 'mean-field',
        integrator: 'euler',
        dt: 0.1,
      } as const;
      const engine = await createWebGpuEngine(gpu, problemOf(drawn, 'mean-field', { activation }), {
        fast: true,
      });
      expect(engine.info.adapter).toBe(`${gpu.adapter}, fast φ`);
      await engine.advance(40);
      const theta = await engine.theta();
      engine.destroy();
      expect(trajectoryError(Array.from(theta), trajectory(oracle, 40))).toBeLessThan(TRAJECTORY.float32);
    },
  );

  it('is other bits, and a software adapter takes it only where it is asked for', async () => {
    const problem = problemOf(draw({ n: 65, m: 21, d: 2 }, 3));
    const careful = await bits(problem, PLAIN);
    expect(await bits(problem, PLAIN, true)).not.toEqual(careful);
    expect(await phiFormOf(gpu, problem)).toEqual({ fast: !gpu.software, words: gpu.software ? '' : 'fast φ' });
  });

  it('is not taken where the adapter is off, or no number, at one argument', () => {
    const z = Float32Array.of(-1, 0.25, 3);
    const values = (error: number): Float32Array =>
      Float32Array.from(
        [...z].flatMap((v, i) => {
          const t = Math.tanh(v) + (i === 1 ? error : 0);
          return [t, t, 1 - t * t, 0];
        }),
      );
    expect(verdict(excess(ACTIVATIONS.tanh, z, values(0)))).toEqual({ fast: true, words: 'fast φ' });
    for (const error of [6e-7, -6e-7, NaN, Infinity])
      expect(verdict(excess(ACTIVATIONS.tanh, z, values(error)))).toMatchObject({
        fast: false,
        words: expect.stringMatching(/^careful φ: its own exp2 is off by/) as string,
      });
  });
});
