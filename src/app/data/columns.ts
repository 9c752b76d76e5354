/** The first rows of a table, and which columns are inputs and which is the target. */
import { isolatedName } from '../../core/words/cut.ts';
import type { ColumnLook, Look } from './desk/desk.ts';
import { make } from '../shell/dom.ts';
import { labelled } from '../settings/fields.ts';
import { say } from '../say.ts';

/** Columns that are shown; all can be the target, and those that are not shown are inputs. */
const SHOWN = 40;

export class ColumnChoice {
  readonly element = make('div', 'data-columns');
  private readonly table = make('table', '');
  private readonly more = make('p', 'data-small');
  private boxes = new Map<ColumnLook, HTMLInputElement>();
  private readonly menu = make('select', '');
  private columns: readonly ColumnLook[] = [];

  /** `changed`: other columns are chosen. */
  constructor(private readonly changed: () => void) {
    const scroll = make('div', 'data-scroll');
    this.menu.addEventListener('change', () => this.aim());
    scroll.append(this.table);
    scroll.tabIndex = 0; // it scrolls sideways where it is too wide
    scroll.setAttribute('role', 'group');
    scroll.setAttribute('aria-label', say('First rows'));
    this.element.append(scroll, this.more, labelled(say('target'), this.menu).row);
  }

  /** The target is the last column where none is named; columns of numbers are inputs but for those left out. */
  show({ columns }: Look, target: string | undefined, exclude: readonly string[]): void {
    this.columns = columns;
    this.menu.replaceChildren(
      ...columns.map(
        (column, k) =>
          new Option(
            column.isText
              ? say('{name} (labels)', { name: isolatedName(column.name) })
              : isolatedName(column.name),
            String(k),
          ),
      ),
    );
    const named = columns.findIndex(({ name }) => name === target);
    this.menu.value = String(named >= 0 ? named : columns.length - 1);
    const shown = columns.slice(0, SHOWN);
    this.boxes = new Map(shown.map((column) => [column, this.box(column, !exclude.includes(column.name))]));
    const lines = (columns.at(0)?.cells ?? []).map((_, row) => {
      const line = make('tr', '');
      line.append(...shown.map(({ cells }) => make('td', '', cells[row])));
      return line;
    });
    this.table.replaceChildren(this.header(shown), ...lines);
    const hidden = columns.length - shown.length;
    this.more.textContent =
      hidden > 0 ? say('{count} more columns are not shown here.', { count: hidden.toLocaleString('en') }) : '';
    this.aim();
  }

  /** Names of columns of numbers that the person does not want. */
  get excluded(): string[] {
    return this.columns
      .filter(
        (column) => column.isNumbers && column !== this.target && this.boxes.get(column)?.checked === false,
      )
      .map(({ name }) => name);
  }

  get target(): ColumnLook {
    return this.columns[Number(this.menu.value)];
  }

  private box(column: ColumnLook, checked: boolean): HTMLInputElement {
    const box = make('input', '');
    Object.assign(box, {
      type: 'checkbox',
      checked,
      ariaLabel: say('{name} is an input', { name: isolatedName(column.name) }),
    });
    box.addEventListener('change', () => this.changed());
    return box;
  }

  private header(columns: readonly ColumnLook[]): HTMLElement {
    const line = make('tr', '');
    line.append(
      ...columns.map((column) => {
        const cell = make('th', '');
        const label = make('label', '');
        const name = make('bdi', '', isolatedName(column.name));
        if (!column.isText) label.append(this.boxes.get(column)!);
        label.append(name);
        label.title = column.name;
        cell.scope = 'col';
        cell.append(label);
        return cell;
      }),
    );
    return line;
  }

  /** The target is no input. */
  private aim(): void {
    for (const [column, box] of this.boxes) box.disabled = column === this.target;
    this.changed();
  }
}
