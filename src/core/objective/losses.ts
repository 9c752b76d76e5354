/**
 * Losses on rows of c outputs: L = (1/m) Σ_α ℓ(f^α, y^α). The residual that drives every particle is r = ∂ℓ/∂f
 * (the sign of docs/model.md: f − y for the square). The WGSL forms (losses-wgsl.ts) are the same formulas. Adding
 * one is adding one entry.
 *
 * Float64: right to a few ULP in both tails, and finite wherever ℓ is.
 */
import { LOSSES_WGSL, type LossWgsl } from './losses-wgsl.ts';

type Row = ArrayLike<number>;

/** What y may be: any numbers; −1 or 1, of one output; 1 for one of several outputs and 0 for the others. */
export type Targets = 'numbers' | 'signs' | 'one-hot';

export interface Loss {
  readonly summary: string;
  readonly targets: Targets;
  /** ℓ of the rows of c numbers that begin at f[at] and y[at]. */
  readonly value: (f: Row, y: Row, at: number, c: number) => number;
  /** Its derivatives by f into r[at … at + c). */
  readonly slope: (r: Float64Array, f: Row, y: Row, at: number, c: number) => void;
  /** The largest eigenvalue of its second derivative by f there: how stiff gradient descent is. */
  readonly curvature: (f: Row, y: Row, at: number, c: number) => number;
  /** Whether R² says how good a fit is: 1 − Σ|f − y|² over that of the mean. */
  readonly explainsVariance: boolean;
  readonly wgsl: LossWgsl;
}

type Formulas = Pick<Loss, 'value' | 'slope' | 'curvature'>;

/** A loss that is a sum over outputs, from the loss of one. */
function sumOver(one: {
  readonly value: (f: number, y: number) => number;
  readonly slope: (f: number, y: number) => number;
  readonly curvature: (f: number, y: number) => number;
}): Formulas {
  const { value, slope, curvature } = one;
  return {
    value: (f, y, at, c) => {
      let sum = value(f[at], y[at]);
      for (let k = at + 1; k < at + c; k++) sum += value(f[k], y[k]);
      return sum;
    },
    slope: (r, f, y, at, c) => {
      for (let k = at; k < at + c; k++) r[k] = slope(f[k], y[k]);
    },
    curvature: (f, y, at, c) => {
      let most = curvature(f[at], y[at]);
      for (let k = at + 1; k < at + c; k++) most = Math.max(most, curvature(f[k], y[k]));
      return most;
    },
  };
}

/** −y/(1 + e^(yf)) without an overflow, and without 1 − 1 where it is small. */
function logisticSlope(f: number, y: number): number {
  const e = Math.exp(-Math.abs(f));
  return (-y * (y * f > 0 ? e : 1)) / (1 + e);
}

function logisticCurvature(f: number): number {
  const e = Math.exp(-Math.abs(f));
  return e / (1 + e) ** 2;
}

export const LOSSES = {
  squared: {
    summary: 'L = (1/2m) Σ |f − y|²',
    targets: 'numbers',
    explainsVariance: true,
    ...sumOver({
      value: (f, y) => 0.5 * (f - y) * (f - y),
      slope: (f, y) => f - y,
      curvature: () => 1,
    }),
    wgsl: LOSSES_WGSL.squared,
  },
  huber: {
    summary: 'L = (1/m) Σ of u²/2 for |u| ≤ 1 and |u| − ½ beyond, u = f − y: outliers pull no harder than 1',
    targets: 'numbers',
    explainsVariance: true,
    ...sumOver({
      value: (f, y) => (Math.abs(f - y) <= 1 ? 0.5 * (f - y) * (f - y) : Math.abs(f - y) - 0.5),
      slope: (f, y) => Math.max(-1, Math.min(1, f - y)),
      curvature: (f, y) => (Math.abs(f - y) <= 1 ? 1 : 0),
    }),
    wgsl: LOSSES_WGSL.huber,
  },
  logistic: {
    summary: 'L = (1/m) Σ ln(1 + e^(−yf)) for y = ±1: the odds of a class',
    targets: 'signs',
    explainsVariance: false,
    ...sumOver({
      value: (f, y) => Math.max(-y * f, 0) + Math.log1p(Math.exp(-Math.abs(f))),
      slope: logisticSlope,
      curvature: logisticCurvature,
    }),
    wgsl: LOSSES_WGSL.logistic,
  },
  exponential: {
    summary: 'L = (1/m) Σ e^(−yf) for y = ±1',
    targets: 'signs',
    explainsVariance: false,
    ...sumOver({
      value: (f, y) => Math.exp(-y * f),
      slope: (f, y) => -y * Math.exp(-y * f),
      curvature: (f, y) => Math.exp(-y * f),
    }),
    wgsl: LOSSES_WGSL.exponential,
  },
  'cross-entropy': {
    summary: 'L = −(1/m) Σ ln softmax(f) of the right one of c classes',
    targets: 'one-hot',
    explainsVariance: false,
    value: crossEntropy,
    slope: crossEntropySlope,
    curvature: (f, _y, at, c) => softmaxCurvature(softmax(f, at, c)),
    wgsl: LOSSES_WGSL['cross-entropy'],
  },
} as const satisfies Record<string, Loss>;

export type LossName = keyof typeof LOSSES;

/** The largest of c outputs, the first of them where several are. */
export function largest(f: Row, at: number, c: number): number {
  let best = 0;
  for (let k = 1; k < c; k++) if (f[at + k] > f[at + best]) best = k;
  return best;
}

/** ln Σ_k e^(f_k) − ⟨y, f⟩, from the largest f_k on: what is left of the sum is no greater than c − 1. */
function crossEntropy(f: Row, y: Row, at: number, c: number): number {
  const best = largest(f, at, c);
  let rest = 0;
  let behind = 0;
  for (let k = 0; k < c; k++) {
    const gap = f[at + k] - f[at + best];
    if (k !== best) rest += Math.exp(gap);
    behind -= y[at + k] * gap;
  }
  return behind + Math.log1p(rest);
}

/** p_k − y_k; that of the right class is minus the sum of the others', so that it does not cancel. */
function crossEntropySlope(r: Float64Array, f: Row, y: Row, at: number, c: number): void {
  const p = softmax(f, at, c);
  for (let k = 0; k < c; k++) r[at + k] = (1 - y[at + k]) * p[k] - y[at + k] * sumBut(p, k);
}

function softmax(f: Row, at: number, c: number): Float64Array {
  const top = f[at + largest(f, at, c)];
  const p = Float64Array.from({ length: c }, (_, k) => Math.exp(f[at + k] - top));
  const sum = p.reduce((total, one) => total + one, 0);
  return p.map((one) => one / sum);
}

function sumBut(p: Float64Array, without: number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (k !== without) sum += p[k];
  return sum;
}

/** Halvings after which float64 has no number between. */
const HALVINGS = 64;

/**
 * λ_max of diag(p) − p pᵀ: where Σ_k p_k/(p_k − λ), which grows from −∞ to ∞ between the two largest p, is 0. By
 * Gershgorin it is not above the largest 2 p_k (1 − p_k).
 */
function softmaxCurvature(p: Float64Array): number {
  const [first, second] = Float64Array.from(p).sort().reverse();
  const discs = p.map((one, k) => 2 * one * sumBut(p, k));
  let low = second;
  let high = Math.min(first, Math.max(...discs));
  for (let k = 0; k < HALVINGS && low < high; k++) {
    const middle = low + (high - low) / 2;
    const sum = p.reduce((total, one) => total + one / (one - middle), 0);
    if (sum > 0) high = middle;
    else low = middle;
  }
  return high;
}

/** Null, or in one sentence why the loss does not take targets y [m, c]. */
export function targetsFault(name: LossName, y: Row, c: number): string | null {
  const { targets }: Loss = LOSSES[name];
  if (targets === 'signs' && c > 1)
    return `model.loss = "${name}" is for one output, and c = ${c} here: choose "cross-entropy"`;
  if (targets === 'one-hot' && c === 1)
    return `model.loss = "${name}" is for one output a class, and c = 1 here: choose "logistic", or give labels`;
  for (let row = 0; row < y.length / c; row++) {
    const at = row * c;
    if (targets === 'signs' && Math.abs(y[at]) !== 1)
      return `model.loss = "${name}" needs targets -1 or 1, and y = ${y[at]} in row ${row}: give those, or "labels": true`;
    if (targets === 'one-hot' && !isOneHot(y, at, c))
      return `model.loss = "${name}" needs a 1 for the right class and 0 for the others, which row ${row} of y is not: give labels, or such rows`;
  }
  return null;
}

function isOneHot(y: Row, at: number, c: number): boolean {
  let ones = 0;
  for (let k = at; k < at + c; k++) {
    if (y[k] !== 0 && y[k] !== 1) return false;
    ones += y[k];
  }
  return ones === 1;
}
