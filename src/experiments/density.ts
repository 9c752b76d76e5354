/** The mean-field PDE of a configuration: its axes, and ρ_0 on them. */
import { shapeOf, type Sized } from '../core/shape.ts';
import { ConfigError, type Config } from '../core/config/config.ts';
import { isPlain } from '../core/config/dynamics.ts';
import { activationOf, spelled } from '../core/features/features.ts';
import { cdfOf, type Law } from '../core/laws.ts';
import { isMeanField } from '../core/parameterizations.ts';
import { massesOf, type Axis } from '../core/analysis/pde.ts';
import type { DensityProblem } from '../engines/density.ts';
import type { Problem } from '../engines/engine.ts';

export interface GridOptions {
  /** Along each axis. */
  readonly cells: number;
  /**
   * The axes hold all but this share of the initial law at each end, and this much room beside it, as a share
   * of their length.
   */
  readonly leftOut?: number;
  readonly room?: number;
}

/** Null, or why this configuration has no PDE on a grid, in one clause. */
export function densityRefusal(
  { model: { features }, initial, parameterization, dynamics }: Config,
  sized: Sized,
): string | null {
  const { width } = shapeOf(sized);
  if (features !== 'inner-product')
    return `it is for the features inner-product, w1 φ(⟨w0, x⟩), not for ${spelled(features)}`;
  if (width !== 2) return `θ has ${width} coordinates, and a grid wants 2: one input, one output and no bias`;
  if (!isMeanField(parameterization)) return 'it is the limit of the mean-field parameterization';
  if (!isPlain(dynamics))
    return 'it is that of the plain flow, without noise, decay, rates, batches, streams, penalties, momentum or a schedule';
  const { npy, w1, w0 } = initial;
  const grids = w1?.law === 'grid' && w0?.law === 'grid'; // on a line
  if (npy !== undefined || grids || !w1 || !w0 || !cdfOf(w1) || !cdfOf(w0))
    return 'ρ_0 has no density: both laws must be normal or uniform, or one of them a grid';
  return null;
}

/** Throws ConfigError where there is no such PDE. */
export function densityProblem(
  config: Config,
  { x, y, m, ...sized }: Pick<Problem, 'x' | 'y' | 'm' | keyof Sized>,
  { cells, leftOut = 1e-9, room = 0.25 }: GridOptions,
): DensityProblem {
  const refusal = densityRefusal(config, sized);
  if (refusal) throw new ConfigError(`the mean-field PDE: ${refusal}`);
  const { initial, model } = config;
  const [outer, inner] = [initial.w1!, initial.w0!];
  const w1 = axisOf(outer, cells, leftOut, room);
  const w0 = axisOf(inner, cells, leftOut, room);
  return {
    samples: { x, y, m, d: sized.d },
    activation: activationOf(model),
    loss: model.loss,
    w1,
    w0,
    mass: massesOf(w1, cdfOf(outer)!, w0, cdfOf(inner)!),
  };
}

/** An axis over the law's bulk, found by bisection. */
function axisOf(law: Law, cells: number, leftOut: number, room: number): Axis {
  const cdf = cdfOf(law)!;
  const quantile = (share: number): number => {
    let low = -1;
    let high = 1;
    while (cdf(low) > share) low *= 2;
    while (cdf(high) < share) high *= 2;
    for (let round = 0; round < 100; round++) {
      const middle = (low + high) / 2;
      if (cdf(middle) < share) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const low = quantile(leftOut);
  const high = quantile(1 - leftOut);
  const beside = room * (high - low);
  return { low: low - beside, high: high + beside, cells };
}
