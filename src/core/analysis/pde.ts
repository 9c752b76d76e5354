/**
 * The mean-field PDE ∂_t ρ = −div(b(θ, ρ) ρ) on a grid over θ = (w1, w0) ∈ R²: one input, no bias. There the
 * field is
 *     b = (A(w0), w1 A'(w0)),   A(w0) = −(1/m) Σ_β r^β φ(w0 x^β),
 * two functions of one variable. Finite volumes: upwind fluxes of a limited linear reconstruction (van Leer
 * 1979), Heun's method in time (the strong-stability-preserving one of Shu and Osher 1988). Second order where
 * ρ is smooth; what leaves a cell enters its neighbour and nothing crosses the border, so mass is kept to
 * rounding; and under `mostStep` no cell becomes negative but by rounding (−1e-117 was seen).
 */
import type { Activation } from '../activations/activations.ts';
import type { Loss } from '../objective/losses.ts';
import { residual, type Samples } from '../model.ts';

/** Equal cells over [low, high) in w1 and in w0. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly cells: number;
}

export interface PdeOptions {
  /** d = 1. */
  readonly samples: Samples;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly w1: Axis;
  readonly w0: Axis;
  /** Without it fluxes are of first order. Default true. */
  readonly reconstruct?: boolean;
}

export const widthOf = ({ low, high, cells }: Axis): number => (high - low) / cells;
/** Midpoints of the cells. */
export const centres = (axis: Axis): Float64Array =>
  Float64Array.from({ length: axis.cells }, (_, i) => axis.low + (i + 0.5) * widthOf(axis));

/**
 * Masses [w1 cells, w0 cells] of independent w1 and w0 with the given distribution functions; what lies outside
 * the axes is spread over them.
 */
export function massesOf(
  w1: Axis,
  cdf1: (z: number) => number,
  w0: Axis,
  cdf0: (z: number) => number,
): Float64Array {
  const [outer, inner] = [shares(w1, cdf1), shares(w0, cdf0)];
  return Float64Array.from(
    { length: w1.cells * w0.cells },
    (_, c) => outer[Math.floor(c / w0.cells)] * inner[c % w0.cells],
  );
}

function shares(axis: Axis, cdf: (z: number) => number): Float64Array {
  const edge = (i: number): number => cdf(axis.low + i * widthOf(axis));
  const whole = edge(axis.cells) - edge(0);
  return Float64Array.from({ length: axis.cells }, (_, i) => (edge(i + 1) - edge(i)) / whole);
}

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The longest step that keeps every cell positive while |A| and |A'| stay below these. */
export function longestStep(
  { w1, w0 }: { readonly w1: Axis; readonly w0: Axis },
  A: number,
  slope: number,
): number {
  return COURANT / Math.max(A / widthOf(w1), (largest(centres(w1)) * slope) / widthOf(w0), Number.MIN_VALUE);
}

/** Share of a cell that may leave it through one of its four sides in a step: more would empty it. */
const COURANT = 1 / 4;

export class MeanFieldPde {
  t = 0;
  /** ∫ w1 φ(w0 x^β) dρ [m] at the current ρ. */
  readonly f: Float64Array;
  private readonly w1: Float64Array;
  private readonly w0: Float64Array;
  private readonly r: Float64Array;
  /** A at the midpoints and A' at the edges between cells of w0. */
  private readonly A: Float64Array;
  private readonly slope: Float64Array;
  private readonly change: Float64Array;
  private readonly trial: Float64Array;

  /** `mass` [w1 cells, w0 cells], row-major, of each cell: taken over and moved in place. Sums to 1. */
  constructor(
    readonly mass: Float64Array,
    private readonly options: PdeOptions,
  ) {
    const { samples, w1, w0 } = options;
    if (samples.d !== 1)
      throw new RangeError(`the PDE is solved for one input without bias, d = 1, not d = ${samples.d}`);
    if (mass.length !== w1.cells * w0.cells)
      throw new RangeError(`${mass.length} masses are not ${w1.cells} × ${w0.cells} cells`);
    this.w1 = centres(w1);
    this.w0 = centres(w0);
    this.f = new Float64Array(samples.m);
    this.r = new Float64Array(samples.m);
    this.A = new Float64Array(w0.cells);
    this.slope = new Float64Array(w0.cells + 1);
    this.change = new Float64Array(mass.length);
    this.trial = new Float64Array(mass.length);
    this.meet(mass);
  }

  /** The longest step that keeps every cell positive, by the field of the current ρ. */
  get mostStep(): number {
    return longestStep(this.options, largest(this.A), largest(this.slope));
  }

  /** Goes to time t, or as near as `most` steps within the bound bring it. */
  advanceTo(t: number, most = Infinity): void {
    for (let k = 0; this.t < t && k < most; k++) {
      const left = t - this.t;
      const steps = Math.ceil(left / (SAFETY * this.mostStep));
      this.step(left / steps);
      if (steps === 1) this.t = t;
    }
  }

  /** One step of Heun's method. */
  step(dt: number): void {
    const { mass, trial, change } = this;
    this.rate(mass);
    for (let c = 0; c < mass.length; c++) trial[c] = mass[c] + dt * change[c];
    this.meet(trial);
    this.rate(trial);
    for (let c = 0; c < mass.length; c++) mass[c] = 0.5 * (mass[c] + (trial[c] + dt * change[c]));
    this.meet(mass);
    this.t += dt;
  }

  /** f, r and the field of a density. */
  private meet(mass: Float64Array): void {
    const { samples, activation, loss } = this.options;
    const { x, m } = samples;
    const { w1, w0, f, r, A, slope } = this;
    const rows = w1.length;
    const columns = w0.length;
    const weight = new Float64Array(columns);
    const pair = new Float64Array(2);
    const edge = this.options.w0;
    for (let i = 0; i < rows; i++) for (let k = 0; k < columns; k++) weight[k] += w1[i] * mass[i * columns + k];
    f.fill(0);
    for (let k = 0; k < columns; k++)
      for (let a = 0; a < m; a++) f[a] += weight[k] * activation.phi(w0[k] * x[a]);
    residual(r, f, samples.y, loss);
    A.fill(0);
    slope.fill(0);
    for (let k = 0; k < columns; k++) {
      for (let a = 0; a < m; a++) {
        A[k] -= (r[a] * activation.phi(w0[k] * x[a])) / m;
        activation.both(pair, (edge.low + k * widthOf(edge)) * x[a]);
        slope[k] -= (r[a] * pair[1] * x[a]) / m;
      }
    }
    slope[0] = 0; // the border: nothing crosses it
  }

  /** Rate of change of each cell's mass: what flows in minus what flows out. */
  private rate(mass: Float64Array): void {
    const { w1: axis1, w0: axis0, reconstruct = true } = this.options;
    const { w1, A, slope, change } = this;
    const rows = axis1.cells;
    const columns = axis0.cells;
    const per1 = 1 / widthOf(axis1);
    const per0 = 1 / widthOf(axis0);
    /**
     * Flux between cells c and c + stride at a velocity, in cells per time; `inner` says which of the outer
     * neighbours exist.
     */
    const flux = (velocity: number, c: number, stride: number, before: boolean, after: boolean): number => {
      const left = mass[c];
      const right = mass[c + stride];
      if (velocity > 0)
        return (
          velocity * (left + (reconstruct && before ? 0.5 * limited(left - mass[c - stride], right - left) : 0))
        );
      return (
        velocity *
        (right - (reconstruct && after ? 0.5 * limited(right - left, mass[c + 2 * stride] - right) : 0))
      );
    };
    change.fill(0);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < columns; k++) {
        const c = i * columns + k;
        if (i + 1 < rows) {
          const up = flux(A[k] * per1, c, columns, i > 0, i + 2 < rows);
          change[c] -= up;
          change[c + columns] += up;
        }
        if (k + 1 < columns) {
          const across = flux(w1[i] * slope[k + 1] * per0, c, 1, k > 0, k + 2 < columns);
          change[c] -= across;
          change[c + 1] += across;
        }
      }
    }
  }
}

/** Room for the field to grow within a step. */
const SAFETY = 0.9;

/**
 * Van Leer's slope: the harmonic mean of two differences of one sign, else 0. A face value then lies between
 * the neighbours.
 */
function limited(p: number, q: number): number {
  return p * q > 0 ? (2 * p * q) / (p + q) : 0;
}
