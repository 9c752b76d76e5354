/** Observables of the cloud, live: their means now and where the run began. */
import { observe, OBSERVABLES, type ObservableName } from '../../core/observables.ts';
import { headedRow, make } from '../shell/dom.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';

const NAMES = Object.keys(OBSERVABLES) as ObservableName[];
const short = (value: number): string => value.toFixed(4).replace('-', '−');

export class ObservablesFigure implements Figure {
  private readonly turns = new Turns(0.05, 500);
  private readonly cells: Record<ObservableName, { now: HTMLElement; start: HTMLElement }>;
  private start: Record<ObservableName, number> | null = null;
  private now: Record<ObservableName, number> | null = null;

  constructor(
    { body, title }: FigurePlace,
    private readonly page: Page,
  ) {
    title('Observables of the cloud');
    const table = make('table', 'observables');
    body.append(table);
    const header = make('tr', '');
    header.append(...['∫ q dρ', 'now', 'at the start'].map((text) => make('th', '', text)));
    table.append(header);
    this.cells = Object.fromEntries(
      NAMES.map((name) => {
        const { summary } = OBSERVABLES[name];
        const cells = { now: make('td', '', '–'), start: make('td', '', '–') };
        const row = headedRow(summary.replace(/,.*/, ''), cells.now, cells.start);
        row.cells[0].title = summary;
        table.append(row);
        return [name, cells];
      }),
    ) as unknown as typeof this.cells;
  }

  begin(): void {
    const { problem } = this.page.session.prepared!;
    this.now = null;
    this.start = observe(problem.theta, problem);
    for (const name of NAMES) this.cells[name].start.textContent = short(this.start[name]);
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const { session } = this.page;
    const { engine } = session;
    if (!engine) return;
    void this.turns
      .take(
        (work) => session.ask(work),
        async () => {
          const first = this.now === null;
          const now = await engine.observables();
          if (engine !== session.engine) return;
          this.now = now;
          for (const name of NAMES) this.cells[name].now.textContent = short(now[name]);
          // it has waited for the compiler, which the next need not
          if (first) setTimeout(() => this.turns.hurry());
        },
      )
      .catch(() => undefined);
  }

  /** The values themselves are of the theme's ink. */
  setTheme(_theme: ThemeName): void {}

  table(): Table | null {
    const { now, start } = this;
    return (
      now &&
      start && {
        observable: NAMES,
        now: NAMES.map((name) => now[name]),
        start: NAMES.map((name) => start[name]),
      }
    );
  }

  /** Nothing is held. */
  destroy(): void {}
}
