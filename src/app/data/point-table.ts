/** Drawn points as a table that can be written in: the drawing without a pointer. */
import { typedFault, typedNumber } from '../../core/words/typed-number.ts';
import { button, make } from '../shell/dom.ts';
import type { Point, Points } from './points.ts';
import { say } from '../say.ts';

const FIELDS = ['x', 'y', 'value'] as const satisfies readonly (keyof Point)[];

export class PointTable {
  readonly element = make('details', 'data-points');
  private readonly title = make('summary', '');
  private readonly table = make('table', '');
  private points: readonly Point[] = [];
  private names: readonly string[] = [];

  /** `edit` gets each change that the person makes. */
  constructor(private readonly edit: (change: (points: Points) => void) => void) {
    const add = button(say('Add a point'), () => {
      this.edit((points) => points.add({ x: 0, y: 0, value: 1 }));
      this.table.querySelector<HTMLInputElement>('tr:last-child input')?.focus();
    });
    this.element.append(this.title, this.table, add);
    this.element.addEventListener('toggle', () => this.fill());
  }

  /** `names` of the columns, the target last. */
  show(points: readonly Point[], names: readonly string[]): void {
    [this.points, this.names] = [points, names];
    this.title.textContent = say('Points as a table ({count})', { count: points.length });
    this.fill();
  }

  /** Rows are made only where they are seen; a row in which the person writes keeps its place. */
  private fill(): void {
    if (!this.element.open) return this.table.replaceChildren();
    const rows = [...this.table.querySelectorAll('tbody tr')];
    if (rows.length === this.points.length && rows[0]?.querySelectorAll('input').length === this.names.length)
      return this.rewrite(rows);
    const head = make('thead', '');
    const header = make('tr', '');
    const body = make('tbody', '');
    header.append(...this.names.map((name) => make('th', '', name)), make('td', ''));
    head.append(header);
    body.append(...this.points.map((_, i) => this.row(i)));
    this.table.replaceChildren(head, body);
    this.rewrite([...body.children]);
  }

  /** What a person is writing is left alone. */
  private rewrite(rows: readonly Element[]): void {
    rows.forEach((row, i) =>
      row.querySelectorAll('input').forEach((input, c) => {
        if (input !== document.activeElement) input.value = String(this.points[i][FIELDS[c]]);
      }),
    );
  }

  private row(i: number): HTMLElement {
    const row = make('tr', '');
    for (const [c, name] of this.names.entries()) {
      const cell = make('td', '');
      const input = make('input', '');
      Object.assign(input, {
        type: 'text',
        inputMode: 'decimal',
        autocomplete: 'off',
        ariaLabel: say('{name} of point {i}', { name, i: i + 1 }),
      });
      input.addEventListener('change', () => {
        input.setCustomValidity(typedFault(input.value, {}));
        const value = typedNumber(input.value);
        if (input.reportValidity() && value !== null)
          this.edit((points) => points.set(i, { ...points.all[i], [FIELDS[c]]: value }));
      });
      cell.append(input);
      row.append(cell);
    }
    const last = make('td', '');
    const remove = button(say('Remove'), () => this.edit((points) => points.remove(i)));
    remove.setAttribute('aria-label', say('Remove point {i}', { i: i + 1 }));
    last.append(remove);
    row.append(last);
    return row;
  }
}
