/**
 * Gradient descent on the objective, written from docs/model.md alone, row by row of θ, slow and obvious; it imports
 * nothing of ours but the oracle of the plain flow.
 */
import { abcForm, lossOf, STEP, velocity, type OracleProblem } from './oracle.ts';

export interface TermsProblem extends OracleProblem {
  /** Of w1 and of w0. Default 1, 1. */
  rates?: readonly [number, number];
  ridge?: readonly [number, number];
  variation?: number;
  l1?: number;
  /** Euler's method. */
  momentum?: { readonly beta: number; readonly nesterov: boolean };
  /** dt of step k, where the loss is `loss`, over `dt`. */
  pace?: (k: number, loss: number) => number;
}

const prefactorOf = ({ parameterization, theta }: OracleProblem): number =>
  theta.length ** -abcForm(parameterization).a[1];

/** n^(κ − a). */
const speedOf = ({ parameterization, theta }: OracleProblem): number => {
  const { a, c } = abcForm(parameterization);
  return theta.length ** (-c - a[1]);
};

const length = (row: readonly number[]): number => Math.hypot(...row);

/** p(θ_j). */
function penaltyOf({ ridge = [0, 0], variation = 0, l1 = 0 }: TermsProblem, [w1, ...w0]: number[]): number {
  const [outer, inner] = [Math.abs(w1), length(w0)];
  return (ridge[0] * outer ** 2 + ridge[1] * inner ** 2) / 2 + variation * outer * inner + l1 * outer;
}

/** L + n^(−a) Σ_j p(θ_j). */
export function objectiveAt(problem: TermsProblem, theta: number[][]): number {
  const sum = theta.reduce((total, row) => total + penaltyOf(problem, row), 0);
  return lossOf(problem, theta) + prefactorOf(problem) * sum;
}

/** s b with the penalties that pull. */
function slopesOf(problem: TermsProblem, theta: number[][]): number[][] {
  const { ridge = [0, 0], variation = 0 } = problem;
  return velocity(problem, theta).map((row, j) => {
    const [outer, inner] = [Math.abs(theta[j][0]), length(theta[j].slice(1))];
    return row.map((value, c) => {
      const [own, other] = c === 0 ? [outer, inner] : [inner, outer];
      const pull = ridge[c === 0 ? 0 : 1] + (own > 0 ? (variation * other) / own : 0);
      return value - speedOf(problem) * pull * theta[j][c];
    });
  });
}

const soft = (value: number, threshold: number): number =>
  Math.sign(value) * Math.max(Math.abs(value) - threshold, 0);

/** θ after each of `steps` steps, θ_0 first. */
export function pathOf(problem: TermsProblem, steps: number): number[][][] {
  const { rates = [1, 1], l1 = 0, dt, integrator, momentum } = problem;
  const path = [problem.theta];
  let v = problem.theta.map((row) => row.map(() => 0));
  const along = (b: number[][]): number[][] => {
    if (!momentum) return b;
    const { beta, nesterov } = momentum;
    v = v.map((row, j) => row.map((value, c) => beta * value + b[j][c]));
    return nesterov ? b.map((row, j) => row.map((value, c) => value + beta * v[j][c])) : v;
  };
  for (let k = 0; k < steps; k++) {
    const slopes = (theta: number[][]): number[][] =>
      along(slopesOf(problem, theta)).map((row) => row.map((value, c) => rates[c === 0 ? 0 : 1] * value));
    const h = dt * (problem.pace?.(k, lossOf(problem, path[k])) ?? 1);
    const next = STEP[integrator](slopes, path[k], h);
    const threshold = speedOf(problem) * rates[0] * h * l1;
    path.push(next.map(([w1, ...w0]) => [soft(w1, threshold), ...w0]));
  }
  return path;
}
