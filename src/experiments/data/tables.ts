/** The rows of a configuration: those that steps learn from, and those that are held out. */
import type { Config, Data } from '../../core/config/config.ts';
import type { Table } from '../../core/datasets.ts';
import { firstBatch, heldOut, type Stream } from '../../core/dynamics/streams.ts';
import { split } from './split.ts';

export interface Tables {
  /** Of a stream, those of step 0. */
  readonly train: Table;
  readonly test: Table | null;
  /** Both; of a stream, `train`. */
  readonly source: Table;
}

/** `load` has the whole table. */
export async function tablesOf(config: Config, load: (data: Data) => Promise<Table>): Promise<Tables> {
  const { data } = config;
  const stream = streamOf(config, 1);
  if (!stream) {
    const source = await load(data);
    return { ...split(source, data.test ?? 0, data.testSeed ?? 1), source };
  }
  const train = firstBatch(stream);
  const count = 'dataset' in data ? (data.testSamples ?? 0) : 0;
  return { train, source: train, test: { ...train, ...heldOut(stream.source, count, data.testSeed ?? 1) } };
}

/** The stream of a configuration, with inputs times n^(−a0) = `inner`; null where its data are finite. */
export function streamOf({ data, model, dynamics }: Config, inner: number): Stream | null {
  if (!dynamics.stream || !('dataset' in data)) return null;
  const { dataset, seed = 1, noise = 0, dimension, parameters } = data;
  const member = { ...(dimension !== undefined && { dimension }), ...(parameters && { parameters }) };
  return { ...dynamics.stream, source: { dataset, seed, noise, ...member }, bias: model.bias, inner };
}
