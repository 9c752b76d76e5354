/** Steps on a GPU: packed into submits, followed by what the device says of them, halted where a grid is too small. */
import { needsLoss } from '../../core/schedules.ts';
import { RING } from '../../../shaders/loss.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import {
  CapacityError,
  checkDrive,
  DivergedError,
  outputsIn,
  type AdvanceOptions,
  type LossRecord,
} from '../engine.ts';
import type { Resolution } from '../accuracy.ts';
import { ResidualPaths } from './residual-paths.ts';
import { assertGood, readLosses } from './losses.ts';
import { run, type Rig } from './rig.ts';
import { resetStatus, resume } from './state.ts';
import type { Steps } from './steps.ts';

/** What drives the steps from `from` on: a path's rows, of which the device holds some at a time. */
interface Driven {
  readonly paths: ResidualPaths;
  readonly rows: Float64Array;
  readonly from: number;
}

export class Run {
  step = 0;
  loss = NaN;
  dt: number;
  /** What is left of a step that a grid too small has halted. */
  private rest: readonly Dispatch[] = [];
  private paths: ResidualPaths | null = null;

  constructor(
    private readonly rig: Rig,
    private readonly stepsNow: () => Steps,
    /** Of a method on a mesh. */
    private readonly resolution: () => Resolution | null,
    private readonly assertAlive: () => void,
  ) {
    this.dt = rig.problem.dt;
  }

  /** f, r and the loss of the current θ, as those of a step. */
  async settle(step: number): Promise<void> {
    resetStatus(this.rig.gpu.device, this.rig.state.status, step - 1);
    await run(this.rig, this.stepsNow().settle);
    this.rest = [];
    this.step = step;
    const { losses, bad } = await readLosses(this.rig, step, step);
    this.loss = losses[0];
    assertGood(bad, []);
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions): Promise<LossRecord[]> {
    checkDrive(this.rig.problem, k, drive);
    const records: LossRecord[] = [];
    const last = this.step + k;
    const resolution = this.resolution();
    const driven = drive && { paths: await this.pathsOf(), rows: drive, from: this.step };
    while ((this.step < last && !signal?.aborted) || this.rest.length > 0) {
      const before = this.step;
      const untilCheck = needsLoss(this.rig.problem.schedules) ? 1 : (resolution?.untilCheck(before) ?? RING);
      const held = driven?.paths.most ?? this.rig.batches?.most ?? RING;
      const most = Math.min(last - before, RING, untilCheck, held);
      const done = await this.submitSteps(most, signal, driven);
      const { losses, bad, halted } = await this.readSteps(before, before + done, every);
      for (const record of losses) if (record.step < bad) records.push(record);
      assertGood(bad, records);
      if (halted > 0) await this.grow(halted, records);
      else if (resolution?.isDue(this.step)) await resolution.keep(this.step);
      const end = records.at(-1);
      // another grid, another loss
      if (end?.step === this.step) records[records.length - 1] = { step: this.step, loss: this.loss };
    }
    if (records.at(-1)?.step !== this.step) records.push({ step: this.step, loss: this.loss });
    await this.rig.scheduler.idle(); // and what the steps took is known, too
    return records;
  }

  private async pathsOf(): Promise<ResidualPaths> {
    return (this.paths ??= await ResidualPaths.create(this.rig));
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
    const answer = await readLosses(this.rig, first(last), last);
    const { step, bad } = answer;
    this.step = step;
    if (step === before) return { losses: [], bad, halted: answer.stages };
    const { losses } = step === last ? answer : await readLosses(this.rig, first(step), step);
    this.loss = losses[losses.length - 1];
    const asked = losses
      .map((loss, i) => ({ step: first(step) + i, loss }))
      .filter((record) => record.step % every === 0);
    return { losses: asked, bad, halted: answer.halted ? answer.stages : 0 };
  }

  /** A particle has left the grid: the step goes on, from where it is halted, on a larger one. */
  private async grow(stages: number, records: readonly LossRecord[]): Promise<void> {
    await this.resolution()!
      .grow()
      .catch((error: unknown) => {
        throw error instanceof CapacityError ? new DivergedError(this.step + 1, error.message, records) : error;
      });
    resume(this.rig.gpu.device, this.rig.state.status);
    this.rest = this.stepsNow().after(stages);
  }

  /**
   * Submits up to `count` whole steps, fewer when `signal` aborts; returns how many. The first may be the rest of
   * one, which keeps its record and its residuals.
   */
  private async submitSteps(count: number, signal: AbortSignal | undefined, driven?: Driven): Promise<number> {
    const { scheduler, timetable, batches, problem } = this.rig;
    if (this.rest.length === 0) timetable.write(this.step, count, this.dt, this.loss);
    else if (count > 1) timetable.write(this.step + 1, count - 1, this.dt, this.loss);
    batches?.place(this.step, count);
    if (driven) {
      const row = (this.step - driven.from) * outputsIn(problem);
      driven.paths.place(driven.rows.subarray(row, row + count * outputsIn(problem)), this.step);
    }
    const whole = [...(driven?.paths.dispatches ?? []), ...this.stepsNow().step];
    let done = 0;
    for (; done < count && (!signal?.aborted || this.rest.length > 0); done++) {
      // whoever changes dt meanwhile changes it from the next step on: no record of one that is under way is touched
      if (this.rest.length === 0) timetable.write(this.step + done, 1, this.dt, this.loss);
      const dispatches = this.rest.length > 0 ? this.rest : whole;
      this.rest = [];
      await scheduler.run(dispatches, () => this.submit());
    }
    await this.submit();
    return done;
  }

  private async submit(): Promise<void> {
    await this.rig.scheduler.submit();
    this.assertAlive();
  }
}
