/**
 * Observables: test functions q(θ) whose mean ∫ q dρ = (1/n) Σ_j q(θ_j) says how the cloud moves. Of several outputs
 * w1 is the first one's weight, w1² is |w1|². Each has a second form in WGSL, an expression of `w1`, `square1` = |w1|²
 * and `square0` = |w0|² (f32).
 */
import { innerSquare, outerSquare, rowsOf, shapeOf, type Sized } from './shape.ts';

export interface Observable {
  readonly summary: string;
  readonly q: (w1: number, square1: number, square0: number) => number;
  readonly wgsl: string;
}

export const OBSERVABLES = {
  'mean w1': { summary: '∫ w1 dρ', q: (w1) => w1, wgsl: 'w1' },
  'mean w1²': { summary: '∫ w1² dρ', q: (_w1, square1) => square1, wgsl: 'square1' },
  'mean |w0|²': { summary: '∫ |w0|² dρ', q: (_w1, _square1, square0) => square0, wgsl: 'square0' },
  'mean w1² − |w0|²': {
    summary: '∫ (w1² − |w0|²) dρ, conserved by the flow for relu and linear φ',
    q: (_w1, square1, square0) => square1 - square0,
    wgsl: 'square1 - square0',
  },
} as const satisfies Record<string, Observable>;

export type ObservableName = keyof typeof OBSERVABLES;

const NAMES = Object.keys(OBSERVABLES) as ObservableName[];

/** Σ_j q(θ_j) for every observable in the registry's order, from θ [n, c + d]. */
export function observableSums(theta: ArrayLike<number>, sized: Sized): Float64Array {
  const shape = shapeOf(sized);
  const sums = new Float64Array(NAMES.length);
  for (let row = 0; row < theta.length; row += shape.width) {
    const w1 = theta[row + shape.w1];
    const [square1, square0] = [outerSquare(theta, row, shape), innerSquare(theta, row, shape)];
    for (let k = 0; k < NAMES.length; k++) sums[k] += OBSERVABLES[NAMES[k]].q(w1, square1, square0);
  }
  return sums;
}

/** ∫ q dρ by name, from the sums over n particles. */
export function meansOf(sums: ArrayLike<number>, n: number): Record<ObservableName, number> {
  return Object.fromEntries(NAMES.map((name, k) => [name, sums[k] / n])) as Record<ObservableName, number>;
}

/** ∫ q dρ for every observable, from θ [n, c + d]. */
export const observe = (theta: ArrayLike<number>, sized: Sized): Record<ObservableName, number> =>
  meansOf(observableSums(theta, sized), rowsOf(theta, shapeOf(sized)));
