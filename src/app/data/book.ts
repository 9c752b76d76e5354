/** The book of data: the data in use, and four ways to bring others, as tabs. */
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { CsvChoice } from '../../core/config/data.ts';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';
import './data.css';
import './ways.css';
import { InUse } from './in-use.ts';
import type { TableWay } from './table.ts';
import type { Way } from './way.ts';
import { WAY_NAMES, WAYS, type WayName } from './ways.ts';
import { say } from '../say.ts';

interface Tab {
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  /** Made when it is first seen: drawings need their size. */
  way: Way | null;
}

const TURNS: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: () => -1,
};

export class DataBook implements Book {
  private readonly tabs: Readonly<Record<WayName, Tab>>;
  private readonly inUse: InUse;
  private current: WayName = WAY_NAMES[0];

  constructor(
    host: HTMLElement,
    private readonly page: Page,
    putAway: () => void,
  ) {
    const bar = make('div', 'lecture-bar');
    const list = make('div', 'data-tabs');
    this.tabs = Object.fromEntries(WAY_NAMES.map((name) => [name, this.tab(name)])) as Record<WayName, Tab>;
    this.inUse = new InUse(page);
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', say('Ways to bring data'));
    list.append(...WAY_NAMES.map((name) => this.tabs[name].button));
    bar.append(make('h2', '', say('Data')), button(say('Close'), putAway));
    host.replaceChildren(bar, this.inUse.element, list, ...WAY_NAMES.map((name) => this.tabs[name].panel));
  }

  show(): void {
    this.inUse.show();
    this.turn(this.current);
  }

  close(): void {}

  setTheme(theme: ThemeName): void {
    for (const { way } of Object.values(this.tabs)) way?.setTheme(theme);
  }

  /** A file that was opened on the page: its columns are shown. */
  bring(file: File, choice: CsvChoice): Promise<void> {
    return (this.turn('table') as TableWay).bring(file, choice);
  }

  private tab(name: WayName): Tab {
    const { title, help } = WAYS[name];
    const tab = button(title, () => this.turn(name));
    const panel = make('div', 'data-way');
    Object.assign(tab, { id: `data-tab-${name}`, className: 'data-tab' });
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', `data-${name}`);
    tab.addEventListener('keydown', (event) => this.onKey(event));
    panel.id = `data-${name}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.append(make('p', 'data-help', help));
    return { button: tab, panel, way: null };
  }

  private turn(name: WayName): Way {
    this.current = name;
    for (const other of WAY_NAMES) {
      const { button: tab, panel } = this.tabs[other];
      const open = other === name;
      tab.setAttribute('aria-selected', String(open));
      tab.tabIndex = open ? 0 : -1;
      panel.hidden = !open;
    }
    const tab = this.tabs[name];
    tab.way ??= WAYS[name].make(tab.panel, this.page);
    tab.way.show();
    return tab.way;
  }

  private onKey(event: KeyboardEvent): void {
    const turn = TURNS[event.key] as ((at: number) => number) | undefined;
    if (!turn) return;
    event.preventDefault();
    const name = WAY_NAMES.at(turn(WAY_NAMES.indexOf(this.current)) % WAY_NAMES.length)!;
    this.turn(name);
    this.tabs[name].button.focus();
  }
}
