/** Batches of steps: as many as the pace allows, timed, kept by the carrier, their losses for the chart. */
import { DivergedError, type AdvanceOptions, type Engine, type LossRecord } from '../../../engines/engine.ts';
import type { Carrier } from '../carrier.ts';
import type { Running } from '../opening.ts';
import { Pace } from './pace.ts';
import { Stopwatch } from './stopwatch.ts';

/** Most points of the loss curve from one batch of steps. */
const CURVE = 256;
/** Steps that are taken in one go before it is known how many a second does. */
const SOME = 64;

export class Stepping {
  readonly pace = new Pace();
  /** Losses of the last batch of steps. */
  losses: readonly LossRecord[] = [];
  private readonly watch: Stopwatch;
  /** The step that `onBatch` was last called at: whoever asks the engine something brings it beyond, too. */
  private told = 0;

  /** `onBatch`: some steps were done; `onReturn`: the engine stands at an earlier one again. */
  constructor(
    private readonly carrier: Pick<Carrier, 'need' | 'on' | 'note' | 'backTo'>,
    private readonly onBatch: () => void,
    private readonly onReturn: () => void,
    now = (): number => performance.now(),
  ) {
    this.watch = new Stopwatch(now);
  }

  /** Time goes on from now: nothing was done meanwhile. */
  rest(): void {
    this.watch.restart();
  }

  /** An engine stands where there is no batch yet. */
  begin({ step, loss }: Engine): void {
    this.losses = [{ step, loss }];
    this.told = step;
    this.pace.restart();
    this.rest();
  }

  /** Steps are under way, or done and not told of. */
  isBehind(engine: Engine): boolean {
    return askedOf(engine) > engine.step || engine.step !== this.told;
  }

  /**
   * k steps, or fewer where the signal is aborted, in goes of a second or so; with those that were asked for ahead. A
   * run that diverges goes back to its last finite state.
   */
  async advance(k: number, signal: AbortSignal): Promise<void> {
    const goal = askedOf(this.carrier.need().engine) + k;
    let end = goal;
    const go = async ({ engine }: Running): Promise<void> => {
      while (this.isBehind(engine) || (engine.step < goal && !signal.aborted)) {
        const left = signal.aborted ? 0 : goal - askedOf(engine);
        const some = Math.min(left, Math.max(SOME, Math.ceil(this.pace.rate)));
        end = askedOf(engine) + some;
        await this.batch(engine, some, { signal });
      }
    };
    await this.carried(go, () => end);
  }

  /** As many steps as the pace allows, `most` from the step that is shown; an answer may come with the next ones. */
  async play(most: number, signal: AbortSignal): Promise<void> {
    const asked = askedOf(this.carrier.need().engine);
    const some = Math.min(this.pace.steps, this.carrier.need().engine.step + most - asked);
    if (some <= 0) return this.advance(0, signal);
    await this.carried(
      ({ engine }) => this.batch(engine, some, { signal, ahead: true }),
      () => asked + some,
    );
  }

  private async carried(go: (running: Running) => Promise<void>, end: () => number): Promise<void> {
    try {
      await this.carrier.on(go, end);
    } catch (error) {
      if (error instanceof DivergedError) {
        await this.carrier.backTo(error.step - 1).catch(() => undefined);
        this.told = this.carrier.need().engine.step;
        this.rest();
        this.onReturn();
      }
      throw error;
    }
  }

  private async batch(engine: Engine, k: number, options: AdvanceOptions): Promise<void> {
    const every = Math.max(1, Math.ceil(k / CURVE));
    let losses: readonly LossRecord[] = [];
    const batch = await this.watch.time(engine, async () => {
      losses = await engine.advance(k, { ...options, every });
    });
    if (engine.step === this.told) return;
    this.told = engine.step;
    this.losses = losses;
    this.pace.note(batch);
    await this.carrier.note(batch.period);
    this.onBatch();
  }
}

/** The step that an engine was asked for. */
const askedOf = ({ asked, step }: Engine): number => asked ?? step;
