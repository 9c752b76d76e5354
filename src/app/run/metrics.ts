/** What the page says of its run in numbers. */
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import { r2OfLoss } from '../../experiments/data/encoding.ts';

/** What `metrics()` says; always of the current θ. */
export interface Metrics {
  readonly step: number;
  readonly t: number;
  readonly loss: number;
  readonly n: number;
  readonly m: number;
  readonly c: number;
  readonly d: number;
  readonly engine: string;
  readonly method: string;
  readonly adapter: string;
  readonly precision: string;
}

export function metricsOf({ step, loss, info, problem }: Engine, t: number): Metrics {
  const { n, m } = problem;
  const { c, d } = shapeOf(problem);
  return {
    step,
    t,
    loss,
    n,
    m,
    c,
    d,
    engine: info.name,
    method: info.method,
    adapter: info.adapter,
    precision: info.precision,
  };
}

/** R², the share of the variance of y that f explains; NaN where L is not the square of f − y, which tells it. */
export const r2Of = ({ loss, problem }: Engine): number =>
  problem.loss === 'squared' && !problem.stream ? r2OfLoss(loss, problem.y, shapeOf(problem).c) : NaN;
