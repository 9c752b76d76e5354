import { featureOf } from '../../src/core/features/features.ts';
import { tangentKernel } from '../../src/core/features/kernel.ts';
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type ActivationName } from '../../src/core/activations/activations.ts';
import { LOSSES } from '../../src/core/objective/losses.ts';
import { addOutputs, drift, meanLoss, residual } from '../../src/core/model.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { abcForm, lossOf, output, type Form } from '../support/oracles/oracle.ts';
import { draw, flat, FORMS, problemOf, type Drawn } from '../support/problems.ts';

const NAMES = Object.keys(ACTIVATIONS) as ActivationName[];
const DIMENSIONS = [1, 2, 3, 8];
const STEP = 1e-5;

/** Particles whose preactivations stay off relu's kink, or a difference quotient would straddle it. */
function drawn(d: number, seed: number): Drawn {
  const all = draw({ n: 9, m: 5, d }, seed);
  const clear = (row: number[]): boolean =>
    all.x.every((x) => Math.abs(x.reduce((h, value, c) => h + value * row[1 + c], 0)) > 1e-3);
  return { ...all, theta: all.theta.filter(clear) };
}

function outputs({ theta, x, d, m, outer, activation }: Problem): Float64Array {
  const f = new Float64Array(m);
  addOutputs(f, theta, 0, theta.length / (1 + d), x, { d }, featureOf({ activation }));
  return f.map((sum) => outer * sum);
}

function residuals(problem: Problem): Float64Array {
  const r = new Float64Array(problem.m);
  residual(r, outputs(problem), problem.y, LOSSES[problem.loss]);
  return r;
}

/** b [n, 1 + d] of the whole system. */
function field(problem: Problem): Float64Array {
  const { n, d, theta } = problem;
  const r = residuals(problem);
  const b = new Float64Array(theta.length);
  const one = new Float64Array(1 + d);
  for (let j = 0; j < n; j++) {
    drift(one, theta, j * (1 + d), problem, r, featureOf(problem));
    b.set(one, j * (1 + d));
  }
  return b;
}

/** (F(θ + h e) − F(θ − h e))/2h for every entry e of θ, F from the independent implementation. */
function differences<T>(theta: number[][], F: (theta: number[][]) => T, minus: (p: T, q: T) => T): T[] {
  return theta.flatMap((row, j) =>
    row.map((_, c) => {
      const shifted = (h: number): number[][] =>
        theta.map((other, i) => (i === j ? other.map((value, k) => (k === c ? value + h : value)) : other));
      return minus(F(shifted(STEP)), F(shifted(-STEP)));
    }),
  );
}

const gradientOfLoss = (rows: Drawn, activation: ActivationName, parameterization: Form): number[] =>
  differences(
    rows.theta,
    (theta) => lossOf({ ...rows, activation, parameterization }, theta),
    (p, q) => (p - q) / (2 * STEP),
  );

/** Worst difference over the largest entry. */
function distance(got: ArrayLike<number>, want: readonly number[]): number {
  const size = Math.max(...want.map(Math.abs));
  return Math.max(...want.map((value, i) => Math.abs(got[i] - value))) / size;
}

// A central difference with step 1e-5 errs by h² φ'''/6 ≈ 1e-10 and by rounding ε L/h ≈ 1e-11.
const CENTRAL = 5e-9;

describe.each(NAMES)('with φ = %s', (activation) => {
  it.each(DIMENSIONS)('b is minus n times the gradient of L, d = %d', (d) => {
    const rows = drawn(d, 10 + d);
    const n = rows.theta.length;
    const want = gradientOfLoss(rows, activation, 'mean-field').map((value) => -n * value);
    expect(distance(field(problemOf(rows, 'mean-field', { activation })), want)).toBeLessThan(CENTRAL);
  });

  it.each(FORMS.map((form) => [JSON.stringify(form), form] as const))(
    'speed · b is minus the rate times the gradient of L for %s',
    (_, form) => {
      const rows = drawn(3, 7);
      const n = rows.theta.length;
      const rate = n ** -abcForm(form as Form).c;
      const problem = problemOf(rows, form, { activation });
      const want = gradientOfLoss(rows, activation, form as Form).map((value) => -rate * value);
      expect(
        distance(
          field(problem).map((value) => problem.speed * value),
          want,
        ),
      ).toBeLessThan(CENTRAL);
    },
  );

  it('K is the Gram matrix of the gradients of f', () => {
    const rows = drawn(3, 5);
    const m = rows.y.length;
    const form = { a: 0.75, kappa: 0.5 };
    const problem = problemOf(rows, form, { activation });
    const gradients = differences(
      rows.theta,
      (theta) => output({ ...rows, activation, parameterization: form }, theta),
      (p, q) => p.map((value, a) => (value - q[a]) / (2 * STEP)),
    );
    const want = Array.from({ length: m * m }, (_, i) =>
      gradients.reduce((sum, of) => sum + of[Math.floor(i / m)] * of[i % m], 0),
    );
    expect(
      distance(tangentKernel(problem.theta, problem, problem.outer, featureOf({ activation })), want),
    ).toBeLessThan(CENTRAL);
  });

  it('moving along b changes f by −(n^κ/m) K r to first order', () => {
    const rows = drawn(2, 3);
    const n = rows.theta.length;
    const m = rows.y.length;
    const form = { a: 0.6, kappa: 0.4 };
    const problem = problemOf(rows, form, { activation });
    const b = field(problem);
    const r = residuals(problem);
    const moved = (h: number): Float64Array =>
      outputs({
        ...problem,
        theta: Float64Array.from(problem.theta, (value, i) => value + h * problem.speed * b[i]),
      });
    const K = tangentKernel(problem.theta, problem, problem.outer, featureOf({ activation }));
    const want = Array.from(
      r,
      (_, i) => (-(n ** 0.4) / m) * r.reduce((sum, value, k) => sum + K[i * m + k] * value, 0),
    );
    const forward = moved(STEP);
    const back = moved(-STEP);
    expect(
      distance(
        forward.map((value, a) => (value - back[a]) / (2 * STEP)),
        want,
      ),
    ).toBeLessThan(CENTRAL);
  });

  it('f is right at every sample, with weights of one sign so that nothing averages out', () => {
    const rows = drawn(2, 4);
    const positive = rows.theta.map(([w1, ...w0]) => [0.1 + Math.abs(w1), ...w0]);
    const problem = problemOf({ ...rows, theta: positive }, 'mean-field', { activation });
    const want = output({ x: rows.x, activation, parameterization: 'mean-field' }, positive);
    outputs(problem).forEach((value, a) => expect(value, `sample ${a}`).toBeCloseTo(want[a], 14));
  });
});

it('the printed drift of the lecture notes, φ in place of w1 φ′, is not the gradient: a control that fails', () => {
  const rows = drawn(2, 12);
  const problem = problemOf(rows);
  const n = rows.theta.length;
  const r = residuals(problem);
  const { phi } = ACTIVATIONS.tanh;
  const misprint = rows.theta.flatMap(([, ...w0]) => {
    const h = rows.x.map((x) => x[0] * w0[0] + x[1] * w0[1]);
    const mean = (value: (a: number) => number): number =>
      -h.reduce((sum, _, a) => sum + r[a] * value(a), 0) / h.length;
    return [
      mean((a) => phi(h[a])),
      mean((a) => phi(h[a]) * rows.x[a][0]),
      mean((a) => phi(h[a]) * rows.x[a][1]),
    ];
  });
  expect(
    distance(
      misprint,
      gradientOfLoss(rows, 'tanh', 'mean-field').map((value) => -n * value),
    ),
  ).toBeGreaterThan(0.1);
});

it('L is half the mean square of r = f − y', () => {
  const f = [1, 3, -2];
  const y = [0.5, 1, 1];
  expect(meanLoss(f, y, LOSSES.squared)).toBe((0.25 + 4 + 9) / 6);
  const r = new Float64Array(3);
  residual(r, flat([f]), flat([y]), LOSSES.squared);
  expect([...r]).toEqual([0.5, 2, -3]);
});
