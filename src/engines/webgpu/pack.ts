/**
 * Rows of numbers to and from the GPU's order: `stride` vec4f a row, with zeros where a row has no number.
 * Systems of n rows lie one after the other, each rounded up to whole blocks of rows, of which those past n are
 * zeros.
 */
import { BLOCK, strideOf } from '../../../shaders/particle.ts';
import { roundUp } from '../../gpu/layout.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Readback } from '../../gpu/readback.ts';

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

/** Writes rows of `width` numbers into components `shift` … of the padded rows, in systems of n. */
function upload(
  context: GpuContext,
  buffer: GPUBuffer,
  rows: ArrayLike<number>,
  n: number,
  width: number,
  shift: number,
): void {
  const size = 4 * strideOf(width + shift - 1);
  const count = (rows.length / (n * width)) * pitchOf(n);
  const padded = new Float32Array(Math.min(count, ROWS) * size);
  for (let first = 0; first < count; first += ROWS) {
    const some = Math.min(ROWS, count - first);
    padded.fill(0);
    eachRow(n, first, some, (row, i) => {
      for (let c = 0; c < width; c++) padded[i * size + shift + c] = rows[row * width + c];
    });
    context.device.queue.writeBuffer(buffer, first * size * 4, padded, 0, some * size);
  }
}

/** θ [R, n, 1 + d]. */
export function uploadTheta(
  context: GpuContext,
  buffer: GPUBuffer,
  theta: ArrayLike<number>,
  n: number,
  d: number,
): void {
  upload(context, buffer, theta, n, 1 + d, 0);
}

/** x [m, d], with 0 in the place of w1. */
export function uploadInputs(context: GpuContext, buffer: GPUBuffer, x: ArrayLike<number>, d: number): void {
  upload(context, buffer, x, x.length / d, d, 1);
}

/** θ [R, n, 1 + d], into `theta` if there is one. */
export async function downloadTheta(
  readback: Readback,
  buffer: GPUBuffer,
  n: number,
  d: number,
  replicas = 1,
  theta = new Float32Array(replicas * n * (1 + d)),
): Promise<Float32Array> {
  const width = 1 + d;
  const size = 4 * strideOf(d);
  const count = replicas * pitchOf(n);
  const share = Math.max(ROWS, Math.ceil(2 ** 24 / size));
  for (let first = 0; first < count; first += share) {
    const some = Math.min(share, count - first);
    const padded = new Float32Array(
      await readback.read([{ buffer, offset: first * size * 4, size: some * size * 4 }]),
    );
    eachRow(n, first, some, (row, i) => {
      for (let c = 0; c < width; c++) theta[row * width + c] = padded[i * size + c];
    });
  }
  return theta;
}

/** `values` in float32, as often as `all` has room for them. */
export function repeat(values: Float64Array, all: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let first = 0; first < all.length; first += values.length) all.set(values, first);
  return all;
}
