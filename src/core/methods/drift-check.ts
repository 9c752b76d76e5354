/**
 * How far approximate drifts are from the definition, for every particle. What a cell's error allows bounds |Δb| of all
 * that are in it; some are compared with the definition itself, and by how much they pass their cell's bound is added
 * to all others'. Compared are particles at even distances and, of as many equal shares, the one with the largest bound.
 */
import type { Feature } from '../features/features.ts';
import { CELL_NUMBERS, type CellErrors } from '../mesh/cell-errors.ts';
import { drift, type Samples } from '../model.ts';
import { rowsOf, shapeOf } from '../shape.ts';
import { BLOCK, type Sums } from '../sums.ts';

/** Plain data: it travels between threads. Components are those of b, [w1, u, v] or, for d = 1, [w1, v]. */
export interface DriftCheck {
  /** The largest bound of |Δb| by cells, of all particles or of all but some that are compared. */
  readonly bounds: Float64Array;
  /** The largest share of it for which the spacing in u answers, and that in v. */
  readonly parts: readonly [u: number, v: number];
  /** The largest |Δb| of those compared. */
  readonly found: Float64Array;
  /** By how much it passes its bound, at most; of u and v per |w1|. */
  readonly excess: Float64Array;
  /** The largest |w1| of those that `bounds` are of. */
  readonly most: number;
  /** Σ b² over entries, and their number. */
  readonly squares: number;
  readonly entries: number;
}

/** What drifts are compared with. */
export interface Definition {
  readonly samples: Samples;
  readonly feature: Feature;
  readonly r: Float64Array;
}

/**
 * Of particles θ whose field has been entered; `count` shares of them are compared at `phase` ∈ [0, 1), each at the same
 * place of its share.
 */
export function driftCheck(
  sums: Sums,
  cells: CellErrors,
  theta: Float64Array,
  definition: Definition,
  count: number,
  phase: number,
): DriftCheck {
  const { width } = shapeOf(definition.samples);
  const n = rowsOf(theta, shapeOf(definition.samples));
  const all = new Bounds(cells, theta, width);
  const found = new Float64Array(width);
  const excess = new Float64Array(width);
  let squares = 0;
  const b = new Float64Array(BLOCK * width);
  for (let share = 0; share < count; share++) {
    const end = Math.floor(((share + 1) * n) / count);
    let worst = -1;
    let largest = -1;
    for (let first = Math.floor((share * n) / count); first < end; first += BLOCK) {
      const last = Math.min(first + BLOCK, end) | 0;
      sums.drifts(b, theta, first, last);
      for (let i = 0; i < (last - first) * width; i++) squares += b[i] * b[i];
      for (let j = first; j < last; j++) {
        const bound = all.take(j);
        if (bound > largest) [largest, worst] = [bound, j];
      }
    }
    const even = Math.floor(((share + phase) * n) / count);
    for (const j of worst < 0 || worst === even ? [even] : [even, worst])
      compare({ found, excess }, sums, all, j, definition);
  }
  return { bounds: all.largest, parts: all.parts, found, excess, most: all.most, squares, entries: n * width };
}

/** What cells say of particles. */
class Bounds {
  readonly largest: Float64Array;
  readonly parts: [u: number, v: number] = [0, 0];
  most = 0;
  /** Of the particle that was looked at last: its bounds, and |w1|. */
  readonly own: Float64Array;
  weight = 0;
  private readonly errors = new Float64Array(CELL_NUMBERS);

  constructor(
    private readonly cells: CellErrors,
    readonly theta: Float64Array,
    readonly width: number,
  ) {
    this.largest = new Float64Array(width);
    this.own = new Float64Array(width);
  }

  /** Takes in particle j; its largest bound. */
  take(j: number): number {
    const { errors, largest, own, parts, width } = this;
    this.look(j);
    const { weight } = this;
    let most = 0;
    for (let c = 0; c < width; c++) {
      largest[c] = Math.max(largest[c], own[c]);
      most = Math.max(most, own[c]);
    }
    parts[0] = Math.max(parts[0], errors[0], weight * errors[1], weight * errors[2]);
    parts[1] = Math.max(parts[1], errors[3], weight * errors[4], weight * errors[5]);
    this.most = Math.max(this.most, weight);
    return most;
  }

  look(j: number): void {
    const { cells, errors, own, theta, width } = this;
    const row = j * width;
    cells.at(errors, width > 2 ? theta[row + 1] : 0, theta[row + width - 1]);
    this.weight = Math.abs(theta[row]);
    own[0] = errors[0] + errors[3];
    if (width > 2) own[1] = this.weight * (errors[1] + errors[4]);
    own[width - 1] = this.weight * (errors[2] + errors[5]);
  }
}

function compare(
  { found, excess }: Pick<DriftCheck, 'found' | 'excess'>,
  sums: Sums,
  bounds: Bounds,
  j: number,
  { samples, feature, r }: Definition,
): void {
  const { theta, width, own } = bounds;
  const b = new Float64Array(width);
  const exact = new Float64Array(width);
  sums.drifts(b, theta, j, j + 1);
  drift(exact, theta, j * width, samples, r, feature);
  bounds.look(j);
  for (let c = 0; c < width; c++) {
    const off = Math.abs(b[c] - exact[c]);
    const per = c === 0 ? 1 : bounds.weight;
    found[c] = Math.max(found[c], off);
    if (off > own[c]) excess[c] = Math.max(excess[c], (off - own[c]) / per);
  }
}

/** Of all particles from those of some. */
export function together(checks: readonly DriftCheck[]): DriftCheck {
  const largest = (of: (check: DriftCheck) => Float64Array): Float64Array =>
    of(checks[0]).map((_, c) => Math.max(...checks.map((check) => of(check)[c])));
  const sum = (of: (check: DriftCheck) => number): number =>
    checks.reduce((total, check) => total + of(check), 0);
  return {
    bounds: largest(({ bounds }) => bounds),
    parts: [0, 1].map((axis) => Math.max(...checks.map(({ parts }) => parts[axis]))) as [number, number],
    found: largest(({ found }) => found),
    excess: largest(({ excess }) => excess),
    most: Math.max(...checks.map(({ most }) => most)),
    squares: sum(({ squares }) => squares),
    entries: sum(({ entries }) => entries),
  };
}
