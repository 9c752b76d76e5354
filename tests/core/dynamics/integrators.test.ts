import { describe, expect, it } from 'vitest';
import { INTEGRATORS, type IntegratorName, type Tableau } from '../../../src/core/dynamics/integrators.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { trajectory, trajectoryError, type Form } from '../../support/oracles/oracle.ts';
import { draw, FORMS, problemOf, slope } from '../../support/problems.ts';

const T = 2;
const NAMES = Object.keys(INTEGRATORS) as IntegratorName[];

/** c_i and A of the sub-diagonal tableau, for the order conditions. */
function expanded({ advance, weights }: Tableau): { A: number[][]; b: readonly number[]; c: number[] } {
  const A = weights.map((_, i) => weights.map((__, k) => (k === i - 1 ? advance[k] : 0)));
  return { A, b: weights, c: A.map((row) => row.reduce((sum, value) => sum + value, 0)) };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Butcher's conditions up to order 4: Σ over trees, each with its value 1/γ. */
function conditions({
  A,
  b,
  c,
}: ReturnType<typeof expanded>): { order: number; found: number; wanted: number }[] {
  const apply = (v: number[]): number[] => A.map((row) => sum(row.map((value, k) => value * v[k])));
  const weigh = (v: number[]): number => sum(b.map((value, i) => value * v[i]));
  const times = (p: number[], q: number[]): number[] => p.map((value, i) => value * q[i]);
  const square = times(c, c);
  return [
    [1, weigh(c.map(() => 1)), 1],
    [2, weigh(c), 1 / 2],
    [3, weigh(square), 1 / 3],
    [3, weigh(apply(c)), 1 / 6],
    [4, weigh(times(square, c)), 1 / 4],
    [4, weigh(times(c, apply(c))), 1 / 8],
    [4, weigh(apply(square)), 1 / 12],
    [4, weigh(apply(apply(c))), 1 / 24],
  ].map(([order, found, wanted]) => ({ order, found, wanted }));
}

describe.each(NAMES)('%s', (integrator) => {
  const tableau: Tableau = INTEGRATORS[integrator];

  it('meets the order conditions up to its order and misses the next', () => {
    const all = conditions(expanded(tableau));
    for (const { order, found, wanted } of all)
      if (order <= tableau.order) expect(found).toBeCloseTo(wanted, 15);
    const next = all.filter(({ order }) => order === tableau.order + 1);
    expect(next.length === 0 || next.some(({ found, wanted }) => Math.abs(found - wanted) > 1e-3)).toBe(true);
  });

  it.each(['tanh', 'gelu', 'sin'] as const)(
    'errs by dt to its order against a reference in tiny steps, φ = %s',
    async (activation) => {
      const rows = draw({ n: 10, m: 6, d: 2 }, 81, 1.2);
      const form: Form = { a: 0.8, kappa: 0.9 };
      const exact = trajectory(
        { ...rows, activation, parameterization: form, integrator: 'rk4', dt: T / 640 },
        640,
      ); // off by 1e-12
      const counts = [10, 20, 40, 80];
      const errors = await Promise.all(
        counts.map(async (steps) => {
          const engine = await createCpuEngine(
            problemOf(rows, form, { activation, integrator, dt: T / steps }),
          );
          await engine.advance(steps);
          return trajectoryError(await engine.theta(), exact);
        }),
      );
      const found = slope(
        counts.map((steps) => T / steps),
        errors,
      );
      expect(Math.abs(found - tableau.order), `slope ${found}, errors ${errors.join(', ')}`).toBeLessThan(0.15);
    },
  );

  it.each(FORMS.map((form) => [JSON.stringify(form), form] as const))(
    'takes the textbook’s steps: 20 of them to 1e-12, %s',
    async (_, form) => {
      const rows = draw({ n: 10, m: 6, d: 3 }, 91, 1);
      const engine = await createCpuEngine(problemOf(rows, form, { integrator, dt: 0.05 }));
      await engine.advance(20);
      expect(
        trajectoryError(
          await engine.theta(),
          trajectory({ ...rows, activation: 'tanh', parameterization: form as Form, integrator, dt: 0.05 }, 20),
        ),
      ).toBeLessThan(1e-12);
    },
  );
});

it('a tableau with its weights in the wrong places is of lower order: a control', () => {
  const wrong = expanded({ ...INTEGRATORS.rk4, weights: [1 / 3, 1 / 6, 1 / 6, 1 / 3] });
  expect(
    conditions(wrong)
      .filter(({ found, wanted }) => Math.abs(found - wanted) > 1e-3)
      .map(({ order }) => order),
  ).toContain(3);
});
