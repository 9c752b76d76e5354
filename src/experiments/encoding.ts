/** How raw rows become what an engine learns, and f a prediction in the target's own units. */
import { ConfigError } from '../core/config/config.ts';
import type { Table } from '../core/datasets.ts';
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
  readonly target: string;
  readonly bias: boolean;
  /** n^(−a0), absorbed into x. */
  readonly inner: number;
  /** Present with `standardize`. */
  readonly standard: { readonly x: readonly Standard[]; readonly y: Standard } | null;
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

export function encodeTargets(raw: Float64Array, { standard }: Encoding): Float64Array {
  return standard ? raw.map((value) => (value - standard.y.mean) / standard.y.std) : raw;
}

/** f in the units of the target column. */
export function decodeOutputs(f: Float64Array, { standard }: Encoding): Float64Array {
  return standard ? f.map((value) => standard.y.mean + standard.y.std * value) : f;
}

/** Mean and deviation of every column; throws ConfigError where one is constant. */
export function standardOf({ inputs, x, y, target }: Table): NonNullable<Encoding['standard']> {
  const k = inputs.length;
  const column = (c: number): Float64Array => Float64Array.from(y, (_, i) => x[i * k + c]);
  return { x: inputs.map((name, c) => standardColumn(column(c), name)), y: standardColumn(y, target) };
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

/** 1 − Σ(f − y)² / Σ(y − ȳ)²: the share of the target's variance that f explains; NaN when y is constant. */
export function r2(f: Float64Array, y: Float64Array): number {
  return r2OfLoss(meanLoss(f, y, LOSSES.squared), y);
}

/** The same from the squared loss L = (1/2m) Σ(f − y)². */
export function r2OfLoss(loss: number, y: Float64Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length;
  return variance > 0 ? 1 - (2 * loss) / variance : NaN;
}
