/** f against the data. */
import { decodeOutputs } from '../../experiments/encoding.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import { openFit, type FitView } from './fit-view.ts';

export class FitFigure implements Figure {
  private view: FitView | null = null;
  /** The picture of f may cost this share of the time. */
  private readonly turns = new Turns(0.2, 250);

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {}

  /** Opens the plot that fits the number of inputs. */
  async begin(): Promise<void> {
    const { engine, prepared } = this.page.session;
    this.view?.destroy();
    this.view = null;
    const view = await openFit(this.place.body, engine!, prepared!, this.page.theme);
    if (engine !== this.page.session.engine) return view.destroy();
    this.view = view;
    view.setTheme(this.page.theme);
    this.place.title(view.title);
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const view = this.view;
    if (view)
      void this.turns
        .take(
          (work) => this.page.session.ask(work),
          async () => (view === this.view ? view.refresh() : undefined),
        )
        .catch(() => undefined);
  }

  setTheme(theme: ThemeName): void {
    this.view?.setTheme(theme);
  }

  /** A row for each sample of the data. */
  async table(): Promise<Table> {
    return this.page.session.ask(async (engine, { table: { x, y }, encoding }) => {
      const k = encoding.inputs.length;
      const column = (c: number): Float64Array => y.map((_, row) => x[row * k + c]);
      return {
        ...Object.fromEntries(encoding.inputs.map((name, c) => [name, column(c)])),
        [encoding.target]: y,
        f: decodeOutputs(await engine.f(), encoding),
      };
    });
  }

  destroy(): void {
    this.view?.destroy();
    this.view = null;
  }
}
