/** Momentum where its law is known: linear φ by its moments, a quadratic by its recursion, and its stable step. */
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { stableStep } from '../../../src/experiments/stable-step.ts';
import { draw, problemOf } from '../../support/problems.ts';

const FORMS = [
  { beta: 0.9, nesterov: false },
  { beta: 0.9, nesterov: true },
] as const;
type Matrix = number[][];

const D = 2;
const drawn = draw({ n: 40, m: 9, d: D }, 3);

const dot = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, value, k) => sum + value * q[k], 0);
const product = (p: Matrix, q: Matrix): Matrix =>
  p.map((row) => q[0].map((_, k) => row.reduce((sum, value, i) => sum + value * q[i][k], 0)));
const transposed = (p: Matrix): Matrix => p[0].map((_, k) => p.map((row) => row[k]));

/**
 * With linear φ, b = A θ for one matrix A = [[0, gᵀ], [g, 0]] of all particles, and g depends on u = E[w1 w0] alone:
 * (θ, v) moves by one linear map, so its second moments S = E[(θ, v)(θ, v)ᵀ] are closed, S ← T S Tᵀ.
 */
function momentsAfter(steps: number, dt: number, { beta, nesterov }: (typeof FORMS)[number]): Matrix {
  const { x, y, theta } = drawn;
  const width = 1 + D;
  const zero = (): number => 0;
  let S: Matrix = Array.from({ length: 2 * width }, (_, i) =>
    Array.from({ length: 2 * width }, (_unused, k) =>
      i < width && k < width ? theta.reduce((sum, row) => sum + row[i] * row[k], 0) / theta.length : 0,
    ),
  );
  for (let step = 0; step < steps; step++) {
    const u = S[0].slice(1, width);
    const g = Array.from(
      { length: D },
      (_, k) => -x.reduce((sum, sample, a) => sum + (dot(u, sample) - y[a]) * sample[k], 0) / x.length,
    );
    const A: Matrix = [[0, ...g], ...g.map((value) => [value, ...g.map(zero)])];
    const one = (i: number, k: number): number => (i === k ? 1 : 0);
    // v' = β v + A θ;  θ' = θ + dt v',  or with Nesterov θ + dt (A θ + β v')
    const [ofTheta, ofV] = nesterov ? [1 + beta, beta * beta] : [1, beta];
    const T: Matrix = Array.from({ length: 2 * width }, (_, i) =>
      Array.from({ length: 2 * width }, (_unused, k) => {
        const [row, column] = [i % width, k % width];
        if (i < width)
          return k < width ? one(i, k) + dt * ofTheta * A[row][column] : dt * ofV * one(row, column);
        return k < width ? A[row][column] : beta * one(row, column);
      }),
    );
    S = product(product(T, S), transposed(T));
  }
  return S;
}

describe.each(FORMS)('linear φ, β = $beta, nesterov = $nesterov', (momentum) => {
  it('second moments of (θ, v) follow their closed recursion to 1e-9', async () => {
    const dt = 0.05;
    const engine = await createCpuEngine(
      problemOf(drawn, 'mean-field', { activation: 'linear', dt, terms: { momentum } }),
    );
    for (const steps of [1, 40, 200]) {
      await engine.advance(steps - engine.step);
      const [theta, velocity] = [await engine.theta(), (await engine.velocity())!];
      const rows = drawn.theta.map((_, j) => [
        ...theta.subarray(3 * j, 3 * j + 3),
        ...velocity.subarray(3 * j, 3 * j + 3),
      ]);
      momentsAfter(steps, dt, momentum).forEach((row, i) =>
        row.forEach((want, k) => {
          const got = rows.reduce((sum, own) => sum + own[i] * own[k], 0) / rows.length;
          expect(Math.abs(got - want)).toBeLessThan(1e-9 * (1 + Math.abs(want)));
        }),
      );
    }
    engine.destroy();
  });

  it('is stable below the step that is said, and not above it', async () => {
    // output weights alone learn: gradient descent is a linear map
    const problem = (dt: number): Problem =>
      problemOf(draw({ n: 40, m: 6, d: 2 }, 8), 'mean-field', {
        activation: 'linear',
        dt,
        terms: { rates: [1, 0], momentum },
      });
    const limit = stableStep(problem(1));
    const lossAfter = async (dt: number): Promise<number> => {
      const one = await createCpuEngine(problem(dt));
      const before = one.loss;
      await one.advance(400);
      const share = one.loss / before;
      one.destroy();
      return share;
    };
    expect(await lossAfter(0.95 * limit)).toBeLessThan(1);
    expect(await lossAfter(1.05 * limit)).toBeGreaterThan(1e3);
  });
});

it('β = 0 is gradient descent, bit for bit', async () => {
  const run = async (more: Partial<Problem>): Promise<Float64Array> => {
    const engine = await createCpuEngine(problemOf(drawn, 'mean-field', more));
    await engine.advance(20);
    const theta = await engine.theta();
    engine.destroy();
    return theta;
  };
  for (const nesterov of [false, true])
    expect(await run({ terms: { momentum: { beta: 0, nesterov } } })).toEqual(await run({}));
});
