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

export abstract class Told extends Announcer {
  protected readonly clock = new Clock();
  protected abstract readonly carrier: Carrier;
  protected abstract readonly stepping: Stepping;

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
  get engine(): Engine | null {
    return this.carrier.current?.engine ?? null;
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

  protected need(): Running {
    return this.carrier.need();
  }
}
