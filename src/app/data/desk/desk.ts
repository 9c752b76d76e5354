/**
 * What is done with large data beside the page, in a worker: a table is read once, looked at, and made ready for a
 * run, while the page answers.
 */
import type { Config } from '../../../core/config/config.ts';
import type { CsvChoice } from '../../../core/config/data.ts';
import { chooseColumns } from '../../../experiments/data/choice.ts';
import { KeptTable } from '../../../experiments/data/kept-table.ts';
import { prepare, type Prepared } from '../../../experiments/prepare.ts';
import { proposalOf, type Proposal } from '../../../experiments/data/scaling.ts';
import { named, optionsOf, readSheetOf, sheetTable } from '../../../experiments/data/sheet.ts';
import { loadTable, type Files } from '../../../experiments/data/table.ts';
import type { OwnFiles } from '../own-files.ts';
import { isolatedName } from '../../../core/words/cut.ts';
import type { Column } from '../../../io/table/columns.ts';
import type { Sheet } from '../../../io/table/read.ts';

/** A column, for people. */
export interface ColumnLook {
  readonly name: string;
  /** It has some, or it has nothing else. */
  readonly hasNumbers: boolean;
  readonly isNumbers: boolean;
  readonly isText: boolean;
  /** Of the first rows. */
  readonly cells: readonly string[];
}

export interface Look {
  readonly rows: number;
  readonly columns: readonly ColumnLook[];
  readonly left: Sheet['left'];
}

/** What a choice of columns comes to. */
export interface Chosen {
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  readonly rows: number;
  readonly proposal: Proposal;
}

/** Rows that are looked at. */
const PREVIEW = 5;

export class Desk {
  private read: { readonly key: string; readonly sheet: Sheet } | null = null;
  private readonly kept = new KeptTable((data, files, oneHot = false) =>
    'csv' in data
      ? sheetTable(data, files, oneHot, () => this.sheet(data.csv, data, files as OwnFiles))
      : loadTable(data, files, oneHot),
  );

  async look(path: string, choice: CsvChoice, files: OwnFiles): Promise<Look> {
    const { rows, columns, left } = await this.sheet(path, choice, files);
    const shown = Math.min(PREVIEW, rows);
    return { rows, left, columns: columns.map((column) => lookOf(column, shown)) };
  }

  async choose(path: string, choice: CsvChoice, files: OwnFiles): Promise<Chosen> {
    const sheet = await this.sheet(path, choice, files);
    const { inputs, targets, labels, rows } = named(path, () => chooseColumns(sheet, choice));
    const namesOf = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);
    return {
      inputs: namesOf(inputs),
      targets: namesOf(targets),
      rows: rows?.length ?? sheet.rows,
      proposal: proposalOf([...inputs, ...(labels ? [] : targets)].map((column) => keptOf(column, rows))),
    };
  }

  prepare(config: Config, mostBytes: number, files: Files): Promise<Prepared> {
    return prepare(config, files, mostBytes, this.kept.load);
  }

  /** A file is read again only where it is to be read otherwise. */
  private async sheet(path: string, choice: CsvChoice, files: OwnFiles): Promise<Sheet> {
    const { delimiter, decimal, header, labels, target } = choice;
    const key = JSON.stringify([
      path,
      files.stampOf(path),
      delimiter,
      decimal,
      header,
      labels ? [target] : null,
    ]);
    if (this.read?.key !== key) {
      this.read = null; // room for the next
      this.read = { key, sheet: await readSheetOf(path, files, optionsOf(choice)) };
    }
    return this.read.sheet;
  }
}

/** A column of the rows that are used: others may have no number there. */
const keptOf = ({ name, values }: Column, rows: Int32Array | null): Pick<Column, 'name' | 'values'> => ({
  name,
  values: rows ? Float64Array.from(rows, (row) => values[row]) : values,
});

const lookOf = (column: Column, rows: number): ColumnLook => ({
  name: column.name,
  hasNumbers: column.numbers > 0,
  isNumbers: column.numbers > 0 && column.firstOther === null,
  isText: column.texts !== null,
  cells: Array.from({ length: rows }, (_, row) => cellOf(column, row)),
});

function cellOf({ texts, values }: Column, row: number): string {
  if (texts) return isolatedName(texts[row]);
  return Number.isNaN(values[row]) ? '–' : String(+values[row].toPrecision(6)).replace('-', '−');
}
