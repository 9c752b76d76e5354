/** What the GPU says of a run: where it is, and the losses of its last steps. */
import { NEVER, Status } from '../../../shaders/bindings.ts';
import { RING } from '../../../shaders/loss.ts';
import type { Span } from '../../gpu/readback.ts';
import { DivergedError, type LossRecord } from '../engine.ts';
import type { Rig } from './rig.ts';

/** What struct Status says. */
export interface RunStatus {
  readonly step: number;
  readonly bad: number;
  readonly stages: number;
  readonly halted: boolean;
}

/** Losses of steps first … last, which is the current one, from the ring; and where the GPU is. */
export async function readLosses(
  { state: { status, ring }, readback }: Rig,
  first: number,
  last: number,
): Promise<RunStatus & { readonly losses: readonly number[] }> {
  const bytes = await readback.read([
    { buffer: status, offset: 0, size: Status.size },
    ...ringSpans(ring, first, last),
  ]);
  const losses = [...new Float32Array(bytes, Status.size)];
  const words = new Uint32Array(bytes, 0, Status.size / 4);
  const word = (field: keyof typeof Status.offsets): number => words[Status.offsets[field] / 4];
  return { losses, step: word('step'), bad: word('bad'), stages: word('stages'), halted: word('halted') > 0 };
}

/** The places of steps first … last, at most RING of them, in the ring: one span, or two where it wraps. */
function ringSpans(buffer: GPUBuffer, first: number, last: number): Span[] {
  const start = first % RING;
  const end = start + (last - first) + 1;
  const span = (from: number, to: number): Span => ({ buffer, offset: from * 4, size: (to - from) * 4 });
  return end <= RING ? [span(start, end)] : [span(start, RING), span(0, end - RING)];
}

export function assertGood(bad: number, losses: readonly LossRecord[]): void {
  if (bad !== NEVER) throw new DivergedError(bad, 'a neuron or the loss is no longer finite', losses);
}
