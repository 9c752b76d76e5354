/** From a complete configuration to the numbers an engine needs: data split and scaled, θ drawn or loaded. */
import { ConfigError, WIDTH_OF_FILE, type Config } from '../core/config/config.ts';
import { DATASETS, ranked, type Dataset, type Table } from '../core/datasets.ts';
import { drawTheta } from '../core/laws.ts';
import { LOSSES } from '../core/losses.ts';
import { meanLoss } from '../core/model.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import { STREAMS } from '../core/random.ts';
import { shapeOf, type Shape } from '../core/shape.ts';
import type { Terms } from '../core/terms.ts';
import type { Problem } from '../engines/engine.ts';
import { decodeNpy, NpyError } from '../io/npy.ts';
import { loadTable, type Files } from './table.ts';

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
  const table = await loadTable(config.data, files);
  const { train, test } = split(table, config.data.test ?? 0, config.initial.seed);
  const standard = config.data.standardize ? standardOf(train) : null;
  const d = train.inputs.length + (config.model.bias ? 1 : 0);
  const { theta, n } = await initialTheta(config, shapeOf({ d }), files, Math.min(mostBytes, MOST_BYTES));
  const scales = scalesOf(abcOf(config.parameterization), n);
  const encoding: Encoding = {
    inputs: train.inputs,
    target: train.target,
    bias: config.model.bias,
    inner: scales.inner,
    standard,
    teacher: teacherOf(config),
  };
  return {
    config: {
      ...config,
      data: 'csv' in config.data ? { ...config.data, target: table.target } : config.data,
      model: { ...config.model, width: n },
    },
    problem: {
      n,
      d,
      m: train.y.length,
      x: encodeInputs(train.x, encoding),
      y: encodeTargets(train.y, encoding),
      activation: config.model.activation,
      loss: config.model.loss,
      integrator: config.dynamics.integrator,
      dt: config.dynamics.dt,
      outer: scales.outer,
      speed: scales.speed,
      theta,
      ...termsOf(config),
    },
    encoding,
    table: train,
    test: test && { x: encodeInputs(test.x, encoding), y: encodeTargets(test.y, encoding) },
  };
}

function teacherOf({ data, model: { bias } }: Config): readonly (readonly number[])[] {
  if (!('dataset' in data) || data.standardize) return [];
  const { teacher }: Dataset = DATASETS[data.dataset];
  return teacher?.(data.seed ?? 1).map((theta) => (bias ? [...theta, 0] : theta)) ?? [];
}

/** Nothing for the plain flow. */
function termsOf({
  dynamics: { temperature, decay, rates },
  initial: { seed },
}: Config): Pick<Problem, 'terms'> {
  const terms: Terms = {
    ...(rates.w1 === 1 && rates.w0 === 1 ? {} : { rates: [rates.w1, rates.w0] }),
    ...(decay === 0 ? {} : { decay }),
    ...(temperature === 0 ? {} : { noise: { temperature, seed } }),
  };
  return Object.keys(terms).length === 0 ? {} : { terms };
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

function split(table: Table, share: number, seed: number): { train: Table; test: Table | null } {
  const rows = table.y.length;
  const held = Math.round(share * rows);
  if (held === 0) return { train: table, test: null };
  if (held === rows)
    throw new ConfigError(`data.test = ${share} holds out all ${rows} rows: give a smaller share or more rows`);
  const order = ranked(rows, seed, STREAMS.split);
  const pick = (index: number[]): Table =>
    take(
      table,
      index.sort((p, q) => p - q),
    );
  return { test: pick(order.slice(0, held)), train: pick(order.slice(held)) };
}

function take(table: Table, index: number[]): Table {
  const k = table.inputs.length;
  const x = new Float64Array(index.length * k);
  index.forEach((row, i) => x.set(table.x.subarray(row * k, (row + 1) * k), i * k));
  return { ...table, x, y: Float64Array.from(index, (row) => table.y[row]) };
}

function standardOf({ inputs, x, y, target }: Table): NonNullable<Encoding['standard']> {
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

async function initialTheta(
  config: Config,
  shape: Shape,
  files: Files,
  mostBytes: number,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { initial, model, parameterization } = config;
  if (initial.npy !== undefined) return loadTheta(initial.npy, shape, model.width, files);
  const { c, d, width } = shape;
  const n = model.width;
  const bytes = 8 * n * width;
  if (bytes > mostBytes) {
    const most = Math.floor(mostBytes / (8 * width));
    throw new ConfigError(
      `model.width = ${n}: θ needs ${bytes} bytes and at most ${mostBytes} fit here, choose a width ≤ ${most}`,
    );
  }
  if (initial.w0.law === 'dirac' && typeof initial.w0.at === 'object' && initial.w0.at.length !== d) {
    throw new ConfigError(`initial.w0.at has ${initial.w0.at.length} numbers and d = ${d}: give ${d}`);
  }
  if (initial.w1.law === 'dirac' && typeof initial.w1.at === 'object' && initial.w1.at.length !== c) {
    throw new ConfigError(`initial.w1.at has ${initial.w1.at.length} numbers: give ${c === 1 ? 'one' : c}`);
  }
  const { spread } = scalesOf(abcOf(parameterization), n);
  return {
    theta: await drawInTurns(n * width, TOGETHER * width, (at, count) =>
      drawTheta(initial, count / width, shape, spread, at / width),
    ),
    n,
  };
}

/** Neurons drawn before others have a turn: two milliseconds or so. */
const TOGETHER = 2 ** 13;

/**
 * `draw(at, count)` in pieces of `most` numbers, the event loop turning in between: a page stays alive
 * meanwhile, and its GPU is fed.
 */
async function drawInTurns(
  size: number,
  most: number,
  draw: (at: number, count: number) => Float64Array,
): Promise<Float64Array> {
  if (size <= most) return draw(0, size);
  const all = new Float64Array(size);
  for (let at = 0; at < size; at += most) {
    all.set(draw(at, Math.min(most, size - at)), at);
    await turn();
  }
  return all;
}

/** One turn of the event loop; timers would wait for milliseconds. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function loadTheta(
  path: string,
  row: Shape,
  width: number,
  files: Files,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { shape, data } = decode(await files.readBytes(path), path);
  if (shape.length !== 2 || shape[1] !== row.width) {
    throw new ConfigError(
      `initial.npy: ${path} has shape (${shape.join(', ')}), give (n, ${row.width}) for these data: column 0 is w1, then ${row.d} of w0`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ConfigError(
      `initial.npy: ${path} holds ${data[bad]} at row ${Math.floor(bad / row.width)}, column ${bad % row.width}: give finite numbers`,
    );
  }
  if (shape[0] === 0) throw new ConfigError(`initial.npy: ${path} has no rows: give at least one neuron`);
  if (width !== WIDTH_OF_FILE && width !== shape[0]) {
    throw new ConfigError(
      `model.width = ${width}, but initial.npy ${path} has ${shape[0]} rows: leave the width out or make them equal`,
    );
  }
  return { theta: data, n: shape[0] };
}

function decode(bytes: Uint8Array, path: string): ReturnType<typeof decodeNpy> {
  try {
    return decodeNpy(bytes);
  } catch (error) {
    if (error instanceof NpyError) throw new ConfigError(`initial.npy: ${path}: ${error.message}`);
    throw error;
  }
}
