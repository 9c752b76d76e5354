/**
 * The direct sum on a GPU, in float32. θ, f and r live on the GPU; a run of many steps reads back a status word and the losses
 * it was asked for. Same code in a page and in Node.
 */
import { NEVER, Status } from '../../shaders/bindings.ts';
import { RING } from '../../shaders/loss.ts';
import { strideOf } from '../../shaders/particle.ts';
import { GpuLost } from '../gpu/device.ts';
import { GpuMemoryError, Memory } from '../gpu/memory.ts';
import { Readback } from '../gpu/readback.ts';
import { Scheduler } from '../gpu/schedule.ts';
import { CapacityError, DeviceLostError, DivergedError } from './engine.ts';
import { Field } from './webgpu-field.ts';
import { downloadTheta, uploadInputs, uploadTheta } from './webgpu-pack.ts';
import { checkCapacity } from './webgpu-plan.ts';
import { allocateState, prepareSteps, resetStatus } from './webgpu-steps.ts';
import type { GpuContext } from '../gpu/device.ts';
import type { Span } from '../gpu/readback.ts';
import type { AdvanceOptions, Engine, EngineInfo, LossRecord, Problem, Theta } from './engine.ts';
import type { State, Steps } from './webgpu-steps.ts';

export interface WebGpuOptions {
  /** Keep |b| of every particle in a buffer, for colouring. */
  readonly recordSpeed?: boolean;
  /** Most pairs in one dispatch; the default suits the adapter. */
  readonly dispatchPairs?: number;
}

/** What a view needs to draw the particles from where they are. */
export interface Cloud {
  readonly device: GPUDevice;
  /** vec4f × stride a particle: w1, w0_1 … w0_d, zeros. Usage includes VERTEX and STORAGE. */
  readonly theta: GPUBuffer;
  /** |b| [n] f32, at the start of the last step; null unless recorded. */
  readonly speed: GPUBuffer | null;
  readonly n: number;
  readonly d: number;
  readonly stride: number;
}

const SUBMIT_MS = 60;
/** Pairs of a first dispatch and submit, and what a dispatch costs beside its pairs: some 10 to 50 ms, some microseconds. */
const PACE = { software: { pairs: 2 ** 22, overhead: 2 ** 13 }, hardware: { pairs: 2 ** 26, overhead: 2 ** 18 } } as const;
/** Inputs of a prediction evaluated together. */
const INPUTS = 2 ** 14;

export async function createWebGpuEngine(gpu: GpuContext, problem: Problem, options: WebGpuOptions = {}): Promise<WebGpuEngine> {
  checkCapacity(problem, gpu.device.limits);
  const memory = new Memory(gpu);
  try {
    const state = await allocateState(memory, problem, options.recordSpeed ?? false);
    const { pairs, overhead } = gpu.software ? PACE.software : PACE.hardware;
    const limits = { most: options.dispatchPairs ?? pairs, overhead };
    const steps = await prepareSteps(memory, problem, state, limits);
    uploadInputs(gpu, steps.forward.buffers.x, problem.x, problem.d);
    gpu.device.queue.writeBuffer(steps.forward.buffers.y, 0, Float32Array.from(problem.y));
    const engine = new WebGpuEngine(memory, problem, state, steps, limits);
    await engine.restore(problem.theta, 0);
    return engine;
  } catch (error) {
    memory.destroy();
    throw engineError(error);
  }
}

export class WebGpuEngine implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  private readonly gpu: GpuContext;
  private readonly scheduler: Scheduler;
  private readonly readback: Readback;
  private readonly fields = new Set<Field>();
  private predictor: Field | null = null;
  private dt: number;
  /** The dt that the GPU's uniforms hold. */
  private submittedDt = NaN;
  private advancing = false;
  private destroyed = false;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly memory: Memory,
    readonly problem: Problem,
    private readonly buffers: State,
    private readonly steps: Steps,
    private readonly limits: { readonly most: number; readonly overhead: number },
  ) {
    this.gpu = memory.context;
    this.dt = problem.dt;
    this.readback = new Readback(this.gpu);
    this.scheduler = new Scheduler(this.gpu, { first: limits.most, target: SUBMIT_MS });
    const { adapter, software } = this.gpu;
    this.info = { name: 'webgpu', method: 'direct', adapter, software, precision: 'float32' };
  }

  /** Bytes read back from the GPU so far. */
  get bytesRead(): number {
    return this.readback.bytes;
  }

  cloud(): Cloud {
    const { n, d } = this.problem;
    return { device: this.gpu.device, theta: this.buffers.theta, speed: this.buffers.speed, n, d, stride: strideOf(d) };
  }

  async advance(k: number, options: AdvanceOptions = {}): Promise<LossRecord[]> {
    if (this.advancing) throw new Error('advance is already under way: await it before the next call');
    this.advancing = true;
    try {
      return await this.alone(() => this.advanceAlone(k, options));
    } finally {
      this.advancing = false;
    }
  }

  theta(): Promise<Theta> {
    return this.alone(() => downloadTheta(this.readback, this.buffers.theta, this.problem.n, this.problem.d));
  }

  f(): Promise<Float64Array> {
    return this.alone(() => this.floats(this.steps.forward.buffers.f, this.problem.m));
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    const { d } = this.problem;
    const f = new Float64Array(x.length / d);
    for (let first = 0; first < f.length; first += INPUTS) {
      const some = x.subarray(first * d, (first + INPUTS) * d);
      f.set(await this.alone(() => this.predictSome(some)), first);
    }
    return f;
  }

  /** f at `count` inputs of one's own, kept on the GPU: place the inputs, `refresh` when θ has moved. */
  async field(count: number): Promise<Field> {
    const field = await this.alone(() => this.makeField(count));
    this.fields.add(field);
    return field;
  }

  /** Submits the work that brings the field's values up to the current θ; the GPU does it before anything submitted later. */
  refresh(field: Field): Promise<void> {
    return this.alone(() => this.run(field));
  }

  restore(theta: Theta, step: number): Promise<void> {
    return this.alone(async () => {
      const { n, d } = this.problem;
      if (theta.length !== n * (1 + d)) throw new RangeError(`θ has ${theta.length} numbers, not n (1 + d) = ${n * (1 + d)}`);
      uploadTheta(this.gpu, this.buffers.theta, theta, d);
      resetStatus(this.gpu.device, this.buffers.status, step - 1);
      await this.scheduler.run(this.steps.settle);
      await this.scheduler.submit();
      this.step = step;
      assertGood((await this.readLosses(step, step)).bad, []);
    });
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    void this.queue.then(() => {
      for (const field of this.fields) field.destroy();
      this.predictor?.destroy();
      this.readback.destroy();
      this.memory.destroy();
    });
  }

  /** Runs one thing at a time, in the order of the calls. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(async () => {
      this.assertAlive();
      return await work();
    }).catch((error: unknown) => {
      throw engineError(error);
    });
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async advanceAlone(k: number, { every = Infinity, signal }: AdvanceOptions): Promise<LossRecord[]> {
    const records: LossRecord[] = [];
    const last = this.step + k;
    while (this.step < last && !signal?.aborted) {
      const before = this.step;
      this.step += await this.submitSteps(Math.min(last - before, RING), signal);
      const first = Math.min(this.step, (Math.floor(before / every) + 1) * every || this.step);
      const { losses, bad } = await this.readLosses(first, this.step);
      losses.forEach((loss, i) => {
        if ((first + i) % every === 0 && first + i < bad) records.push({ step: first + i, loss });
      });
      assertGood(bad, records);
    }
    if (records.at(-1)?.step !== this.step) records.push({ step: this.step, loss: this.loss });
    return records;
  }

  /** Submits up to `count` whole steps, fewer when `signal` aborts; returns how many. */
  private async submitSteps(count: number, signal: AbortSignal | undefined): Promise<number> {
    let done = 0;
    for (; done < count && !signal?.aborted; done++) {
      if (this.dt !== this.submittedDt) await this.submitStepSize();
      for (const dispatch of this.steps.step) {
        if (!this.scheduler.fits(dispatch.cost)) await this.submit();
        this.scheduler.add(dispatch);
      }
    }
    await this.submit();
    return done;
  }

  private async submit(): Promise<void> {
    await this.scheduler.submit();
    this.assertAlive();
  }

  /** The steps added so far keep the old dt: they are submitted before the new one is written. */
  private async submitStepSize(): Promise<void> {
    await this.scheduler.submit();
    this.submittedDt = this.dt;
    this.steps.setStepSize(this.dt);
  }

  /** Losses of steps first … last, which is the current one, from the ring; and the first bad step so far, or NEVER. */
  private async readLosses(first: number, last: number): Promise<{ losses: number[]; bad: number }> {
    const { status, ring } = this.buffers;
    const bytes = await this.readback.read([{ buffer: status, offset: 0, size: Status.size }, ...ringSpans(ring, first, last)]);
    const losses = [...new Float32Array(bytes, Status.size)];
    this.loss = losses[losses.length - 1];
    return { losses, bad: new Uint32Array(bytes)[Status.offsets.bad / 4] };
  }

  private async floats(buffer: GPUBuffer, count: number): Promise<Float64Array> {
    return Float64Array.from(new Float32Array(await this.readback.read([{ buffer, offset: 0, size: count * 4 }])));
  }

  private async predictSome(x: Float64Array): Promise<Float64Array> {
    const count = x.length / this.problem.d;
    if (this.predictor?.count !== count) {
      this.predictor?.destroy();
      this.predictor = await this.makeField(count);
    }
    this.predictor.place(x);
    await this.run(this.predictor);
    return this.floats(this.predictor.values, count);
  }

  private makeField(points: number): Promise<Field> {
    const { n, d, activation, outer } = this.problem;
    return Field.create(this.gpu, { n, d, points, activation, outer, limits: this.limits }, this.buffers.theta);
  }

  private async run(field: Field): Promise<void> {
    await this.scheduler.run(field.dispatches);
    await this.scheduler.submit();
  }

  private assertAlive(): void {
    if (this.gpu.failed) throw this.gpu.failed;
    if (this.destroyed) throw new Error('the engine is destroyed');
  }
}

function assertGood(bad: number, losses: readonly LossRecord[]): void {
  if (bad !== NEVER) throw new DivergedError(bad, 'a neuron or the loss is no longer finite', losses);
}

/** The places of steps first … last, at most RING of them, in the ring: one span, or two where it wraps. */
function ringSpans(buffer: GPUBuffer, first: number, last: number): Span[] {
  const start = first % RING;
  const end = start + (last - first) + 1;
  const span = (from: number, to: number): Span => ({ buffer, offset: from * 4, size: (to - from) * 4 });
  return end <= RING ? [span(start, end)] : [span(start, RING), span(0, end - RING)];
}

/** The plumbing's errors in the words of the engines' contract. */
function engineError(error: unknown): unknown {
  if (error instanceof GpuLost) return new DeviceLostError(error.message);
  if (error instanceof GpuMemoryError) return new CapacityError(`the GPU's memory is too small: ${error.message}; choose a smaller n`);
  return error;
}
