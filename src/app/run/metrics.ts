/** What the page says of its run in numbers. */
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import { r2OfLoss } from '../../experiments/data/encoding.ts';

/** What `metrics()` says; always of the current θ. */
export interface Metrics {
  /** Steps since θ was drawn. */
  readonly step: number;
  /** The sum of the steps' dt: without a schedule step · dt. */
  readonly t: number;
  /** L over the training samples (docs/model.md, Several outputs); of a stream over the batch to come. */
  readonly loss: number;
  /** Neurons. */
  readonly n: number;
  /** Training samples. */
  readonly m: number;
  /** Outputs. */
  readonly c: number;
  /** Coordinates of w0, the bias's included. */
  readonly d: number;
  /** `cpu`, `cpu32` or `webgpu`. */
  readonly engine: string;
  /** How sums over pairs are made: `direct`, `mesh` or `sector`. */
  readonly method: string;
  /** What computes, for people: a card's name, or how many workers. */
  readonly adapter: string;
  /** `float64` or `float32`. */
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
