/**
 * Linear φ, mean field: second-moments.ts follows M = E[θθᵀ] of ρ_t step by step, θ ← B θ; here is what n draws
 * of ρ_0 = N(0, S) add to it, the constants of 1/n in the law of large numbers and in Sznitman's coupling
 * (docs/model.md, facts 3 and 12). f = ⟨u, x⟩ with u = E[w1 w0]. Matrices are row-major [1 + d, 1 + d], index 0
 * = w1.
 */
import { shapeOf } from '../shape.ts';
import { Matrix } from 'ml-matrix';
import { SecondMoments } from './second-moments.ts';

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

function path({ x, y, d, dt, steps, stds: [std1, std0] }: LinearProblem, start: Matrix): Path {
  const moments = new SecondMoments(
    { m: y.length, d, x, y },
    { w1: { law: 'normal', std: std1 }, w0: { law: 'normal', std: std0 } },
  );
  const us: Matrix[] = [];
  const u = (): Matrix => Matrix.columnVector(moments.u);
  const size = shapeOf({ d }).width;
  let flow = Matrix.eye(size);
  moments.M = Float64Array.from(start.to1DArray());
  for (let k = 0; k < steps; k++) {
    us.push(u());
    flow = Matrix.from1DArray(size, size, moments.step(dt)).mmul(flow);
  }
  return { flow, u: u(), us };
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
  const { x, y, d, stds } = problem;
  const m = y.length;
  const X = Matrix.from1DArray(m, d, x);
  const size = shapeOf({ d }).width;
  const C = X.transpose().mmul(X).div(m);
  const S = Matrix.diag([stds[0] ** 2, ...Array<number>(d).fill(stds[1] ** 2)]);
  const limit = path(problem, S);
  // M_n(0) − S to first order is a sum over i ≤ k of independent symmetric directions, since S is diagonal: Var
  // M_ik = S_ii S_kk (1 + δ_ik)/n.
  let outputs = 0;
  let coupling = 0;
  for (let i = 0; i < size; i++)
    for (let k = i; k < size; k++) {
      const moved = [1, -1].map((side) => {
        const start = S.clone();
        start.set(i, k, start.get(i, k) + side * DELTA);
        if (i !== k) start.set(k, i, start.get(i, k));
        return path(problem, start);
      });
      const variance = S.get(i, i) * S.get(k, k) * (i === k ? 2 : 1);
      const du = Matrix.sub(moved[0].u, moved[1].u).div(2 * DELTA);
      const dflow = Matrix.sub(moved[0].flow, moved[1].flow).div(2 * DELTA);
      outputs += variance * du.transpose().mmul(C).mmul(du).get(0, 0);
      coupling += variance * dflow.mmul(S).mmul(dflow.transpose()).trace();
    }
  const outputOf = (u: Matrix): number[] => X.mmul(u).to1DArray();
  return {
    residuals: Float64Array.from(limit.us.flatMap((u) => outputOf(u).map((f, a) => f - y[a]))),
    f: Float64Array.from(outputOf(limit.u)),
    outputConstant: outputs,
    couplingConstant: coupling,
  };
}
