/**
 * What the page does, without its looks: one configuration, one engine, playing or paused. Every operation runs
 * alone, in the order of the calls, so that a slider, the play loop and a script never meet half a change.
 */
import { readConfig, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { sameJson } from '../../core/json.ts';
import { Serial } from '../../core/serial.ts';
import { DeviceLostError, type Engine, type LossRecord, type Theta } from '../../engines/engine.ts';
import { r2OfLoss } from '../../experiments/encoding.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import { saidOf, stepsLeft, type Goal } from './goal.ts';
import type { Opener, Origin, Running } from './opening.ts';
import { Pace } from './pace.ts';
import { Recovery } from './recovery.ts';

export type State = 'loading' | 'running' | 'paused' | 'recovering' | 'error';

/** Whether there is something that a pause would end. */
export const goesOn = (state: State): boolean => state === 'running' || state === 'recovering';

/** What `metrics()` says; always of the current θ. */
export interface Metrics {
  readonly step: number;
  readonly t: number;
  readonly loss: number;
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly engine: string;
  readonly method: string;
  readonly adapter: string;
  readonly precision: string;
}

/** `replaced`: another engine or problem · `advanced`: θ moved · `state`: playing, paused, … */
export type SessionEvent = 'replaced' | 'advanced' | 'state';

/** Most points of the loss curve from one batch of steps. */
const CURVE = 256;

export class Session {
  readonly events = new EventTarget();
  readonly pace = new Pace();
  state: State = 'loading';
  /** Losses of the last batch of steps, for the chart. */
  losses: readonly LossRecord[] = [];
  /**
   * One sentence for the person: why fewer neurons, why this engine, what went wrong; empty when all is well.
   */
  notice = '';
  private goal: Goal | null = null;
  /** The goal was met and the person went on: it does not stop the run again. */
  private past = false;
  private current: Running | null = null;
  private readonly queue = new Serial();
  private playing = false;
  private stopping = new AbortController();
  private readonly recovery: Recovery;
  /** t = time.base + (step − time.step)·dt: a changed dt leaves the past alone. */
  private time = { base: 0, step: 0 };

  constructor(private readonly opener: Pick<Opener, 'open' | 'reopen' | 'notice'>) {
    this.recovery = new Recovery(opener);
  }

  get prepared(): Prepared | null {
    return this.current?.prepared ?? null;
  }
  get engine(): Engine | null {
    return this.current?.engine ?? null;
  }
  /** One sentence where WebGPU was not to be had, else empty. */
  get fallback(): string {
    const wanted = this.current?.prepared.config.engine === 'cpu';
    return this.current && this.current.engine.info.name === 'cpu' && !wanted
      ? `The CPU computes: ${this.current.why}.`
      : '';
  }

  /** Opens the first configuration; a width that nobody asked for is chosen by a short calibration. */
  open(input: ConfigInput): Promise<void> {
    return this.alone(async () => this.replace(input, null));
  }

  /**
   * Lays `partial` on the current configuration. Rejects, and changes nothing, when it is not valid or does not
   * fit.
   */
  configure(partial: unknown): Promise<void> {
    this.stopping.abort();
    return this.alone(async () => {
      const over = readConfig(partial);
      const current = this.need();
      const input = over.preset === undefined ? mergeConfig(current.input, over) : over;
      const { data, model, initial, parameterization, engine, method, dynamics } = resolveConfig(input);
      const was = current.prepared.config;
      const width = { ...model, width: over.model?.width ?? was.model.width };
      if (
        over.preset !== undefined ||
        !sameJson(data, was.data) ||
        !sameJson(width, was.model) ||
        !sameJson(initial, was.initial)
      )
        return this.replace(input, null);
      const law = ({ dt: _dt, steps: _steps, ...rest }: Config['dynamics']): object => rest;
      const structure = [parameterization, engine, method, law(dynamics)];
      const before = [was.parameterization, was.engine, was.method, law(was.dynamics)];
      if (!sameJson(structure, before))
        return this.replace(input, { theta: await current.engine.theta(), step: current.engine.step });
      this.retune(input);
    });
  }

  async play(): Promise<void> {
    await this.alone(async () => {
      this.need();
      if (this.playing) return;
      this.past = this.left() === 0;
      if (this.past) this.notice = '';
      this.playing = true;
      this.enter('running');
    });
  }

  async pause(): Promise<void> {
    this.playing = false;
    this.stopping.abort();
    await this.alone(async () => this.enter('paused'));
  }

  /** When the run stops by itself; null: never. A new one counts from now. */
  stopAt(goal: Goal | null): void {
    this.goal = goal;
    this.past = false;
  }

  /** k steps, then paused. */
  async step(k = 1): Promise<void> {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`step(${k}): give an integer ≥ 0`);
    this.playing = false;
    this.stopping.abort();
    await this.alone(async () => {
      await this.advance(k);
      this.enter('paused');
    });
  }

  /** Back to step 0 of the same draw; playing goes on. */
  async reset(): Promise<void> {
    this.stopping.abort();
    await this.alone(async () => {
      const { engine, prepared } = this.need();
      await engine.restore(prepared.problem.theta, 0);
      this.current = { ...this.need(), origin: { theta: prepared.problem.theta, step: 0 } };
      this.time = { base: 0, step: 0 };
      this.losses = [{ step: 0, loss: engine.loss }];
      this.past = false;
      this.pace.restart();
      if (this.state === 'error') this.enter('paused');
      this.emit('replaced');
    });
  }

  async theta(): Promise<Theta> {
    return this.alone(async () => this.need().engine.theta());
  }

  /** Some steps of a playing session, as many as the pace allows; nothing when it is not playing. */
  async tick(): Promise<void> {
    if (!this.playing) return;
    await this.alone(async () => {
      if (!this.playing) return;
      this.stopping = new AbortController();
      await this.advance(Math.min(this.pace.steps, this.left()), this.stopping.signal);
      if (this.goal && this.left() === 0) this.stop(this.goal);
    });
  }

  /** Work on the engine between two steps, e.g. a prediction for a plot. */
  ask<T>(question: (engine: Engine, prepared: Prepared) => Promise<T>): Promise<T> {
    return this.alone(async () => question(this.need().engine, this.need().prepared));
  }

  /** Read it only: it is the run's own. */
  config(): Config {
    return this.need().prepared.config;
  }

  metrics(): Metrics {
    const {
      engine,
      prepared: {
        problem: { n, m, d },
      },
    } = this.need();
    const { info } = engine;
    return {
      step: engine.step,
      t: this.t(),
      loss: engine.loss,
      n,
      m,
      d,
      engine: info.name,
      method: info.method,
      adapter: info.adapter,
      precision: info.precision,
    };
  }

  /** t of a step since dt was last changed. */
  timeOf(step: number): number {
    return this.time.base + (step - this.time.step) * this.need().prepared.config.dynamics.dt;
  }

  private t(): number {
    return this.timeOf(this.need().engine.step);
  }

  /** R², the share of the variance of y that f explains. */
  get r2(): number {
    const {
      loss,
      problem: { y },
    } = this.need().engine;
    return r2OfLoss(loss, y);
  }

  /** Steps until the goal. */
  private left(): number {
    if (this.past || !this.goal) return Infinity;
    return stepsLeft(this.goal, {
      ...this.metrics(),
      r2: this.r2,
      dt: this.need().prepared.config.dynamics.dt,
    });
  }

  private stop(goal: Goal): void {
    this.playing = false;
    this.notice = saidOf(goal);
    this.enter('paused');
  }

  private async advance(k: number, signal?: AbortSignal): Promise<void> {
    const { engine } = this.need();
    const from = engine.step;
    const before = engine.spent;
    const started = performance.now();
    try {
      this.losses = await engine.advance(k, {
        every: Math.max(1, Math.ceil(k / CURVE)),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw this.fail(error);
      return this.recover(from + k);
    }
    const elapsed = performance.now() - started;
    const after = engine.spent;
    const steps = this.need().engine.step - from;
    const known =
      before && after
        ? { busy: after.busy - before.busy, waited: after.waited - before.waited }
        : { busy: elapsed, waited: 0 };
    this.pace.note({ steps, elapsed, ...known });
    this.emit('advanced');
  }

  /** Everything but dt is as before: θ and the engine stay. */
  private retune(input: ConfigInput): void {
    const current = this.need();
    const config = { ...resolveConfig(input), model: current.prepared.config.model };
    this.time = { base: this.t(), step: current.engine.step };
    current.engine.setStepSize(config.dynamics.dt);
    this.current = { ...current, input, prepared: { ...current.prepared, config } };
    this.emit('state');
  }

  /**
   * A new engine: at step 0 with a new draw, or going on from θ (another parameterization, integrator or
   * engine).
   */
  private async replace(input: ConfigInput, going: Origin | null): Promise<void> {
    const before = this.current;
    const t = before ? this.t() : 0;
    const next = await this.opener.open(input, going);
    this.notice = this.opener.notice;
    this.time = going ? { base: t, step: going.step } : { base: 0, step: 0 };
    this.current = next;
    before?.engine.destroy();
    this.losses = [{ step: next.engine.step, loss: next.engine.loss }];
    this.past = false;
    this.pace.restart();
    if (this.state === 'error') this.enter('paused');
    this.emit('replaced');
  }

  /** The device is gone: the run goes to this step with another engine, which is shown once it is there. */
  private async recover(step: number): Promise<void> {
    this.enter('recovering');
    try {
      await this.recovery.run(this.need(), (again) => this.repeat(again, step));
    } catch (error) {
      throw this.fail(error);
    }
    const { engine } = this.need();
    this.losses = [{ step: engine.step, loss: engine.loss }];
    this.pace.restart();
    this.emit('replaced');
    this.notice =
      this.fallback === '' ? 'The graphics device was lost; the run was computed again up to here.' : '';
    this.enter(this.playing ? 'running' : 'paused');
    this.emit('advanced');
  }

  /** The same steps again. A CPU may take long over those of a GPU: there, whoever pauses ends them. */
  private async repeat(again: Running, step: number): Promise<void> {
    this.need().engine.destroy();
    this.current = again;
    this.stopping = new AbortController();
    const until = again.engine.info.name === 'cpu' ? { signal: this.stopping.signal } : {};
    await again.engine.advance(step - again.origin.step, until);
  }

  fail(error: unknown): Error {
    const reason = error instanceof Error ? error : new Error(String(error));
    this.playing = false;
    this.notice = reason.message.charAt(0).toUpperCase() + reason.message.slice(1) + '.';
    this.enter('error');
    return reason;
  }

  private need(): Running {
    if (!this.current) throw new Error('the page is still loading: await mckean.ready');
    return this.current;
  }

  private enter(state: State): void {
    this.state = state;
    this.emit('state');
  }

  private emit(event: SessionEvent): void {
    this.events.dispatchEvent(new Event(event));
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.run(work);
  }
}
