/**
 * One-pass gradient descent of K erf students on M erf teachers as the number N of inputs grows (Saad, Solla 1995;
 * Goldt et al. 2019; docs/model.md, fact 17): f = Σ_i φ(⟨w0_i, x⟩), y the same of the teachers, x ~ N(0, 1) anew in
 * each step, φ(z) = erf(z/√2), steps w0 ← w0 − (η/N) r φ' x at the time t = steps/N. In the limit their pre-activations
 * are normal with a covariance C that follows an ordinary differential equation of its own: C_ik = ⟨w0_i, w0_k⟩ of
 * students, C_in of a student with a teacher, C_nm of teachers, one matrix [K + M, K + M] with the students first.
 */

import { rungeKutta } from './ode.ts';

export interface OnlineProblem {
  /** K. */
  readonly students: number;
  /** η: a step is η/N. */
  readonly rate: number;
  /** Deviation of what is added to y. Default 0. */
  readonly noise?: number;
}

/** C, row-major, of so many fields. */
interface Covariance {
  readonly C: Float64Array;
  readonly fields: number;
}

const covarianceOf = (C: Float64Array): Covariance => ({ C, fields: Math.sqrt(C.length) });

const at = ({ C, fields }: Covariance, i: number, k: number): number => C[i * fields + k];

/** E[φ(u) φ(v)] of fields u, v. */
function valueByValue(of: Covariance, u: number, v: number): number {
  return (2 / Math.PI) * Math.asin(at(of, u, v) / Math.sqrt((1 + at(of, u, u)) * (1 + at(of, v, v))));
}

/** (1 + C_uu)(1 + C_vv) − C_uv². */
const determinant = (of: Covariance, u: number, v: number): number =>
  (1 + at(of, u, u)) * (1 + at(of, v, v)) - at(of, u, v) ** 2;

/** E[φ'(u) v φ(w)]. */
function slopeByValue(of: Covariance, u: number, v: number, w: number): number {
  const spread = 1 + at(of, u, u);
  const part = at(of, v, w) * spread - at(of, u, v) * at(of, u, w);
  return ((2 / Math.PI) * part) / (Math.sqrt(determinant(of, u, w)) * spread);
}

/** E[φ'(u) φ'(v)]. */
const slopeBySlope = (of: Covariance, u: number, v: number): number =>
  2 / (Math.PI * Math.sqrt(determinant(of, u, v)));

/** E[φ'(u) φ'(v) φ(w) φ(z)]. */
function slopesByValues(of: Covariance, u: number, v: number, w: number, z: number): number {
  const [pu, pv, uv] = [1 + at(of, u, u), 1 + at(of, v, v), at(of, u, v)];
  const whole = determinant(of, u, v);
  /** whole times the covariance of two more fields, given those two with weights of their slopes. */
  const left = (p: number, q: number, own: number): number => {
    const [up, uq, vp, vq] = [at(of, u, p), at(of, u, q), at(of, v, p), at(of, v, q)];
    return whole * own - vp * vq * pu - up * uq * pv + uv * (up * vq + uq * vp);
  };
  const both = left(w, z, at(of, w, z));
  const each = left(w, w, 1 + at(of, w, w)) * left(z, z, 1 + at(of, z, z));
  return ((4 / Math.PI ** 2) * Math.asin(both / Math.sqrt(each))) / Math.sqrt(whole);
}

/** Σ over fields, students with the sign of r, teachers with the other. */
function signed({ fields }: Covariance, students: number, of: (field: number) => number): number {
  let sum = 0;
  for (let j = 0; j < fields; j++) sum += j < students ? of(j) : -of(j);
  return sum;
}

/** E[(f − y)²]/2 without noise. */
export function testLoss(C: Float64Array, { students }: Pick<OnlineProblem, 'students'>): number {
  const of = covarianceOf(C);
  return signed(of, students, (j) => signed(of, students, (l) => valueByValue(of, j, l))) / 2;
}

/** dC/dt. */
export function slopeOf(C: Float64Array, { students, rate, noise = 0 }: OnlineProblem): Float64Array {
  const of = covarianceOf(C);
  /** What a step of student i adds to its product with field k, to first order. */
  const pull = (i: number, k: number): number =>
    i < students ? -rate * signed(of, students, (j) => slopeByValue(of, i, k, j)) : 0;
  /** What the steps of two students add to their product, to second order. */
  const push = (i: number, k: number): number => {
    if (i >= students || k >= students) return 0;
    const square = signed(of, students, (j) => signed(of, students, (l) => slopesByValues(of, i, k, j, l)));
    return rate ** 2 * (square + noise ** 2 * slopeBySlope(of, i, k));
  };
  return C.map((_, index) => {
    const [i, k] = [Math.floor(index / of.fields), index % of.fields];
    return pull(i, k) + pull(k, i) + push(i, k);
  });
}

/** C after the time `t`, in so many steps. */
export const covarianceAfter = (
  C: Float64Array,
  problem: OnlineProblem,
  t: number,
  steps: number,
  slope = slopeOf,
): Float64Array => rungeKutta(C, (now) => slope(now, problem), t, steps);
