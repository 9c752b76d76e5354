/** From a complete configuration to the numbers an engine needs: data split and scaled, θ drawn or loaded. */
import { batchFault } from '../core/dynamics/batches.ts';
import { ConfigError, type Config } from '../core/config/config.ts';
import { DATASETS, sizesOf, type Dataset, type Table } from '../core/datasets.ts';
import { featureChoiceOf, featureOf, sizedFor, takesWeights } from '../core/features/features.ts';
import { memberOf } from '../core/generators/dataset.ts';
import type { Label } from '../core/labels.ts';
import { LOSSES, targetsFault, type Loss } from '../core/objective/losses.ts';
import { MOST_DIRECTIONS } from '../core/observables.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import { shapeOf } from '../core/shape.ts';
import type { Terms } from '../core/dynamics/terms.ts';
import type { Problem } from '../engines/engine.ts';
import { encodeInputs, encodeTargets, standardOf, type Encoding } from './data/encoding.ts';
import { initialTheta } from './initial.ts';
import { featuresFor, placeStart } from './place.ts';
import { raysOf, teacherOf } from './data/rays.ts';
import { loadTable, type Files } from './data/table.ts';
import { streamOf, tablesOf } from './data/tables.ts';

export interface Prepared {
  /** The configuration with what only the data could tell filled in (the width of a .npy). */
  readonly config: Config;
  readonly problem: Problem;
  readonly encoding: Encoding;
  /** Training rows as they were given; of a stream those of step 0. */
  readonly table: Table;
  /** All rows; of a stream those of step 0. */
  readonly source: Table;
  /** Held-out rows, encoded; null without `test` or a stream. */
  readonly test: { readonly x: Float64Array; readonly y: Float64Array } | null;
}

/** Most bytes that θ may take in one array: typed arrays end at 2^33 bytes in current engines. */
const MOST_BYTES = 2 ** 33;

/** `mostBytes`: what θ may take where memory is the tighter limit; `load`: who has read a table before. */
export async function prepare(
  config: Config,
  files: Files,
  mostBytes = MOST_BYTES,
  load = loadTable,
): Promise<Prepared> {
  const { targets }: Loss = LOSSES[config.model.loss];
  const { train, test, source } = await tablesOf(config, (data) => load(data, files, targets === 'one-hot'));
  const labels = classesOf(train, targets);
  const standard = config.data.standardize ? standardOf(train, labels !== undefined) : null;
  const { c, rows: m } = sizesOf(train);
  const d = train.inputs.length + (config.model.bias ? 1 : 0);
  const { features } = config.model;
  if (c > 1 && !takesWeights(features))
    throw new ConfigError(
      `model.features = ${JSON.stringify(features)} is for one output, and the data have c = ${c}: give one target, or "inner-product"`,
    );
  const sized = sizedFor(features, { c, d });
  const shape = shapeOf(sized);
  const { theta, n } = await initialTheta(config, shape, files, Math.min(mostBytes, MOST_BYTES));
  const scales = scalesOf(abcOf(config.parameterization), n);
  const teacher = teacherOf(config);
  const encoding: Encoding = {
    inputs: train.inputs,
    target: train.target,
    ...(train.outputs && { outputs: train.outputs }),
    ...(sized.weights !== undefined && { weights: sized.weights }),
    ...(labels && { labels }),
    bias: config.model.bias,
    inner: scales.inner,
    standard,
    teacher,
    rays: raysOf(config, teacher),
  };
  const y = encodeTargets(train.y, encoding);
  const fault = targetsFault(config.model.loss, y, c);
  if (fault) throw new ConfigError(fault);
  const x = encodeInputs(train.x, encoding);
  const choice = featureChoiceOf({ ...config.model, features: featuresFor(features, x, d) });
  placeStart(theta, featureOf(choice), shape, config.initial.npy);
  const { batch } = config.dynamics;
  const stream = streamOf(config, scales.inner);
  const directions = directionsOf(config);
  const unfit = batch && batchFault(batch, m);
  if (unfit) throw new ConfigError(unfit);
  return {
    config: {
      ...config,
      data: 'csv' in config.data ? { ...config.data, target: config.data.target ?? train.target } : config.data,
      model: { ...config.model, width: n },
    },
    problem: {
      n,
      ...sized,
      m,
      x,
      y,
      ...choice,
      loss: config.model.loss,
      integrator: config.dynamics.integrator,
      dt: config.dynamics.dt,
      outer: scales.outer,
      speed: scales.speed,
      theta,
      ...termsOf(config),
      ...(config.dynamics.schedule && { schedules: config.dynamics.schedule }),
      ...(batch && { batch }),
      ...(stream && { stream }),
      ...(directions.length > 0 && { directions }),
    },
    encoding,
    table: train,
    source,
    test: test && { x: encodeInputs(test.x, encoding), y: encodeTargets(test.y, encoding) },
  };
}

/** Labels that are given, or what a loss that wants classes makes of numbers. */
function classesOf({ labels, outputs }: Table, targets: Loss['targets']): readonly Label[] | undefined {
  if (labels) return labels;
  return targets === 'signs' ? [-1, 1] : targets === 'one-hot' ? outputs : undefined;
}

/** Unit vectors on which the target depends, in the coordinates of w0, a few of them. */
function directionsOf({ data, model: { bias } }: Config): readonly (readonly number[])[] {
  if (!('dataset' in data) || data.standardize) return [];
  const dataset: Dataset = DATASETS[data.dataset];
  const member = memberOf(dataset, data);
  const given =
    dataset.directions?.(member) ??
    (dataset.teacher?.(data.seed ?? 1, member) ?? [])
      .map(([, ...w0]) => w0)
      .map((w0) => scaled(w0, Math.hypot(...w0)));
  return given.slice(0, MOST_DIRECTIONS).map((u) => (bias ? [...u, 0] : u));
}

const scaled = (w0: readonly number[], size: number): readonly number[] =>
  size > 0 ? w0.map((value) => value / size) : w0;

/** Nothing for the plain flow. */
function termsOf({
  dynamics: { temperature, decay, rates, penalty, momentum },
  initial: { seed },
}: Config): Pick<Problem, 'terms'> {
  const terms: Terms = {
    ...(rates.w1 === 1 && rates.w0 === 1 ? {} : { rates: [rates.w1, rates.w0] }),
    ...(decay === 0 ? {} : { decay }),
    ...penalty,
    ...(momentum && { momentum }),
    ...(temperature === 0 ? {} : { noise: { temperature, seed } }),
  };
  return Object.keys(terms).length === 0 ? {} : { terms };
}
