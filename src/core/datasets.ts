/**
 * Data sets that come with the program: generators (drawn from a seed) and shipped real data, each one entry of
 * one registry.
 */
import { DIGITS, TEMPERATURE, VOLCANO } from './data/shipped.ts';
import { CLASSES } from './generators/classes.ts';
import { inputNames, memberOf, usualRows, type Dataset, type Member } from './generators/dataset.ts';
import { SPIKES } from './generators/spikes.ts';
import { TARGETS } from './generators/targets.ts';
import type { Label } from './labels.ts';
import { Draws, STREAMS } from './random.ts';
import { subset } from './ranking.ts';
import { finished, type Work } from './work.ts';

export type { Dataset, Member } from './generators/dataset.ts';

/**
 * Columns of numbers as a person would tabulate them: no bias, no scaling. x is [rows, inputs.length],
 * row-major.
 */
export interface Table {
  readonly inputs: readonly string[];
  /** Names of several outputs, c of them; where there is one, its name is the target's. */
  readonly outputs?: readonly string[];
  /** Of a column of labels, in the order of its classes. */
  readonly labels?: readonly Label[];
  /** For people. */
  readonly target: string;
  readonly x: Float64Array;
  /** [rows, c], row-major. */
  readonly y: Float64Array;
  /** Of a file: its rows, and the columns that are not used. */
  readonly file?: { readonly rows: number; readonly dropped: number; readonly skipped: readonly string[] };
}

/** c and the number of rows. */
export const sizesOf = ({ inputs, outputs, x }: Table): { readonly c: number; readonly rows: number } => ({
  c: outputs?.length ?? 1,
  rows: x.length / inputs.length,
});

const PIXELS = DIGITS.side ** 2;

/** In metres, row by row. */
function heights(): number[] {
  const { width, first, level, steps } = VOLCANO;
  const found: number[] = [];
  for (let at = 0; at < steps.length; at++) {
    const before = at === 0 ? first : found[at < width ? at - 1 : at - width];
    found.push(before + steps.charCodeAt(at) - level.charCodeAt(0));
  }
  return found;
}

/** i-th of `samples` evenly spaced points of [low, high], both ends included. */
const spaced = (i: number, samples: number, low: number, high: number): number =>
  samples === 1 ? (low + high) / 2 : low + ((high - low) * i) / (samples - 1);

export const DATASETS = {
  curve: {
    summary: 'one input: y = sin 6x + x/2 on evenly spaced x in [−1, 1]',
    inputs: ['x'],
    target: 'y',
    spread: true,
    samples: 96,
    rows: (samples) => (i) => {
      const x = spaced(i, samples, -1, 1);
      return [x, Math.sin(6 * x) + x / 2];
    },
  },
  'circle-teacher': {
    summary: 'two inputs on the unit circle, y from a teacher network of five relu neurons drawn from the seed',
    inputs: ['x1', 'x2'],
    target: 'y',
    spread: true,
    samples: 96,
    teacher: (seed) => reluTeacher(5, seed),
    rows: (samples, seed) => {
      const teacher = reluTeacher(5, seed);
      return (i) => {
        const angle = (2 * Math.PI * i) / samples;
        const x1 = Math.cos(angle);
        const x2 = Math.sin(angle);
        return [x1, x2, teacher.reduce((sum, [w1, c, s]) => sum + w1 * Math.max(c * x1 + s * x2, 0), 0)];
      };
    },
  },
  moons: {
    summary: 'two inputs: two interleaved half circles, y = +1 on one and −1 on the other',
    inputs: ['x1', 'x2'],
    target: 'y',
    spread: true,
    samples: 200,
    rows: (samples, seed) => {
      const jitter = jitterOf(seed, 0.08);
      return (i) => {
        const upper = i % 2 === 0;
        const angle = Math.PI * spaced(i >>> 1, Math.ceil(samples / 2), 0, 1);
        const [e1, e2] = jitter(i);
        const x1 = upper ? Math.cos(angle) : 1 - Math.cos(angle);
        const x2 = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
        return [x1 - 0.5 + e1, x2 - 0.25 + e2, upper ? 1 : -1];
      };
    },
  },
  spirals: {
    summary: 'two inputs: two spirals of one and a half turns, y = +1 on one and −1 on the other',
    inputs: ['x1', 'x2'],
    target: 'y',
    spread: true,
    samples: 240,
    rows: (samples, seed) => {
      const jitter = jitterOf(seed, 0.02);
      return (i) => {
        const sign = i % 2 === 0 ? 1 : -1;
        const s = spaced(i >>> 1, Math.ceil(samples / 2), 0.08, 1);
        const [e1, e2] = jitter(i);
        return [sign * s * Math.cos(3 * Math.PI * s) + e1, sign * s * Math.sin(3 * Math.PI * s) + e2, sign];
      };
    },
  },
  ...SPIKES,
  ...TARGETS,
  ...CLASSES,
  'global-temperature': {
    summary: 'one input, real: global temperature anomaly in °C for the years 1880–2023',
    source: 'NASA Goddard Institute for Space Studies, GISTEMP (U.S. government work), through vega-datasets',
    inputs: ['year'],
    target: 'anomaly (°C)',
    samples: TEMPERATURE.year.length,
    rows: () => (i) => [TEMPERATURE.year[i], TEMPERATURE.anomaly[i]],
  },
  'maunga-whau': {
    summary: 'two inputs, real: heights in metres of the volcano Maunga Whau, Auckland, on a 10 m grid',
    source: "digitized by Ross Ihaka, R's data set volcano, through vega-datasets (BSD-3-Clause)",
    inputs: ['x (m)', 'y (m)'],
    target: 'height (m)',
    samples: VOLCANO.width * VOLCANO.height,
    rows: () => {
      const values = heights();
      return (i) => {
        const column = i % VOLCANO.width;
        const row = Math.floor(i / VOLCANO.width);
        return [10 * column, 10 * (VOLCANO.height - 1 - row), values[i]];
      };
    },
  },
  digits: {
    summary:
      '49 inputs, real: handwritten digits on 7 × 7 pixels from 0 to 1, y = +1 where odd and −1 where even',
    source: 'MNIST (LeCun, Cortes, Burges), 600 of its digits through the package mnist (MIT)',
    inputs: Array.from({ length: PIXELS }, (_, k) => `p${k + 1}`),
    target: 'odd',
    samples: DIGITS.pixels.length / PIXELS,
    rows: () => (i) => [
      ...Array.from(DIGITS.pixels.slice(i * PIXELS, (i + 1) * PIXELS), (grey) => parseInt(grey, 16) / 15),
      i % 2 === 1 ? 1 : -1,
    ],
  },
} as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof DATASETS;

/**
 * Tabulates a data set, or the member of its family that is given: `samples` rows (a random subset of real data),
 * `noise` = standard deviation added to y.
 */
export const tabulate = (...of: Parameters<typeof tabulating>): Table => finished(tabulating(...of));

/** The same, some rows at a time. */
export function* tabulating(
  name: DatasetName,
  samples?: number,
  noise = 0,
  seed = 1,
  given: Partial<Member> = {},
): Work<Table> {
  const dataset: Dataset = DATASETS[name];
  const member = memberOf(dataset, given);
  const wanted = samples ?? usualRows(dataset, member);
  const index = dataset.source ? subset(dataset.samples, wanted, seed) : null;
  const row = dataset.rows(wanted, seed, member, seed);
  const rows = yield* gathering(
    wanted,
    member,
    index ? (i) => row(index[i]) : row,
    noise,
    new Draws(seed, STREAMS.data),
  );
  return { ...namesIn(dataset, member), ...rows };
}

/** What a table of a member says beside its numbers. */
export const namesIn = (dataset: Dataset, member: Member): Pick<Table, 'inputs' | 'target'> => ({
  inputs: inputNames(dataset, member),
  target: dataset.target,
});

/** Rows first … first + count − 1, with normal numbers of a place of their own times `noise` added to y. */
export const gathered = (...of: Parameters<typeof gathering>): Pick<Table, 'x' | 'y'> =>
  finished(gathering(...of));

/** Rows between two turns of others: a hundredth of a second or so. */
const PIECE = 2 ** 13;

function* gathering(
  count: number,
  { dimension }: Member,
  row: (i: number) => readonly number[],
  noise: number,
  draws: Draws,
  first = 0,
): Work<Pick<Table, 'x' | 'y'>> {
  const x = new Float64Array(count * dimension);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const values = row(first + i);
    x.set(values.slice(0, dimension), i * dimension);
    draws.seek(first + i);
    y[i] = values[dimension] + (noise > 0 ? noise * draws.normal() : 0);
    if ((i + 1) % PIECE === 0) yield (i + 1) / count;
  }
  return { x, y };
}

/** Unit vectors w0 with output weights +1 and −1 in turn, as [w1, w0]. */
function reluTeacher(neurons: number, seed: number): [number, number, number][] {
  const draws = new Draws(seed, STREAMS.teacher);
  return Array.from({ length: neurons }, (_, k) => {
    draws.seek(k);
    // one in each sector, so that they can be told apart
    const angle = (2 * Math.PI * (k + 0.6 * draws.uniform())) / neurons;
    return [k % 2 === 0 ? 1 : -1, Math.cos(angle), Math.sin(angle)];
  });
}

/** Two normal numbers of standard deviation std for row i, part of the data set itself (not of `noise`). */
function jitterOf(seed: number, std: number): (i: number) => [number, number] {
  const draws = new Draws(seed, STREAMS.sample);
  return (i) => {
    draws.seek(i);
    return [std * draws.normal(), std * draws.normal()];
  };
}
