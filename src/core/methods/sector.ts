/**
 * The sector method, for 1-homogeneous φ and d = 2: exact, O(n + m) a step after a sort. φ(h) is φ'(1) h for h
 * > 0 and φ'(−1) h for h < 0, so g(w0) = ⟨w0, S⟩ where S = (1/m) Σ_β r^β φ'(±1) x^β depends only on which
 * samples have h > 0. The 2 m directions at right angles to a sample cut the circle into sectors on which S is
 * constant; one walk around the circle finds S in each of them (`field`), and for the outputs the sums V of w1
 * w0 over the particles of each sector are added up over the half circle in which a sample has h > 0.
 */
import { slopeOf } from '../activations/activations.ts';
import type { Feature } from '../features/features.ts';
import { drift, type Samples } from '../model.ts';
import type { Sums } from '../sums.ts';

/** Direction of (p, q) as a number in [0, 4) that grows with its angle; (1, 0) is 0, (0, 1) is 1. */
export function pseudoAngle(p: number, q: number): number {
  const t = q / (Math.abs(p) + Math.abs(q));
  if (p < 0) return 2 - t;
  return q < 0 ? 4 + t : t;
}

/**
 * Within that much of a boundary, rounding decides the sign of h: such particles go by the definition. Angles
 * are right to 1e-15.
 */
const TIE = 1e-14;
/** Shorter w0 have lost digits of their direction. */
const SHORTEST = 1e-290;

export class SectorSums implements Sums {
  readonly size: number;
  readonly bands = 1;
  /**
   * Angles of the boundaries, ascending, between the last less 4 and the first plus 4: sector k lies between
   * bounds[k] and bounds[k + 1].
   */
  private readonly bounds: Float64Array;
  /** At boundary k + 1: the sample whose h changes sign there, and to which. */
  private readonly sample: Int32Array;
  private readonly rises: Uint8Array;
  /** Whether h > 0 in sector 0: the sample's first boundary is the one where h ceases to be positive. */
  private readonly startsAbove: Uint8Array;
  /** Sectors before the bin of angles [bin, bin + 1)/bins. */
  private readonly before: Int32Array;
  private readonly bins: number;
  private r: Float64Array = new Float64Array(0);
  /** The field: S of each sector [sectors, 2] first. */
  private S: Float64Array = new Float64Array(0);

  constructor(
    private readonly samples: Samples,
    private readonly feature: Feature,
  ) {
    const boundaries = sortedBoundaries(samples);
    const angles = boundaries.map(({ angle }) => angle);
    this.bounds = Float64Array.of((angles.at(-1) ?? 3) - 4, ...angles, (angles[0] ?? 1) + 4);
    this.sample = Int32Array.from(boundaries, ({ sample }) => sample);
    this.rises = Uint8Array.from(boundaries, ({ rises }) => (rises ? 1 : 0));
    this.startsAbove = new Uint8Array(samples.m);
    for (let k = this.sample.length - 1; k >= 0; k--) this.startsAbove[this.sample[k]] = 1 - this.rises[k];
    this.size = 2 * (boundaries.length + 1);
    this.bins = 2 ** Math.ceil(Math.log2(4 * boundaries.length + 1));
    this.before = countBefore(this.bounds, this.bins);
  }

  /** S in every sector, then r: for the particles on a boundary. */
  field(r: Float64Array): Float64Array {
    const { x, m } = this.samples;
    const { above, below } = slopes(this.feature);
    const field = new Float64Array(this.size + m);
    let p = 0;
    let q = 0;
    for (let a = 0; a < m; a++) {
      const slope = this.startsAbove[a] ? above : below;
      p += r[a] * slope * x[2 * a];
      q += r[a] * slope * x[2 * a + 1];
    }
    field[0] = p / m;
    field[1] = q / m;
    for (let k = 0; k < this.sample.length; k++) {
      const a = this.sample[k];
      const change = r[a] * (this.rises[k] ? above - below : below - above);
      p += change * x[2 * a];
      q += change * x[2 * a + 1];
      field[2 * k + 2] = p / m;
      field[2 * k + 3] = q / m;
    }
    field.set(r, this.size);
    return field;
  }

  enter(field: Float64Array): void {
    this.S = field;
    this.r = field.subarray(this.size);
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { S, bounds } = this;
    for (let row = 3 * first, out = 0; row < 3 * last; row += 3, out += 3) {
      const w1 = theta[row];
      const u = theta[row + 1];
      const v = theta[row + 2];
      const angle = pseudoAngle(u, v);
      const k = this.sectorOf(angle);
      if (angle - bounds[k] > TIE && bounds[k + 1] - angle > TIE && Math.abs(u) + Math.abs(v) > SHORTEST) {
        const p = S[2 * k];
        const q = S[2 * k + 1];
        b[out] = -(u * p + v * q);
        b[out + 1] = -w1 * p;
        b[out + 2] = -w1 * q;
      } else drift(b, theta, row, this.samples, this.r, this.feature, out);
    }
  }

  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    for (let row = 3 * first; row < 3 * last; row += 3) {
      const w1 = theta[row];
      const u = theta[row + 1];
      const v = theta[row + 2];
      const k = 2 * this.sectorOf(pseudoAngle(u, v));
      sum[k] += w1 * u;
      sum[k + 1] += w1 * v;
    }
    return true;
  }

  collect(sum: Float64Array): Float64Array {
    return sum;
  }

  /**
   * With the sums so far as the walk around the circle meets a sample's two boundaries: what lies between them
   * has h > 0.
   */
  outputs(sum: Float64Array): Float64Array {
    const { x, m } = this.samples;
    const { above, below } = slopes(this.feature);
    const f = new Float64Array(m);
    let p = 0;
    let q = 0;
    for (let k = 0; k < this.sample.length; k++) {
      p += sum[2 * k];
      q += sum[2 * k + 1];
      const a = this.sample[k];
      const change = this.rises[k] ? below - above : above - below;
      f[a] += change * (p * x[2 * a] + q * x[2 * a + 1]);
    }
    p += sum[this.size - 2];
    q += sum[this.size - 1];
    for (let a = 0; a < m; a++) {
      const slope = this.startsAbove[a] ? above : below;
      f[a] += slope * (p * x[2 * a] + q * x[2 * a + 1]);
    }
    return f;
  }

  private sectorOf(angle: number): number {
    const { bounds, before } = this;
    const bin = (angle * (this.bins / 4)) | 0;
    let low = before[bin];
    let high = before[bin + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle + 1] <= angle) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const slopes = ({ profile }: Feature): { above: number; below: number } => ({
  above: slopeOf(profile, 1),
  below: slopeOf(profile, -1),
});

export interface Boundary {
  readonly angle: number;
  readonly sample: number;
  readonly rises: boolean;
}

/**
 * (q, −p), where h of the sample (p, q) becomes positive, and (−q, p), where it ceases to be. A sample 0 has
 * none.
 */
export function sortedBoundaries({ x, m }: Samples): Boundary[] {
  const boundaries: Boundary[] = [];
  for (let sample = 0; sample < m; sample++) {
    const p = x[2 * sample];
    const q = x[2 * sample + 1];
    if (p === 0 && q === 0) continue;
    boundaries.push(
      { angle: pseudoAngle(q, -p), sample, rises: true },
      { angle: pseudoAngle(-q, p), sample, rises: false },
    );
  }
  return boundaries.sort((one, other) => one.angle - other.angle || one.sample - other.sample);
}

function countBefore(bounds: Float64Array, bins: number): Int32Array {
  const before = new Int32Array(bins + 2);
  for (let bin = 0, k = 0; bin < bins + 2; bin++) {
    while (k < bounds.length - 2 && bounds[k + 1] < (4 * bin) / bins) k++;
    before[bin] = k;
  }
  return before;
}
