/** `data` of CONFIG.json: its forms, their defaults, and what contradicts itself in them. */
import { DATASETS, type Dataset, type DatasetName } from '../datasets.ts';
import { memberOf, mostRows, usualRows, type Member } from '../generators/dataset.ts';
import { finiteness, type StreamPlan } from '../dynamics/streams.ts';
import { inlineFault, type InlineData } from './inline.ts';

interface DataOptions {
  /** Share of the rows held out, 0 … < 1. */
  readonly test?: number;
  /** Draws which. */
  readonly testSeed?: number;
  /**
   * Shift and scale every coordinate and the target to mean 0 and variance 1 over the training rows; a target that
   * says classes stays.
   */
  readonly standardize?: boolean;
}
/** How a CSV is written and which of it is used; what is not given is found. */
export interface CsvChoice {
  /** A column, or the columns of several outputs. Default: the last column. */
  readonly target?: string | readonly string[];
  readonly labels?: boolean;
  /** What stands between cells: , ; | a tab, or a blank for runs of blanks. */
  readonly delimiter?: string;
  /** What stands before the decimals. */
  readonly decimal?: '.' | ',';
  /** Whether line 1 names the columns, which else are x1 … xk and y. Default: it does, and must not look like data. */
  readonly header?: boolean;
  /** The columns of x; default: every other one with numbers. */
  readonly inputs?: readonly string[];
  /** Columns that are not used. */
  readonly exclude?: readonly string[];
  /** Rows in which a cell that is used is missing. Default: an error. */
  readonly missing?: 'error' | 'drop';
}
export type Data = DataOptions &
  (
    | ({ readonly csv: string } & CsvChoice)
    /** Arrays of NumPy, of their own: x [m, k] and y [m] or [m, c]. */
    | { readonly npy: { readonly x: string; readonly y: string }; readonly labels?: boolean }
    /** `labels`: the target's numbers are names of classes; text always is. */
    | { readonly inline: InlineData; readonly labels?: boolean }
    | ({
        readonly dataset: DatasetName;
        readonly samples?: number;
        readonly noise?: number;
        readonly seed?: number;
        /** Of a stream: rows held out, which `testSeed` draws. */
        readonly testSamples?: number;
      } & Partial<Member>)
  );
type Generated = Extract<Data, { dataset: DatasetName }>;

/** Most numbers that a generated x may have: 1 GiB. */
const MOST_NUMBERS = 2 ** 27;

const TEST_SAMPLES = 1000;

/** `streamed`: its rows come fresh for each step. */
export function completeData(data: Data, streamed = false): Data {
  const filled = 'dataset' in data ? completeGenerated(data, streamed) : data;
  return { ...filled, test: 0, testSeed: 1, standardize: false, ...filled };
}

/** Dimension and parameters stand where they are a choice. */
function completeGenerated(data: Generated, streamed: boolean): Generated {
  const dataset: Dataset = DATASETS[data.dataset];
  const member = memberOf(dataset, data);
  return {
    samples: usualRows(dataset, member),
    noise: 0,
    seed: 1,
    ...(streamed && { testSamples: TEST_SAMPLES }),
    ...data,
    ...(dataset.dimension && { dimension: member.dimension }),
    ...(dataset.parameters && { parameters: member.parameters }),
  };
}

/** What `was` has become: with as many rows as its family makes by default, where it had those. */
export function withUsualRows(was: Data, now: Data): Data {
  if (!('dataset' in was) || !('dataset' in now)) return now;
  const dataset: Dataset = DATASETS[was.dataset];
  const { samples, ...rest } = now;
  return samples === usualRows(dataset, memberOf(dataset, was)) ? rest : now;
}

/** One sentence where complete data contradict themselves or a stream of them, else null. */
export function dataFault(data: Data, stream?: StreamPlan): string | null {
  const streamed = stream ? streamFault(data, stream) : heldFault(data);
  if (streamed) return streamed;
  if ('dataset' in data) return generatedFault(data);
  return (
    ('inline' in data ? inlineFault(data.inline) : null) ??
    ('csv' in data ? choiceFault(data) : null) ??
    labelsFault(data)
  );
}

function choiceFault({ inputs, exclude }: CsvChoice): string | null {
  return inputs && exclude
    ? 'data.inputs and data.exclude stand side by side: give the columns that are used, or those that are not'
    : null;
}

function streamFault(data: Data, { size }: StreamPlan): string | null {
  const finite =
    'dataset' in data
      ? finiteness(data.dataset, data)
      : `${'csv' in data ? data.csv : 'npy' in data ? data.npy.x : 'data.inline'} has no rows but its own`;
  if (finite)
    return `dynamics.stream needs data that never end, and ${finite}: give a generator of data.dataset that draws its rows (parameters.inputs = "signs" in place of "corners"), or dynamics.batch`;
  if (data.test)
    return `data.test = ${data.test} is a share of finite data, and dynamics.stream has none: give data.testSamples`;
  if (data.standardize)
    return 'data.standardize scales by finite data, and dynamics.stream has none: leave it out';
  return 'dataset' in data ? numbersFault('dynamics.stream.size', size, data) : null;
}

const heldFault = (data: Data): string | null =>
  'dataset' in data && data.testSamples !== undefined
    ? `data.testSamples = ${data.testSamples} is for dynamics.stream: give data.test, a share of the rows`
    : null;

function generatedFault(data: Generated): string | null {
  const dataset: Dataset = DATASETS[data.dataset];
  const member = memberOf(dataset, data);
  const fault = dataset.fault?.(member);
  if (fault) return fault;
  const most = mostRows(dataset, member);
  const samples = data.samples ?? usualRows(dataset, member);
  if (samples > most)
    return `data.samples = ${samples}: ${data.dataset} has ${most} rows, give at most that many`;
  return numbersFault('data.samples', samples, data);
}

function numbersFault(field: string, rows: number, data: Generated): string | null {
  const { dimension } = memberOf(DATASETS[data.dataset], data);
  return rows * dimension > MOST_NUMBERS
    ? `${field} = ${rows} of dimension ${dimension} are ${rows * dimension} numbers, the limit is ${MOST_NUMBERS}: give fewer samples or a smaller dimension`
    : null;
}

function labelsFault(data: Exclude<Data, Generated>): string | null {
  if (!data.labels) return null;
  const target = 'csv' in data ? data.target : 'inline' in data ? data.inline.target : undefined;
  const several = typeof target === 'object' && target.length > 1;
  return several || ('inline' in data && typeof data.inline.y[0] === 'object')
    ? 'data.labels = true is for one column of labels: give one target, or leave it out'
    : null;
}
