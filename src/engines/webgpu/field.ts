/**
 * f at inputs of one's own, kept on the GPU: for a prediction, or for a view that draws it without a readback.
 */
import { Memory } from '../../gpu/memory.ts';
import { Forward } from './sums/forward.ts';
import { uploadInputs } from './rows/pack.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import type { ForwardSpec } from './sums/forward.ts';

export class OutputField {
  private gone = false;

  private constructor(
    private readonly memory: Memory,
    private readonly forward: Forward,
    private readonly spec: Omit<ForwardSpec, 'loss'>,
    readonly dispatches: readonly Dispatch[],
  ) {}

  static async create(
    context: GpuContext,
    spec: Omit<ForwardSpec, 'loss'>,
    theta: readonly GPUBuffer[],
  ): Promise<OutputField> {
    const memory = new Memory(context);
    try {
      const forward = await Forward.create(memory, { ...spec, loss: null });
      return new OutputField(memory, forward, spec, await forward.dispatches(theta));
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /** Inputs. */
  get count(): number {
    return this.spec.points;
  }

  /** f [R, count, c], as f32, of the last refresh. */
  get values(): GPUBuffer {
    return this.forward.buffers.f;
  }

  /** Pairs (particle, input) that a refresh costs. */
  get pairs(): number {
    return this.forward.pairs;
  }

  /** Other inputs [count, d], scaled and biased like problem.x; none where the engine is gone. */
  place(x: ArrayLike<number>): void {
    if (this.gone) return;
    const { points, ...sized } = this.spec;
    const { d } = sized;
    if (x.length !== points * d) throw new RangeError(`${x.length} numbers are not ${points} inputs of ${d}`);
    uploadInputs(this.memory.context, this.forward.buffers.x, x, sized);
  }

  destroy(): void {
    this.gone = true;
    this.memory.destroy();
  }
}
