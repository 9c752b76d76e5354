/** Everything that can be saved, with its size and what it is for. */
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';
import { Turns } from '../run/turns.ts';
import { DataSection } from './data-section.ts';
import { FilmSection } from './film-section.ts';
import { PictureSection } from './picture-section.ts';
import { RunSection } from './run-section.ts';
import './save.css';
import type { Section } from './section.ts';
import { say } from '../say.ts';

export class SaveBook implements Book {
  private readonly sections: readonly Section[];
  /** Sizes follow a moving run once a second. */
  private readonly turns = new Turns(0.05, 1000);
  private open = false;

  constructor(host: HTMLElement, page: Page, putAway: () => void) {
    this.sections = [
      new PictureSection(page),
      new FilmSection(page),
      new DataSection(page),
      new RunSection(page),
    ];
    const bar = make('div', 'lecture-bar');
    bar.append(make('h2', '', say('Save')), button(say('Close'), putAway));
    host.replaceChildren(bar, ...this.sections.map(({ element }) => element));
    for (const event of ['replaced', 'advanced'])
      page.session.events.addEventListener(event, () => this.follow());
    page.rack.events.addEventListener('changed', () => this.follow());
  }

  show(): void {
    this.open = true;
    this.turns.hurry();
    this.follow();
  }

  close(): void {
    this.open = false;
    for (const section of this.sections) section.close?.();
  }

  /** All colours are the page's. */
  setTheme(_theme: ThemeName): void {}

  private follow(): void {
    if (this.open)
      void this.turns.take(
        (work) => work(),
        () => Promise.resolve(this.refresh()),
      );
  }

  private refresh(): void {
    for (const section of this.sections) section.refresh();
  }
}
