/** Runs beside runs: the page's own and another one with a single difference; and networks of many widths. */
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';
import { Arena } from './arena.ts';
import { Chooser } from './chooser.ts';
import { choiceOf, COMPARISONS } from './comparisons.ts';
import './compare.css';
import { FIELDS, isComparison, type Choice } from './ids.ts';
import { NestedPanel } from './nested-panel.ts';
import { Twin } from './twin.ts';
import { say } from '../say.ts';

export class CompareBook implements Book {
  private twin: Twin | null = null;
  private arena: Arena | null = null;
  private readonly chooser: Chooser;
  private readonly nested: NestedPanel;

  constructor(
    host: HTMLElement,
    private readonly page: Page,
    putAway: () => void,
  ) {
    this.chooser = new Chooser(page.session, (comparison) => page.act(() => this.choose(comparison)));
    this.nested = new NestedPanel(page);
    const bar = make('div', 'lecture-bar');
    bar.append(make('h2', '', say('Two runs side by side')), button(say('Close'), putAway));
    host.replaceChildren(bar, ...this.chooser.elements, this.nested.element);
    for (const event of ['replaced', 'state'])
      page.session.events.addEventListener(event, () => this.describe());
  }

  async show(): Promise<void> {
    if (this.twin) return;
    const { page } = this;
    const comparison = (page.view.compare ??= 'lazy');
    this.twin = new Twin(page, (config) => over(choiceOf(page.view.compare ?? comparison, config), config));
    this.arena = new Arena(page, this.twin);
    this.describe();
    if (page.session.prepared) await this.choose(comparison);
  }

  close(): void {
    this.page.view.compare = null;
    this.page.linkChanged();
    this.nested.close();
    this.arena?.close();
    this.twin?.close();
    this.twin = this.arena = null;
  }

  setTheme(theme: ThemeName): void {
    this.nested.setTheme(theme);
  }

  /** Another comparison: the page's run is made fit for it, and both begin again. */
  private async choose(comparison: string): Promise<void> {
    const { page } = this;
    const own = isComparison(comparison) ? COMPARISONS[comparison].own(page.session.config()) : null;
    page.view.compare = comparison;
    page.linkChanged();
    this.describe();
    if (own) await page.session.configure(own);
    await this.twin?.begin();
  }

  private describe(): void {
    const {
      session,
      view: { compare },
    } = this.page;
    if (compare === null || !session.prepared) return;
    this.chooser.show(compare, session.config());
    this.nested.describe();
  }
}

const over = (
  { field, value }: Choice,
  config: Parameters<typeof choiceOf>[1],
): ReturnType<(typeof FIELDS)[typeof field]['over']> => FIELDS[field].over(config, value);
