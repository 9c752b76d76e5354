/** Columns as they are read: numbers in arrays that grow, and what is none of them. */
import { isMissing, numberIn, type Decimal } from './cells.ts';

export interface Cell {
  /** From 0. */
  readonly row: number;
  readonly text: string;
}

export interface Column {
  readonly name: string;
  /** NaN where the cell is no number; exactly the rows of the table. */
  readonly values: Float64Array;
  readonly numbers: number;
  readonly missing: number;
  /** The first cell that is missing, and the first that is neither that nor a number. */
  readonly firstMissing: Cell | null;
  readonly firstOther: Cell | null;
  /** Of every row, where the column has no number or was to be read as text; else null. */
  readonly texts: readonly string[] | null;
}

/** Takes the cells of one column, row by row. */
export class ColumnBuilder {
  /** Few at first: a table may have more columns than rows. */
  private values = new Float64Array(16);
  private rows = 0;
  private numbers = 0;
  private missing = 0;
  private firstMissing: Cell | null = null;
  private firstOther: Cell | null = null;
  private texts: string[] | null = null;

  constructor(
    private readonly decimal: Decimal,
    /** Cells are wanted as they stand, whatever they are. */
    private readonly verbatim: boolean,
  ) {}

  add(text: string): void {
    const row = this.rows++;
    const value = numberIn(text, this.decimal);
    if (row === this.values.length) this.grow();
    if (Number.isFinite(value)) {
      this.values[row] = value;
      this.numbers++;
      if (!this.verbatim) this.texts = null;
    } else {
      this.values[row] = NaN;
      this.addOther({ row, text });
    }
    if (this.verbatim) this.texts ??= [];
    this.texts?.push(text);
  }

  /** Rows before the column began have no cell. */
  addEmpty(rows: number): void {
    while (this.rows < rows) this.add('');
  }

  get count(): number {
    return this.rows;
  }

  finish(name: string): Column {
    const { numbers, missing, firstMissing, firstOther, texts } = this;
    return { name, values: this.values.slice(0, this.rows), numbers, missing, firstMissing, firstOther, texts };
  }

  private addOther(cell: Cell): void {
    if (isMissing(cell.text)) {
      this.missing++;
      this.firstMissing ??= cell;
      return;
    }
    // what stood before were missing cells
    if (!this.firstOther && this.numbers === 0) this.texts ??= Array<string>(cell.row).fill('');
    this.firstOther ??= cell;
  }

  private grow(): void {
    const wider = new Float64Array(2 * this.values.length);
    wider.set(this.values);
    this.values = wider;
  }
}
