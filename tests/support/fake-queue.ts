/**
 * A GPU queue that runs on vitest's fake clock: each pipeline has a price in milliseconds a unit of cost, and
 * work is done in order.
 */
import { vi } from 'vitest';
import type { GpuContext } from '../../src/gpu/device.ts';
import type { Dispatch } from '../../src/gpu/schedule.ts';

interface Commands {
  milliseconds: number;
}

export class FakeQueue {
  /** What each submit took. */
  readonly taken: number[] = [];
  readonly context: GpuContext;
  /** Milliseconds a unit of cost. */
  readonly prices = new Map<GPUComputePipeline, number>();
  private free = 0;

  constructor() {
    const queue = {
      submit: ([{ milliseconds }]: readonly Commands[]) => {
        this.taken.push(milliseconds);
        this.occupy(milliseconds);
      },
      onSubmittedWorkDone: () =>
        new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, this.free - performance.now()))),
    };
    const createCommandEncoder = (): unknown => {
      const commands: Commands = { milliseconds: 0 };
      let price = 0;
      const pass = {
        setPipeline: (pipeline: GPUComputePipeline) => (price = this.prices.get(pipeline)!),
        setBindGroup: () => undefined,
        // A workgroup is a unit of cost here.
        dispatchWorkgroups: (count: number) => (commands.milliseconds += price * count),
        end: () => undefined,
      };
      return { beginComputePass: () => pass, finish: () => commands };
    };
    this.context = {
      device: { queue, createCommandEncoder },
      guard: <T>(work: Promise<T>) => work,
    } as unknown as GpuContext;
  }

  /** Work of others. */
  occupy(milliseconds: number): void {
    this.free = Math.max(this.free, performance.now()) + milliseconds;
  }

  pipeline(price: number): GPUComputePipeline {
    const pipeline = {} as GPUComputePipeline;
    this.prices.set(pipeline, price);
    return pipeline;
  }
}

/** A dispatch of that cost; with parts of `grain` at least it halves, again and again. */
export function dispatchOf(pipeline: GPUComputePipeline, cost: number, grain = Infinity): Dispatch {
  const parts = cost / 2 >= grain ? { parts: [0, 1].map(() => dispatchOf(pipeline, cost / 2, grain)) } : {};
  return { pipeline, group: {} as GPUBindGroup, offsets: [], workgroups: cost, cost, ...parts };
}

/** Lets `work` run to its end on the fake clock. */
export async function finish<T>(work: Promise<T>): Promise<T> {
  let done = false;
  void work.finally(() => (done = true));
  while (!done) await vi.advanceTimersToNextTimerAsync();
  return work;
}
