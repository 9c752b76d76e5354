/** Observables of the cloud, live: their means now and where the run began. */
import { OBSERVABLES, type ObservableName } from '../core/observables.ts';
import { make } from './dom.ts';
import type { Session } from './session.ts';
import { Turns } from './turns.ts';

const NAMES = Object.keys(OBSERVABLES) as ObservableName[];
const short = (value: number): string => value.toFixed(4).replace('-', '−');

export class Observables {
  private readonly turns = new Turns(0.05, 500);
  private readonly cells: Record<ObservableName, { now: HTMLElement; start: HTMLElement }>;
  private start: Record<ObservableName, number> | null = null;

  constructor(private readonly session: Session, table: HTMLElement) {
    const header = make('tr', '');
    header.append(...['∫ q dρ', 'now', 'at the start'].map((text) => make('th', '', text)));
    table.replaceChildren(header);
    this.cells = Object.fromEntries(NAMES.map((name) => {
      const row = make('tr', ''), title = make('th', '', OBSERVABLES[name].summary.replace(/,.*/, '')), cells = { now: make('td', '', '–'), start: make('td', '', '–') };
      title.scope = 'row';
      title.title = OBSERVABLES[name].summary;
      row.append(title, cells.now, cells.start);
      table.append(row);
      return [name, cells];
    })) as unknown as typeof this.cells;
  }

  /** Another run. */
  begin(): void {
    this.start = null;
    this.turns.hurry();
    this.advance();
  }

  /** θ has moved. */
  advance(): void {
    const { engine } = this.session;
    if (!engine) return;
    void this.turns.take((work) => this.session.ask(work), async () => {
      const now = await engine.observables();
      if (engine !== this.session.engine) return;
      this.start ??= now;
      for (const name of NAMES) {
        this.cells[name].now.textContent = short(now[name]);
        this.cells[name].start.textContent = short(this.start[name]);
      }
    }).catch(() => undefined);
  }
}
