/**
 * Linear φ, mean field: the moments M = E[θθᵀ] of ρ_t obey a closed recursion, and so do the fluctuations that n draws of ρ_0 = N(0, S)
 * cause (papers.md, sections 7A and 8). With f = ⟨u, x⟩, u = E[w1 w0], C = (1/m) Σ x xᵀ, c = (1/m) Σ y x, g = c − C u, an Euler step is
 *     θ ← (I + dt A(g)) θ,   A(g) = [[0, gᵀ], [g, 0]],   M ← (I + dt A) M (I + dt A).
 * Matrices are row-major [1 + d, 1 + d], index 0 = w1.
 */
import { Matrix } from 'ml-matrix';

export interface LinearProblem {
  /** [m, d], [m]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly d: number;
  readonly dt: number;
  readonly steps: number;
  /** Standard deviations of w1 and of every coordinate of w0. */
  readonly stds: readonly [number, number];
}

interface Path {
  /** θ(T) = Φ θ(0). */
  readonly flow: Matrix;
  readonly u: Matrix;
  /** u at the start of each step. */
  readonly us: readonly Matrix[];
}

function path({ d, dt, steps }: LinearProblem, C: Matrix, c: Matrix, start: Matrix): Path {
  const us: Matrix[] = [], of = (M: Matrix): Matrix => M.subMatrix(1, d, 0, 0);
  let flow = Matrix.eye(1 + d), M = start;
  for (let k = 0; k < steps; k++) {
    us.push(of(M));
    const g = Matrix.sub(c, C.mmul(of(M))), step = Matrix.eye(1 + d);
    for (let i = 0; i < d; i++) {
      step.set(0, i + 1, dt * g.get(i, 0));
      step.set(i + 1, 0, dt * g.get(i, 0));
    }
    flow = step.mmul(flow);
    M = step.mmul(M).mmul(step);
  }
  return { flow, u: of(M), us };
}

export interface LinearLimit {
  /** The limit's residual path r̄ [steps, m], at the start of each step. */
  readonly residuals: Float64Array;
  /** f of the limit at T [m]. */
  readonly f: Float64Array;
  /** lim n E‖f_n − f‖² = tr(C J Σ Jᵀ), J = ∂u/∂M(0), Σ the covariance of n^½ (M_n(0) − S). */
  readonly outputConstant: number;
  /** lim n E (1/n) Σ_j |θ_j − θ̄_j|² = E tr(δΦ S δΦᵀ). */
  readonly couplingConstant: number;
}

/** Half-width of central differences: their error and that of rounding are both about 1e-9. */
const DELTA = 1e-4;

export function linearLimit(problem: LinearProblem): LinearLimit {
  const { x, y, d, stds } = problem, m = y.length, X = Matrix.from1DArray(m, d, x), size = 1 + d;
  const C = X.transpose().mmul(X).div(m), c = X.transpose().mmul(Matrix.columnVector(y)).div(m);
  const S = Matrix.diag([stds[0] ** 2, ...Array<number>(d).fill(stds[1] ** 2)]), limit = path(problem, C, c, S);
  // M_n(0) − S to first order is a sum over i ≤ k of independent symmetric directions, since S is diagonal: Var M_ik = S_ii S_kk (1 + δ_ik)/n.
  let outputs = 0, coupling = 0;
  for (let i = 0; i < size; i++) for (let k = i; k < size; k++) {
    const moved = [1, -1].map((side) => {
      const start = S.clone();
      start.set(i, k, start.get(i, k) + side * DELTA);
      if (i !== k) start.set(k, i, start.get(i, k));
      return path(problem, C, c, start);
    });
    const variance = S.get(i, i) * S.get(k, k) * (i === k ? 2 : 1), du = Matrix.sub(moved[0].u, moved[1].u).div(2 * DELTA), dflow = Matrix.sub(moved[0].flow, moved[1].flow).div(2 * DELTA);
    outputs += variance * du.transpose().mmul(C).mmul(du).get(0, 0);
    coupling += variance * dflow.mmul(S).mmul(dflow.transpose()).trace();
  }
  const outputOf = (u: Matrix): number[] => X.mmul(u).to1DArray();
  return {
    residuals: Float64Array.from(limit.us.flatMap((u) => outputOf(u).map((f, a) => f - y[a]))), f: Float64Array.from(outputOf(limit.u)),
    outputConstant: outputs, couplingConstant: coupling,
  };
}
