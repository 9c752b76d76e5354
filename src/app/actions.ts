/** What a person can do with a key: buttons, keys and the sheet of shortcuts come from this list. */
import { BOOK_NAMES, BOOKS } from './books.ts';
import type { Page } from './page.ts';
import type { Shelf } from './shelf.ts';

export interface Deck {
  readonly page: Page;
  readonly shelf: Shelf;
  toggleTheme(): void;
}

export interface Action {
  /** A key of KeyboardEvent, in lower case. */
  readonly key: string;
  /** One sentence. */
  readonly help: string;
  readonly run: (deck: Deck) => void;
}

const on = (key: string, help: string, work: (deck: Deck) => Promise<unknown>): Action => ({ key, help, run: (deck) => deck.page.act(() => work(deck)) });

export const ACTIONS = {
  play: on(' ', 'Play or pause.', ({ page: { session } }) => (session.state === 'running' ? session.pause() : session.play())),
  step: on('.', 'One step.', ({ page: { session } }) => session.step(1)),
  reset: on('r', 'Back to step 0 of the same draw.', ({ page: { session } }) => session.reset()),
  seed: on('n', 'A new draw: the next seed.', ({ page: { session } }) => session.configure({ initial: { seed: session.config().initial.seed + 1 } })),
  theme: { key: 'd', help: 'Dark or light.', run: (deck) => deck.toggleTheme() },
  ...Object.fromEntries(BOOK_NAMES.map((name) => [name, on(BOOKS[name].key, BOOKS[name].summary, ({ shelf }) => shelf.toggle(name))])),
} as Readonly<Record<string, Action>>;
