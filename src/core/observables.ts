/**
 * Observables: test functions q(θ) whose mean ∫ q dρ = (1/n) Σ_j q(θ_j) says how the cloud moves. Of several outputs
 * w1 is the first one's weight, w1² is |w1|²; where rows have no w1, there are none of it. What a penalty is made of is
 * observed where that is set. Each has a second form in WGSL, an expression of `w1`, `size1` = |w1|_1, `square1` = |w1|²
 * and `square0` = |w0|² (f32).
 */
import { innerSquare, outerSize, outerSquare, rowsOf, shapeOf, type Sized } from './shape.ts';
import { activeTerms, ridgeOf, type Terms } from './dynamics/terms.ts';

/** What q is a function of. */
export interface Seen {
  readonly w1: number;
  readonly size1: number;
  readonly square1: number;
  readonly square0: number;
}

export interface Observable {
  readonly summary: string;
  /** Whether it needs w1. */
  readonly ofW1: boolean;
  /** The penalty without which it is not observed. */
  readonly beside?: 'l1' | 'variation';
  readonly q: (seen: Seen) => number;
  readonly wgsl: string;
}

export const OBSERVABLES = {
  'mean w1': { summary: '∫ w1 dρ', ofW1: true, q: ({ w1 }) => w1, wgsl: 'w1' },
  'mean w1²': { summary: '∫ w1² dρ', ofW1: true, q: ({ square1 }) => square1, wgsl: 'square1' },
  'mean |w0|²': { summary: '∫ |w0|² dρ', ofW1: false, q: ({ square0 }) => square0, wgsl: 'square0' },
  'mean w1² − |w0|²': {
    summary: '∫ (w1² − |w0|²) dρ, conserved by the flow for relu and linear φ',
    ofW1: true,
    q: ({ square1, square0 }) => square1 - square0,
    wgsl: 'square1 - square0',
  },
  'mean |w1|₁': {
    summary: '∫ |w1|₁ dρ, which the ℓ1 penalty makes small',
    ofW1: true,
    beside: 'l1',
    q: ({ size1 }) => size1,
    wgsl: 'size1',
  },
  'mean |w1||w0|': {
    summary: '∫ |w1||w0| dρ, the total variation, which its penalty makes small',
    ofW1: true,
    beside: 'variation',
    q: ({ square1, square0 }) => Math.sqrt(square1) * Math.sqrt(square0),
    wgsl: 'sqrt(square1) * sqrt(square0)',
  },
} as const satisfies Record<string, Observable>;

export type ObservableName = keyof typeof OBSERVABLES;

/** What observables are taken of: particles of a shape, beside their penalties, and directions of a teacher. */
export interface Observed extends Sized {
  readonly terms?: Terms;
  /** Unit vectors u [d] of which each has an observable of its own, ∫ |⟨w0, u⟩| dρ; default none. */
  readonly directions?: readonly (readonly number[])[];
}

/** Those that there are beside directions, in their order. */
export function observablesIn({ terms, ...sized }: Observed): readonly ObservableName[] {
  const { weights } = shapeOf(sized);
  const active: readonly string[] = activeTerms(terms);
  return (Object.keys(OBSERVABLES) as ObservableName[]).filter((name) => {
    const { ofW1, beside }: Observable = OBSERVABLES[name];
    return (weights > 0 || !ofW1) && (beside === undefined || active.includes(beside));
  });
}

/** Means by name, of those that there are. */
export type Means = Readonly<Record<string, number>>;

/** Directions that observables are taken of, at most. */
export const MOST_DIRECTIONS = 8;

/** What a neuron has along direction k; the first is 0. */
export const overlapName = (k: number): string => `⟨w0, u${k + 1}⟩`;

/** What each observable is called, with a sentence for people. */
export function observablesOf(observed: Observed): readonly { name: string; summary: string }[] {
  const { directions = [] } = observed;
  return [
    ...observablesIn(observed).map((name) => ({ name, summary: OBSERVABLES[name].summary })),
    ...directions.map((_, k) => ({
      name: `mean |${overlapName(k)}|`,
      summary: `∫ |${overlapName(k)}| dρ, the overlap with direction ${k + 1} of the teacher`,
    })),
  ];
}

/** Σ_j q(θ_j) for every observable in order, from θ [n, c + d]. */
export function observableSums(theta: ArrayLike<number>, observed: Observed): Float64Array {
  const shape = shapeOf(observed);
  const { directions = [] } = observed;
  const names = observablesIn(observed);
  const sums = new Float64Array(names.length + directions.length);
  for (let row = 0; row < theta.length; row += shape.width) {
    const seen: Seen = {
      w1: theta[row + shape.w1],
      size1: outerSize(theta, row, shape),
      square1: outerSquare(theta, row, shape),
      square0: innerSquare(theta, row, shape),
    };
    for (let k = 0; k < names.length; k++) sums[k] += OBSERVABLES[names[k]].q(seen);
    directions.forEach((u, k) => {
      let along = 0;
      for (let i = 0; i < u.length; i++) along += u[i] * theta[row + shape.w0 + i];
      sums[names.length + k] += Math.abs(along);
    });
  }
  return sums;
}

/** ∫ q dρ by name, from the sums over n particles. */
export const meansOf = (sums: ArrayLike<number>, n: number, observed: Observed): Means =>
  Object.fromEntries(observablesOf(observed).map(({ name }, k) => [name, sums[k] / n]));

/** ∫ q dρ for every observable, from θ [n, c + d]. */
export const observe = (theta: ArrayLike<number>, observed: Observed): Means =>
  meansOf(observableSums(theta, observed), rowsOf(theta, shapeOf(observed)), observed);

/** ∫ p dρ of the penalties p, which these means tell. */
export function penaltyMean(terms: Terms = {}, means: Means): number {
  const [outer, inner] = ridgeOf(terms);
  const of = (name: ObservableName): number => means[name] ?? 0;
  return (
    (outer * of('mean w1²') + inner * of('mean |w0|²')) / 2 +
    (terms.l1 ?? 0) * of('mean |w1|₁') +
    (terms.variation ?? 0) * of('mean |w1||w0|')
  );
}
