/** Rows of numbers to and from the GPU's order: `stride` vec4f a row, with zeros where a row has no number. */
import { strideOf } from '../../shaders/particle.ts';
import type { GpuContext } from '../gpu/device.ts';
import type { Readback } from '../gpu/readback.ts';

/** Rows copied at a time, so that a large θ needs no second copy of itself. */
const ROWS = 2 ** 16;

/** Writes rows of `width` numbers into components `shift` … of the padded rows. */
function upload(context: GpuContext, buffer: GPUBuffer, rows: ArrayLike<number>, width: number, shift: number): void {
  const pitch = 4 * strideOf(width + shift - 1);
  const count = rows.length / width;
  const padded = new Float32Array(Math.min(count, ROWS) * pitch);
  for (let first = 0; first < count; first += ROWS) {
    const some = Math.min(ROWS, count - first);
    for (let i = 0; i < some; i++) {
      for (let c = 0; c < width; c++) padded[i * pitch + shift + c] = rows[(first + i) * width + c];
    }
    context.device.queue.writeBuffer(buffer, first * pitch * 4, padded, 0, some * pitch);
  }
}

/** θ [n, 1 + d]. */
export function uploadTheta(context: GpuContext, buffer: GPUBuffer, theta: ArrayLike<number>, d: number): void {
  upload(context, buffer, theta, 1 + d, 0);
}

/** x [m, d], with 0 in the place of w1. */
export function uploadInputs(context: GpuContext, buffer: GPUBuffer, x: ArrayLike<number>, d: number): void {
  upload(context, buffer, x, d, 1);
}

export async function downloadTheta(readback: Readback, buffer: GPUBuffer, n: number, d: number): Promise<Float32Array> {
  const width = 1 + d;
  const pitch = 4 * strideOf(d);
  const theta = new Float32Array(n * width);
  const share = Math.max(ROWS, Math.ceil(2 ** 24 / pitch));
  for (let first = 0; first < n; first += share) {
    const some = Math.min(share, n - first);
    const padded = new Float32Array(await readback.read([{ buffer, offset: first * pitch * 4, size: some * pitch * 4 }]));
    for (let i = 0; i < some; i++) {
      for (let c = 0; c < width; c++) theta[(first + i) * width + c] = padded[i * pitch + c];
    }
  }
  return theta;
}
