/** From a complete configuration to the numbers an engine needs: data split and scaled, θ drawn or loaded. */
import { batchFault } from '../core/batches.ts';
import { ConfigError, type Config } from '../core/config/config.ts';
import { DATASETS, sizesOf, type Dataset, type Table } from '../core/datasets.ts';
import { featureChoiceOf, featureOf } from '../core/features.ts';
import { memberOf } from '../core/generators/dataset.ts';
import type { Label } from '../core/labels.ts';
import { LOSSES, targetsFault, type Loss } from '../core/losses.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import { shapeOf } from '../core/shape.ts';
import type { Terms } from '../core/terms.ts';
import type { Problem } from '../engines/engine.ts';
import { encodeInputs, encodeTargets, standardOf, type Encoding } from './encoding.ts';
import { initialTheta } from './initial.ts';
import { featuresFor, placeStart } from './place.ts';
import { split } from './split.ts';
import { loadTable, type Files } from './table.ts';

export interface Prepared {
  /** The configuration with what only the data could tell filled in (the width of a .npy). */
  readonly config: Config;
  readonly problem: Problem;
  readonly encoding: Encoding;
  /** Training rows as they were given. */
  readonly table: Table;
  /** Held-out rows, encoded; null without `test`. */
  readonly test: { readonly x: Float64Array; readonly y: Float64Array } | null;
}

/** Most bytes that θ may take in one array: typed arrays end at 2^33 bytes in current engines. */
const MOST_BYTES = 2 ** 33;

/** `mostBytes`: what θ may take where memory is the tighter limit. */
export async function prepare(config: Config, files: Files, mostBytes = MOST_BYTES): Promise<Prepared> {
  const { targets }: Loss = LOSSES[config.model.loss];
  const table = await loadTable(config.data, files, targets === 'one-hot');
  const { train, test } = split(table, config.data.test ?? 0, config.data.testSeed ?? 1);
  const labels = classesOf(table, targets);
  const standard = config.data.standardize ? standardOf(train, labels !== undefined) : null;
  const { c, rows: m } = sizesOf(train);
  const d = train.inputs.length + (config.model.bias ? 1 : 0);
  const shape = shapeOf({ c, d });
  const { theta, n } = await initialTheta(config, shape, files, Math.min(mostBytes, MOST_BYTES));
  const scales = scalesOf(abcOf(config.parameterization), n);
  const encoding: Encoding = {
    inputs: train.inputs,
    target: train.target,
    ...(train.outputs && { outputs: train.outputs }),
    ...(labels && { labels }),
    bias: config.model.bias,
    inner: scales.inner,
    standard,
    teacher: teacherOf(config),
  };
  const y = encodeTargets(train.y, encoding);
  const fault = targetsFault(config.model.loss, y, c);
  if (fault) throw new ConfigError(fault);
  const x = encodeInputs(train.x, encoding);
  const choice = featureChoiceOf({ ...config.model, features: featuresFor(config.model.features, x, d) });
  placeStart(theta, featureOf(choice), shape, config.initial.npy);
  const { batch } = config.dynamics;
  const unfit = batch && batchFault(batch, m);
  if (unfit) throw new ConfigError(unfit);
  return {
    config: {
      ...config,
      data: 'csv' in config.data ? { ...config.data, target: config.data.target ?? table.target } : config.data,
      model: { ...config.model, width: n },
    },
    problem: {
      n,
      ...(c > 1 && { c }),
      d,
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
    },
    encoding,
    table: train,
    test: test && { x: encodeInputs(test.x, encoding), y: encodeTargets(test.y, encoding) },
  };
}

/** Labels that are given, or what a loss that wants classes makes of numbers. */
function classesOf({ labels, outputs }: Table, targets: Loss['targets']): readonly Label[] | undefined {
  if (labels) return labels;
  return targets === 'signs' ? [-1, 1] : targets === 'one-hot' ? outputs : undefined;
}

function teacherOf({ data, model: { bias } }: Config): readonly (readonly number[])[] {
  if (!('dataset' in data) || data.standardize) return [];
  const dataset: Dataset = DATASETS[data.dataset];
  const neurons = dataset.teacher?.(data.seed ?? 1, memberOf(dataset, data)) ?? [];
  return neurons.map((theta) => (bias ? [...theta, 0] : theta));
}

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
