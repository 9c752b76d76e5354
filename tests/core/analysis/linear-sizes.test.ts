import { expect, it } from 'vitest';
import { linearSizes } from '../../../src/core/analysis/linear-sizes.ts';
import { generator } from '../../support/problems.ts';

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Its equation is one of any n particles' own second moments: here gradient descent itself, written out. */
it.each([
  [1, 1],
  [0.5, 0],
  [0.75, 0.5],
])('sizes are those of gradient descent on six particles, a = %d, κ = %d', (a, kappa) => {
  const next = generator(3);
  const [n, m, d, dt] = [6, 4, 2, 0.3];
  const x = Float64Array.from({ length: m * d }, () => 2 * next() - 1);
  const y = Float64Array.from({ length: m }, () => 2 * next() - 1);
  const half = Array.from({ length: n / 2 }, () => [next() + 0.2, next() - 0.4, next() - 0.6]);
  const start = half.flatMap(([w1, ...w0]) => [
    [w1, ...w0],
    [-w1, ...w0],
  ]);
  const D = 1 + d;
  const S = Float64Array.from({ length: D * D }, (_, at) =>
    start.reduce((sum, row) => sum + (row[Math.floor(at / D)] * row[at % D]) / n, 0),
  );
  const stops = [1, 3, 7];
  const known = linearSizes(
    { samples: { x, y, m, d }, S, dt, speed: n ** (kappa - a), gain: n ** (1 - a) },
    stops,
  );
  let theta = start.map((row) => [...row]);
  const h = (row: readonly number[], k: number): number => row[1] * x[k * d] + row[2] * x[k * d + 1];
  const outputs = (): number[] =>
    Array.from({ length: m }, (_, k) => n ** -a * theta.reduce((sum, row) => sum + row[0] * h(row, k), 0));
  for (let step = 1, at = 0; step <= 7; step++) {
    const r = outputs().map((f, k) => f - y[k]);
    const rate = (dt * n ** (kappa - a)) / m;
    theta = theta.map((row) => [
      row[0] - rate * r.reduce((sum, value, k) => sum + value * h(row, k), 0),
      row[1] - rate * r.reduce((sum, value, k) => sum + value * row[0] * x[k * d], 0),
      row[2] - rate * r.reduce((sum, value, k) => sum + value * row[0] * x[k * d + 1], 0),
    ]);
    if (step !== stops[at]) continue;
    const { Δh, Δf, Δw1, Δw0 } = known[at++];
    const steps = theta.map((row, j) => row.map((value, c) => value - start[j][c]));
    expect(Δw1).toBeCloseTo(rms(steps.map(([w1]) => w1)), 12);
    expect(Δw0).toBeCloseTo(rms(steps.flatMap(([, ...w0]) => w0)), 12);
    expect(Δh).toBeCloseTo(rms(steps.flatMap((row) => [0, 1, 2, 3].map((k) => h(row, k)))), 12);
    expect(Δf).toBeCloseTo(rms(outputs()), 12);
  }
});

/** One sample, one input: what is left of n is in the two factors alone. */
it.each([
  ['ntk', 0.5, 0],
  ['compensated', 1, 0.5],
  ['mean field', 1, 1],
  ['between', 0.75, 0.5],
])('%s: exponents after some steps tend to those of the first', (_, a, kappa) => {
  const at = (n: number) =>
    linearSizes(
      {
        samples: { x: Float64Array.of(1), y: Float64Array.of(1), m: 1, d: 1 },
        S: [1, 0, 0, 1],
        dt: 0.2,
        speed: n ** (kappa - a),
        gain: n ** (1 - a),
      },
      [8],
    )[0];
  const [p, q] = [at(2 ** 36), at(2 ** 40)];
  for (const size of ['Δh', 'Δf', 'Δw1', 'Δw0'] as const)
    expect(Math.log2(q[size] / p[size]) / 4).toBeCloseTo(size === 'Δf' ? kappa - 2 * a + 1 : kappa - a, 4);
});
