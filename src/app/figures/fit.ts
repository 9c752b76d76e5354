/** f against the data. */
import { columnOf, decodeOutputs } from '../../experiments/encoding.ts';
import type { ThemeName } from '../../views/palette.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { openFit, type FitView } from './fit-view.ts';

export class FitFigure implements Figure {
  private view: FitView | null = null;
  private readonly choice = make('select', 'output');
  private offered: readonly string[] = [];
  private output = 0;
  /** The picture of f may cost this share of the time. */
  private readonly turns = new Turns(0.2, 250);

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {
    this.choice.hidden = true;
    this.choice.setAttribute('aria-label', 'Output');
    this.choice.addEventListener('change', () => page.act(() => this.choose()));
    place.body.append(this.choice);
  }

  /** Opens the plot that fits the number of inputs. */
  async begin(): Promise<void> {
    const { engine, prepared } = this.page.session;
    this.view?.destroy();
    this.view = null;
    this.offer(prepared!.encoding.outputs ?? []);
    const view = await openFit(this.place.body, engine!, prepared!, this.page.theme, this.output);
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
      const { inputs, target, outputs } = encoding;
      const f = decodeOutputs(await engine.f(), encoding);
      const columns = (names: readonly string[], values: Float64Array): [string, Float64Array][] =>
        names.map((name, k) => [name, columnOf(values, k, names.length)]);
      return Object.fromEntries([
        ...columns(inputs, x),
        ...columns(outputs ?? [target], y),
        ...columns(outputs?.map((name) => `f_${name}`) ?? ['f'], f),
      ]);
    });
  }

  /** A choice of the output that is shown, where there are several. */
  private offer(names: readonly string[]): void {
    if (names.join('\n') === this.offered.join('\n')) return;
    this.offered = names;
    this.output = 0;
    this.choice.replaceChildren(...names.map((name) => make('option', '', name)));
    this.choice.hidden = names.length === 0;
  }

  private async choose(): Promise<void> {
    this.output = this.choice.selectedIndex;
    await this.begin();
  }

  destroy(): void {
    this.view?.destroy();
    this.view = null;
  }
}
