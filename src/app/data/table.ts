/** A table of numbers as CSV: pasted or from a file, with a choice of its columns. */
import { rowMajor, rowMajorRows } from '../../experiments/table.ts';
import { CsvError, type Columns } from '../../io/csv.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import { readColumns, scaling } from './open.ts';
import type { Page } from '../page.ts';
import { ColumnChoice } from './columns.ts';
import { checkField, numberField } from '../settings/fields.ts';
import { sentenceOf } from '../cloud/words.ts';
import { useData } from './use.ts';
import type { Way } from './way.ts';

/** Milliseconds without a key before what is typed is read. */
const PATIENCE = 250;
/** Characters of a file that the text area shows: more would make it slow. */
const SHOWN = 20_000;
const EXAMPLE = 'x, y\n-1, 0.2\n0, 1\n1, 0.3';

export class TableWay implements Way {
  private readonly area = make('textarea', '');
  private readonly error = make('p', 'data-error');
  private readonly leave = button('', () => this.leaveOut());
  private readonly found = make('div', 'data-found');
  private readonly state = make('p', 'data-state');
  private readonly choice = new ColumnChoice(() => this.suggest());
  private readonly test = numberField(
    'held out for a test loss, %',
    { value: 0, min: 0, max: 90, step: 1 },
    () => undefined,
  );
  private readonly standardize = checkField('Standardise', false);
  private readonly reason = make('p', 'data-small');
  private readonly use = button('Use these columns', () => this.page.act(() => this.train()));
  private name = '';
  private text = '';
  private without: string[] = [];
  private offending: string | null = null;
  private columns: Columns | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
  ) {
    const label = make('label', 'data-text');
    const chosen = make('div', 'data-buttons');
    Object.assign(this.area, { rows: 6, spellcheck: false, placeholder: EXAMPLE });
    this.area.setAttribute('aria-describedby', 'data-table-error');
    this.area.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.read('The table', this.area.value), PATIENCE);
    });
    this.error.id = 'data-table-error';
    this.error.setAttribute('role', 'alert');
    this.state.setAttribute('role', 'status');
    this.use.className = 'data-use';
    label.append(make('span', '', 'CSV'), this.area);
    chosen.append(button('Choose a file…', () => document.getElementById('file')!.click()));
    this.found.append(
      this.state,
      this.choice.element,
      this.test.row,
      this.standardize.row,
      this.reason,
      this.use,
    );
    this.host.append(chosen, label, this.error, this.leave, this.found);
    this.read('', '');
  }

  show(): void {}

  setTheme(_theme: ThemeName): void {}

  /** A file that was opened: its columns are shown. */
  bring(name: string, text: string): void {
    this.area.value = text.length > SHOWN ? '' : text;
    this.read(name, text);
  }

  private read(name: string, text: string, without: string[] = []): void {
    [this.name, this.text, this.without, this.columns, this.offending] = [name, text, without, null, null];
    let sentence = '';
    try {
      if (text.trim() !== '') this.columns = this.usable(readColumns(name, text, without));
    } catch (error) {
      sentence = sentenceOf(error);
      this.offending = error instanceof CsvError ? error.column : null;
    }
    this.error.textContent = sentence;
    this.leave.hidden = this.offending === null;
    this.leave.textContent = `Leave out column "${this.offending ?? ''}"`;
    this.found.hidden = this.columns === null;
    if (this.columns) this.present(this.columns);
  }

  private usable(columns: Columns): Columns {
    if (columns.names.length < 2)
      throw new Error(
        `${this.name}: it has ${columns.names.length === 1 ? 'one column' : 'no column'} of numbers, give at least one input and the target, with commas between them`,
      );
    return columns;
  }

  private leaveOut(): void {
    if (this.offending !== null) this.read(this.name, this.text, [...this.without, this.offending]);
  }

  private present({ names, values, skipped }: Columns): void {
    const left = [...skipped.map((name) => `${name} (no numbers)`), ...this.without];
    const rows = values[0].length.toLocaleString('en');
    this.state.textContent = `${this.name}: ${rows} rows, ${names.length} columns of numbers, ${left.length === 0 ? 'none left out' : `${left.length} left out: ${left.join(', ')}`}.`;
    this.choice.show(names, values);
  }

  /** Standardising is proposed for the chosen inputs, with the reason. */
  private suggest(): void {
    const { inputs } = this.choice;
    const chosen = inputs.length > 0;
    this.use.disabled = !chosen;
    if (!chosen) return void (this.reason.textContent = 'Choose at least one input.');
    const { standardize, reach } = scaling(rowMajor(inputs.map((column) => this.columns!.values[column])));
    const most = String(+reach.toPrecision(3));
    this.standardize.input.checked = standardize;
    this.reason.textContent = standardize
      ? `Suggested: inputs reach ${most}, so far from 1 that every neuron would saturate at the start. It shifts and scales each column to mean 0 and variance 1.`
      : `Not needed: inputs stay within ±${most}. It would shift and scale each column to mean 0 and variance 1.`;
  }

  private train(): Promise<void> {
    if (!this.test.input.reportValidity()) return Promise.resolve();
    const { names, values } = this.columns!;
    const { inputs, target } = this.choice;
    const test = this.test.input.valueAsNumber / 100;
    const standardize = this.standardize.input.checked;
    const x = rowMajorRows(rowMajor(inputs.map((column) => values[column])), inputs.length);
    const y = Array.from(values[target]);
    return useData(this.page, {
      data: {
        inline: {
          x,
          y,
          names: inputs.map((column) => names[column]),
          target: names[target],
          title: this.name,
        },
        ...(test > 0 ? { test } : {}),
        ...(standardize ? { standardize } : {}),
      },
      notice: '',
    });
  }
}
