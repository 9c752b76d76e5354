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
  return { ...all.together(), found, excess, squares, entries: n * width };
}

/** What cells say of particles: of one at a time, and of each cell's heaviest, which is the worst of all that are in it. */
class Bounds {
  /** Of the particle that was looked at last: its bounds, and |w1|. */
  readonly own: Float64Array;
  weight = 0;
  private readonly errors = new Float64Array(CELL_NUMBERS);
  /** Of each cell: the bound of its particles' w1, that of u and v per |w1|, NaN at first; the largest |w1|, or none. */
  private readonly outer: Float64Array;
  private readonly inner: Float64Array;
  private readonly heaviest: Float64Array;
  /** A particle is nowhere. */
  private lost = false;

  constructor(
    private readonly cells: CellErrors,
    readonly theta: Float64Array,
    readonly width: number,
  ) {
    this.own = new Float64Array(width);
    this.outer = new Float64Array(cells.count).fill(NaN);
    this.inner = new Float64Array(cells.count);
    this.heaviest = new Float64Array(cells.count).fill(-1);
  }

  /** Takes in particle j; its largest bound. */
  take(j: number): number {
    const { theta, width, outer, inner, heaviest } = this;
    const cell = this.cellOf(j);
    const weight = Math.abs(theta[j * width]);
    if (Number.isNaN(outer[cell])) this.open(cell);
    if (weight > heaviest[cell]) heaviest[cell] = weight;
    const bound = Math.max(outer[cell], weight * inner[cell]);
    if (Number.isNaN(bound)) this.lost = true;
    return bound;
  }

  look(j: number): void {
    const { cells, errors, theta, width } = this;
    cells.of(errors, this.cellOf(j));
    this.weigh(Math.abs(theta[j * width]));
  }

  /** Of all that were taken in. */
  together(): Pick<DriftCheck, 'bounds' | 'parts' | 'most'> {
    const { cells, errors, heaviest, own, width } = this;
    const bounds = new Float64Array(width);
    if (this.lost) return { bounds: bounds.fill(NaN), parts: [NaN, NaN], most: NaN };
    const parts: [number, number] = [0, 0];
    let most = 0;
    for (let cell = 0; cell < heaviest.length; cell++) {
      const weight = heaviest[cell];
      if (weight < 0) continue;
      cells.of(errors, cell);
      this.weigh(weight);
      for (let c = 0; c < width; c++) bounds[c] = Math.max(bounds[c], own[c]);
      parts[0] = Math.max(parts[0], errors[0], weight * errors[1], weight * errors[2]);
      parts[1] = Math.max(parts[1], errors[3], weight * errors[4], weight * errors[5]);
      most = Math.max(most, weight);
    }
    return { bounds, parts, most };
  }

  private cellOf(j: number): number {
    const { cells, theta, width } = this;
    const row = j * width;
    return cells.cellOf(width > 2 ? theta[row + 1] : 0, theta[row + width - 1]);
  }

  private open(cell: number): void {
    const { cells, errors, own, width } = this;
    cells.of(errors, cell);
    this.weigh(1);
    this.outer[cell] = own[0];
    this.inner[cell] = Math.max(own[width - 1], own[1]);
  }

  /** The bounds of a particle of that |w1| where `errors` are of its cell. */
  private weigh(weight: number): void {
    const { errors, own, width } = this;
    this.weight = weight;
    own[0] = errors[0] + errors[3];
    if (width > 2) own[1] = weight * (errors[1] + errors[4]);
    own[width - 1] = weight * (errors[2] + errors[5]);
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
