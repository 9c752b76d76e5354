/** Where the particles are on a GPU, and what it says of the run: allocated once for an engine. */
import { NEVER, Status } from '../../../shaders/bindings.ts';
import { RING } from '../../../shaders/loss.ts';
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { hasVelocity } from '../../core/dynamics/terms.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Problem } from '../engine.ts';
import type { Part } from './rows/parts.ts';
import { bytesOf } from './capacity.ts';

export interface State {
  /** How particles lie in several buffers: there is one of each of the following a part. */
  readonly parts: readonly Part[];
  readonly theta: readonly GPUBuffer[];
  /** The θ of a later stage and the step so far; unused by one-stage methods. */
  readonly trial: readonly GPUBuffer[];
  readonly change: readonly GPUBuffer[];
  /** What momentum carries, in θ's order; null where there is none. */
  readonly velocity: readonly GPUBuffer[] | null;
  /** |b| of the last step, where it is recorded, in θ's order. */
  readonly speed: readonly GPUBuffer[] | null;
  readonly status: GPUBuffer;
  /** The losses of the last RING steps: step k's at k mod RING. */
  readonly ring: GPUBuffer;
}

export async function allocateState(
  memory: Memory,
  problem: Problem,
  recordSpeed: boolean,
  parts: readonly Part[],
): Promise<State> {
  const { STORAGE, VERTEX, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const stages = INTEGRATORS[problem.integrator].weights.length;
  const each = (name: string, sizeOf: (part: Part) => number, usage: number): Promise<GPUBuffer[]> =>
    allocateEach(memory, name, parts.map(sizeOf), usage);
  const particles = ({ n, systems }: Part): number => systems * bytesOf.particles(n, problem);
  const later = (part: Part): number => (stages > 1 ? particles(part) : 0);
  const state = await memory.allocate({
    status: { size: Status.size, usage: STORAGE | COPY_SRC | COPY_DST },
    ring: { size: RING * 4, usage: STORAGE | COPY_SRC },
  });
  return {
    ...state,
    parts,
    theta: await each('theta', particles, STORAGE | VERTEX | COPY_SRC | COPY_DST),
    trial: await each('trial', later, STORAGE),
    change: await each('change', later, STORAGE),
    velocity: hasVelocity(problem.terms)
      ? await each('velocity', particles, STORAGE | COPY_SRC | COPY_DST)
      : null,
    speed: recordSpeed
      ? await each('speed', ({ n, systems }) => systems * bytesOf.floats(n), STORAGE | VERTEX | COPY_SRC)
      : null,
  };
}

async function allocateEach(
  memory: Memory,
  name: string,
  sizes: readonly number[],
  usage: number,
): Promise<GPUBuffer[]> {
  return Object.values(
    await memory.allocate(Object.fromEntries(sizes.map((size, k) => [`${name} ${k}`, { size, usage }]))),
  );
}

/** Makes the GPU's count `step` and clears its mark of a bad step; the next loss pass counts one more. */
export function resetStatus(device: GPUDevice, status: GPUBuffer, step: number): void {
  device.queue.writeBuffer(status, 0, Status.pack({ step: step >>> 0, bad: NEVER, stages: 0, halted: 0 }));
}

/** Ends a halt. */
export function resume(device: GPUDevice, status: GPUBuffer): void {
  device.queue.writeBuffer(status, Status.offsets.halted, Uint32Array.of(0));
}
