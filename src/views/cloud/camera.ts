/**
 * A turntable camera over the drawn components of θ: screen x and y first, depth third.
 *
 * Seen from the front it is exactly orthographic, so that the plane (w0_0, w0_1) is undistorted and filaments
 * stay crisp; perspective fades in as the view turns away and depth has something to tell.
 */

/** Column-major 4×4, world to clip space: pixel = (clip.xy / clip.w), y up; clip.w is the relative distance. */
export type Matrix = Float32Array<ArrayBuffer>;

/** Distance of the eye from the pivot, in half-heights of the view at zoom 1. */
const EYE = 3.2;
const MAX_PITCH = Math.PI / 2;
const ZOOM_RANGE: readonly [number, number] = [1e-3, 1e4];

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

export class Camera {
  yaw = 0;
  pitch = 0;
  zoom = 1;
  panX = 0;
  panY = 0;
  /** Slow idle orbit, radians per second of yaw; 0 is still. */
  spin = 0;
  /** 0: always orthographic; 1: full perspective when seen from the side. */
  perspective = 1;
  private home = { yaw: 0, pitch: 0 };
  /** World units per half-height of the view at zoom 1. */
  scale: readonly [number, number, number] = [1, 1, 1];

  /** World units per half-height of the view at zoom 1, for each drawn axis. */
  setScale(x: number, y = x, z = x): void {
    if (![x, y, z].every((s) => s > 0 && Number.isFinite(s)))
      throw new Error(`camera scale ${x}, ${y}, ${z} is not positive`);
    this.scale = [x, y, z];
  }

  /** Where `reset` returns to; (0, 0) faces the plane of the first two axes. */
  setHome(yaw: number, pitch: number): void {
    this.home = { yaw, pitch };
    this.reset();
  }

  reset(): void {
    Object.assign(this, this.home, { zoom: 1, panX: 0, panY: 0 });
  }

  /** Turns by angles in radians. */
  orbit(yaw: number, pitch: number): void {
    this.yaw = (this.yaw + yaw) % (2 * Math.PI);
    this.pitch = clamp(this.pitch + pitch, -MAX_PITCH, MAX_PITCH);
  }

  /** Moves the picture by (x, y) in normalised device coordinates (the view spans 2, y up). */
  pan(x: number, y: number): void {
    this.panX += x;
    this.panY += y;
  }

  /** Zooms in by `factor` about the point (x, y) in normalised device coordinates, which stays where it is. */
  zoomBy(factor: number, x = 0, y = 0): void {
    const zoom = clamp(this.zoom * factor, ...ZOOM_RANGE);
    const ratio = zoom / this.zoom;
    this.panX = x + (this.panX - x) * ratio;
    this.panY = y + (this.panY - y) * ratio;
    this.zoom = zoom;
  }

  /** Lets the idle orbit run for `seconds`; true when the view has moved. */
  advance(seconds: number): boolean {
    if (this.spin === 0) return false;
    this.orbit(this.spin * seconds, 0);
    return true;
  }

  /** The matrix for a view of width / height = aspect; the shorter side always shows one `scale`. */
  matrix(aspect: number): Matrix {
    const [cy, sy, cp, sp] = [
      Math.cos(this.yaw),
      Math.sin(this.yaw),
      Math.cos(this.pitch),
      Math.sin(this.pitch),
    ];
    const rows = [
      [cy, 0, sy],
      [sy * sp, cp, -cy * sp],
      [-sy * cp, sp, cy * cp],
    ].map((row) => row.map((value, axis) => value / this.scale[axis]));
    const [right, up, near] = rows;
    const depth = (this.perspective * (1 - (cy * cp) ** 2)) / EYE;
    const fit = [this.zoom * Math.min(1, 1 / aspect), this.zoom * Math.min(1, aspect)];
    const out = new Float32Array(16);
    for (let axis = 0; axis < 3; axis++) {
      const w = -depth * near[axis];
      out.set(
        [fit[0] * right[axis] + this.panX * w, fit[1] * up[axis] + this.panY * w, near[axis], w],
        4 * axis,
      );
    }
    out.set([this.panX, this.panY, 0, 1], 12);
    return out;
  }
}

/** World point to normalised device coordinates and relative distance: [x, y, w]; w ≤ 0 is behind the eye. */
export function project(matrix: Matrix, x: number, y: number, z: number): [number, number, number] {
  const row = (r: number): number => matrix[r] * x + matrix[4 + r] * y + matrix[8 + r] * z + matrix[12 + r];
  const w = row(3);
  return [row(0) / w, row(1) / w, w];
}
