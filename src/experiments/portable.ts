/** A configuration that needs no files: what it was run on stands in it. */
import type { Config, Data } from '../core/config/config.ts';
import { sizesOf, type Table } from '../core/datasets.ts';
import { classOf } from '../core/labels.ts';
import { finished, type Work } from '../core/work.ts';
import { rowMajorRows } from './data/matrix.ts';
import { isPresetName, PRESETS } from './presets.ts';

type Filed = Extract<Data, { csv: string } | { npy: unknown }>;

const isFiled = (data: Data): data is Filed => 'csv' in data || 'npy' in data;

/** `table`: all rows of the data, those that are held out too. Without the name of a preset of other data. */
export function portable(config: Config, table: Table): Config {
  const { preset, data, ...rest } = config;
  const own = isFiled(data) ? inlined(data, table) : data;
  return { ...(preset !== undefined && holdsDataOf(preset, own) && { preset }), data: own, ...rest };
}

/** Rows of data spelled between two turns of others. */
const PIECE = 2 ** 11;

/** Its text, in pieces; rows of a file stand on lines of their own. */
export function* spelling(config: Config, table: Table): Work<string[]> {
  if (!isFiled(config.data)) return [jsonText(portable(config, table))];
  const { x, inputs, labels } = table;
  const { c, rows } = sizesOf(table);
  const none = { ...table, x: new Float64Array(), y: new Float64Array() };
  const [before, between, after] = jsonText(portable(config, none)).split(/(?<="[xy]": \[)(?=\])/, 3);
  const targets = labels ? null : table.y;
  const lists = [
    [before, (row: number) => JSON.stringify([...x.subarray(row * inputs.length, (row + 1) * inputs.length)])],
    [
      between,
      (row: number) => {
        if (!targets) return JSON.stringify(labels![classOf(table.y, row * c, c)]);
        return c === 1 ? String(targets[row]) : JSON.stringify([...targets.subarray(row * c, (row + 1) * c)]);
      },
    ],
  ] as const;
  const pieces: string[] = [];
  for (const [head, spelled] of lists) {
    pieces.push(`${head}\n`);
    for (let row = 0; row < rows; row += PIECE) {
      const some = Array.from({ length: Math.min(PIECE, rows - row) }, (_, i) => spelled(row + i));
      pieces.push(some.join(',\n'), row + PIECE < rows ? ',\n' : '\n');
      yield row / rows / 2 + (head === between ? 0.5 : 0);
    }
  }
  return [...pieces, after];
}

/** Characters of its text, or what they come to by its first rows. */
export function lengthOfText(config: Config, table: Table): number {
  const { c, rows } = sizesOf(table);
  const shown = Math.min(rows, PIECE);
  const few = {
    ...table,
    x: table.x.subarray(0, shown * table.inputs.length),
    y: table.y.subarray(0, shown * c),
  };
  const of = (some: Table): number =>
    finished(spelling(config, some)).reduce((sum, piece) => sum + piece.length, 0);
  if (shown === rows) return of(table);
  return isFiled(config.data) ? Math.round((of(few) * rows) / shown) : of(table);
}

export const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const holdsDataOf = (preset: string, data: Data): boolean =>
  isPresetName(preset) && 'dataset' in data && PRESETS[preset].config.data.dataset === data.dataset;

function inlined({ test, testSeed, standardize, ...data }: Filed, table: Table): Data {
  const { inputs, outputs, labels, target, x, y } = table;
  const { c, rows } = sizesOf(table);
  const title = 'csv' in data ? data.csv : `${data.npy.x}, ${data.npy.y}`;
  const targets = labels
    ? Array.from({ length: rows }, (_, row) => labels[classOf(y, row * c, c)])
    : c === 1
      ? Array.from(y)
      : rowMajorRows(y, c);
  return {
    inline: {
      x: rowMajorRows(x, inputs.length),
      y: targets,
      names: inputs,
      target: labels ? target : (outputs ?? target),
      title,
    },
    ...(labels && { labels: true }),
    ...(test !== undefined && { test }),
    ...(testSeed !== undefined && { testSeed }),
    ...(standardize !== undefined && { standardize }),
  };
}
