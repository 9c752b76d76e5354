/** One pass over fresh samples: runs beside the order-parameter equation from their own starts (docs/model.md, fact 17). */
import {
  covarianceAfter,
  slopeOf,
  testLoss,
  type OnlineProblem,
} from '../../core/analysis/order-parameters.ts';
import { ConfigError, type Config } from '../../core/config/config.ts';
import { DATASETS } from '../../core/datasets.ts';
import { memberOf } from '../../core/generators/dataset.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { advanced, checkOnly, onEngine } from './run.ts';

/** Steps of the equation's solution in a unit of time: eight times as many change it by 1e-3 or less. */
const FINENESS = 2;

export interface OnePass {
  readonly config: Config;
  /** N. */
  readonly inputs: number;
  readonly equation: OnlineProblem;
}

/** What a configuration is to the equation; throws a ConfigError where it is something else. */
export function onePassOf(config: Config): OnePass {
  const { data, model, parameterization, dynamics } = config;
  const { stream } = dynamics;
  if (!('dataset' in data) || data.dataset !== 'teacher' || !stream)
    throw new ConfigError(
      'data and dynamics.stream: the equation is that of fresh samples of { "dataset": "teacher" }, give these',
    );
  const { dimension, parameters } = memberOf(DATASETS.teacher, data);
  checkOnly(
    [
      ['data.parameters.activation', parameters.activation, 'erf'],
      ['data.parameters.outer', parameters.outer, 'ones'],
      ['data.parameters.scale', parameters.scale, 1],
      ['data.parameters.inputs', parameters.inputs, 'gaussian'],
      ['model.activation', model.activation, 'erf'],
      ['model.features', model.features, 'unit'],
      ['model.bias', model.bias, false],
      ['model.loss', model.loss, 'squared'],
      ['parameterization', JSON.stringify(parameterization), '{"a":0,"kappa":0}'],
      ['dynamics.integrator', dynamics.integrator, 'euler'],
      ['dynamics.stream.size', stream.size, 1],
      ['dynamics.stream.reuse', stream.reuse, 1],
    ],
    'equation',
    String,
  );
  return {
    config,
    inputs: dimension,
    equation: {
      students: model.width,
      rate: dynamics.rates.w0 * dynamics.dt * dimension,
      noise: Math.hypot(stream.labelNoise, data.noise ?? 0),
    },
  };
}

/** The same in so many inputs until the time α = steps/N, with draws of another seed. */
export function passIn({ config, inputs }: OnePass, N: number, alpha: number, seed: number): Config {
  const { data, initial, dynamics } = config;
  return {
    ...config,
    data: { ...data, dimension: N, seed, testSamples: 1 } as Config['data'],
    initial: { ...initial, seed },
    dynamics: { ...dynamics, dt: (dynamics.dt * inputs) / N, steps: Math.round(alpha * N) },
  };
}

/** C of rows of students θ [K, N] and of teachers [M, N]. */
function covarianceOf(
  students: ArrayLike<number>,
  teachers: readonly (readonly number[])[],
  N: number,
): Float64Array {
  const own = Array.from(students);
  const all = [...Array.from({ length: own.length / N }, (_, i) => own.slice(i * N, (i + 1) * N)), ...teachers];
  return Float64Array.from(
    all.flatMap((p) => all.map((q) => p.reduce((sum, value, k) => sum + value * q[k], 0))),
  );
}

/** A run's C at the times α, of which the first is 0. */
export async function passOf(
  reproduction: Reproduction,
  pass: OnePass,
  { N, seed, times }: { readonly N: number; readonly seed: number; readonly times: readonly number[] },
): Promise<Float64Array[]> {
  const { problem, encoding } = await prepare(passIn(pass, N, times.at(-1)!, seed), reproduction.files);
  return onEngine(reproduction, problem, async (engine: Engine) => {
    const found: Float64Array[] = [];
    for (const alpha of times) {
      await advanced(reproduction, engine, Math.round(alpha * N) - engine.step, 1);
      found.push(covarianceOf(await engine.theta(), encoding.teacher, N));
    }
    return found;
  });
}

export type Slope = typeof slopeOf;

/** The equation to first order in η, which is not the truth. */
export const withoutSquare: Slope = (C, problem) => {
  const small = 1e-6;
  return slopeOf(C, { ...problem, rate: small }).map((value) => (problem.rate * value) / small);
};

/** The equation's C at the times, of which the first is 0, from C there. */
export function equationFrom(
  C: Float64Array,
  { equation }: OnePass,
  times: readonly number[],
  slope: Slope,
): Float64Array[] {
  let now = C;
  return times.map((t, i) => {
    const span = t - (times[i - 1] ?? 0);
    if (span > 0) now = covarianceAfter(now, equation, span, Math.max(2, Math.ceil(FINENESS * span)), slope);
    return now;
  });
}

/** How far a run's loss is from the equation's, and the equation's, at each time but the first. */
export interface Offs {
  readonly off: readonly number[];
  readonly limit: readonly number[];
}

export function offsOf(
  Cs: readonly Float64Array[],
  pass: OnePass,
  times: readonly number[],
  slope: Slope,
): Offs {
  const limit = equationFrom(Cs[0], pass, times, slope).map((C) => testLoss(C, pass.equation));
  const off = Cs.map((C, i) => testLoss(C, pass.equation) - limit[i]);
  return { off: off.slice(1), limit: limit.slice(1) };
}
