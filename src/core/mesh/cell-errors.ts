/**
 * How far the spline of node values is from g, cell by cell. Along each axis a spline with its filter is a rule that
 * reads a run of nodes; Lagrange's polynomial through all of these is of a much higher order, so the difference of
 * the two is the spline's error. In the other direction both are exact at the nodes but for the error there.
 */
import { valuePatch, type Grid, type Patch } from './grid.ts';
import { lagrangeAt, lagrangeSlopeAt } from './lagrange.ts';
import { CUBIC, QUINTIC } from './spline.ts';

/** What is made of nodes for the value, and for the slope, at some places in a cell. */
interface Rule {
  readonly value: Float64Array;
  readonly slopes: readonly Float64Array[];
}

/** Of one axis. */
export interface Rules {
  /** The first node that they read; the cell lies between 0 and 1. */
  readonly first: number;
  readonly spline: Rule;
  /** The spline's less Lagrange's. */
  readonly own: Rule;
}

interface Errors {
  readonly value: number;
  readonly slope: number;
  readonly apart: number;
}

/**
 * Where a cell is looked at: errors of values are largest at ½, those of slopes where Bernoulli's polynomials B₃ and B₅
 * are, 0.21 and 0.24 from the ends; what nodes miss shows at the nodes, too.
 */
const VALUE_AT = 0.5;
const SLOPES_AT = [0, 0.22, 0.78] as const;

/** The B-spline of a degree about 0 on knots 1 apart. */
function bSpline(degree: number, x: number): number {
  const half = (degree + 1) / 2;
  if (degree === 0) return x >= -half && x < half ? 1 : 0;
  return ((half + x) * bSpline(degree - 1, x + 0.5) + (half - x) * bSpline(degree - 1, x - 0.5)) / degree;
}

const bSplineSlope = (degree: number, x: number): number =>
  bSpline(degree - 1, x + 0.5) - bSpline(degree - 1, x - 0.5);

function rulesOf(degree: number, filter: readonly number[]): Rules {
  const half = (degree + 1) / 2;
  const reach = half + filter.length - 1;
  const made = (make: (weights: Float64Array) => void): Float64Array => {
    const weights = new Float64Array(2 * reach);
    make(weights);
    return weights;
  };
  const filtered = (basis: typeof bSpline, t: number): Float64Array =>
    made((weights) => {
      for (let k = 1 - half; k <= half; k++)
        for (let far = 1 - filter.length; far < filter.length; far++)
          weights[k + far + reach - 1] += filter[Math.abs(far)] * basis(degree, t - k);
    });
  const less = (weights: Float64Array, spent: Float64Array): Float64Array =>
    weights.map((weight, k) => weight - spent[k]);
  const spline = {
    value: filtered(bSpline, VALUE_AT),
    slopes: SLOPES_AT.map((t) => filtered(bSplineSlope, t)),
  };
  const own = {
    value: less(
      spline.value,
      made((weights) => lagrangeAt(weights, VALUE_AT)),
    ),
    slopes: SLOPES_AT.map((t, k) =>
      less(
        spline.slopes[k],
        made((weights) => lagrangeSlopeAt(weights, t)),
      ),
    ),
  };
  return { first: 1 - reach, spline, own };
}

export const RULES_U = rulesOf(3, CUBIC);
export const RULES_V = rulesOf(5, QUINTIC);

/** Numbers of a cell: what the spacing in u answers for, of |Δg|, |∂_u Δg| and |∂_v Δg|, then that in v. */
export const CELL_NUMBERS = 6;

/** Found where they are asked for: particles are in some of the cells. */
export class CellErrors {
  /** By the cell's first node on valuePatch; NaN where nobody has asked. */
  private readonly found: Float64Array;
  private readonly patch: Patch;
  /** Closer values less values. */
  private readonly missing: Float64Array;

  /** Node values as they are, and closer ones, on valuePatch. */
  constructor(
    values: Float64Array,
    private readonly closer: Float64Array,
    private readonly grid: Grid,
  ) {
    this.patch = valuePatch(grid);
    this.found = new Float64Array(CELL_NUMBERS * values.length).fill(NaN);
    this.missing = closer.map((value, node) => value - values[node]);
  }

  /** Cells' numbers are below this. */
  get count(): number {
    return this.missing.length;
  }

  /** The number of the cell that (u, v) is in: its first node. */
  cellOf(u: number, v: number): number {
    const { patch, grid } = this;
    return (Math.floor(u / grid.hu) - patch.i) * patch.columns + Math.floor(v / grid.hv) - patch.j;
  }

  /**
   * The largest errors in a cell, into `errors`. They add up: of the interpolation along u; of that along v, with that
   * of the nodes, which are interpolated on a lattice as wide as v's.
   */
  of(errors: Float64Array, cell: number): void {
    const { found, patch } = this;
    const first = CELL_NUMBERS * cell;
    if (Number.isNaN(found[first])) found.set(this.errorsOf(cell, patch.columns), first);
    for (let c = 0; c < CELL_NUMBERS; c++) errors[c] = found[first + c];
  }

  private errorsOf(node: number, columns: number): number[] {
    const { hu, hv } = this.grid;
    const u = this.along(RULES_U, node, columns, 1);
    const v = this.along(RULES_V, node, 1, columns);
    const values = Math.max(u.missing.value, v.missing.value);
    return [
      u.own.value,
      u.own.slope / hu,
      u.own.apart / hv,
      v.own.value + values,
      (v.own.apart + u.missing.slope) / hu,
      (v.own.slope + v.missing.slope) / hv,
    ];
  }

  /** Of the two lines of nodes that bound a cell: of the interpolation itself, and of what nodes miss. */
  private along(rules: Rules, node: number, stride: number, across: number): { own: Errors; missing: Errors } {
    const near = node + rules.first * stride;
    return {
      own: errorsOn(rules.own, this.closer, near, near + across, stride),
      missing: errorsOn(rules.spline, this.missing, near, near + across, stride),
    };
  }
}

/** By a rule on two lines of nodes, the larger ones; and how far the lines' values are apart. */
function errorsOn(rule: Rule, values: Float64Array, near: number, far: number, stride: number): Errors {
  const p = ruled(rule.value, values, near, stride);
  const q = ruled(rule.value, values, far, stride);
  let slope = 0;
  for (const weights of rule.slopes) {
    const s = ruled(weights, values, near, stride);
    const t = ruled(weights, values, far, stride);
    slope = Math.max(slope, Math.abs(s), Math.abs(t));
  }
  return { value: Math.max(Math.abs(p), Math.abs(q)), slope, apart: Math.abs(p - q) };
}

function ruled(weights: Float64Array, values: Float64Array, at: number, stride: number): number {
  let sum = 0;
  for (let k = 0, node = at; k < weights.length; k++, node += stride) sum += weights[k] * values[node];
  return sum;
}
