/** What a run says of itself to those who read it: its numbers, and what it is made of. */
import type { Config } from '../../core/config/config.ts';
import type { Engine, LossRecord } from '../../engines/engine.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { Announcer } from './announcer.ts';
import type { Carrier } from './carrier.ts';
import { Clock } from './steps/clock.ts';
import { metricsOf, r2Of, type Metrics } from './metrics.ts';
import { fallbackOf, type Running } from './opening.ts';
import type { Pace } from './steps/pace.ts';
import type { Stepping } from './steps/stepping.ts';

/** An earlier state of a run, as an engine that stands still; and its time. */
export type Past = Engine & { readonly t: number };

export abstract class Told extends Announcer {
  protected readonly clock = new Clock();
  protected abstract readonly carrier: Carrier;
  protected abstract readonly stepping: Stepping;
  /** What is shown in place of the run's own state. */
  private past: Past | null = null;

  get pace(): Pace {
    return this.stepping.pace;
  }
  /** Losses of the last batch of steps, for the chart. */
  get losses(): readonly LossRecord[] {
    return this.stepping.losses;
  }

  get prepared(): Prepared | null {
    return this.carrier.current?.prepared ?? null;
  }
  /** The run's, or what is shown in its place. */
  get engine(): Engine | null {
    return this.past ?? this.live;
  }
  get live(): Engine | null {
    return this.carrier.current?.engine ?? null;
  }
  get isLookingBack(): boolean {
    return this.past !== null;
  }
  /** One sentence where WebGPU was not to be had, else empty. */
  get fallback(): string {
    const { current } = this.carrier;
    return current ? fallbackOf(current) : '';
  }

  /** Read it only: it is the run's own. */
  config(): Config {
    return this.need().prepared.config;
  }

  /** Of what is shown; `live`, of the run itself. */
  metrics(live = false): Metrics {
    const { engine } = this.need();
    return this.past && !live ? metricsOf(this.past, this.past.t) : metricsOf(engine, this.timeOf(engine.step));
  }

  /**
   * Shows an earlier state of a run that is paused, or another moment of it; null: the run itself again, as does whatever
   * is asked of the run.
   */
  lookBack(past: Past | null): void {
    const isOther = past !== this.past;
    this.past = past;
    if (isOther) this.emit('shown');
    if (isOther || past) this.emit('advanced'); // what is shown is another state
  }

  /** t of a step since dt was last changed. */
  timeOf(step: number): number {
    return this.clock.at(step);
  }

  /** R², the share of the variance of y that f explains; NaN where the loss does not tell. */
  get r2(): number {
    return r2Of(this.past ?? this.need().engine);
  }

  protected need(): Running {
    return this.carrier.need();
  }
}
