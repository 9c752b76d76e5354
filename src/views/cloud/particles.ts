/** θ in memory → what the WebGL and 2-D canvas views draw: (x, y, z, colour) per particle. */
import { shapeOf } from '../../core/shape.ts';
import { coordinate, keyOfAxes, type ArraySource, type CloudOptions } from './cloud.ts';

export interface DrawnParticles {
  /** [n, 4]: the three drawn components; then 0 for w1 > 0 and 1 for w1 < 0, or the speed's level in [0, 1]. */
  readonly packed: Float32Array<ArrayBuffer>;
  readonly n: number;
  readonly bySpeed: boolean;
  readonly speedRange: readonly [number, number] | null;
}

/** The 2nd and 98th percentile of |b|, from at most 4096 particles. */
export function speedRangeOf(speed: ArrayLike<number>): [number, number] {
  const every = Math.ceil(speed.length / 4096);
  const sample = Float64Array.from({ length: Math.ceil(speed.length / every) }, (_, i) => speed[i * every]);
  const sorted = sample.filter((s) => s > 0 && Number.isFinite(s)).sort();
  if (sorted.length === 0) return [1e-30, 2e-30];
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.02), Math.max(at(0.98), 2 * at(0.02))];
}

/** Packs a source; `into` is used again when its size fits. */
export function packParticles(
  source: ArraySource,
  options: CloudOptions,
  into?: Float32Array<ArrayBuffer>,
): DrawnParticles {
  const { theta, speed, n } = source;
  const packed = into?.length === 4 * n ? into : new Float32Array(4 * n);
  const row = shapeOf(source).width;
  const [x, y, z] = options.axes;
  for (let j = 0, at = 0; j < n; j++, at += row) {
    packed[4 * j] = coordinate(theta, at, x);
    packed[4 * j + 1] = coordinate(theta, at, y);
    packed[4 * j + 2] = coordinate(theta, at, z);
  }
  const bySpeed = options.colour === 'speed' && speed !== null;
  const speedRange = bySpeed ? speedRangeOf(speed) : null;
  if (bySpeed && speedRange) {
    const low = Math.log(speedRange[0]);
    const span = Math.log(speedRange[1]) - low;
    for (let j = 0; j < n; j++)
      packed[4 * j + 3] = Math.min(1, Math.max(0, (Math.log(Math.max(speed[j], 1e-30)) - low) / span));
  } else {
    for (let j = 0; j < n; j++) packed[4 * j + 3] = theta[j * row] > 0 ? 0 : 1;
  }
  return { packed, n, bySpeed, speedRange };
}

/** Remembers what was packed last, so that an unchanged cloud costs nothing. */
export class Packer {
  private source: ArraySource | null = null;
  private key = '';
  private last: DrawnParticles | null = null;

  setSource(source: ArraySource): void {
    this.source = source;
    this.key = '';
  }

  /** The particles, and whether they differ from the last call's. */
  pack(options: CloudOptions): { particles: DrawnParticles | null; changed: boolean } {
    const key = `${keyOfAxes(options.axes)} ${options.colour}`;
    if (!this.source || key === this.key) return { particles: this.last, changed: false };
    this.key = key;
    this.last = packParticles(this.source, options, this.last?.packed);
    return { particles: this.last, changed: true };
  }
}
