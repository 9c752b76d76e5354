/**
 * How long a step may be: the greatest eigenvalue of K without K, and what Euler's method does below and above
 * 2m / (n^κ λ_max).
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { featureOf } from '../../../src/core/features/features.ts';
import { tangentKernel } from '../../../src/core/features/kernel.ts';
import { largestEigenvalue, largestStableStep } from '../../../src/core/dynamics/stability.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { draw, problemOf } from '../../support/problems.ts';

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
