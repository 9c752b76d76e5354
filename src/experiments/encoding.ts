/** How raw rows become what an engine learns, and f a prediction in the target's own units. */
import { ConfigError } from '../core/config/config.ts';
import { sizesOf, type Table } from '../core/datasets.ts';
import type { Label } from '../core/labels.ts';
import { LOSSES } from '../core/losses.ts';
import { meanLoss } from '../core/model.ts';

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
  readonly labels?: readonly Label[];
  readonly bias: boolean;
  /** n^(−a0), absorbed into x. */
  readonly inner: number;
  /** Present with `standardize`; y of several outputs is a list, of classes an empty one. */
  readonly standard: { readonly x: readonly Standard[]; readonly y: Standard | readonly Standard[] } | null;
  /**
   * Neurons θ [1 + d] of the network that made the target; none where no network did, or columns were scaled.
   */
  readonly teacher: readonly (readonly number[])[];
}

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
  c === 1 ? values : values.filter((_, i) => i % c === k);

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
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (!(std > 0))
    throw new ConfigError(
      `data.standardize: column "${name}" is constant, leave it out or set "standardize": false`,
    );
  return { mean, std };
}

/** 1 − Σ|f − y|² / Σ|y − ȳ|²: the share of the targets' variance that f explains; NaN when y is constant. */
export function r2(f: Float64Array, y: Float64Array, c = 1): number {
  return r2OfLoss(meanLoss(f, y, LOSSES.squared, c), y, c);
}

/** The same from the squared loss L = (1/2m) Σ|f − y|². */
export function r2OfLoss(loss: number, y: Float64Array, c = 1): number {
  let variance = 0;
  for (let k = 0; k < c; k++) variance += varianceOf(columnOf(y, k, c));
  return variance > 0 ? 1 - (2 * loss) / variance : NaN;
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
