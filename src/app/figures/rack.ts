/** Holds the figures beside the cloud: those that the person wants, in the registry's order. */
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { fileName } from '../save/files.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import { FigureMenu } from './menu.ts';
import { entryOf, FIGURE_NAMES, FIGURES, STANDARD_FIGURES, type FigureName } from './registry.ts';
import { say } from '../say.ts';

interface Stand {
  readonly element: HTMLElement;
  readonly place: FigurePlace;
  /** Null once it has been put away. */
  figure: Figure | null;
}

export class Rack {
  /** `changed`: other figures are open · `drawn`: one of them draws on another canvas. */
  readonly events = new EventTarget();
  private readonly stands = new Map<FigureName, Stand>();

  private readonly menu = new FigureMenu((names) => this.page.act(() => this.choose(names)));

  /** Figures stand in `host`, those that come after the settings in `below`. */
  constructor(
    private readonly host: HTMLElement,
    private readonly below: HTMLElement,
    private readonly page: Page,
  ) {
    host.append(this.menu.element);
  }

  get shown(): FigureName[] {
    return FIGURE_NAMES.filter((name) => this.stands.has(name));
  }

  /** Opens and puts away until just those of the view are there. */
  async show(): Promise<void> {
    const names = this.page.view.figures ?? STANDARD_FIGURES;
    for (const name of this.shown) if (!names.includes(name)) this.putAway(name);
    const opened = names.map((name) => this.open(name));
    this.menu.show(names);
    this.events.dispatchEvent(new Event('changed'));
    await Promise.all(opened);
  }

  /** Another engine or problem. */
  async begin(): Promise<void> {
    await Promise.all(this.figures().map((figure) => figure.begin()));
  }

  /** θ has moved. */
  advance(): void {
    for (const figure of this.figures()) figure.advance();
  }

  /** θ stands still. */
  rest(): void {
    for (const figure of this.figures()) figure.rest?.();
  }

  /** Earlier runs are of no interest beside what comes now. */
  forget(): void {
    for (const figure of this.figures()) figure.forget?.();
  }

  setTheme(theme: ThemeName): void {
    for (const figure of this.figures()) figure.setTheme(theme);
  }

  /** What a figure shows; null where it is not open or shows nothing. */
  async table(name: FigureName): Promise<Table | null> {
    return (await this.stands.get(name)?.figure?.table()) ?? null;
  }

  /** A figure that is open. */
  at(name: FigureName): Figure | null {
    return this.stands.get(name)?.figure ?? null;
  }

  private choose(names: readonly FigureName[]): Promise<void> {
    this.page.view.figures = names.join() === STANDARD_FIGURES.join() ? null : names;
    this.page.linkChanged();
    return this.show();
  }

  private figures(): Figure[] {
    return [...this.stands.values()].flatMap(({ figure }) => figure ?? []);
  }

  private async open(name: FigureName): Promise<void> {
    if (this.stands.has(name)) return;
    const stand = this.stand(name);
    this.stands.set(name, stand);
    for (const other of this.shown)
      (entryOf(other).below ? this.below : this.host).append(this.stands.get(other)!.element);
    const figure = await FIGURES[name].open(stand.place, this.page);
    if (this.stands.get(name) !== stand) return figure.destroy();
    stand.figure = figure;
    if (this.page.session.prepared) await figure.begin();
  }

  private putAway(name: FigureName): void {
    const stand = this.stands.get(name);
    this.stands.delete(name);
    stand?.figure?.destroy();
    stand?.element.remove();
  }

  private stand(name: FigureName): Stand {
    const element = make('figure', '');
    const bar = make('figcaption', '');
    const title = make('span', '', FIGURES[name].title);
    const body = make('div', 'plot');
    element.id = `${name}-figure`;
    title.id = `${name}-title`;
    body.id = name;
    const save = button('CSV', () => this.page.act(() => this.save(name)));
    save.title = say('Save what “{title}” shows', { title: FIGURES[name].title });
    const large = button('⤢', () =>
      this.page.act(async () => (await import('./enlarge.ts')).enlarge(element, this.page)),
    );
    large.setAttribute('aria-label', say('Enlarge “{title}”', { title: FIGURES[name].title }));
    bar.append(title, save, large);
    element.append(bar, body);
    const place: FigurePlace = {
      body,
      title: (text) => void (title.textContent = text),
      applies: (on) => void (element.hidden = !on),
    };
    return { element, place, figure: null };
  }

  /** What a figure shows as a file for the person. */
  async save(name: FigureName): Promise<void> {
    const table = await this.table(name);
    if (!table) throw new Error(say('{title}: there is nothing to save yet', { title: FIGURES[name].title }));
    const { csv } = await import('../save/csv.ts');
    saveFile(fileName(this.page, 'csv', name), csv(table));
  }
}
