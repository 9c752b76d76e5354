/**
 * Explicit Runge–Kutta methods whose stage i + 1 starts from θ + dt·advance[i]·k_i (only the last slope enters
 * a stage). Euler's, Heun's and the classical fourth-order method are of this kind, and three state arrays
 * serve them all:
 *     k_i = slope(stage_i),  sum += dt·weights[i]·k_i,  stage_{i+1} = θ + dt·advance[i]·k_i,  finally θ = sum.
 */
export interface Tableau {
  readonly order: number;
  /** Sub-diagonal of Butcher's matrix, one entry fewer than stages. */
  readonly advance: readonly number[];
  /** Butcher's weights, one a stage; they sum to 1. */
  readonly weights: readonly number[];
  readonly summary: string;
}

export const INTEGRATORS = {
  euler: { order: 1, advance: [], weights: [1], summary: 'one slope a step: gradient descent with η0 = dt' },
  heun: { order: 2, advance: [1], weights: [1 / 2, 1 / 2], summary: 'two slopes a step, error O(dt²)' },
  rk4: {
    order: 4,
    advance: [1 / 2, 1 / 2, 1],
    weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
    summary: 'four slopes a step, error O(dt⁴)',
  },
} as const satisfies Record<string, Tableau>;

export type IntegratorName = keyof typeof INTEGRATORS;
