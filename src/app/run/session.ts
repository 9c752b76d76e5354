/**
 * What the page does, without its looks: one configuration, one engine, playing or paused. Every operation runs
 * alone, in the order of the calls, so that a slider, the play loop and a script never meet half a change.
 */
import { mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { Serial } from '../../core/serial.ts';
import { DeviceLostError, type Engine, type LossRecord, type Theta } from '../../engines/engine.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import { Announcer } from './announcer.ts';
import { changeOf } from './change.ts';
import { Clock } from './clock.ts';
import type { Goal } from './goal.ts';
import { Halt } from './halt.ts';
import { metricsOf, r2Of, type Metrics } from './metrics.ts';
import { fallbackOf, type Opener, type Origin, type Running } from './opening.ts';
import { Pace, spentSince } from './pace.ts';
import { Recovery, repeated } from './recovery.ts';

/** Most points of the loss curve from one batch of steps. */
const CURVE = 256;

export class Session extends Announcer {
  readonly pace = new Pace();
  /** Losses of the last batch of steps, for the chart. */
  losses: readonly LossRecord[] = [];
  private readonly halt = new Halt(() => ({ ...this.metrics(), r2: this.r2, dt: this.config().dynamics.dt }));
  private current: Running | null = null;
  private readonly queue = new Serial();
  private playing = false;
  private stopping = new AbortController();
  private readonly recovery: Recovery;
  private readonly clock = new Clock();

  constructor(private readonly opener: Pick<Opener, 'open' | 'reopen' | 'notice'>) {
    super();
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
    return this.current ? fallbackOf(this.current) : '';
  }

  /** Opens the first configuration; a width that nobody asked for is chosen by a short calibration. */
  open(input: ConfigInput): Promise<void> {
    return this.queue.run(async () => this.replace(input, null));
  }

  /** Lays `partial` on the current configuration. Rejects, and changes nothing, where it does not fit. */
  configure(partial: unknown): Promise<void> {
    this.stopping.abort();
    return this.queue.run(async () => {
      const over = readConfig(partial);
      const current = this.need();
      const input = over.preset === undefined ? mergeConfig(current.input, over) : over;
      const change = changeOf(current.prepared.config, over, input);
      if (change === 'draw') return this.replace(input, null);
      if (change === 'engine')
        return this.replace(input, { theta: await current.engine.theta(), step: current.engine.step });
      this.retune(input);
    });
  }

  async play(): Promise<void> {
    await this.queue.run(async () => {
      this.need();
      if (this.playing) return;
      if (this.halt.pass()) this.notice = '';
      this.playing = true;
      this.enter('running');
    });
  }

  async pause(): Promise<void> {
    this.playing = false;
    this.stopping.abort();
    await this.queue.run(async () => this.enter('paused'));
  }

  /** When the run stops by itself; null: never. A new one counts from now. */
  stopAt(goal: Goal | null): void {
    this.halt.at(goal);
  }

  /** k steps, then paused. */
  async step(k = 1): Promise<void> {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`step(${k}): give an integer ≥ 0`);
    this.playing = false;
    this.stopping.abort();
    await this.queue.run(async () => {
      await this.advance(k);
      this.enter('paused');
    });
  }

  /** Back to step 0 of the same draw; playing goes on. */
  async reset(): Promise<void> {
    this.stopping.abort();
    await this.queue.run(async () => {
      const { engine, prepared } = this.need();
      await engine.restore(prepared.problem.theta, 0);
      this.current = { ...this.need(), origin: { theta: prepared.problem.theta, step: 0 } };
      const { dt, schedule } = this.config().dynamics;
      this.clock.start(0, 0, dt, schedule);
      this.begin();
    });
  }

  async theta(): Promise<Theta> {
    return this.queue.run(async () => this.need().engine.theta());
  }

  /** Some steps of a playing session, as many as the pace allows; nothing when it is not playing. */
  async tick(): Promise<void> {
    if (!this.playing) return;
    await this.queue.run(async () => {
      if (!this.playing) return;
      this.stopping = new AbortController();
      await this.advance(Math.min(this.pace.steps, this.halt.left()), this.stopping.signal);
      const reason = this.halt.reason();
      if (reason !== null) this.stop(reason);
    });
  }

  /** Work on the engine between two steps, e.g. a prediction for a plot. */
  ask<T>(question: (engine: Engine, prepared: Prepared) => Promise<T>): Promise<T> {
    return this.queue.run(async () => question(this.need().engine, this.need().prepared));
  }

  /** Read it only: it is the run's own. */
  config(): Config {
    return this.need().prepared.config;
  }

  metrics(): Metrics {
    return metricsOf(this.need().engine, this.timeOf(this.need().engine.step));
  }

  /** t of a step since dt was last changed. */
  timeOf(step: number): number {
    return this.clock.at(step);
  }

  /** R², the share of the variance of y that f explains; NaN where the loss does not tell. */
  get r2(): number {
    return r2Of(this.need().engine);
  }

  private stop(reason: string): void {
    this.playing = false;
    this.notice = reason;
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
    const steps = this.need().engine.step - from;
    this.pace.note({ steps, elapsed, ...spentSince(before, engine.spent, elapsed) });
    this.emit('advanced');
  }

  /** Everything but dt is as before: θ and the engine stay. */
  private retune(input: ConfigInput): void {
    const current = this.need();
    const config = { ...resolveConfig(input), model: current.prepared.config.model };
    this.clock.change(current.engine.step, config.dynamics.dt);
    current.engine.setStepSize(config.dynamics.dt);
    this.current = { ...current, input, prepared: { ...current.prepared, config } };
    this.emit('state');
  }

  /** A new engine: at step 0 with a new draw, or going on from θ (another form, integrator or engine). */
  private async replace(input: ConfigInput, going: Origin | null): Promise<void> {
    const before = this.current;
    const t = before ? this.timeOf(this.need().engine.step) : 0;
    const next = await this.opener.open(input, going);
    this.notice = this.opener.notice;
    const { dt, schedule } = next.prepared.config.dynamics;
    this.clock.start(going?.step ?? 0, going ? t : 0, dt, schedule);
    this.current = next;
    before?.engine.destroy();
    this.begin();
  }

  /** Another run stands where it begins. */
  private begin(): void {
    const { step, loss } = this.need().engine;
    this.losses = [{ step, loss }];
    this.halt.restart();
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

  private async repeat(again: Running, step: number): Promise<void> {
    this.need().engine.destroy();
    this.current = again;
    this.stopping = new AbortController();
    await repeated(again.engine, this.clock.between(again.origin.step, step), this.stopping.signal);
  }

  fail(error: unknown): Error {
    this.playing = false;
    return this.failed(error);
  }

  private need(): Running {
    if (!this.current) throw new Error('the page is still loading: await mckean.ready');
    return this.current;
  }
}
