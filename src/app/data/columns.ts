/** The first rows of a table, and which columns are inputs and which is the target. */
import { make } from '../shell/dom.ts';
import { labelled } from '../settings/fields.ts';

const PREVIEW = 5;

export class ColumnChoice {
  readonly element = make('div', 'data-columns');
  private readonly table = make('table', '');
  private boxes: HTMLInputElement[] = [];
  private readonly menu = make('select', '');

  /** `changed`: other columns are chosen. */
  constructor(private readonly changed: () => void) {
    const scroll = make('div', 'data-scroll');
    this.menu.addEventListener('change', () => this.aim());
    scroll.append(this.table);
    scroll.tabIndex = 0; // it scrolls sideways where it is too wide
    scroll.setAttribute('role', 'group');
    scroll.setAttribute('aria-label', 'First rows');
    this.element.append(scroll, labelled('target', this.menu).row);
  }

  /** All columns but the last as inputs, the last as the target. */
  show(names: readonly string[], values: readonly Float64Array[]): void {
    this.menu.replaceChildren(...names.map((name, column) => new Option(name, String(column))));
    this.menu.value = String(names.length - 1);
    this.boxes = names.map((name) => {
      const box = make('input', '');
      Object.assign(box, { type: 'checkbox', checked: true, ariaLabel: `${name} is an input` });
      box.addEventListener('change', () => this.changed());
      return box;
    });
    const rows = Array.from({ length: Math.min(PREVIEW, values[0].length) }, (_, row) => {
      const line = make('tr', '');
      line.append(
        ...values.map((column) => make('td', '', String(+column[row].toPrecision(6)).replace('-', '−'))),
      );
      return line;
    });
    this.table.replaceChildren(this.header(names), ...rows);
    this.aim();
  }

  /** Places of the inputs, in file order. */
  get inputs(): number[] {
    return this.boxes
      .map((_, column) => column)
      .filter((column) => this.boxes[column].checked && column !== this.target);
  }

  get target(): number {
    return Number(this.menu.value);
  }

  private header(names: readonly string[]): HTMLElement {
    const line = make('tr', '');
    line.append(
      ...names.map((name, column) => {
        const cell = make('th', '');
        const label = make('label', '');
        label.append(this.boxes[column], make('span', '', name));
        cell.scope = 'col';
        cell.append(label);
        return cell;
      }),
    );
    return line;
  }

  /** The target is no input. */
  private aim(): void {
    this.boxes.forEach((box, column) => (box.disabled = column === this.target));
    this.changed();
  }
}
