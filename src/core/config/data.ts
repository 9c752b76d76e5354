/** `data` of CONFIG.json: its forms, their defaults, and what contradicts itself in them. */
import { DATASETS, type Dataset, type DatasetName } from '../datasets.ts';
import { memberOf, mostRows, usualRows, type Member } from '../generators/dataset.ts';
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
export type Data = DataOptions &
  (
    | {
        readonly csv: string;
        /** A column, or the columns of several outputs. */
        readonly target?: string | readonly string[];
        readonly labels?: boolean;
      }
    /** `labels`: the target's numbers are names of classes; text always is. */
    | { readonly inline: InlineData; readonly labels?: boolean }
    | ({
        readonly dataset: DatasetName;
        readonly samples?: number;
        readonly noise?: number;
        readonly seed?: number;
      } & Partial<Member>)
  );
type Generated = Extract<Data, { dataset: DatasetName }>;

/** Most numbers that a generated x may have: 1 GiB. */
const MOST_NUMBERS = 2 ** 27;

export function completeData(data: Data): Data {
  const filled = 'dataset' in data ? completeGenerated(data) : data;
  return { ...filled, test: 0, testSeed: 1, standardize: false, ...filled };
}

/** Dimension and parameters stand where they are a choice. */
function completeGenerated(data: Generated): Generated {
  const dataset: Dataset = DATASETS[data.dataset];
  const member = memberOf(dataset, data);
  return {
    samples: usualRows(dataset, member),
    noise: 0,
    seed: 1,
    ...data,
    ...(dataset.dimension && { dimension: member.dimension }),
    ...(dataset.parameters && { parameters: member.parameters }),
  };
}

/** One sentence where complete data contradict themselves, else null. */
export function dataFault(data: Data): string | null {
  if ('dataset' in data) return generatedFault(data);
  return ('inline' in data ? inlineFault(data.inline) : null) ?? labelsFault(data);
}

function generatedFault(data: Generated): string | null {
  const dataset: Dataset = DATASETS[data.dataset];
  const member = memberOf(dataset, data);
  const fault = dataset.fault?.(member);
  if (fault) return fault;
  const most = mostRows(dataset, member);
  const samples = data.samples ?? usualRows(dataset, member);
  if (samples > most)
    return `data.samples = ${samples}: ${data.dataset} has ${most} rows, give at most that many`;
  const numbers = samples * member.dimension;
  return numbers > MOST_NUMBERS
    ? `data.samples = ${samples} of dimension ${member.dimension} are ${numbers} numbers, the limit is ${MOST_NUMBERS}: give fewer samples or a smaller dimension`
    : null;
}

function labelsFault(data: Exclude<Data, Generated>): string | null {
  if (!data.labels) return null;
  const target = 'csv' in data ? data.target : data.inline.target;
  const several = typeof target === 'object' && target.length > 1;
  return several || ('inline' in data && typeof data.inline.y[0] === 'object')
    ? 'data.labels = true is for one column of labels: give one target, or leave it out'
    : null;
}
