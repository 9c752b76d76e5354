/**
 * Rows of numbers to and from the GPU's order: `stride` vec4f a row, with zeros where a row has no number.
 * Systems of n rows lie one after the other, each rounded up to whole blocks of rows, of which those past n are
 * zeros.
 */
import { BLOCK, strideOf } from '../../../../shaders/particle.ts';
import { shapeOf, type Sized } from '../../../core/shape.ts';
import { roundUp } from '../../../gpu/layout.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import type { Readback } from '../../../gpu/readback.ts';
import { replicasOf, type Problem } from '../../engine.ts';

/** Rows copied at a time, so that a large θ needs no second copy of itself. */
const ROWS = 2 ** 16;

/** Rows on the GPU of a system of n. */
export const pitchOf = (n: number): number => roundUp(n, BLOCK);

/** Calls `copy(row, padded)` for those of the padded rows first … first + some − 1 that hold a row. */
function eachRow(n: number, first: number, some: number, copy: (row: number, padded: number) => void): void {
  const pitch = pitchOf(n);
  for (let at = first; at < first + some;) {
    const system = Math.floor(at / pitch);
    const start = system * pitch;
    const end = Math.min(first + some, start + n);
    for (; at < end; at++) copy(system * n + at - start, at - first);
    at = Math.max(at, Math.min(first + some, start + pitch));
  }
}

/** Writes rows of `count` numbers, in systems of n, into coordinates `at` … of rows of a shape. */
function upload(
  context: GpuContext,
  buffer: GPUBuffer,
  rows: ArrayLike<number>,
  n: number,
  { count, at }: { readonly count: number; readonly at: number },
  sized: Sized,
): void {
  const size = 4 * strideOf(sized);
  const all = (rows.length / (n * count)) * pitchOf(n);
  const padded = new Float32Array(Math.min(all, ROWS) * size);
  for (let first = 0; first < all; first += ROWS) {
    const some = Math.min(ROWS, all - first);
    padded.fill(0);
    eachRow(n, first, some, (row, i) => {
      for (let k = 0; k < count; k++) padded[i * size + at + k] = rows[row * count + k];
    });
    context.device.queue.writeBuffer(buffer, first * size * 4, padded, 0, some * size);
  }
}

/** θ [R, n, c + d]. */
export function uploadTheta(
  context: GpuContext,
  buffer: GPUBuffer,
  theta: ArrayLike<number>,
  n: number,
  sized: Sized,
): void {
  upload(context, buffer, theta, n, { count: shapeOf(sized).width, at: 0 }, sized);
}

/** x [m, d], with 0 in the place of w1. */
export function uploadInputs(context: GpuContext, buffer: GPUBuffer, x: ArrayLike<number>, sized: Sized): void {
  const { d, w0 } = shapeOf(sized);
  upload(context, buffer, x, x.length / d, { count: d, at: w0 }, sized);
}

/** θ [R, n, c + d] of systems of n, into `theta` if there is one. */
export async function downloadTheta(
  readback: Readback,
  buffer: GPUBuffer,
  { n, systems = 1 }: { readonly n: number; readonly systems?: number },
  sized: Sized,
  theta = new Float32Array(systems * n * shapeOf(sized).width),
): Promise<Float32Array> {
  const { width } = shapeOf(sized);
  const size = 4 * strideOf(sized);
  const count = systems * pitchOf(n);
  const share = Math.max(ROWS, Math.ceil(2 ** 24 / size));
  for (let first = 0; first < count; first += share) {
    const some = Math.min(share, count - first);
    const padded = new Float32Array(
      await readback.read([{ buffer, offset: first * size * 4, size: some * size * 4 }]),
    );
    eachRow(n, first, some, (row, i) => {
      for (let k = 0; k < width; k++) theta[row * width + k] = padded[i * size + k];
    });
  }
  return theta;
}

/** x [m, d] and, for each replica, y [m, c]. */
export function uploadSamples(
  context: GpuContext,
  { x, y }: Readonly<Record<'x' | 'y', GPUBuffer>>,
  problem: Problem,
): void {
  uploadInputs(context, x, problem.x, problem);
  const all = new Float32Array(replicasOf(problem) * problem.y.length);
  context.device.queue.writeBuffer(y, 0, repeat(problem.y, all));
}

/** `values` in float32, as often as `all` has room for them. */
function repeat(values: Float64Array, all: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let first = 0; first < all.length; first += values.length) all.set(values, first);
  return all;
}
