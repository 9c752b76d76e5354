/**
 * What the page does, without its looks: one configuration, one engine, playing or paused. Every operation runs
 * alone, in the order of the calls, so that a slider, the play loop and a script never meet half a change.
 */
import type { ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { Serial } from '../../core/serial.ts';
import { DeviceLostError, DivergedError, type Engine, type Theta } from '../../engines/engine.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import { Carrier } from './carrier.ts';
import { Choices, type Plan } from './choices.ts';
import type { Goal } from './goal.ts';
import { Halt } from './halt.ts';
import type { Opener, Origin, Running } from './opening.ts';
import { RECOVERED } from './recovery.ts';
import { Stepping } from './steps/stepping.ts';
import { Told } from './told.ts';

export class Session extends Told {
  private readonly halt = new Halt(() => ({ ...this.metrics(), r2: this.r2, dt: this.config().dynamics.dt }));
  /** A step at which somebody looks. */
  private look: number | null = null;
  private readonly queue = new Serial();
  private readonly choices = new Choices(
    this.queue,
    () => this.carrier.current,
    (plan, signal) => this.carryOut(plan, signal),
  );
  private playing = false;
  /** Ends a playing run's batch before its time; and steps that were asked for by number, which a pause alone does. */
  private stopping = new AbortController();
  private pausing = new AbortController();
  protected readonly carrier: Carrier;
  protected readonly stepping: Stepping;

  constructor(private readonly opener: Pick<Opener, 'open' | 'reopen' | 'notice'>) {
    super();
    this.carrier = new Carrier(opener, this.clock, {
      lost: () => this.enter('recovering'),
      again: (gone) => this.recovered(gone),
      fail: (error) => this.fail(error),
      idle: (engine, gone) => void this.queue.run(() => this.revive(engine, gone)),
    });
    const advanced = (): void => this.emit('advanced');
    this.stepping = new Stepping(this.carrier, () => (this.mended(), advanced()), advanced);
  }

  /** A later choice waits: what runs, or comes next, is not what was chosen last. */
  get choosing(): boolean {
    return this.choices.pending;
  }

  /** A configuration in place of any other; a width that nobody asked for is chosen by a short calibration. */
  open(input: ConfigInput): Promise<void> {
    this.stopping.abort();
    return this.choices.add(input, true);
  }

  /**
   * Lays `partial` on the current configuration, or on what is being opened. Rejects, and changes nothing, where it does
   * not fit.
   */
  async configure(partial: unknown): Promise<void> {
    this.stopping.abort();
    return this.choices.add(readConfig(partial));
  }

  async play(): Promise<void> {
    await this.queue.run(async () => {
      this.lookBack(null);
      this.need();
      if (this.playing) return;
      if (this.halt.pass()) this.notice = '';
      this.playing = true;
      this.stepping.rest();
      this.enter('running');
    });
  }

  async pause(): Promise<void> {
    this.playing = false;
    this.stopping.abort();
    this.pausing.abort();
    this.carrier.stop();
    await this.queue.run(async () => {
      await this.arrive();
      this.enter('paused');
    });
  }

  /** The tab is hidden, or seen again. */
  hide(hidden: boolean): void {
    this.stepping.rest();
    this.enter(this.playing ? 'running' : this.state, hidden);
  }

  /** When the run stops by itself; null: never. A new one counts from now. */
  stopAt(goal: Goal | null): void {
    this.halt.at(goal);
  }

  /** Playing makes no batch of steps that leads beyond this step; null: any. */
  lookAt(step: number | null): void {
    this.look = step;
  }

  /** k steps, then paused. */
  async step(k = 1): Promise<void> {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`step(${k}): give an integer ≥ 0`);
    this.playing = false;
    this.stopping.abort();
    this.choices.seal();
    await this.queue.run(async () => {
      this.lookBack(null);
      this.stepping.rest();
      this.pausing = new AbortController();
      await this.tried(this.stepping.advance(k, this.pausing.signal));
      this.enter('paused');
    });
  }

  /** Back to step 0 of the same draw; playing goes on. */
  async reset(): Promise<void> {
    this.stopping.abort();
    this.choices.seal();
    await this.queue.run(async () => {
      const start = { theta: this.need().prepared.problem.theta, step: 0 };
      await this.carrier.restart(start);
      this.clock.start(0, 0, this.config().dynamics);
      this.say('');
      this.begin();
    });
  }

  async theta(): Promise<Theta> {
    this.choices.seal();
    return this.queue.run(async () => {
      await this.arrive();
      return this.carrier.on(({ engine }) => engine.theta());
    });
  }

  /** Some steps of a playing session, as many as the pace allows; nothing when it is not playing. */
  async tick(): Promise<void> {
    if (!this.playing) return;
    await this.queue.run(async () => {
      if (!this.playing) return;
      this.stopping = new AbortController();
      const { step } = this.need().engine;
      const look = this.look === null || this.look <= step ? Infinity : this.look - step;
      await this.tried(this.stepping.play(Math.min(this.halt.left(), look), this.stopping.signal));
      const reason = this.halt.reason();
      if (reason !== null) await this.stop(reason);
    });
  }

  /** Work on the engine between two steps, e.g. a prediction for a plot. */
  ask<T>(question: (engine: Engine, prepared: Prepared) => Promise<T>): Promise<T> {
    return this.queue.run(async () => question(this.engine ?? this.need().engine, this.need().prepared));
  }

  private async stop(reason: string): Promise<void> {
    this.playing = false;
    await this.arrive();
    this.notice = reason;
    this.enter('paused');
  }

  /** Steps that are under way are done, and told of; what is wrong with them is said. */
  private async arrive(): Promise<void> {
    this.lookBack(null);
    const { live: engine } = this;
    if (engine && this.stepping.isBehind(engine))
      await this.tried(this.stepping.advance(0, this.stopping.signal)).catch(() => undefined);
  }

  private async tried(steps: Promise<void>): Promise<void> {
    try {
      await steps;
    } catch (error) {
      throw this.fail(error);
    }
  }

  private async carryOut({ input, change }: Plan, signal: AbortSignal): Promise<void> {
    await this.arrive();
    if (change === 'step') return this.retune(input);
    const stateOf = async ({ engine }: Running): Promise<Origin> => ({
      theta: await engine.theta(),
      step: engine.step,
    });
    await this.replace(input, change === 'draw' ? null : await this.carrier.on(stateOf), signal);
  }

  /** Everything but dt is as before: θ and the engine stay. */
  private retune(input: ConfigInput): void {
    const current = this.need();
    const config = { ...resolveConfig(input), model: current.prepared.config.model };
    this.clock.change(current.engine.step, config.dynamics.dt);
    current.engine.setStepSize(config.dynamics.dt);
    this.carrier.current = { ...current, input, prepared: { ...current.prepared, config } };
    this.mended();
    this.emit('state');
  }

  /** A new engine: at step 0 with a new draw, or going on from θ (another form, integrator or engine). */
  private async replace(input: ConfigInput, going: Origin | null, signal: AbortSignal): Promise<void> {
    const next = await this.carrier.open(input, going, signal);
    const t = going ? this.timeOf(going.step) : 0;
    this.say(this.opener.notice);
    this.clock.start(going?.step ?? 0, t, next.prepared.config.dynamics);
    this.carrier.take(next);
    this.carrier.begin(next.origin);
    this.begin();
  }

  /** Another run stands where it begins. */
  private begin(): void {
    this.lookBack(null);
    this.stepping.begin(this.need().engine);
    this.halt.restart();
    if (this.state === 'error') this.enter('paused');
    this.emit('replaced');
  }

  private async revive(engine: Engine, gone: DeviceLostError): Promise<void> {
    if (this.live === engine && !this.carrier.broken) await this.carrier.recover(gone).catch(() => undefined);
  }

  /** Another engine stands where the run was. */
  private recovered({ of }: DeviceLostError): void {
    this.lookBack(null);
    this.stepping.begin(this.need().engine);
    this.emit('replaced');
    this.say(this.fallback === '' ? RECOVERED[of] : '');
    this.enter(this.playing ? 'running' : 'paused');
    this.emit('advanced');
  }

  /** What went wrong ends playing; an engine that has failed is not used again. */
  fail(error: unknown): Error {
    this.playing = false;
    if (!(error instanceof DivergedError)) this.carrier.broken = new DeviceLostError(String(error));
    return this.failed(error);
  }
}
