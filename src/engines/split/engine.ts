/**
 * One system on several engines: each shard of the particles has one of its own, and all that they tell each other goes
 * through this thread, the m c numbers of f there and those of r back (docs/model.md, fact 6). The cut depends on n alone
 * and sums are added in the order of the shards, so that bits do not depend on how many adapters share them.
 */
import { needsLoss } from '../../core/dynamics/schedules.ts';
import { activeTerms, hasVelocity } from '../../core/dynamics/terms.ts';
import type { Means } from '../../core/observables.ts';
import { Serial } from '../../core/serial.ts';
import { shapeOf } from '../../core/shape.ts';
import { added, joined } from '../../core/sums.ts';
import { checkDrive, checkProblem } from '../check.ts';
import { Lesson } from '../cpu/lesson.ts';
import { Exclusive, opened } from '../cpu/lifetime.ts';
import { shardRanges, type ShardRange } from '../cpu/shards.ts';
import {
  DivergedError,
  replicasOf,
  type AdvanceOptions,
  type Engine,
  type EngineInfo,
  type LossRecord,
  type ParticleSample,
  type Problem,
  type Theta,
} from '../engine.ts';

/** Why the particles of a problem cannot be shared among engines, in one clause; null: they can. */
export function splitFault(problem: Problem): string | null {
  const { integrator, batch, stream, schedules, terms } = problem;
  const replicas = replicasOf(problem);
  if (replicas > 1) return `R = ${replicas} replicas are systems of their own`;
  if (integrator !== 'euler')
    return `the integrator "${integrator}" has stages, and residuals are exchanged once a step: take "euler"`;
  if (batch || stream) return `dynamics.${batch ? 'batch' : 'stream'} takes other rows at every step`;
  if (activeTerms(terms).includes('noise'))
    return 'dynamics.temperature draws noise by a particle’s number in its own engine';
  return needsLoss(schedules) ? 'dt over the loss asks for the loss of all particles' : null;
}

/** `open` gives the engine of shard k, whose problem has its particles alone; `place` says where they are, for people. */
export async function openSplit(
  problem: Problem,
  open: (problem: Problem, k: number) => Promise<Engine>,
  place = '',
): Promise<Engine> {
  checkProblem(problem);
  const ranges = shardRanges(problem.n);
  const engines: Engine[] = [];
  try {
    for (const [k, range] of ranges.entries())
      engines.push(
        await open({ ...problem, n: sizeOf(range), theta: rowsIn(problem, range, problem.theta) }, k),
      );
    return await opened(new SplitEngine(problem, ranges, engines, place));
  } catch (error) {
    for (const engine of engines) engine.destroy();
    throw error;
  }
}

const sizeOf = ({ first, last }: ShardRange): number => last - first;
const NOT_FINITE = 'a neuron or the loss is no longer finite';

/** θ [n_k, c + d] of a shard. */
function rowsIn(problem: Problem, { first, last }: ShardRange, theta: Theta): Theta {
  const { width } = shapeOf(problem);
  return theta.subarray(first * width, last * width);
}

const joinedRows = (parts: readonly Theta[]): Theta =>
  parts[0] instanceof Float64Array
    ? joined(parts as Float64Array[], Float64Array)
    : joined(parts as Float32Array[], Float32Array);

class SplitEngine implements Engine {
  readonly info: EngineInfo;
  step = 0;
  private readonly lesson: Lesson;
  private readonly advancing = new Exclusive();
  private readonly queue = new Serial();

  constructor(
    readonly problem: Problem,
    private readonly ranges: readonly ShardRange[],
    private readonly engines: readonly Engine[],
    place: string,
  ) {
    this.lesson = new Lesson(problem, 'direct');
    const adapters = [...new Set(engines.map(({ info }) => info.adapter))];
    const software = engines.some(({ info }) => info.software);
    const adapter = `${adapters.join(' and ')}, ${ranges.length} shards${place}`;
    this.info = { ...engines[0].info, adapter, software };
  }

  get loss(): number {
    return this.lesson.loss;
  }

  /** f, r and the loss at step 0. */
  open(): Promise<void> {
    return this.queue.run(() => this.gather());
  }

  advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    return this.advancing.run(() => {
      checkDrive(this.problem, k, drive);
      return this.queue.run(() => this.go(k, every, signal, drive));
    });
  }

  async theta(): Promise<Theta> {
    return joinedRows(await this.ask((engine) => engine.theta()));
  }

  async velocity(): Promise<Theta | null> {
    if (!hasVelocity(this.problem.terms)) return null;
    return joinedRows(await this.ask(async (engine) => (await engine.velocity!())!));
  }

  f(): Promise<Float64Array> {
    return this.queue.run(async () => this.lesson.f.slice());
  }

  async predict(x: Float64Array): Promise<Float64Array> {
    return added(await this.ask((engine) => engine.predict(x)));
  }

  /** Those of the shards, each with its share of the particles. */
  async observables(): Promise<Means> {
    const means: Means[] = await this.ask((engine) => engine.observables());
    const names = Object.keys(means[0]) as (keyof Means)[];
    const mean = (name: keyof Means): number =>
      means.reduce((sum, one, k) => sum + one[name]! * (sizeOf(this.ranges[k]) / this.problem.n), 0);
    return Object.fromEntries(names.map((name) => [name, mean(name)]));
  }

  async sample(most: number): Promise<ParticleSample> {
    const share = (k: number): number =>
      Math.max(1, Math.floor((most * sizeOf(this.ranges[k])) / this.problem.n));
    const some = await this.ask((engine, k) => engine.sample(share(k)));
    const all = <Key extends 'theta' | 'speed'>(name: Key): Float32Array =>
      joined(
        some.map((one) => one[name]),
        Float32Array,
      );
    const rows = some.flatMap((one, k) => Array.from(one.rows, (row) => row + this.ranges[k].first));
    return {
      ...some[0],
      theta: all('theta'),
      speed: all('speed'),
      rows: Uint32Array.from(rows),
      n: rows.length,
    };
  }

  async restore(theta: Theta, step: number, _accuracy?: unknown, velocity?: Theta): Promise<void> {
    const { problem, ranges } = this;
    checkProblem({ ...problem, theta });
    const rows = (all: Theta, k: number): Theta => rowsIn(problem, ranges[k], all);
    await this.queue.run(async () => {
      await this.all((engine, k) =>
        engine.restore(rows(theta, k), step, undefined, velocity && rows(velocity, k)),
      );
      this.step = step;
      await this.gather();
    });
  }

  setStepSize(dt: number): void {
    for (const engine of this.engines) engine.setStepSize(dt);
  }

  destroy(): void {
    for (const engine of this.engines) engine.destroy();
  }

  private async go(
    k: number,
    every: number,
    signal?: AbortSignal,
    drive?: Float64Array,
  ): Promise<LossRecord[]> {
    const losses: LossRecord[] = [];
    const { r } = this.lesson;
    const from = this.step;
    while (this.step < from + k && !signal?.aborted) {
      const row = (this.step - from) * r.length;
      await this.move(drive ? drive.subarray(row, row + r.length) : r, losses);
      if (this.step % every === 0) losses.push({ step: this.step, loss: this.loss });
    }
    if (losses.at(-1)?.step !== this.step) losses.push({ step: this.step, loss: this.loss });
    return losses;
  }

  /** One step of every shard, and where it leads. */
  private async move(r: Float64Array, losses: readonly LossRecord[]): Promise<void> {
    try {
      await this.all((engine) => engine.advance(1, { drive: r }));
      this.step++;
      await this.gather();
    } catch (error) {
      throw error instanceof DivergedError ? new DivergedError(error.step, NOT_FINITE, losses) : error;
    }
  }

  /** f of all from that of each shard, r and the loss. */
  private async gather(): Promise<void> {
    const { outer } = this.problem;
    const f = added(await this.all((engine) => engine.f()));
    this.lesson.receive(
      f.map((value) => value / outer),
      true,
    );
    if (!Number.isFinite(this.loss)) throw new DivergedError(this.step, NOT_FINITE);
  }

  /** When nothing else is under way. */
  private ask<A>(question: (engine: Engine, k: number) => Promise<A>): Promise<A[]> {
    return this.queue.run(() => this.all(question));
  }

  /** All at once; answers in the order of the shards. What fails is told when none is at work any more. */
  private async all<A>(question: (engine: Engine, k: number) => Promise<A>): Promise<A[]> {
    const answers = await Promise.allSettled(this.engines.map(question));
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
  }
}
