/** Steps on a GPU: packed into submits, followed by what the device says of them, halted where a grid is too small. */
import { needsLoss } from '../../core/dynamics/schedules.ts';
import { RING } from '../../../shaders/loss.ts';
import type { Dispatch, Spent } from '../../gpu/schedule.ts';
import { checkDrive } from '../check.ts';
import { DivergedError, outputsIn, type AdvanceOptions, type LossRecord } from '../engine.ts';
import type { Resolution } from '../accuracy.ts';
import { ResidualPaths } from './residual-paths.ts';
import { assertGood, readLosses } from './losses.ts';
import { run, type Rig } from './rig.ts';
import { resetStatus, resume } from './state.ts';
import { LISTED, type Steps } from './steps.ts';
import { followed, outcomeOf, type Batch } from './under-way.ts';

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
  spent: Spent = { busy: 0, waited: 0, apart: 0 };
  /** The step that was asked for. */
  goal = 0;
  /** Where the steps lead that are submitted. */
  private sent = 0;
  private readonly under: Batch[] = [];
  /** Of steps that are done, for the next call of advance: losses, and what it rejects with. */
  private known: LossRecord[] = [];
  private fault: unknown = null;
  /** What is left of a step that a grid too small has halted. */
  private rest: readonly Dispatch[] = [];
  private paths: ResidualPaths | null = null;
  /** Those whose lists have been made. */
  private listed: Steps | null = null;

  constructor(
    private readonly rig: Rig,
    private readonly stepsNow: () => Steps,
    /** Of a method on a mesh. */
    private readonly resolution: () => Resolution | null,
    private readonly assertAlive: () => void,
  ) {
    this.dt = rig.problem.dt;
  }

  /** A run goes on from this step, whatever was under way. */
  async begin(step: number): Promise<void> {
    await this.drop();
    this.known = [];
    this.fault = null;
    this.sent = this.goal = step;
    await this.settle(step);
  }

  /** f, r and the loss of the current θ, as those of a step. */
  async settle(step: number): Promise<void> {
    resetStatus(this.rig.gpu.device, this.rig.state.status, step - 1);
    const { feed } = this.rig;
    feed?.place(step, 1);
    const { lists, settle } = this.stepsNow();
    await run(this.rig, [...lists, ...settle, ...(feed?.whole?.dispatches ?? [])]);
    this.listed = this.stepsNow();
    this.rest = [];
    this.step = step;
    const { losses, bad } = await readLosses(this.rig, step, step);
    this.loss = losses[0];
    assertGood(bad, []);
  }

  async advance(k: number, options: AdvanceOptions): Promise<LossRecord[]> {
    checkDrive(this.rig.problem, k, options.drive);
    const records = this.known.splice(0);
    const { fault } = this;
    this.fault = null;
    if (fault !== null) {
      this.goal = this.sent;
      throw fault;
    }
    this.goal += k;
    await this.go(records, options);
    if (options.ahead) return records;
    if (records.at(-1)?.step !== this.step) records.push({ step: this.step, loss: this.loss });
    return records;
  }

  /** What was asked for ahead is done; what is wrong with it the next call of `advance` tells. */
  async arrive(): Promise<void> {
    const { goal } = this;
    await this.go(this.known, {}).catch((error: unknown) => {
      if (!(error instanceof DivergedError)) throw error;
      this.fault = error;
      this.goal = Math.max(goal, this.step + 1); // which is not reached
    });
  }

  /** Steps to the goal; `ahead`: all are submitted, and the last ones need not be done. */
  private async go(records: LossRecord[], options: AdvanceOptions): Promise<void> {
    const { signal, drive, ahead = false } = options;
    const driven = drive && { paths: await this.pathsOf(), rows: drive, from: this.sent };
    const goesOn = (): boolean => (this.sent < this.goal && !signal?.aborted) || this.rest.length > 0;
    try {
      while (goesOn() || this.under.length > (ahead ? 1 : 0)) {
        if (goesOn() && this.maySend) await this.send(options, driven);
        if (this.under.length > (ahead ? 1 : 0) || (goesOn() && !this.maySend)) await this.receive(records);
      }
    } catch (error) {
      await this.drop();
      this.sent = this.step;
      throw error;
    } finally {
      this.goal = this.sent;
    }
  }

  /** A step goes after others that are not done, unless it depends on their loss, or its grid on their particles. */
  private get maySend(): boolean {
    if (this.under.length === 0) return true;
    return !needsLoss(this.rig.problem.schedules) && !this.resolution()?.isDue(this.sent);
  }

  private async pathsOf(): Promise<ResidualPaths> {
    return (this.paths ??= await ResidualPaths.create(this.rig));
  }

  /** Submits some of the steps that are asked for. */
  private async send({ every = Infinity, signal }: AdvanceOptions, driven?: Driven): Promise<void> {
    const { rig, sent: from } = this;
    const untilCheck = needsLoss(rig.problem.schedules) ? 1 : (this.resolution()?.untilCheck(from) ?? RING);
    const held = driven?.paths.most ?? (rig.feed ?? rig.batches)?.most ?? RING;
    const count = Math.min(this.goal - from, RING, untilCheck, held);
    const to = from + (await this.submitSteps(count, every, signal, driven));
    if (to === from) return;
    this.sent = to;
    this.under.push(followed(rig, { from, to, every }));
  }

  /** The losses asked for of the steps under way that were submitted first. */
  private async receive(records: LossRecord[]): Promise<void> {
    const batch = this.under.shift()!;
    const { spent, step, bad } = await batch.answer;
    this.spent = spent;
    this.step = step;
    const { losses, halted } = await outcomeOf(this.rig, batch);
    if (step > batch.from) this.loss = losses[losses.length - 1].loss;
    for (const record of losses) if (record.step % batch.every === 0 && record.step < bad) records.push(record);
    assertGood(bad, records);
    const resolution = this.resolution();
    if (halted > 0) {
      await this.drop(); // they waited
      this.sent = this.step;
      await this.grow(halted);
    } else if (resolution?.isDue(this.step)) await resolution.keep(this.step);
    const end = records.at(-1);
    // another grid, another loss
    if (end?.step === this.step) records[records.length - 1] = { step: this.step, loss: this.loss };
  }

  /** What is under way is not waited for by anyone. */
  private async drop(): Promise<void> {
    this.rest = [];
    await Promise.allSettled(this.under.splice(0).map(({ answer }) => answer));
  }

  /** A particle has left the grid: the step goes on, from where it is halted, on a larger one. */
  private async grow(stages: number): Promise<void> {
    await this.resolution()!.grow();
    resume(this.rig.gpu.device, this.rig.state.status);
    this.rest = this.stepsNow().after(stages);
  }

  /**
   * Submits up to `count` whole steps, fewer when `signal` aborts; returns how many. The first may be the rest of
   * one, which keeps its record and its residuals.
   */
  private async submitSteps(
    count: number,
    every: number,
    signal: AbortSignal | undefined,
    driven?: Driven,
  ): Promise<number> {
    const { scheduler, timetable, feed, batches, problem } = this.rig;
    const { sent: from } = this;
    if (this.rest.length === 0) timetable.write(from, count, this.dt, this.loss);
    else if (count > 1) timetable.write(from + 1, count - 1, this.dt, this.loss);
    batches?.place(from, count);
    feed?.place(from + 1, count);
    if (driven) {
      const row = (from - driven.from) * outputsIn(problem);
      driven.paths.place(driven.rows.subarray(row, row + count * outputsIn(problem)), from);
    }
    const steps = this.stepsNow();
    const whole = [...(driven?.paths.dispatches ?? []), ...steps.step];
    const looked = feed?.whole?.dispatches ?? [];
    let done = 0;
    for (; done < count && (!signal?.aborted || this.rest.length > 0); done++) {
      // whoever changes dt meanwhile changes it from the next step on: no record of one that is under way is touched
      if (this.rest.length === 0) timetable.write(from + done, 1, this.dt, this.loss);
      const dispatches = this.rest.length > 0 ? this.rest : whole;
      this.rest = [];
      if (this.listed !== steps || (from + done) % LISTED === 0)
        await scheduler.run(steps.lists, () => this.submit());
      this.listed = steps;
      await scheduler.run(dispatches, () => this.submit());
      if ((from + done + 1) % every === 0) await scheduler.run(looked, () => this.submit());
    }
    if (done > 0 && (from + done) % every !== 0) await scheduler.run(looked, () => this.submit());
    scheduler.send();
    this.assertAlive();
    return done;
  }

  private async submit(): Promise<void> {
    await this.rig.scheduler.submit();
    this.assertAlive();
  }
}
