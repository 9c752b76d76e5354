/** f against the data. */
import { isolatedName } from '../../core/words/cut.ts';
import { columnOf, decodeOutputs } from '../../experiments/data/encoding.ts';
import type { ThemeName } from '../../views/palette.ts';
import { make } from '../shell/dom.ts';
import { distinct } from '../../io/distinct.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { choosable, openFit, type FitView } from './fit-view.ts';
import { say } from '../say.ts';

export class FitFigure implements Figure {
  view: FitView | null = null;
  /** Which output, and against what. */
  private readonly choice = new Offered(say('Output'));
  private readonly along = new Offered(say('Against'));
  /** The picture of f may cost this share of the time. */
  private readonly turns = new Turns(0.2, 250);
  private readonly besideTurns = new Turns(0.2, 250);
  private readonly off = new AbortController();

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {
    const menus = make('div', 'menus');
    menus.append(this.choice.element, this.along.element);
    place.body.append(menus);
    this.choice.element.addEventListener('change', () => page.act(() => this.begin()));
    this.along.element.addEventListener('change', () => page.act(() => this.choose()));
    page.twin.events.addEventListener('changed', () => this.follow(), { signal: this.off.signal });
    this.follow();
  }

  /** Opens the plot that fits the number of inputs. */
  async begin(): Promise<void> {
    const { engine, prepared } = this.page.session;
    this.view?.destroy();
    this.view = null;
    const { encoding } = prepared!;
    const inputs = choosable(encoding);
    this.choice.offer(encoding.outputs ?? []);
    this.along.offer(
      inputs.length > 0 ? [say('by the target'), ...inputs.map((name) => say('by {name}', { name }))] : [],
    );
    const against = this.against(inputs);
    this.see(against);
    this.along.chosen = (against ?? -1) + 1;
    const view = await openFit(
      this.place.body,
      engine!,
      prepared!,
      this.page.theme,
      this.choice.chosen,
      against,
    );
    if (engine !== this.page.session.engine) return view.destroy();
    this.view = view;
    view.setTheme(this.page.theme);
    this.place.title(view.title);
    this.page.rack.events.dispatchEvent(new Event('drawn'));
    this.rest();
    this.follow();
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

  rest(): void {
    this.turns.hurry();
    this.advance();
  }

  /** Another run stands beside the page's own, or none. */
  private follow(): void {
    const { signal } = this.off;
    this.page.twin.run?.session.events.addEventListener('advanced', this.beside, { signal });
    this.besideTurns.hurry();
    this.beside();
  }

  /** f of that run, where it is at the same t: not while one looks back. It is asked between two steps of its own. */
  private readonly beside = (): void => {
    const { view, page } = this;
    if (!view?.beside) return;
    const run = page.session.isLookingBack ? null : page.twin.run;
    this.place.title(run ? say('{figure}, violet: {run}', { figure: view.title, run: run.name }) : view.title);
    void this.besideTurns
      .take(
        (work) => (run ? run.session.ask(work) : work()),
        async () => (view === this.view ? view.beside!(run && run.session.engine) : undefined),
      )
      .catch(() => undefined); // of an engine that is gone
  };

  setTheme(theme: ThemeName): void {
    this.view?.setTheme(theme);
  }

  /** A row for each sample of the data. */
  async table(): Promise<Table> {
    return this.page.session.ask(async (engine, { table: { x, y }, encoding }) => {
      const { inputs, target, outputs } = encoding;
      const f = decodeOutputs(await engine.f(), encoding);
      const [targets, fs] = [outputs ?? [target], outputs?.map((name) => `f_${name}`) ?? ['f']];
      const columns = (names: readonly string[], values: Float64Array): Float64Array[] =>
        names.map((_, k) => columnOf(values, k, names.length));
      const all = [...columns(inputs, x), ...columns(targets, y), ...columns(fs, f)];
      return Object.fromEntries(distinct([...inputs, ...targets, ...fs]).map((name, k) => [name, all[k]]));
    });
  }

  /** The link's input, unless there is none of its number. */
  private against(inputs: readonly string[]): number | null {
    const { against } = this.page.view;
    return against !== null && against < inputs.length ? against : null;
  }

  private async choose(): Promise<void> {
    const { chosen } = this.along;
    this.see(chosen === 0 ? null : chosen - 1);
    await this.begin();
  }

  private see(against: number | null): void {
    const { view } = this.page;
    if (view.against === against) return;
    view.against = against;
    this.page.linkChanged();
  }

  destroy(): void {
    this.off.abort();
    this.view?.destroy();
    this.view = null;
  }
}

/** A menu over the figure, where there is something to choose; another offer begins with its first. */
class Offered {
  readonly element = make('select', '');
  private names: readonly string[] = [];

  constructor(label: string) {
    this.element.hidden = true;
    this.element.setAttribute('aria-label', label);
  }

  get chosen(): number {
    return Math.max(0, this.element.selectedIndex);
  }
  set chosen(place: number) {
    this.element.selectedIndex = place;
  }

  offer(names: readonly string[]): void {
    if (names.join('\n') === this.names.join('\n')) return;
    this.names = names;
    this.element.replaceChildren(...names.map((name) => make('option', '', isolatedName(name))));
    this.element.hidden = names.length === 0;
  }
}
