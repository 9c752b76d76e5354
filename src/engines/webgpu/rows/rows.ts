/** What is like θ [R, n, c + d], in and out of buffers that lie like the particles: one a part. */
import { shapeOf } from '../../../core/shape.ts';
import { replicasOf, type Theta } from '../../engine.ts';
import { downloadTheta, uploadTheta } from './pack.ts';
import { rowsOf } from './parts.ts';
import type { Rig } from '../rig.ts';

export async function readRows(rig: Rig, buffers: readonly GPUBuffer[]): Promise<Float32Array> {
  const { problem, readback, state } = rig;
  const { n } = problem;
  const shape = shapeOf(problem);
  const all = new Float32Array(replicasOf(problem) * n * shape.width);
  for (const [k, part] of state.parts.entries())
    await downloadTheta(readback, buffers[k], part, shape, rowsOf(all, part, n, shape.width));
  return all;
}

export function writeRows({ gpu, problem, state }: Rig, buffers: readonly GPUBuffer[], rows: Theta): void {
  const { n } = problem;
  const shape = shapeOf(problem);
  for (const [k, part] of state.parts.entries())
    uploadTheta(gpu, buffers[k], rowsOf(rows, part, n, shape.width), part.n, shape);
}
