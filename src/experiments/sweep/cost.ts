/** What the cells of a group will cost, and how their sums are made: decided once, so that they mean the same anywhere. */
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { drawTheta } from '../../core/laws.ts';
import { extentOf } from '../../core/mesh/grid.ts';
import { COSTS, costOf } from '../../core/methods/costs.ts';
import { fastest, METHODS, type Method, type MethodName, pairsOf } from '../../core/methods/methods.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Config } from '../../core/config/config.ts';
import type { Prepared } from '../prepare.ts';
import type { Group } from './expand.ts';

/** Particles that stand for all. */
const SAMPLE = 256;
/** Seconds that a cell takes beside its steps, to be drawn and written. */
const BESIDE = 2e-3;

export interface Forecast {
  readonly method: MethodName;
  /** Of a thread with vector kernels, for a cell. */
  readonly seconds: number;
}

/** `prepared` is a system of one particle over the same samples; `driven`: copies move along a given path, too. */
export function forecast({ config, n }: Group, { problem }: Prepared, driven: boolean): Forecast {
  const pairs = pairsOf(problem);
  const shape = shapeOf(problem);
  const theta = drawTheta(config.initial, SAMPLE, shape);
  const method = config.method === 'auto' ? fastest(pairs, theta, COSTS.cpu, n).method : config.method;
  const { work }: Method = METHODS[method];
  const sums = costOf(work(pairs, n, extentOf(theta, problem)) ?? {}, COSTS.cpu.costs) / 1e9;
  return { method, seconds: BESIDE + stagesOf(config) * sums * (driven ? 2 : 1) };
}

const stagesOf = ({ dynamics: { steps, integrator } }: Config): number =>
  1 + steps * INTEGRATORS[integrator].weights.length;
