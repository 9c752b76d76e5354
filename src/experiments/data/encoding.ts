/** How raw rows become what an engine learns, and f a prediction in the target's own units. */
import { ConfigError } from '../../core/config/config.ts';
import { sizesOf, type Table } from '../../core/datasets.ts';
import type { Label } from '../../core/labels.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { meanLoss } from '../../core/model.ts';
import type { Sized } from '../../core/shape.ts';
import type { Ray } from '../../core/ray.ts';

/** Shift and scale of one column: raw = mean + std · scaled. */
export interface Standard {
  readonly mean: number;
  readonly std: number;
}

/** How raw rows become engine inputs and f becomes a prediction in the target's own units. */
export interface Encoding {
  readonly inputs: readonly string[];
  /** For people; names of several outputs, and of the classes where targets are such. */
  readonly target: string;
  readonly outputs?: readonly string[];
  /** Output weights of a neuron, 0 where there are none; absent where there is one for each output. */
  readonly weights?: number;
  readonly labels?: readonly Label[];
  readonly bias: boolean;
  /** n^(−a0), absorbed into x. */
  readonly inner: number;
  /** Present with `standardize`; y of several outputs is a list, of classes an empty one. */
  readonly standard: { readonly x: readonly Standard[]; readonly y: Standard | readonly Standard[] } | null;
  /**
   * Neurons θ [1 + d], or [d] where there are no output weights, of the network that made the target; none where no network did, or columns were scaled.
   */
  readonly teacher: readonly (readonly number[])[];
  /** The same as it is drawn, and what else made the target. */
  readonly rays: readonly Ray[];
}

/** What decides the shape of rows of θ. */
export const sizedOf = ({ inputs, outputs, bias, weights }: Encoding): Sized => ({
  c: outputs?.length ?? 1,
  d: inputs.length + (bias ? 1 : 0),
  ...(weights !== undefined && { weights }),
});

/** Raw inputs [rows, k] as engine inputs [rows, d]: standardized, bias appended, times n^(−a0). */
export function encodeInputs(raw: Float64Array, { inputs, bias, inner, standard }: Encoding): Float64Array {
  const k = inputs.length;
  const d = k + (bias ? 1 : 0);
  const rows = raw.length / k;
  const x = new Float64Array(rows * d);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < k; c++) {
      const value = raw[i * k + c];
      x[i * d + c] = inner * (standard ? (value - standard.x[c].mean) / standard.x[c].std : value);
    }
    if (bias) x[i * d + k] = inner;
  }
  return x;
}

/** Scales of the outputs, one after the other in each row; none where targets stay as they are. */
const scalesOf = ({ standard }: Encoding): readonly Standard[] => (standard ? [standard.y].flat() : []);

/** Targets [rows, c] as the network learns them. */
export function encodeTargets(raw: Float64Array, encoding: Encoding): Float64Array {
  const scales = scalesOf(encoding);
  const of = (i: number): Standard => scales[i % scales.length];
  return scales.length > 0 ? raw.map((value, i) => (value - of(i).mean) / of(i).std) : raw;
}

/** Column k of rows of c. */
export const columnOf = (values: Float64Array, k: number, c: number): Float64Array =>
  c === 1 ? values : Float64Array.from({ length: values.length / c }, (_, i) => values[i * c + k]);

/** f [rows, c] in the units of the target's columns. */
export function decodeOutputs(f: Float64Array, encoding: Encoding): Float64Array {
  const scales = scalesOf(encoding);
  const of = (i: number): Standard => scales[i % scales.length];
  return scales.length > 0 ? f.map((value, i) => of(i).mean + of(i).std * value) : f;
}

/**
 * Mean and deviation of every column, of the targets where they are no classes; throws ConfigError where one is
 * constant.
 */
export function standardOf(table: Table, classes: boolean): NonNullable<Encoding['standard']> {
  const { inputs, outputs, x, y, target } = table;
  const { c } = sizesOf(table);
  const ofTarget = (k: number): Standard => standardColumn(columnOf(y, k, c), outputs?.[k] ?? target);
  return {
    x: inputs.map((name, k) => standardColumn(columnOf(x, k, inputs.length), name)),
    y: classes ? [] : outputs ? outputs.map((_, k) => ofTarget(k)) : ofTarget(0),
  };
}

function standardColumn(values: Float64Array, name: string): Standard {
  if (isConstant(values))
    throw new ConfigError(
      `data.standardize: column "${name}" is constant${values[0] === values.at(-1) ? '' : ' up to rounding'}, leave it out or set "standardize": false`,
    );
  const { mean, variance } = momentsOf(values);
  const std = Math.sqrt(variance);
  if (!Number.isFinite(std) || !(std > 0))
    throw new ConfigError(
      `data.standardize: the mean or the variance of column "${name}" is ${std > 0 ? 'beyond' : 'below'} what float64 holds, give it in another unit`,
    );
  return { mean, std };
}

/** Values that differ by less than this many units in the last place, of the largest, differ by rounding. */
const ROUNDING = 16;

/** Whether a column is one value, but for rounding. */
export function isConstant(values: Float64Array): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return !(high - low > ROUNDING * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high)));
}

/** 1 − Σ|f − y|² / Σ|y − ȳ|²: the share of the targets' variance that f explains; NaN where y is constant. */
export function r2(f: Float64Array, y: Float64Array, c = 1): number {
  return r2OfLoss(meanLoss(f, y, LOSSES.squared, c), y, c);
}

/** The same from the squared loss L = (1/2m) Σ|f − y|². */
export function r2OfLoss(loss: number, y: Float64Array, c = 1): number {
  const variance = totals.get(y) ?? totalVariance(y, c);
  totals.set(y, variance);
  return variance > 0 && Number.isFinite(variance) ? 1 - (2 * loss) / variance : NaN;
}

/** Of targets, which stay while a run asks at every picture. */
const totals = new WeakMap<Float64Array, number>();

function totalVariance(y: Float64Array, c: number): number {
  let variance = 0;
  for (let k = 0; k < c; k++) variance += varianceOf(columnOf(y, k, c));
  return variance;
}

const varianceOf = (values: Float64Array): number => (isConstant(values) ? 0 : momentsOf(values).variance);

/** Mean, and mean square deviation from it. */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}
