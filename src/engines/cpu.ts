/** The float64 engine: the reference, and what machines without WebGPU compute with. Direct sums, on this thread or on workers. */
import { LOSSES } from '../core/losses.ts';
import { INTEGRATORS } from '../core/integrators.ts';
import { meanLoss, residual } from '../core/model.ts';
import { DivergedError, type AdvanceOptions, type Engine, type EngineInfo, type LossRecord, type Problem, type Theta } from './engine.ts';
import { RemoteGroup, type Port } from './shard-worker.ts';
import { LocalGroup, shardRanges, type ShardGroup, type ShardRange } from './shards.ts';

/** Below this many pairs (particle, sample) a step is shorter than the message that asks a worker for it. */
const PAIRS_WORTH_A_WORKER = 2 ** 15;

export interface CpuOptions {
  /** Opens one more worker; without it everything runs on this thread. */
  readonly spawn?: () => Port;
  /** Workers wanted (default: none). The result does not depend on it. */
  readonly workers?: number;
}

export async function createCpuEngine(problem: Problem, options: CpuOptions = {}): Promise<CpuEngine> {
  const engine = new CpuEngine(problem, options);
  await engine.restore(problem.theta, 0);
  return engine;
}

export class CpuEngine implements Engine {
  readonly info: EngineInfo;
  step = 0;
  loss = NaN;
  private readonly ranges: ShardRange[];
  private readonly groups: ShardGroup[];
  private readonly outputs: Float64Array;
  private readonly r: Float64Array;
  private dt: number;
  private busy = false;
  private destroyed = false;

  constructor(readonly problem: Problem, { spawn, workers = 0 }: CpuOptions) {
    this.ranges = shardRanges(problem.n);
    const useful = problem.n * problem.m >= PAIRS_WORTH_A_WORKER && spawn ? Math.min(workers, this.ranges.length) : 0;
    this.groups = openGroups(problem, this.ranges, useful > 1 ? spawn : undefined, Math.max(1, useful));
    this.outputs = new Float64Array(problem.m);
    this.r = new Float64Array(problem.m);
    this.dt = problem.dt;
    this.info = {
      name: 'cpu',
      method: 'direct',
      adapter: useful > 1 ? `CPU, ${useful} workers` : 'CPU, 1 thread',
      software: false,
      precision: 'float64',
    };
  }

  async advance(k: number, { every = Infinity, signal }: AdvanceOptions = {}): Promise<LossRecord[]> {
    return this.exclusively(async () => {
      const losses: LossRecord[] = [], last = this.step + k;
      while (this.step < last && !signal?.aborted) {
        await this.oneStep();
        this.checkFinite(losses);
        if (this.step % every === 0 || this.step === last) losses.push({ step: this.step, loss: this.loss });
      }
      if (losses.at(-1)?.step !== this.step) losses.push({ step: this.step, loss: this.loss });
      return losses;
    });
  }

  async theta(): Promise<Float64Array> {
    return this.gather(await this.ask((group) => group.theta()), new Float64Array(this.problem.n * (1 + this.problem.d)));
  }

  /** |b(θ_j)| [n] at the start of the last step, for colouring. */
  async speeds(): Promise<Float32Array> {
    return this.gather(await this.ask((group) => group.speeds()), new Float32Array(this.problem.n));
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    return this.total(await this.ask((group) => group.outputs(x)), new Float64Array(x.length / this.problem.d));
  }

  async f(): Promise<Float64Array> {
    return this.outputs.slice();
  }

  async restore(theta: Theta, step: number): Promise<void> {
    const cut = cutTheta(theta, this.ranges, this.problem.d);
    await Promise.all(this.groups.map((group, g) => group.setTheta(cut.filter((_, k) => k % this.groups.length === g))));
    this.step = step;
    this.receive(await this.ask((group) => group.outputs()), true);
    this.checkFinite();
  }

  setStepSize(dt: number): void {
    this.dt = dt;
  }

  destroy(): void {
    this.destroyed = true;
    for (const group of this.groups) group.destroy();
  }

  private async oneStep(): Promise<void> {
    const stages = INTEGRATORS[this.problem.integrator].weights.length;
    for (let stage = 0; stage < stages; stage++) {
      const sums = await this.ask((group) => group.advance(stage, this.r, this.dt));
      if (stage === stages - 1) this.step++;
      this.receive(sums, stage === stages - 1);
    }
  }

  /** New output sums: f and r follow, and at the end of a step the loss. */
  private receive(sums: Float64Array[], stepEnds: boolean): void {
    const loss = LOSSES[this.problem.loss];
    this.total(sums, this.outputs);
    residual(this.r, this.outputs, this.problem.y, loss);
    if (stepEnds) this.loss = meanLoss(this.outputs, this.problem.y, loss);
  }

  private checkFinite(losses: readonly LossRecord[] = []): void {
    if (!Number.isFinite(this.loss)) throw new DivergedError(this.step, 'a neuron or the loss is no longer finite', losses);
  }

  /** One array per shard, in shard order, whatever group holds it. */
  private async ask<T>(question: (group: ShardGroup) => Promise<T[]>): Promise<T[]> {
    if (this.destroyed) throw new Error('the CPU engine was destroyed');
    const answers = await Promise.all(this.groups.map(question));
    return this.ranges.map((_, k) => answers[k % this.groups.length][Math.floor(k / this.groups.length)]);
  }

  private total(sums: Float64Array[], f: Float64Array): Float64Array {
    f.fill(0);
    for (const sum of sums) for (let a = 0; a < f.length; a++) f[a] += sum[a];
    for (let a = 0; a < f.length; a++) f[a] *= this.problem.outer;
    return f;
  }

  private gather<T extends Float64Array | Float32Array>(parts: T[], whole: T): T {
    let offset = 0;
    for (const part of parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }

  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new Error('advance is already running: await it before the next call');
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
    }
  }
}

/** Shard k goes to group k mod `count`. */
function openGroups(problem: Problem, ranges: ShardRange[], spawn: (() => Port) | undefined, count: number): ShardGroup[] {
  const { theta, ...rest } = problem;
  const cut = cutTheta(theta, ranges, problem.d);
  return Array.from({ length: count }, (_, g) => {
    const setup = { problem: rest, thetas: cut.filter((_, k) => k % count === g) };
    return spawn ? new RemoteGroup(spawn(), setup) : new LocalGroup(setup);
  });
}

function cutTheta(theta: Theta, ranges: ShardRange[], d: number): Float64Array[] {
  return ranges.map(({ first, last }) => Float64Array.from(theta.subarray(first * (1 + d), last * (1 + d))));
}
