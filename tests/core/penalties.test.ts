/** Penalties by difference quotients of the objective, by their closed forms, and beside noise. */
import { describe, expect, it } from 'vitest';
import { observe, penaltyMean } from '../../src/core/observables.ts';
import type { Terms } from '../../src/core/dynamics/terms.ts';
import { createCpuEngine, type CpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { objectiveOf } from '../../src/experiments/run.ts';
import { stableStep } from '../../src/experiments/stable-step.ts';
import { drawnFor, outputsProblem } from '../support/contracts/outputs-contract.ts';
import { draw, problemOf } from '../support/problems.ts';
import { objectiveAt, pathOf } from '../support/oracles/terms-oracle.ts';

const SIZES = { n: 9, m: 7, d: 3 };
const drawn = draw(SIZES, 4);
const form = { a: 0.75, kappa: 0.6 } as const;
const RIDGE: Terms = { ridge: [0.3, 0.7] };
const VARIATION: Terms = { variation: 0.4 };

async function opened(problem: Problem): Promise<CpuEngine> {
  return createCpuEngine(problem);
}

describe.each([
  ['decay', { decay: 0.2 }],
  ['ridge', RIDGE],
  ['variation', VARIATION],
  ['all that pull', { decay: 0.2, ...RIDGE, ...VARIATION }],
] as const)('%s', (_, terms: Terms) => {
  it.each([
    ['one output', problemOf(drawn, form, { terms, dt: 1e-3 })],
    ['three outputs', outputsProblem(drawnFor('cross-entropy', { ...SIZES, c: 3 }, 5), { terms, dt: 1e-3 })],
  ])('a step is −dt n^κ times the difference quotients of the objective, with %s', async (_name, problem) => {
    const engine = await opened(problem);
    const start = Float64Array.from(problem.theta);
    await engine.advance(1);
    const moved = await engine.theta();
    const { dt, speed, outer } = problem;
    const h = 1e-5;
    for (let k = 0; k < start.length; k++) {
      const at = async (shift: number): Promise<number> => {
        await engine.restore(
          start.map((value, i) => (i === k ? value + shift : value)),
          0,
        );
        return objectiveOf(engine, engine.loss);
      };
      const slope = ((await at(h)) - (await at(-h))) / (2 * h);
      // h² of the quotient, rounding of the objective over h
      expect(Math.abs(moved[k] - start[k] + dt * (speed / outer) * slope) / (dt * speed)).toBeLessThan(1e-8);
    }
    engine.destroy();
  });
});

it('the objective is the loss and n^(−a) Σ p of docs/model.md', async () => {
  const terms = { ...RIDGE, ...VARIATION, l1: 0.2 } as const;
  const problem = problemOf(drawn, form, { terms });
  const engine = await opened(problem);
  const oracle = {
    ...drawn,
    ...terms,
    activation: 'tanh',
    parameterization: form,
    integrator: 'euler',
    dt: 0.1,
  };
  expect(await objectiveOf(engine, engine.loss)).toBeCloseTo(objectiveAt(oracle as never, drawn.theta), 12);
  engine.destroy();
});

it('a layer that is 0 is pulled by 0, and the other one by nothing', async () => {
  const theta = Float64Array.from([0, 1, 2, 3, 0, 0]);
  const x = Float64Array.from([0, 0]);
  const problem = { ...problemOf(draw({ n: 2, m: 1, d: 2 }, 1)), x, y: x.slice(0, 1), theta, terms: VARIATION };
  const engine = await opened(problem);
  await engine.advance(3);
  expect([...(await engine.theta())]).toEqual([...theta]);
  engine.destroy();
});

/** Residuals of zero for so many steps. */
const still = (steps: number): { drive: Float64Array } => ({ drive: new Float64Array(steps * SIZES.m) });

describe('without residuals', () => {
  it('ridge shrinks a layer by 1 − s λ dt a step, s the speed times its rate, to rounding', async () => {
    const problem = problemOf(drawn, form, { terms: { ...RIDGE, rates: [0.5, 2] }, dt: 0.4 });
    const engine = await opened(problem);
    await engine.advance(20, still(20));
    const theta = await engine.theta();
    const factors = [0.5 * 0.3, 2 * 0.7, 2 * 0.7, 2 * 0.7].map(
      (rate) => (1 - 0.4 * problem.speed * rate) ** 20,
    );
    theta.forEach((value, k) =>
      expect(Math.abs(value / (problem.theta[k] * factors[k % 4]) - 1)).toBeLessThan(20 * 4 * 2 ** -53),
    );
    engine.destroy();
  });

  it('ℓ1 takes s dt λ from |w1| a step until it is 0, where it stays, and leaves w0 as it is', async () => {
    const problem = problemOf(drawn, form, { terms: { l1: 0.7, rates: [0.5, 2] } });
    const engine = await opened(problem);
    const threshold = 0.5 * problem.speed * problem.dt * 0.7;
    for (const steps of [1, 9, 200]) {
      await engine.advance(steps - engine.step, still(steps - engine.step));
      const theta = await engine.theta();
      theta.forEach((value, k) => {
        const start = problem.theta[k];
        const want = Math.sign(start) * Math.max(Math.abs(start) - steps * threshold, 0);
        expect(Math.abs(value - (k % 4 === 0 ? want : start))).toBeLessThan(steps * 2 ** -52);
      });
    }
    expect((await engine.theta()).filter((value, k) => k % 4 === 0 && value !== 0)).toHaveLength(0);
    engine.destroy();
  });

  it('ℓ1 has the last word, after the noise', async () => {
    const noise = { temperature: 0.01, seed: 3 };
    const problem = problemOf(drawn, 'mean-field', { terms: { l1: 100, noise } });
    const engine = await opened(problem);
    await engine.advance(2, still(2));
    const theta = await engine.theta();
    expect(theta.filter((value, k) => k % 4 === 0 && value !== 0)).toHaveLength(0);
    expect(theta.filter((value, k) => k % 4 !== 0 && value === problem.theta[k])).toHaveLength(0);
    engine.destroy();
  });
});

it('proximal steps find the minimum of the objective: no w1 can be moved to lower it', async () => {
  const terms = { l1: 0.05, ridge: [0.1, 0.1] as const, rates: [1, 0] as const };
  const oracle = {
    ...drawn,
    ...terms,
    activation: 'tanh',
    parameterization: 'mean-field',
    integrator: 'euler',
    dt: 0.5,
  };
  const engine = await opened(problemOf(drawn, 'mean-field', { terms, dt: 0.5 }));
  await engine.advance(2000);
  const theta = await engine.theta();
  const rows = Array.from({ length: SIZES.n }, (_, j) => [...theta.subarray(4 * j, 4 * j + 4)]);
  const least = objectiveAt(oracle as never, rows);
  for (let j = 0; j < SIZES.n; j++)
    for (const shift of [-1e-3, 1e-3]) {
      const other = rows.map((row, i) => (i === j ? [row[0] + shift, ...row.slice(1)] : row));
      expect(objectiveAt(oracle as never, other)).toBeGreaterThan(least);
    }
  expect(rows.filter(([w1]) => w1 === 0).length).toBeGreaterThan(0);
  expect(pathOf(oracle as never, 3)).toHaveLength(4);
  engine.destroy();
});

it('∫ p dρ is the mean over rows, and 0 without penalties', () => {
  const theta = [1, 3, 4, -2, 0, 1];
  const terms = { ridge: [2, 4], decay: 1, l1: 1, variation: 10 } as const;
  expect(penaltyMean(terms, observe(theta, { d: 2, terms }))).toBeCloseTo(
    ((3 * (1 + 4) + 5 * (25 + 1)) / 2 + (1 + 2) + 10 * (5 + 2)) / 2,
    12,
  );
  expect(penaltyMean({}, observe(theta, { d: 2 }))).toBe(0);
});

it('a ridge on frozen features shortens the stable step by its share of the rate', async () => {
  const linear = (ridge: number, dt = 1): Problem =>
    problemOf(draw({ n: 40, m: 6, d: 2 }, 8), 'mean-field', {
      activation: 'linear',
      dt,
      terms: { rates: [1, 0], ridge: [ridge, 9] },
    });
  expect(2 / stableStep(linear(3))).toBeCloseTo(2 / stableStep(linear(0)) + 3, 6);
  const sizeAfter = async (dt: number): Promise<number> => {
    const engine = await opened(linear(3, dt));
    await engine.advance(200);
    const { 'mean w1²': square = NaN } = await engine.observables();
    engine.destroy();
    return square;
  };
  const limit = stableStep(linear(3));
  expect(await sizeAfter(0.98 * limit)).toBeLessThan(2);
  expect(await sizeAfter(1.02 * limit)).toBeGreaterThan(10);
});
