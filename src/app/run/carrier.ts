/**
 * The engine that carries a run. Where it is gone, another takes over from the last state that was kept, repeats the
 * steps since then, and stands where the run was; one recovery at a time, since all of it runs in the run's own turns.
 */
import type { ConfigInput } from '../../core/config/config.ts';
import { DeviceLostError, isCpu, type Engine } from '../../engines/engine.ts';
import { Checkpoints, restored } from './checkpoints.ts';
import type { Clock } from './steps/clock.ts';
import type { Opener, Origin, Running } from './opening.ts';
import { Recovery } from './recovery.ts';

/** What a run does about its engine. */
interface Run {
  /** Its engine is gone. */
  lost(): void;
  /** Another one stands where it was. */
  again(gone: DeviceLostError): void;
  /** There is none that could; what is thrown. */
  fail(error: unknown): Error;
  /** The device is lost while nobody asks anything of it. */
  idle(engine: Engine, gone: DeviceLostError): void;
}

export class Carrier {
  current: Running | null = null;
  /** Why the engine cannot be used any more: another takes over when something is asked for. */
  broken: DeviceLostError | null = null;
  private kept = new Checkpoints({ theta: new Float32Array(0), step: 0 });
  private readonly recovery = new Recovery();
  /** Ends the repeating of steps, where that takes long. */
  private stopping = new AbortController();

  constructor(
    private readonly opener: Pick<Opener, 'open' | 'reopen'>,
    private readonly clock: Clock,
    private readonly run: Run,
  ) {}

  need(): Running {
    if (!this.current) throw new Error('the page is still loading: await mckean.ready');
    return this.current;
  }

  /** What could be the run's next engine: see Opener.open. */
  open(input: ConfigInput, going: Origin | null, signal: AbortSignal): Promise<Running> {
    return this.recovery.through((way) => this.opener.open(input, going, { way, signal }));
  }

  /** Another engine is the run's. */
  take(next: Running): void {
    const before = this.current?.engine;
    this.current = next;
    this.broken = null;
    before?.destroy();
    const { engine } = next;
    void engine.onGpu?.lost().then((gone) => this.run.idle(engine, gone));
  }

  /** The run begins there. */
  begin(origin: Origin): void {
    this.kept = new Checkpoints(origin);
  }

  /** Steps took so many milliseconds. */
  async note(milliseconds: number): Promise<void> {
    await this.kept.note(this.need().engine, milliseconds);
  }

  /** Who pauses does not wait for steps that are repeated. */
  stop(): void {
    this.stopping.abort();
  }

  /** Work on the engine: on the next one where this one is gone, which then stands where the work has led `to`. */
  async on<T>(
    work: (running: Running) => Promise<T>,
    to: () => number = () => this.need().engine.step,
  ): Promise<T> {
    if (this.broken) await this.recover(this.broken);
    for (;;)
      try {
        return await work(this.need());
      } catch (error) {
        if (!(error instanceof DeviceLostError)) throw error;
        await this.recover(error, to());
      }
  }

  /** From step 0 of the same draw. */
  async restart(start: Origin): Promise<void> {
    if (this.broken) {
      this.begin(start);
      await this.recover(this.broken, start.step);
    } else await this.on(({ engine }) => restored(engine, start));
    this.begin(start);
  }

  /** To a state before the present one, or to one that was kept if there is nothing between. */
  async backTo(step: number): Promise<void> {
    const { engine } = this.need();
    const { last } = this.kept;
    await restored(engine, last);
    await this.repeat(engine, last, step).catch(() => restored(engine, last));
  }

  /** The engine is gone: another one goes to its step. */
  async recover(gone: DeviceLostError, step = this.need().engine.step): Promise<void> {
    const lost = this.need();
    this.run.lost();
    try {
      const next = await this.recovery.through(
        async (way) => {
          const again = await this.opener.reopen({ ...lost, origin: this.kept.last }, way);
          await this.repeat(again.engine, again.origin, step).catch((error: unknown) => {
            again.engine.destroy();
            throw error;
          });
          return again;
        },
        gone,
        { engine: lost.engine.info.name },
      );
      this.take(next);
    } catch (error) {
      throw this.run.fail(error);
    }
    this.run.again(gone);
  }

  /** The same steps again. A CPU may take long over those of a GPU: there, whoever pauses ends them. */
  private async repeat(engine: Engine, from: Origin, step: number): Promise<void> {
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    for (const { dt, steps } of this.clock.between(from.step, step)) {
      engine.setStepSize(dt);
      await engine.advance(steps, isCpu(engine.info.name) ? { signal } : {});
    }
    engine.setStepSize(this.need().prepared.config.dynamics.dt);
  }
}
