/** A table of numbers as text: pasted or from a file, with a choice of its columns. */
import type { CsvChoice } from '../../core/config/data.ts';
import { isolatedName } from '../../core/words/cut.ts';
import { decodeText } from '../../io/table/decode.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { ColumnChoice } from './columns.ts';
import type { Look } from './desk/desk.ts';
import { meeting, remediesOf, textOf } from './remedies.ts';
import { checkField, numberField } from '../settings/fields.ts';
import { sentenceOf } from '../cloud/words.ts';
import { useData } from './use.ts';
import type { Way } from './way.ts';
import { say } from '../say.ts';

/** Milliseconds without a key before what is typed is read. */
const PATIENCE = 250;
/** Bytes of a file that the text area shows: more would make it slow. */
const SHOWN = 20_000;
const EXAMPLE = 'x, y\n-1, 0.2\n0, 1\n1, 0.3';
const PASTED = say('The table');

/** What the text area shows of a file: '' where it is no text, or too much. */
async function textIn(file: File): Promise<string> {
  if (file.size > SHOWN) return '';
  try {
    return decodeText(new Uint8Array(await file.arrayBuffer())).text;
  } catch {
    return '';
  }
}

export class TableWay implements Way {
  private readonly area = make('textarea', '');
  private readonly error = make('p', 'data-error');
  private readonly offers = make('div', 'data-buttons');
  private readonly found = make('div', 'data-found');
  private readonly state = make('p', 'data-state');
  private readonly choice = new ColumnChoice(() => this.choose());
  private readonly test = numberField(
    say('held out for a test loss, %'),
    { value: 0, min: 0, max: 90, step: 1 },
    () => undefined,
  );
  private readonly standardize = checkField(say('Standardise'), false);
  private readonly reason = make('p', 'data-small');
  private readonly use = button(say('Use these columns'), () => this.page.act(() => this.train()));
  /** Null where nothing is pasted. */
  private file: File | null = null;
  private fields: CsvChoice = {};
  private look: Look | null = null;
  /** Of what is read: a later one makes an earlier one void. */
  private asked = 0;
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
      this.waiting = setTimeout(() => void this.read(this.pasted(), {}), PATIENCE);
    });
    this.error.id = 'data-table-error';
    this.error.setAttribute('role', 'alert');
    this.state.setAttribute('role', 'status');
    this.use.className = 'data-use';
    label.append(make('span', '', say('Table')), this.area);
    chosen.append(button(say('Choose a file…'), () => document.getElementById('file')!.click()));
    this.found.append(
      this.state,
      this.choice.element,
      this.test.row,
      this.standardize.row,
      this.reason,
      this.use,
    );
    this.host.append(chosen, label, this.error, this.offers, this.found);
    this.found.hidden = true;
  }

  show(): void {}

  setTheme(_theme: ThemeName): void {}

  /** A file that was opened: its columns are shown. */
  async bring(file: File, fields: CsvChoice): Promise<void> {
    this.area.value = await textIn(file);
    await this.read(file, fields);
  }

  private pasted(): File | null {
    const { value } = this.area;
    return value.trim() === '' ? null : new File([value], PASTED);
  }

  private async read(file: File | null, fields: CsvChoice): Promise<void> {
    [this.file, this.fields, this.look] = [file, fields, null];
    this.say(null);
    this.found.hidden = true;
    await this.latest(
      async () => file && this.page.data.look(file, fields),
      (look) => this.present(look),
    );
  }

  /** Shows what is found, or what is wrong with it, unless something later was asked for by then. */
  private async latest<T>(work: () => Promise<T | null>, show: (found: T) => void): Promise<void> {
    const asked = ++this.asked;
    try {
      const found = await work();
      if (asked === this.asked && found !== null) show(found);
    } catch (error) {
      if (asked === this.asked) this.say(error);
    }
  }

  /** What is wrong, and buttons for what can be done about it. */
  private say(error: unknown): void {
    this.error.textContent = error === null ? '' : sentenceOf(error);
    this.offers.replaceChildren(
      ...remediesOf(error ?? {}).map((remedy) =>
        button(textOf(remedy), () => void this.read(this.file, meeting(this.fields, remedy))),
      ),
    );
  }

  private present(look: Look): void {
    this.look = look;
    this.found.hidden = false;
    const numbers = look.columns.filter((column) => column.hasNumbers);
    const left = [
      ...look.left.map(({ name, why }) => `${name} (${why.replace(say(' and is left out'), '')})`),
      ...look.columns
        .filter((column) => !column.hasNumbers)
        .map(({ name }) => say('{name} (no numbers)', { name: isolatedName(name) })),
      ...(this.fields.exclude ?? []).map(isolatedName),
    ];
    const { target, exclude = [] } = this.fields;
    this.state.textContent = say('{name}: {rows} rows, {numbers} columns of numbers, {count}.', {
      name: this.file!.name,
      rows: look.rows.toLocaleString('en'),
      numbers: numbers.length,
      count:
        left.length === 0
          ? say('none left out')
          : say('{count} left out: {names}', { count: left.length, names: left.slice(0, 8).join(', ') }),
    });
    this.choice.show(look, typeof target === 'string' ? target : undefined, exclude);
  }

  /** What the person has chosen, beside what the file needs. */
  private get wanted(): CsvChoice {
    const { exclude: _, ...fields } = this.fields;
    const { target } = this.choice;
    const exclude = [...new Set([...(this.fields.exclude ?? []), ...this.choice.excluded])].filter(
      (name) => name !== target.name,
    );
    return { ...fields, target: target.name, ...(exclude.length > 0 && { exclude }) };
  }

  /** Other columns: whether they can be used, and whether they should be scaled. */
  private choose(): void {
    const { file } = this;
    if (!this.look || !file) return;
    this.use.disabled = true;
    this.reason.textContent = '';
    this.say(null);
    void this.latest(
      () => this.page.data.choose(file, this.wanted),
      ({ proposal: { standardize, why } }) => {
        this.use.disabled = false;
        this.standardize.input.checked = standardize;
        const does = say('It shifts and scales each column to mean 0 and variance 1.');
        this.reason.textContent = `${standardize ? say('Suggested') : say('Not suggested')}: ${why}. ${does}`;
      },
    );
  }

  private async train(): Promise<void> {
    if (Number.isNaN(this.test.number()) || !this.test.input.reportValidity()) return;
    const test = this.test.number() / 100;
    const standardize = this.standardize.input.checked;
    const csv = await this.page.data.files.put(this.file!);
    await useData(this.page, {
      data: { csv, ...this.wanted, ...(test > 0 && { test }), ...(standardize && { standardize }) },
      notice: '',
    });
  }
}
