/**
 * Work in small bites. A driver resets a GPU that is busy too long with one dispatch, and a page freezes behind a long queue:
 * so a pass over many threads is cut into dispatches of bounded cost, and dispatches are packed into submits of bounded time,
 * with few submits in flight. Cost is in the caller's unit (say, terms of a sum). Cutting and packing change no result.
 */
import { Range, roundUp } from './layout.ts';
import type { GpuContext } from './device.ts';

export interface Share {
  readonly first: number;
  readonly end: number;
}

/** `threads` cut into equal shares of whole workgroups, none over `limit` workgroups or over `most` cost (if one workgroup is not). */
export function cut(threads: number, workgroup: number, costPerThread: number, most: number, limit: number): Share[] {
  const affordable = Math.floor(most / (costPerThread * workgroup));
  const groups = Math.max(1, Math.min(limit, affordable, Math.ceil(threads / workgroup)));
  const pitch = groups * workgroup;
  return Array.from({ length: Math.ceil(threads / pitch) }, (_, i) => ({
    first: i * pitch,
    end: Math.min(threads, (i + 1) * pitch),
  }));
}

/** The bytes of all shares at the pitch that dynamic uniform offsets need. */
export function packShares(shares: readonly Share[], alignment: number): { bytes: Uint8Array<ArrayBuffer>; pitch: number } {
  const pitch = roundUp(Range.size, alignment);
  const bytes = new Uint8Array(pitch * Math.max(1, shares.length));
  shares.forEach((share, i) => bytes.set(new Uint8Array(Range.pack({ first: share.first, end: share.end })), i * pitch));
  return { bytes, pitch };
}

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  /** Dynamic offsets of the group, in bytes. */
  readonly offsets: readonly number[];
  readonly workgroups: number;
  readonly cost: number;
}

export interface Pace {
  /** Cost of the first submits, before anything is measured. */
  readonly first: number;
  /** What one submit should take, in milliseconds. */
  readonly target: number;
}

const IN_FLIGHT = 2;

/** Packs dispatches into submits. The cost of a submit doubles or halves until the submits' times are near the target. */
export class Scheduler {
  private budget: number;
  private cost = 0;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private last: Dispatch | null = null;
  private lastDone = 0;
  private readonly inFlight: Promise<void>[] = [];

  constructor(private readonly context: GpuContext, private readonly pace: Pace) {
    this.budget = pace.first;
  }

  /** Would another dispatch of this cost still fit into the open submit? An empty submit takes anything. */
  fits(cost: number): boolean {
    return this.cost === 0 || this.cost + cost <= this.budget;
  }

  add(dispatch: Dispatch): void {
    this.encoder ??= this.context.device.createCommandEncoder();
    this.pass ??= this.encoder.beginComputePass();
    if (this.last?.pipeline !== dispatch.pipeline) this.pass.setPipeline(dispatch.pipeline);
    this.pass.setBindGroup(0, dispatch.group, dispatch.offsets);
    this.pass.dispatchWorkgroups(dispatch.workgroups);
    this.last = dispatch;
    this.cost += dispatch.cost;
  }

  /** Submits what was added; resolves as soon as there is room for one more submit in the queue. */
  async submit(): Promise<void> {
    if (!this.encoder || !this.pass) return;
    this.pass.end();
    const { device } = this.context;
    device.queue.submit([this.encoder.finish()]);
    const done = this.measure(this.cost, performance.now());
    done.catch(() => undefined); // a failure is met by whoever waits next, through the context's guard
    this.inFlight.push(done);
    this.encoder = this.pass = this.last = null;
    this.cost = 0;
    if (this.inFlight.length >= IN_FLIGHT) await this.inFlight.shift();
  }

  /** Adds all, submitting whenever the budget is full. */
  async run(dispatches: readonly Dispatch[]): Promise<void> {
    for (const dispatch of dispatches) {
      if (!this.fits(dispatch.cost)) await this.submit();
      this.add(dispatch);
    }
  }

  private async measure(cost: number, submitted: number): Promise<void> {
    await this.context.guard(this.context.device.queue.onSubmittedWorkDone());
    const now = performance.now();
    const busy = now - Math.max(submitted, this.lastDone);
    this.lastDone = now;
    const { target } = this.pace;
    if (busy > 2 * target) this.budget = Math.max(1, Math.min(this.budget, cost) / 2);
    else if (busy < target / 2 && cost > this.budget / 2) this.budget *= 2;
  }
}
