/** What is said of a step before it is tried. */
import { expect, it } from 'vitest';
import { secondsOfStep } from '../../src/experiments/forecast.ts';
import { draw, problemOf } from '../support/problems.ts';

const CPU = { name: 'cpu', software: false, adapter: 'CPU' } as const;
const GPU = { name: 'webgpu', software: false, adapter: 'nvidia hopper' } as const;
const problem = (n: number, m: number, d: number) => {
  const { theta, ...rest } = problemOf(draw({ n: 8, m: 4, d }, 1));
  return { ...rest, theta, n, m, x: new Float64Array(4 * d).fill(0.5) };
};

it('a step takes as long as there are pairs, by threads that share them; a GPU less; a grid does without pairs', () => {
  const of = (n: number, m: number, threads = 1) => secondsOfStep(problem(n, m, 3), 'direct', CPU, threads);
  expect(of(1e4, 1e4)).toBeGreaterThan(0.5);
  expect(of(2e4, 3e4) / of(1e4, 1e4)).toBeCloseTo(6, 10);
  expect(of(1e5, 1e5) / of(1e5, 1e5, 4)).toBeCloseTo(4, 10);
  expect(secondsOfStep(problem(1e5, 1e5, 3), 'direct', GPU, 4)).toBeLessThan(of(1e5, 1e5, 4) / 50);
  const wide = problem(1e6, 1e5, 2);
  expect(secondsOfStep(wide, 'auto', CPU, 1)).toBeLessThan(secondsOfStep(wide, 'direct', CPU, 1) / 50);
});
