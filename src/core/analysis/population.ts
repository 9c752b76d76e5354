/**
 * f = (1/n) Σ_i a_i φ(⟨w_i, x⟩) of φ(z) = erf(z/√2), x ~ N(0, 1) in d dimensions, learning y = Σ_k b_k φ(⟨v_k, x⟩) from the
 * whole population, half the square its loss (docs/model.md, fact 18). What is needed of x are two means over normal
 * fields u, v of covariance C (Saad, Solla 1995),
 *     I2 = E φ(u) φ(v) = (2/π) asin(C_uv/√(P_u P_v)),   P = 1 + C_uu,
 * and of its slope in w_u, which is I3 for every direction, E φ'(u) x φ(v) = (∂I2/∂C_uv) w_v + 2 (∂I2/∂C_uu) w_u.
 * Where neurons have nothing in common beside a direction, `apart` leaves the rest of their covariances out: the reduced
 * dynamics.
 */

import { lengthOf } from '../length.ts';
import type { Work } from '../work.ts';

/** Neurons and teachers alike: the weight of φ in f − y, and inner weights [d]. */
export interface Units {
  /** a [n]. */
  readonly outer: Float64Array;
  /** w [n, d]. */
  readonly inner: Float64Array;
}

export interface Population {
  readonly d: number;
  /** b [M], v [M, d]. */
  readonly teacher: Units;
  /**
   * Coordinates from this one on make no covariance between different neurons, nor with themselves in f²: only their length
   * in P is left. Default d: all do.
   */
  readonly apart?: number;
}

/** I2 of a covariance and of P of both. */
const valueByValue = (c: number, p: number, q: number): number =>
  (2 / Math.PI) * Math.asin(c / Math.sqrt(p * q));

/** Neurons with their factors in f − y, teachers with the other sign behind them. */
function together({ outer, inner }: Units, { teacher }: Population): Units {
  const n = outer.length;
  const all = new Float64Array(n + teacher.outer.length);
  outer.forEach((a, i) => (all[i] = a / n));
  teacher.outer.forEach((b, k) => (all[n + k] = -b));
  const rows = new Float64Array(inner.length + teacher.inner.length);
  rows.set(inner);
  rows.set(teacher.inner, inner.length);
  return { outer: all, inner: rows };
}

function product(rows: Float64Array, i: number, j: number, d: number, upTo: number): number {
  let sum = 0;
  for (let k = 0, p = i * d, q = j * d; k < upTo; k++) sum += rows[p + k] * rows[q + k];
  return sum;
}

/** P of every unit. */
const spreads = ({ outer, inner }: Units, d: number): Float64Array =>
  outer.map((_, i) => 1 + product(inner, i, i, d, d));

/** E (f − y)²/2. */
export function populationLoss(units: Units, problem: Population): number {
  const { d, apart = d } = problem;
  const all = together(units, problem);
  const P = spreads(all, d);
  let sum = 0;
  for (let i = 0; i < P.length; i++)
    for (let j = 0; j <= i; j++)
      sum +=
        (i === j ? 0.5 : 1) *
        all.outer[i] *
        all.outer[j] *
        valueByValue(product(all.inner, i, j, d, apart), P[i], P[j]);
  return sum;
}

/** Of all a and w: minus n times the loss's gradient, and so b(θ_i, ρ) of every neuron. */
export function populationSlope(units: Units, problem: Population): Units {
  const { d, apart = d } = problem;
  const all = together(units, problem);
  const P = spreads(all, d);
  const n = units.outer.length;
  const outer = new Float64Array(n);
  const inner = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    let own = 0;
    for (let j = 0; j < P.length; j++) {
      const c = product(all.inner, i, j, d, apart);
      outer[i] -= all.outer[j] * valueByValue(c, P[i], P[j]);
      const slope = ((2 / Math.PI) * (-units.outer[i] * all.outer[j])) / Math.sqrt(P[i] * P[j] - c * c);
      own -= (slope * c) / P[i];
      for (let k = 0, at = i * d, from = j * d; k < apart; k++) inner[at + k] += slope * all.inner[from + k];
    }
    for (let k = 0, at = i * d; k < d; k++) inner[at + k] += own * all.inner[at + k];
  }
  return { outer, inner };
}

/** Gradient descent on the population, so many steps of dt. */
export function* descending(units: Units, problem: Population, dt: number, steps: number): Work<Units> {
  const outer = units.outer.slice();
  const inner = units.inner.slice();
  for (let step = 0; step < steps; step++) {
    const slope = populationSlope({ outer, inner }, problem);
    slope.outer.forEach((value, i) => (outer[i] += dt * value));
    slope.inner.forEach((value, i) => (inner[i] += dt * value));
    yield (step + 1) / steps;
  }
  return { outer, inner };
}

/**
 * The reduced dynamics of neurons that start from an isotropic law: of each w what it has along the M directions that
 * teachers span, and the length r of the rest, which neurons do not have in common; M + 1 coordinates.
 */
export function reducedOf({ outer, inner }: Units, { d, teacher }: Population): [Units, Population] {
  const directions = spannedBy(teacher.inner, d);
  const size = directions.length + 1;
  const seen = (rows: Float64Array): Float64Array => {
    const out = new Float64Array((rows.length / d) * size);
    for (let i = 0; i < rows.length / d; i++) {
      const rest = rows.slice(i * d, (i + 1) * d);
      directions.forEach((e, k) => (out[i * size + k] = without(rest, e)));
      out[(i + 1) * size - 1] = lengthOf(rest);
    }
    return out;
  };
  return [
    { outer, inner: seen(inner) },
    { d: size, apart: directions.length, teacher: { outer: teacher.outer, inner: seen(teacher.inner) } },
  ];
}

/** Orthonormal vectors in the span of rows [M, d]. */
export function spannedBy(rows: Float64Array, d: number): Float64Array[] {
  const found: Float64Array[] = [];
  for (let i = 0; i < rows.length; i += d) {
    const rest = rows.slice(i, i + d);
    const whole = lengthOf(rest);
    for (const e of found) without(rest, e);
    const length = lengthOf(rest);
    if (length > 1e-9 * whole) found.push(rest.map((value) => value / length));
  }
  return found;
}

/** ⟨v, e⟩, which v no longer has. */
export function without(v: Float64Array, e: Float64Array): number {
  const along = v.reduce((sum, value, k) => sum + value * e[k], 0);
  e.forEach((value, k) => (v[k] -= along * value));
  return along;
}
