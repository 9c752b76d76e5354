/** Observables of the cloud, live: their means now and where the run began. */
import { observablesOf, observe, type Means } from '../../core/observables.ts';
import { headedRow, make } from '../shell/dom.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import { say, sayText } from '../say.ts';

const short = (value: number): string => value.toFixed(4).replace('-', '−');

export class ObservablesFigure implements Figure {
  private readonly turns = new Turns(0.05, 500);
  private readonly rows = make('table', 'observables');
  private cells: ReadonlyMap<string, { readonly now: HTMLElement; readonly start: HTMLElement }> = new Map();
  private start: Means | null = null;
  private now: Means | null = null;

  constructor(
    { body, title }: FigurePlace,
    private readonly page: Page,
  ) {
    title(say('Observables of the cloud'));
    body.append(this.rows);
  }

  begin(): void {
    const { problem } = this.page.session.prepared!;
    this.now = null;
    this.start = observe(problem.theta, problem);
    this.lay(observablesOf(problem));
    for (const [name, { start }] of this.cells) start.textContent = short(this.start[name]);
    this.turns.hurry();
    this.advance();
  }

  /** A row for each. */
  private lay(observables: ReturnType<typeof observablesOf>): void {
    const header = make('tr', '');
    header.append(...['∫ q dρ', say('now'), say('at the start')].map((text) => make('th', '', text)));
    this.rows.replaceChildren(header);
    this.cells = new Map(
      observables.map(({ name, summary: written }) => {
        const summary = sayText(written);
        const cells = { now: make('td', '', '–'), start: make('td', '', '–') };
        const row = headedRow(summary.replace(/, [^⟩]*$/, ''), cells.now, cells.start);
        row.cells[0].title = summary;
        this.rows.append(row);
        return [name, cells];
      }),
    );
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
          for (const [name, cells] of this.cells) cells.now.textContent = short(now[name]);
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
    const names = [...this.cells.keys()];
    return (
      now &&
      start && {
        observable: names,
        now: names.map((name) => now[name]),
        start: names.map((name) => start[name]),
      }
    );
  }

  /** Nothing is held. */
  destroy(): void {}
}
