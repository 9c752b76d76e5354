/** From the config's `data` to a table of numbers, whatever its form. */
import type { DrawTogether } from '../../engines/draws.ts';
import type { Data } from '../../core/config/config.ts';
import { namesOf, type InlineData } from '../../core/config/inline.ts';
import { tabulating, type Table } from '../../core/datasets.ts';
import { labelled, numbered } from './targets.ts';
import { inTurns } from '../turns.ts';

/** How a configuration reaches files: paths are as written in it. Reading may fail with any error. */
export interface Files {
  readBytes(path: string): Promise<Uint8Array>;
  /** One sentence for the person, e.g. about a skipped column. */
  note(sentence: string): void;
  /**
   * A long task, in words, has come so far, 0 … 1, and goes on when this settles. Default: others have a turn of
   * the event loop.
   */
  turn?(task: string, share: number): Promise<void> | void;
  /** Draws many neurons in several threads; absent or null: in this one. */
  readonly draw?: DrawTogether | null | undefined;
}

/** `oneHot`: two labels are two outputs, too. */
export async function loadTable(data: Data, files: Files, oneHot = false): Promise<Table> {
  if ('dataset' in data) return drawn(data, files);
  if ('inline' in data) return inlineTable(data.inline, data.labels ?? false, oneHot);
  // the page starts without what reads files
  if ('npy' in data) return (await import('./arrays.ts')).arraysTable(data, files, oneHot);
  return (await import('./sheet.ts')).sheetTable(data, files, oneHot);
}

function drawn(data: Extract<Data, { dataset: unknown }>, files: Files): Promise<Table> {
  const work = tabulating(data.dataset, data.samples, data.noise, data.seed, data);
  return inTurns(work, `drawing ${data.samples?.toLocaleString('en') ?? 'the'} samples`, files);
}

function inlineTable(inline: InlineData, named: boolean, oneHot: boolean): Table {
  const { inputs, targets } = namesOf(inline);
  const x = Float64Array.from(inline.x.flat());
  const cells = inline.y.flat();
  if (named || cells.some((value) => typeof value === 'string'))
    return { inputs, x, ...labelled(cells, targets[0], oneHot) };
  return { inputs, x, ...numbered(Float64Array.from(cells, Number), targets) };
}
