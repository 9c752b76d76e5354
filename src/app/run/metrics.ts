/** What the page says of its run in numbers. */
import { LOSSES } from '../../core/losses.ts';
import type { Engine } from '../../engines/engine.ts';
import { r2OfLoss } from '../../experiments/encoding.ts';

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

export function metricsOf({ step, loss, info, problem: { n, m, d } }: Engine, t: number): Metrics {
  return {
    step,
    t,
    loss,
    n,
    m,
    d,
    engine: info.name,
    method: info.method,
    adapter: info.adapter,
    precision: info.precision,
  };
}

/** R², the share of the variance of y that f explains; NaN where the loss does not tell. */
export const r2Of = ({ loss, problem }: Engine): number =>
  LOSSES[problem.loss].explainsVariance ? r2OfLoss(loss, problem.y) : NaN;
