/**
 * The sums on a GPU, in float32. θ, f and r live on the GPU; a run of many steps reads back a status word and
 * the losses it was asked for. Same code in a page and in Node.
 */
import { extentOf } from '../../core/mesh/grid.ts';
import { NEVER, Status } from '../../../shaders/bindings.ts';
import { RING } from '../../../shaders/loss.ts';
import { WORKGROUP, strideOf } from '../../../shaders/particle.ts';
import { GpuLost } from '../../gpu/device.ts';
import { GpuMemoryError, Memory } from '../../gpu/memory.ts';
import { Readback } from '../../gpu/readback.ts';
import { Scheduler } from '../../gpu/schedule.ts';
import {
  CapacityError,
  checkDrive,
  checkProblem,
  DeviceLostError,
  DivergedError,
  replicasOf,
} from '../engine.ts';
import { Field } from './field.ts';
import { Observer } from './observe.ts';
import type { ObservableName } from '../../core/observables.ts';
import { allocatePoints } from './forward.ts';
import { Grids } from './grids.ts';
import { FIRST_ACCURACY } from '../accuracy.ts';
import { downloadTheta, repeat, uploadInputs, uploadTheta } from './pack.ts';
import { partsOf, rowsOf } from './parts.ts';
import { checkCapacity, inputsTogether, largestBuffer, usualTuning } from './plan.ts';
import { readSample } from './sample.ts';
import { sectorSums } from './sector.ts';
import { remembered, tune, type Store } from './tune.ts';
import { allocateState, directSums, prepareSteps, resetStatus, resume } from './steps.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Span } from '../../gpu/readback.ts';
import type { Dispatch, Spent } from '../../gpu/schedule.ts';
import type {
  Accuracy,
  AdvanceOptions,
  Engine,
  EngineInfo,
  LossRecord,
  Method,
  Problem,
  Sample,
  Theta,
} from '../engine.ts';
import type { ForwardBuffers } from './forward.ts';
import type { Cut, Tuning } from './plan.ts';
import type { State, Steps } from './steps.ts';

export interface WebGpuOptions {
  /** Default: direct. */
  readonly method?: Method;
  /** Keep |b| of every particle in a buffer, for colouring. */
  readonly recordSpeed?: boolean;
  /** Most pairs in one dispatch; the default suits the adapter. */
  readonly dispatchPairs?: number;
  /** Most bytes of particles in one buffer; the default is what the adapter allows. Changes no bit. */
  readonly mostBytes?: number;
  /** What a trial on this adapter has found best; default a rule. */
  readonly tuning?: Tuning;
}

/** What a view needs to draw the particles from where they are. */
export interface Cloud {
  readonly device: GPUDevice;
  /** One after the other; of replicas, the first one. */
  readonly parts: readonly CloudPart[];
  /** Particles in all. */
  readonly n: number;
  readonly d: number;
  readonly stride: number;
}

export interface CloudPart {
  /**
   * vec4f × stride a particle: w1, w0_1 … w0_d, zeros; of replicas, others follow. Usage includes VERTEX and
   * STORAGE.
   */
  readonly theta: GPUBuffer;
  /** |b| [n] f32, at the start of the last step; null unless recorded. */
  readonly speed: GPUBuffer | null;
  /** Particles in it. */
  readonly n: number;
}

/** What struct Status says. */
interface Place {
  readonly step: number;
  readonly bad: number;
  readonly stages: number;
  readonly halted: boolean;
}

/** A driver's patience is longer by far; a page's is not: two submits are in the queue. */
const SUBMIT_MS = 50;
/** Pairs of a first submit, and what a dispatch costs beside its pairs: some 10 to 50 ms, some microseconds. */
const PACE = {
  software: { pairs: 2 ** 22, overhead: 2 ** 13 },
  hardware: { pairs: 2 ** 26, overhead: 2 ** 18 },
} as const;
/**
 * An adapter may be so many times slower than that, and yet a dispatch takes no longer than a submit should.
 */
const GRAINS = 8;

/** Replicas are moved by direct sums alone. */
export function createWebGpuEngine(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions = {},
): Promise<WebGpuEngine> {
  return assemble(gpu, problem, options, (engine) => engine.open());
}

/**
 * Compiles what an engine of such a problem needs, whatever its n and θ, on this device: later engines there
 * start at once.
 */
export async function compileAhead(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions = {},
): Promise<void> {
  const n = STAND_INS;
  const theta = new Float32Array(replicasOf(problem) * n * (1 + problem.d));
  (await assemble(gpu, { ...problem, n, theta }, options, (engine) => engine.compile())).destroy();
}

/** Neurons that stand for all where only their shaders are wanted: no fewer than any shader takes together. */
const STAND_INS = 64;

async function assemble(
  gpu: GpuContext,
  problem: Problem,
  options: WebGpuOptions,
  start: (engine: WebGpuEngine) => Promise<void>,
): Promise<WebGpuEngine> {
  const { method = 'direct' } = options;
  const replicas = replicasOf(problem);
  if (replicas > 1 && method !== 'direct')
    throw new RangeError(`method = "${method}" is for one system, not for R = ${replicas}: choose "direct"`);
  checkCapacity(problem, gpu.device.limits);
  const parts = partsOf(problem, options.mostBytes ?? largestBuffer(gpu.device.limits));
  checkProblem(problem);
  const memory = new Memory(gpu);
  try {
    const state = await allocateState(memory, problem, options.recordSpeed ?? false, parts);
    const points = await allocatePoints(memory, { points: problem.m, d: problem.d, replicas });
    const { pairs, overhead } = gpu.software ? PACE.software : PACE.hardware;
    const { p, q } = options.tuning ?? usualTuning(problem.d, gpu.software);
    const affordable = pairs / (2 * WORKGROUP * problem.m); // of a workgroup's, which cannot be cut
    const limits = {
      most: options.dispatchPairs ?? Infinity,
      grain: pairs / GRAINS,
      overhead,
      p: Math.max(1, Math.min(p, affordable)),
      q,
    };
    uploadInputs(gpu, points.x, problem.x, problem.d);
    gpu.device.queue.writeBuffer(points.y, 0, repeat(problem.y, new Float32Array(replicas * problem.m)));
    const steps =
      method === 'mesh' ? null : await exactSteps(EXACT_SUMS[method], memory, problem, state, points, limits);
    const engine = new WebGpuEngine(memory, problem, state, points, method, steps, limits);
    await start(engine);
    return engine;
  } catch (error) {
    memory.destroy();
    throw engineError(error);
  }
}

/** Sums that no grid stands between. */
const EXACT_SUMS = { direct: directSums, sector: sectorSums } as const;

async function exactSteps(
  sums: typeof directSums,
  memory: Memory,
  problem: Problem,
  state: State,
  points: ForwardBuffers,
  limits: Cut,
): Promise<Steps> {
  return prepareSteps(
    memory,
    problem,
    state,
    points,
    await sums(memory, problem, state, points, limits),
    limits,
  );
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
  private observer: Observer | null = null;
  /** Of a method on a mesh. */
  private readonly grids: Grids | null;
  /** What is left of a step that a grid too small has halted. */
  private rest: readonly Dispatch[] = [];
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
    private readonly points: ForwardBuffers,
    method: Method,
    private readonly fixedSteps: Steps | null,
    private readonly limits: Cut,
  ) {
    this.gpu = memory.context;
    this.dt = problem.dt;
    this.readback = new Readback(this.gpu);
    this.scheduler = new Scheduler(this.gpu, {
      first: PACE[this.gpu.software ? 'software' : 'hardware'].pairs,
      target: SUBMIT_MS,
    });
    const { adapter, software } = this.gpu;
    const run = (dispatches: readonly Dispatch[]): Promise<void> => this.run(dispatches);
    const host = {
      problem,
      state: buffers,
      points,
      limits,
      readback: this.readback,
      run,
      settle: () => this.settle(this.step),
    };
    this.grids = fixedSteps ? null : new Grids(this.gpu, host);
    this.info = { name: 'webgpu', method, adapter, software, precision: 'float32' };
  }

  get spent(): Spent {
    return this.scheduler.spent;
  }

  get accuracy(): Accuracy | null {
    return this.grids?.resolution.accuracy ?? null;
  }

  /** Goes to step 0, with an approximate method on the grid that suits it. */
  open(): Promise<void> {
    return this.alone(async () => {
      await this.place(this.problem.theta, 0, FIRST_ACCURACY);
      await this.grids?.resolution.suit(0);
    });
  }

  /** Compiles what steps need, and takes none. */
  async compile(): Promise<void> {
    await this.grids?.resolution.place(FIRST_ACCURACY, [0, 0, 0, 0]);
  }

  /** Bytes read back from the GPU so far. */
  get bytesRead(): number {
    return this.readback.bytes;
  }

  cloud(): Cloud {
    const { n, d } = this.problem;
    const { parts, theta, speed } = this.buffers;
    const first = parts.flatMap((part, k) =>
      part.system > 0 ? [] : [{ theta: theta[k], speed: speed?.[k] ?? null, n: part.n }],
    );
    return { device: this.gpu.device, parts: first, n, d, stride: strideOf(d) };
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
    return this.alone(async () => {
      const { n, d } = this.problem;
      const { parts, theta } = this.buffers;
      const all = new Float32Array(replicasOf(this.problem) * n * (1 + d));
      for (const [k, part] of parts.entries())
        await downloadTheta(this.readback, theta[k], part.n, d, part.systems, rowsOf(all, part, n, 1 + d));
      return all;
    });
  }

  sample(most: number): Promise<Sample> {
    return this.alone(() => readSample(this.readback, this.buffers, this.problem, most));
  }

  f(): Promise<Float64Array> {
    return this.alone(() => this.floats(this.points.f, replicasOf(this.problem) * this.problem.m));
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    const { n, d } = this.problem;
    const replicas = replicasOf(this.problem);
    const count = x.length / d;
    const together = inputsTogether(n, d, replicas);
    const f = new Float64Array(replicas * count);
    for (let first = 0; first < count; first += together) {
      const some = await this.alone(() => this.predictSome(x.subarray(first * d, (first + together) * d)));
      const size = some.length / replicas;
      for (let k = 0; k < replicas; k++) f.set(some.subarray(k * size, (k + 1) * size), k * count + first);
    }
    return f;
  }

  observables(): Promise<Record<ObservableName, number>> {
    return this.alone(async () => {
      this.observer ??= await Observer.create(this.memory, this.problem, this.buffers, this.limits);
      await this.run(this.observer.dispatches);
      return this.observer.read(this.readback);
    });
  }

  /** f [R, count] at inputs of one's own, kept on the GPU: place the inputs, `refresh` when θ has moved. */
  async field(count: number): Promise<Field> {
    const field = await this.alone(() => this.makeField(count));
    this.fields.add(field);
    return field;
  }

  /**
   * Submits the work that brings the field's values up to the current θ; the GPU does it before anything
   * submitted later.
   */
  refresh(field: Field): Promise<void> {
    return this.alone(() => this.run(field.dispatches));
  }

  restore(theta: Theta, step: number, accuracy?: Accuracy): Promise<void> {
    return this.alone(async () => {
      await this.place(theta, step, accuracy ?? this.grids?.resolution.first ?? FIRST_ACCURACY);
      if (!accuracy) await this.grids?.resolution.keep(step);
    });
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  /**
   * Where the adapter has not been tried yet for such a problem: tries it in between other work, 10 ms or so at
   * a time, for engines to come.
   */
  async tune(store: Store): Promise<void> {
    if (this.info.method !== 'direct' || remembered(this.gpu, this.problem, store)) return;
    await tune(this.gpu, this.problem, { store, alone: (work) => this.alone(work) });
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    void this.queue.then(() => {
      for (const field of this.fields) field.destroy();
      this.predictor?.destroy();
      this.grids?.destroy();
      this.readback.destroy();
      this.memory.destroy();
    });
  }

  /** Runs one thing at a time, in the order of the calls. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue
      .then(async () => {
        this.assertAlive();
        return await work();
      })
      .catch((error: unknown) => {
        throw engineError(error);
      });
    this.queue = result.catch(() => undefined);
    return result;
  }

  private get steps(): Steps {
    return this.fixedSteps ?? this.grids!.steps;
  }

  private async place(theta: Theta, step: number, accuracy: Accuracy): Promise<void> {
    const { n, d } = this.problem;
    checkProblem({ ...this.problem, theta });
    for (const [k, part] of this.buffers.parts.entries())
      uploadTheta(this.gpu, this.buffers.theta[k], rowsOf(theta, part, n, 1 + d), part.n, d);
    if (this.grids) {
      const extent = extentOf(theta, d);
      if (!extent.every(Number.isFinite)) assertGood(step, []);
      await this.grids.resolution.place(accuracy, extent);
    }
    await this.settle(step);
  }

  /** f, r and the loss of the current θ, as those of a step. */
  private async settle(step: number): Promise<void> {
    resetStatus(this.gpu.device, this.buffers.status, step - 1);
    await this.run(this.steps.settle);
    this.rest = [];
    this.step = step;
    this.submittedDt = NaN;
    const { losses, bad } = await this.readLosses(step, step);
    this.loss = losses[0];
    assertGood(bad, []);
  }

  private async advanceAlone(
    k: number,
    { every = Infinity, signal, drive }: AdvanceOptions,
  ): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    const records: LossRecord[] = [];
    const last = this.step + k;
    const lead = drive && this.leadBy(drive, this.step);
    while ((this.step < last && !signal?.aborted) || this.rest.length > 0) {
      const before = this.step;
      const untilCheck = this.grids?.resolution.untilCheck(before) ?? RING;
      const done = await this.submitSteps(Math.min(last - before, RING, untilCheck), signal, lead);
      const { losses, bad, halted } = await this.readSteps(before, before + done, every);
      for (const record of losses) if (record.step < bad) records.push(record);
      assertGood(bad, records);
      if (halted > 0) await this.grow(halted, records);
      else if (this.grids?.resolution.isDue(this.step)) await this.grids.resolution.keep(this.step);
      const end = records.at(-1);
      // another grid, another loss
      if (end?.step === this.step) records[records.length - 1] = { step: this.step, loss: this.loss };
    }
    if (records.at(-1)?.step !== this.step) records.push({ step: this.step, loss: this.loss });
    await this.scheduler.idle(); // and what the steps took is known, too
    return records;
  }

  /**
   * The losses asked for of steps after `before`, which go to `last` unless the GPU has halted after so many
   * stages of the next one.
   */
  private async readSteps(
    before: number,
    last: number,
    every: number,
  ): Promise<{ losses: LossRecord[]; bad: number; halted: number }> {
    const first = (end: number): number => Math.min(end, (Math.floor(before / every) + 1) * every || end);
    const answer = await this.readLosses(first(last), last);
    const { step, bad } = answer;
    this.step = step;
    if (step === before) return { losses: [], bad, halted: answer.stages };
    const { losses } = step === last ? answer : await this.readLosses(first(step), step);
    this.loss = losses[losses.length - 1];
    const asked = losses
      .map((loss, i) => ({ step: first(step) + i, loss }))
      .filter((record) => record.step % every === 0);
    return { losses: asked, bad, halted: answer.halted ? answer.stages : 0 };
  }

  /** A particle has left the grid: the step goes on, from where it is halted, on a larger one. */
  private async grow(stages: number, records: readonly LossRecord[]): Promise<void> {
    await this.grids!.grow().catch((error: unknown) => {
      throw error instanceof CapacityError ? new DivergedError(this.step + 1, error.message, records) : error;
    });
    this.steps.setStepSize(this.submittedDt);
    resume(this.gpu.device, this.buffers.status);
    this.rest = this.steps.after(stages);
  }

  /** Residual paths [k, m] from step `from` on, as what puts into r those of the step after a given one. */
  private leadBy(drive: Float64Array, from: number): (step: number) => void {
    const { m } = this.problem;
    const all = new Float32Array(replicasOf(this.problem) * m);
    return (step) => {
      const row = drive.subarray((step - from) * m, (step - from + 1) * m);
      this.gpu.device.queue.writeBuffer(this.points.r, 0, repeat(row, all));
    };
  }

  /**
   * Submits up to `count` whole steps, fewer when `signal` aborts; returns how many. The first may be the rest
   * of one. `lead` is called before each other one, with its number, once all before it is submitted.
   */
  private async submitSteps(
    count: number,
    signal: AbortSignal | undefined,
    lead?: (step: number) => void,
  ): Promise<number> {
    let done = 0;
    for (; done < count && (!signal?.aborted || this.rest.length > 0); done++) {
      if (lead && this.rest.length === 0) {
        await this.scheduler.submit();
        lead(this.step + done);
      }
      if (this.rest.length === 0 && this.dt !== this.submittedDt) await this.submitStepSize();
      const dispatches = this.rest.length > 0 ? this.rest : this.steps.step;
      this.rest = [];
      await this.scheduler.run(dispatches, () => this.submit());
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

  /**
   * Losses of steps first … last, which is the current one, from the ring; and what the GPU says of where it
   * is.
   */
  private async readLosses(first: number, last: number): Promise<Place & { losses: number[] }> {
    const { status, ring } = this.buffers;
    const bytes = await this.readback.read([
      { buffer: status, offset: 0, size: Status.size },
      ...ringSpans(ring, first, last),
    ]);
    const losses = [...new Float32Array(bytes, Status.size)];
    const words = new Uint32Array(bytes, 0, Status.size / 4);
    const word = (field: keyof typeof Status.offsets): number => words[Status.offsets[field] / 4];
    return { losses, step: word('step'), bad: word('bad'), stages: word('stages'), halted: word('halted') > 0 };
  }

  private async floats(buffer: GPUBuffer, count: number): Promise<Float64Array> {
    return Float64Array.from(
      new Float32Array(await this.readback.read([{ buffer, offset: 0, size: count * 4 }])),
    );
  }

  private async predictSome(x: Float64Array): Promise<Float64Array> {
    const count = x.length / this.problem.d;
    if (this.predictor?.count !== count) {
      this.predictor?.destroy();
      this.predictor = await this.makeField(count);
    }
    this.predictor.place(x);
    await this.run(this.predictor.dispatches);
    return this.floats(this.predictor.values, replicasOf(this.problem) * count);
  }

  private makeField(points: number): Promise<Field> {
    const { n, d, activation, outer } = this.problem;
    const { parts, theta } = this.buffers;
    return Field.create(
      this.gpu,
      { n, d, points, replicas: replicasOf(this.problem), parts, activation, outer, limits: this.limits },
      theta,
    );
  }

  private async run(dispatches: readonly Dispatch[]): Promise<void> {
    await this.scheduler.run(dispatches);
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
  if (error instanceof GpuMemoryError)
    return new CapacityError(`the GPU's memory is too small: ${error.message}; choose a smaller n`);
  return error;
}
