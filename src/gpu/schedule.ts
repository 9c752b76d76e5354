/**
 * Work in small bites. A driver resets a GPU that is busy too long with one dispatch, and a page freezes behind
 * a long queue: so a pass over many threads is cut into dispatches of bounded cost, and dispatches are packed
 * into submits of bounded time, with few submits in flight. Cost is in the caller's unit (say, terms of a sum);
 * its price in milliseconds is measured, for each pipeline. Cutting and packing change no result.
 */
import { Forecast } from './forecast.ts';
import { Range, roundUp } from './layout.ts';
import type { GpuContext } from './device.ts';

export interface ThreadRange {
  readonly first: number;
  readonly end: number;
}

/**
 * `threads` cut into equal shares of whole workgroups, none over `limit` workgroups or over `most` cost (if one
 * workgroup is not).
 */
export function cut(
  threads: number,
  workgroup: number,
  costPerThread: number,
  most: number,
  limit: number,
): ThreadRange[] {
  const affordable = Math.floor(most / (costPerThread * workgroup));
  const groups = Math.max(1, Math.min(limit, affordable, Math.ceil(threads / workgroup)));
  return shared({ first: 0, end: threads }, groups * workgroup);
}

/** A share cut into about `parts` equal ones of whole workgroups; none where it is one workgroup. */
export function divide({ first, end }: ThreadRange, workgroup: number, parts: number): ThreadRange[] {
  const groups = Math.ceil((end - first) / workgroup);
  return groups > 1 ? shared({ first, end }, Math.ceil(groups / parts) * workgroup) : [];
}

function shared({ first, end }: ThreadRange, pitch: number): ThreadRange[] {
  const edge = (i: number): number => Math.min(end, first + i * pitch);
  return Array.from({ length: Math.ceil((end - first) / pitch) }, (_, i) => ({
    first: edge(i),
    end: edge(i + 1),
  }));
}

/** The bytes of all shares at the pitch that dynamic uniform offsets need. */
export function packShares(
  shares: readonly ThreadRange[],
  alignment: number,
): { bytes: Uint8Array<ArrayBuffer>; pitch: number } {
  const pitch = roundUp(Range.size, alignment);
  const bytes = new Uint8Array(pitch * Math.max(1, shares.length));
  shares.forEach((share, i) =>
    bytes.set(new Uint8Array(Range.pack({ first: share.first, end: share.end })), i * pitch),
  );
  return { bytes, pitch };
}

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  /** Dynamic offsets of the group, in bytes. */
  readonly offsets: readonly number[];
  readonly workgroups: number;
  readonly cost: number;
  /**
   * The same work in smaller dispatches, for an adapter that is slower than foreseen; absent where it cannot be
   * cut.
   */
  readonly parts?: readonly Dispatch[];
}

/** How much a submit holds. */
export interface SubmitSize {
  /** Cost that takes the target, as long as nothing is measured. */
  readonly first: number;
  /**
   * What one submit may take, in milliseconds: none is sent that is expected to take longer, unless it is one
   * dispatch without parts.
   */
  readonly target: number;
}

/** Milliseconds so far. */
export interface Spent {
  /** What submits took. */
  readonly busy: number;
  /** What the first ones since `idle` was last asked for took to begin: an answer's way, behind others' work. */
  readonly waited: number;
  /** Between the end of what was submitted before them and their beginning: others' work, say drawing, or nothing. */
  readonly apart: number;
}

const IN_FLIGHT = 2;

/** Packs dispatches into submits of the target's time. */
export class Scheduler {
  spent: Spent = { busy: 0, waited: 0, apart: 0 };
  private readonly forecast: Forecast<GPUComputePipeline>;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private last: Dispatch | null = null;
  /** Cost of the open submit, by pipeline. */
  private load = new Map<GPUComputePipeline, number>();
  private milliseconds = 0;
  private lastDone = 0;
  /** Nothing was submitted since `idle` was asked for. */
  private first = true;
  private readonly inFlight: Promise<void>[] = [];

  constructor(
    private readonly context: GpuContext,
    private readonly size: SubmitSize,
  ) {
    this.forecast = new Forecast(
      Number.isFinite(size.first) ? { work: size.first, time: size.target } : { work: 1, time: Number.EPSILON },
    );
  }

  /** Milliseconds that the open submit is expected to take. */
  get expected(): number {
    return this.milliseconds;
  }

  /** Would this one still fit into the open submit? An empty submit takes anything. */
  fits(dispatch: Dispatch): boolean {
    return this.last === null || this.milliseconds + this.priceOf(dispatch) <= this.size.target;
  }

  add(dispatch: Dispatch): void {
    const { pipeline, cost } = dispatch;
    this.encoder ??= this.context.device.createCommandEncoder();
    this.pass ??= this.encoder.beginComputePass();
    if (this.last?.pipeline !== pipeline) this.pass.setPipeline(pipeline);
    this.pass.setBindGroup(0, dispatch.group, dispatch.offsets);
    this.pass.dispatchWorkgroups(dispatch.workgroups);
    this.last = dispatch;
    this.load.set(pipeline, (this.load.get(pipeline) ?? 0) + cost);
    this.milliseconds += this.priceOf(dispatch);
  }

  /** Submits what was added; resolves as soon as there is room for one more submit in the queue. */
  async submit(): Promise<void> {
    this.send();
    if (this.inFlight.length >= IN_FLIGHT) await this.inFlight.shift();
  }

  /** Submits what was added, whatever there is in the queue. */
  send(): void {
    if (!this.encoder || !this.pass) return;
    this.pass.end();
    const done = this.measure(this.encoder.finish(), this.load);
    done.catch(() => undefined); // a failure is met by whoever waits next, through the context's guard
    this.inFlight.push(done);
    this.encoder = this.pass = this.last = null;
    this.load = new Map();
    this.milliseconds = 0;
  }

  /**
   * Adds all, by `submit` whenever the target is reached. What alone is expected to take too long, by what is
   * known when its turn comes, goes in parts.
   */
  async run(dispatches: Iterable<Dispatch>, submit: () => Promise<void> = () => this.submit()): Promise<void> {
    const left: Dispatch[] = [];
    for (const dispatch of dispatches) {
      left.push(dispatch);
      for (let next = left.pop(); next; next = left.pop()) {
        if (next.parts && this.priceOf(next) > this.size.target) left.push(...[...next.parts].reverse());
        else if (this.fits(next)) this.add(next);
        else {
          left.push(next);
          await submit();
        }
      }
    }
  }

  /** Resolves when all that was submitted so far is done and its time is known. */
  async idle(): Promise<void> {
    this.first = true;
    await Promise.all(this.inFlight.splice(0));
  }

  private priceOf({ pipeline, cost }: Dispatch): number {
    return this.forecast.of(pipeline, cost);
  }

  /**
   * Submits commands. Their time begins when all that was in the queue before them is done; adapters are not
   * exact about when that is.
   */
  private async measure(
    commands: GPUCommandBuffer,
    load: ReadonlyMap<GPUComputePipeline, number>,
  ): Promise<void> {
    const {
      context: {
        device: { queue },
      },
      size: { target },
    } = this;
    const submitted = performance.now();
    const { first } = this;
    this.first = false;
    const others = queue.onSubmittedWorkDone().then(
      () => performance.now(),
      () => submitted,
    );
    queue.submit([commands]);
    await this.context.guard(queue.onSubmittedWorkDone());
    const now = performance.now();
    const { lastDone } = this;
    const begun = Math.max(lastDone, await others);
    const busy = now - begun;
    this.lastDone = now;
    const { spent } = this;
    this.spent = {
      busy: spent.busy + busy,
      waited: spent.waited + (first ? begun - submitted : 0),
      apart: spent.apart + (first ? begun - lastDone : 0),
    };
    this.forecast.learn(load, busy, busy > target);
  }
}
