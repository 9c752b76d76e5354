/** The mathematics behind the measurements, each by another way to the same number. */
import { featureOf } from '../../src/core/features/features.ts';
import { tangentKernel } from '../../src/core/features/kernel.ts';
import { shapeOf } from '../../src/core/shape.ts';
import { describe, expect, it } from 'vitest';
import { linearLimit, type LinearProblem } from '../../src/core/analysis/linear-moments.ts';
import { linearFlow, spectrumOf } from '../../src/core/analysis/linear.ts';
import { drift } from '../../src/core/model.ts';
import { kernelOf } from '../../src/experiments/measure/laws/kernel.ts';
import { misprintedDrift } from '../../src/experiments/measure/misprint.ts';
import { sharedDraws } from '../../src/experiments/measure/reference.ts';
import { directions, quantileDifferences, tuples } from '../../src/experiments/measure/sliced.ts';
import { gridsOf, simpson } from '../../src/experiments/measure/time.ts';
import { bump } from '../../src/experiments/measure/laws/weak-form.ts';
import { complete } from '../../src/core/config/config.ts';
import { expectClose } from '../support/close.ts';
import { draw, generator, problemOf } from '../support/problems.ts';

const problem = problemOf(draw({ n: 7, m: 5, d: 3 }, 11), { a: 0.75, kappa: 0.5 });

describe('the tangent kernel by parts', () => {
  const { K, Φ, G } = kernelOf(problem.theta, problem);
  it('adds up to n^κ times the definition’s', () => {
    const whole = tangentKernel(problem.theta, problem, problem.outer, featureOf({ activation: 'tanh' })).map(
      (entry) => 7 ** 0.5 * entry,
    );
    expectClose('K', K, whole, 1e-14);
    expectClose(
      'Φ + G',
      Φ.map((entry, i) => entry + G[i]),
      whole,
      1e-14,
    );
  });

  it('has a spectrum whose linear flow is that of many small steps', () => {
    const spectrum = spectrumOf(K);
    const m = 5;
    const k = 3;
    const dt = 0.4;
    const start = Float64Array.from([1, -2, 0.5, 3, 0]);
    let f = [...start];
    for (let step = 0; step < k; step++)
      f = f.map(
        (value, a) =>
          value - (dt / m) * f.reduce((sum, other, b) => sum + K[a * m + b] * (other - problem.y[b]), 0),
      );
    expectClose(
      'Euler’s steps',
      linearFlow(spectrum, start, problem.y, (eigenvalue) => (1 - (dt * eigenvalue) / m) ** k),
      f,
      1e-13,
    );
    expect([...spectrum.values].sort((p, q) => q - p)).toEqual(spectrum.values);
    expect(spectrum.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      [0, 1, 2, 3, 4].reduce((sum, a) => sum + K[a * m + a], 0),
      12,
    );
  });
});

describe('the closed moments of linear φ', () => {
  const x = Float64Array.from([
    0.644, 0.186, 0.482, -0.41, 0.294, 0.141, -0.169, 0.418, -0.623, 0.674, 0.189, 0.317, -0.423, 0.24, 0.121,
    0.342, 1.075, -0.055, 0.763, -0.115, -0.734,
  ]);
  const y = Float64Array.from([1.13, -0.117, 0.777, -1.749, 1.911, -1.106, -1.765]);
  const at = (steps: number, stds: LinearProblem['stds']) =>
    linearLimit({ x, y, d: 3, dt: 1.5 / steps, steps, stds });

  // Constants of the ODE from numpy: RK4 of Φ, central differences in M(0), the full covariance Σ_{(ij),(kl)} =
  // S_ik S_jl + S_il S_jk.
  it.each([
    [[1, 1], 0.3415358191, 0.6365484163],
    [[2, 0.5], 0.132035789, 0.8248437317],
  ] as const)('give the constants of fluctuations at stds %j as dt → 0', (stds, output, coupling) => {
    const [coarse, fine] = [at(150, stds), at(300, stds)]; // Euler's error is of first order and goes by extrapolation
    expect(2 * fine.outputConstant - coarse.outputConstant).toBeCloseTo(output, 4);
    expect(2 * fine.couplingConstant - coarse.couplingConstant).toBeCloseTo(coupling, 4);
  });

  it('give the path of an Euler run of pairs (w1, w0), (−w1, w0) and their like whose moments are S', () => {
    const { residuals, f } = at(10, [1, 1]);
    const size = 2; // θ = ±2 e_i: E θθᵀ = I for the eight points
    const theta = Float64Array.from(
      [0, 1, 2, 3].flatMap((i) =>
        [1, -1].flatMap((side) => [0, 1, 2, 3].map((c) => (c === i ? side * size : 0))),
      ),
    );
    const samples = { x, y, m: 7, d: 3 };
    const b = new Float64Array(4);
    const outputs = (): Float64Array =>
      y.map((_, a) => {
        let sum = 0;
        for (let row = 0; row < 32; row += 4)
          sum +=
            (theta[row] *
              (theta[row + 1] * x[3 * a] + theta[row + 2] * x[3 * a + 1] + theta[row + 3] * x[3 * a + 2])) /
            8;
        return sum;
      });
    for (let step = 0; step < 10; step++) {
      const r = outputs().map((value, a) => value - y[a]);
      expectClose('r', residuals.subarray(7 * step, 7 * step + 7), r, 1e-13);
      for (let row = 0; row < 32; row += 4) {
        drift(b, theta.slice(row, row + 4), 0, samples, r, featureOf({ activation: 'linear' }));
        for (let c = 0; c < 4; c++) theta[row + c] += 0.15 * b[c];
      }
    }
    expectClose('f', f, outputs(), 1e-13);
  });
});

describe('controls', () => {
  it('the misprint is the drift in w1, and in w0 what the notes print: φ x in place of w1 φ′ x', () => {
    const r = Float64Array.from([1, -0.5, 0.2, 2, -1]);
    const b = new Float64Array(4);
    const wrong = misprintedDrift(problem.theta, problem, r);
    for (let j = 0; j < 7; j++) {
      drift(b, problem.theta, 4 * j, problem, r, featureOf({ activation: 'tanh' }));
      expect(wrong[4 * j]).toBeCloseTo(b[0], 14);
      const h = (a: number): number =>
        [0, 1, 2].reduce((sum, c) => sum + problem.theta[4 * j + 1 + c] * problem.x[3 * a + c], 0);
      for (let c = 0; c < 3; c++)
        expect(wrong[4 * j + 1 + c]).toBeCloseTo(
          -r.reduce((sum, value, a) => sum + value * Math.tanh(h(a)) * problem.x[3 * a + c], 0) / 5,
          13,
        );
    }
  });

  it('shared draws leave as many distinct particles as said, in equal blocks', () => {
    const theta = Float64Array.from({ length: 3 * 32 }, (_, i) => i);
    sharedDraws(8)(theta, 0, shapeOf({ d: 2 }));
    const rows = Array.from({ length: 32 }, (_, j) => theta[3 * j]);
    expect(new Set(rows).size).toBe(8);
    expect(rows).toEqual(rows.map((_, j) => 3 * (j - (j % 4))));
  });
});

describe('time and test functions', () => {
  it('Simpson’s rule is exact for cubics', () => {
    expect(
      simpson(
        [0, 1, 2, 3, 4].map((k) => (k / 2) ** 3 - k),
        0.5,
      ),
    ).toBeCloseTo(2 ** 4 / 4 - 4, 14);
  });
  it('grids have even lengths over the same time, a factor of four apart', () => {
    const grids = gridsOf(complete({ data: { dataset: 'curve' }, dynamics: { dt: 0.1, steps: 32 } }), 2);
    for (const { dt, steps } of grids) expect([steps % 2, +(dt * steps).toFixed(12)]).toEqual([0, 3.2]);
    expect(grids[0].dt / grids[4].dt).toBeCloseTo(4, 12);
    expect(() => gridsOf(complete({ data: { dataset: 'curve' }, dynamics: { steps: 20 } }), 1)).toThrow(
      /steps = 20.*multiple of 16/,
    );
  });
  it('a bump is 1 at its centre, 0 beyond its radius, and its gradient is that of difference quotients', () => {
    const test = { centre: [0.5, -0.5, 0.5], radius: 1.5 };
    const g = new Float64Array(3);
    const none = new Float64Array(3);
    const next = generator(3);
    expect(bump(test, [0.5, -0.5, 0.5], 0, g)).toBe(1);
    expect([bump(test, [2, -0.5, 0.5], 0, g), ...g]).toEqual([0, 0, 0, 0]);
    for (let trial = 0; trial < 20; trial++) {
      const theta = [0, 1, 2].map((c) => test.centre[c] + 1.2 * (next() - 0.5));
      const h = 1e-6;
      bump(test, theta, 0, g);
      const quotients = [0, 1, 2].map((c) =>
        [1, -1].reduce(
          (sum, side) =>
            sum +
            (side *
              bump(
                test,
                theta.map((value, e) => value + (e === c ? side * h : 0)),
                0,
                none,
              )) /
              (2 * h),
          0,
        ),
      );
      expectClose('∇q', g, quotients, 1e-8);
    }
  });
});

it('sliced W2 of a shifted sample is the shift along the lines, whatever the order of its rows', () => {
  const next = generator(9);
  const D = 4;
  const p = Float64Array.from({ length: 50 * D }, () => next());
  const shift = [0.3, -0.1, 0.2, 0.4];
  const q = Float64Array.from({ length: 50 * D }, (_, i) => p[(i + 7 * D) % (50 * D)] - shift[i % D]);
  const square = quantileDifferences(p, q, D).reduce((sum, value) => sum + value * value, 0);
  const lines = directions(D);
  expect(square).toBeCloseTo(
    lines.reduce((sum, v) => sum + v.reduce((along, entry, c) => along + entry * shift[c], 0) ** 2, 0) /
      lines.length,
    12,
  );
  for (const v of lines) expect(Math.hypot(...v)).toBeCloseTo(1, 14);
  expect([
    ...tuples(
      Float64Array.from({ length: 15 }, (_, i) => i),
      3,
      2,
    ),
  ]).toEqual(Array.from({ length: 12 }, (_, i) => i));
});
