import { describe, expect, it } from 'vitest';
import { drawTheta, type InitialLaws } from '../../../src/core/laws.ts';
import { SecondMoments } from '../../../src/core/analysis/second-moments.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { draw, problemOf } from '../../support/problems.ts';

/** One sample x = √κ, y = k/√κ: C = κ and c = k. */
const scalar = (kappa: number, k: number) => ({
  m: 1,
  d: 1,
  x: Float64Array.of(Math.sqrt(kappa)),
  y: Float64Array.of(k / Math.sqrt(kappa)),
});
const atRest = { w1: { law: 'dirac', at: 0 }, w0: { law: 'dirac', at: 0 } } as const;

describe('second moments of the linear network', () => {
  it('follow docs/model.md, fact 10: κ = 1.5, k = 0.9, s = 1, q = 0.6, u = 0, rate 0.7, to the error of Euler’s method', () => {
    const initial = { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: Math.sqrt(0.6) } } as const;
    const error = (dt: number, t: number, want: number): number => {
      const moments = new SecondMoments(scalar(1.5, 0.9), initial, { rates: [0.7, 0.7] });
      for (let i = 0; i < Math.round(t / dt); i++) moments.step(dt);
      return moments.u[0] - want;
    };
    for (const [t, want] of [
      [0.3, 0.24056193],
      [1, 0.50368943],
      [3, 0.59847115],
    ] as const) {
      const [coarse, fine] = [error(1e-3, t, want), error(5e-4, t, want)];
      expect(Math.abs(coarse)).toBeLessThan(1e-3);
      expect(Math.abs(2 * fine - coarse)).toBeLessThan(1e-6); // Richardson: what is left is O(dt²)
    }
  });

  it('come to rest where docs/model.md, fact 11, says, with noise and decay: κ = 1.3, k = 2, λ = 0.8, τ = 0.15', () => {
    const rest = (dt: number): [number, number] => {
      const moments = new SecondMoments(scalar(1.3, 2), atRest, {
        decay: 0.8,
        noise: { temperature: 0.15, seed: 0 },
      });
      for (let i = 0; i < 60 / dt; i++) moments.step(dt);
      return [moments.u[0], moments.M[0]];
    };
    const [coarse, fine] = [rest(0.01), rest(0.005)];
    expect(2 * fine[0] - coarse[0]).toBeCloseTo(0.979181713, 4);
    expect(2 * fine[1] - coarse[1]).toBeCloseTo(1.077409438, 4);
  });

  it('are those of the particles step by step, whatever dt is: the empirical moments of one system', async () => {
    const problem = problemOf(draw({ n: 40, m: 7, d: 3 }, 2), 'mean-field', {
      activation: 'linear',
      dt: 0.3,
      terms: { decay: 0.4, rates: [1, 0.5] },
    });
    const engine = await createCpuEngine(problem);
    const moments = new SecondMoments(problem, atRest, problem.terms);
    const width = 4;
    const { theta, n } = problem;
    moments.M = Float64Array.from({ length: 16 }, (_, at) => {
      let sum = 0;
      for (let j = 0; j < n; j++)
        sum += (theta[j * width + Math.floor(at / width)] * theta[j * width + (at % width)]) / n;
      return sum;
    });
    for (let step = 0; step < 12; step++) {
      await engine.advance(1);
      moments.step(0.3);
      const f = await engine.f();
      moments.outputs().forEach((value, a) => expect(value).toBeCloseTo(f[a], 11));
    }
  });

  it.each<[string, InitialLaws]>([
    ['of w1 and w0', { w1: { law: 'uniform', low: -1, high: 2 }, w0: { law: 'sphere', radius: 2 } }],
    ['of both', { joint: { law: 'sphere', radius: 2 } }],
    ['of the bias', { w1: { law: 'normal' }, w0: { law: 'grid', high: 3 }, bias: { law: 'normal', mean: 2 } }],
  ])('start from those of the law %s, which 200 000 draws have to 5 standard errors', (_, laws) => {
    const initial = { seed: 3, antithetic: false, ...laws };
    const n = 200_000;
    const theta = drawTheta(initial, n, { d: 2 });
    const { M } = new SecondMoments({ m: 1, d: 2, x: Float64Array.of(1, 1), y: Float64Array.of(1) }, initial);
    for (let i = 0; i < 3; i++)
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        let square = 0;
        for (let j = 0; j < n; j++) {
          const product = theta[3 * j + i] * theta[3 * j + k];
          sum += product / n;
          square += product ** 2 / n;
        }
        expect(Math.abs(sum - M[3 * i + k]), `M[${i}, ${k}]`).toBeLessThan(
          5 * Math.sqrt((square - sum ** 2) / n) + 1e-12,
        );
      }
  });
});
