/**
 * How long a step may be: the greatest eigenvalue of K without K, and what Euler's method does below and above
 * 2m / (n^κ λ_max).
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import { featureOf } from '../../../src/core/features/features.ts';
import { tangentKernel } from '../../../src/core/features/kernel.ts';
import { largestEigenvalue, largestStableStep } from '../../../src/core/dynamics/stability.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { draw, flat, problemOf } from '../../support/problems.ts';

const tangentOf = ({ theta, n, m, d, x, y, activation, outer, speed }: ReturnType<typeof problemOf>) => ({
  theta,
  n,
  samples: { m, d, x, y },
  feature: featureOf({ activation }),
  outer,
  speed,
  rates: [1, 1] as const,
  curvature: 1,
});

describe.each(['tanh', 'relu', 'quadratic'] as const)('%s', (activation) => {
  const tangent = tangentOf(problemOf(draw({ n: 60, m: 9, d: 3 }, 5), 'ntk', { activation }));

  it('has the greatest eigenvalue of the kernel that is written out', () => {
    const { samples, outer } = tangent;
    const K = tangentKernel(tangent.theta, samples, outer, tangent.feature);
    const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(samples.m, samples.m, K), {
      assumeSymmetric: true,
    });
    // power iteration: the gap decides the last digits
    expect(largestEigenvalue(tangent) / Math.max(...realEigenvalues)).toBeCloseTo(1, 3);
  });

  it('a frozen layer takes its part of the kernel away', () => {
    const both = largestEigenvalue(tangent);
    const w1 = largestEigenvalue({ ...tangent, rates: [1, 0] });
    const w0 = largestEigenvalue({ ...tangent, rates: [0, 1] });
    expect(Math.max(w1, w0)).toBeLessThan(both);
    expect(w1 + w0).toBeGreaterThanOrEqual(both * (1 - 1e-6)); // λ_max of a sum is at most the sum
    expect(largestStableStep({ ...tangent, rates: [0, 0] })).toBe(Infinity);
  });
});

describe('where data and activation are symmetric', () => {
  /** Inputs in pairs ±x, without a bias: an odd φ has features that are odd in x, an even one even. */
  const SYMMETRIC = [
    { name: 'x = ±1', x: [1, -1] },
    { name: 'five pairs, in order', x: [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5].map((k) => k / 3) },
    { name: 'four pairs, side by side', x: [0.2, -0.2, 0.9, -0.9, 1.3, -1.3, 2, -2] },
  ];
  const tangentAt = (x: readonly number[], activation: ActivationName) => ({
    theta: flat(draw({ n: 40, m: 1, d: 1 }, 3).theta),
    n: 40,
    samples: { m: x.length, d: 1, x: Float64Array.from(x), y: new Float64Array(x.length) },
    feature: featureOf({ activation }),
    outer: 1 / 40,
    speed: 1,
    rates: [1, 1] as const,
    curvature: 1,
  });
  const greatest = (x: readonly number[], activation: ActivationName): number => {
    const { theta, samples, outer, feature } = tangentAt(x, activation);
    const K = tangentKernel(theta, samples, outer, feature);
    const eigen = new EigenvalueDecomposition(Matrix.from1DArray(x.length, x.length, K), {
      assumeSymmetric: true,
    });
    return Math.max(...eigen.realEigenvalues);
  };

  it.each(SYMMETRIC)('$name: the greatest eigenvalue is found of odd, even and other φ', ({ x }) => {
    for (const activation of ['tanh', 'erf', 'sin', 'linear', 'quadratic', 'gelu', 'relu'] as const) {
      const share = largestEigenvalue(tangentAt(x, activation)) / greatest(x, activation);
      // relu has an eigenvalue for each sign, close to each other: power iteration parts them slowly
      expect(share, activation).toBeGreaterThan(activation === 'relu' ? 0.98 : 0.999);
      expect(share, activation).toBeLessThan(1 + 1e-6);
    }
  });

  it('tanh at x = ±1 has a largest stable step, that of its one odd mode', () => {
    const tangent = tangentAt([1, -1], 'tanh');
    const { theta } = tangent;
    // K on (1, −1): both entries of a row count
    let mode = 0;
    for (let row = 0; row < theta.length; row += 2) {
      const phi = Math.tanh(theta[row + 1]);
      mode += 2 * (phi ** 2 + (theta[row] * (1 - phi ** 2)) ** 2);
    }
    expect(largestStableStep(tangent)).toBeCloseTo((2 * 2 * 40) / mode, 4);
  });
});

it.each(['ntk', 'mean-field', 'compensated'] as const)(
  '%s, features frozen: the loss falls a tenth below the step and grows a tenth above it',
  async (parameterization) => {
    const problem = problemOf(draw({ n: 256, m: 6, d: 2 }, 8), parameterization);
    const rates = [1, 0] as const;
    const limit = largestStableStep({ ...tangentOf(problem), rates });
    const lossAfter = async (dt: number): Promise<number> => {
      const engine = await createCpuEngine({
        ...problem,
        dt,
        terms: { rates },
      });
      await engine.advance(60);
      return engine.loss;
    };
    const start = (await createCpuEngine(problem)).loss;
    expect(await lossAfter(0.9 * limit)).toBeLessThan(start);
    expect(await lossAfter(1.1 * limit)).toBeGreaterThan(start);
  },
);
