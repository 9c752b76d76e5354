/** What a person can do with a key: buttons, keys and the sheet of shortcuts come from this list. */
import { BOOK_NAMES, BOOKS } from './books.ts';
import type { Looks } from '../cloud/looks.ts';
import type { Page } from '../page.ts';
import type { Shelf } from './shelf.ts';
import type { Undo } from '../run/undo.ts';
import { goesOn } from '../run/announcer.ts';
import { say } from '../say.ts';

export interface Deck {
  readonly page: Page;
  readonly shelf: Shelf;
  readonly looks: Looks;
  readonly undo: Undo;
}

export interface Action {
  /** A key of KeyboardEvent in lower case, after mod+ (Ctrl or ⌘) or mod+shift+ where those are held. */
  readonly key: string;
  /** One sentence. */
  readonly help: string;
  readonly run: (deck: Deck) => void;
}

const on = (key: string, help: string, work: (deck: Deck) => Promise<unknown>): Action => ({
  key,
  help,
  run: (deck) => deck.page.act(() => work(deck)),
});

async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  if (!document.fullscreenEnabled)
    throw new Error(
      window === top
        ? say('this browser has no full screen for a page: add the page to the home screen, or choose H')
        : say('the page around this frame does not allow it full screen: its code needs allow="fullscreen"'),
    );
  return document.documentElement.requestFullscreen();
}

export const ACTIONS = {
  play: on(' ', say('Play or pause.'), ({ page: { session } }) =>
    goesOn(session.state) ? session.pause() : session.play(),
  ),
  step: on('.', say('One step.'), ({ page: { session } }) => session.step(1)),
  reset: on('r', say('Back to step 0 of the same draw.'), ({ page: { session } }) => session.reset()),
  seed: on('n', say('A new draw: the next seed.'), ({ page: { session } }) =>
    session.configure({ initial: { seed: session.config().initial.seed + 1 } }),
  ),
  undo: on('mod+z', say('Take the last change of a setting back.'), ({ undo }) => undo.undo()),
  redo: on('mod+shift+z', say('Do it again.'), ({ undo }) => undo.redo()),
  theme: { key: 'd', help: say('Dark or light.'), run: ({ looks }) => looks.toggleTheme() },
  present: {
    key: 'p',
    help: say('For a projector: large type on white; once more for the whole page.'),
    run: ({ looks }) => looks.toggleMode('present'),
  },
  bare: {
    key: 'h',
    help: say('Hide everything but the cloud; once more for the whole page.'),
    run: ({ looks }) => looks.toggleMode('bare'),
  },
  leave: {
    key: 'escape',
    help: say('The whole page again; there, closes the open book.'),
    run: ({ page, looks, shelf }) => (page.view.mode === 'full' ? shelf.put() : looks.leave()),
  },
  fullScreen: on('f', say('Full screen.'), fullScreen),
  view: {
    key: 'v',
    help: say('The cloud from where it was first seen.'),
    run: ({ page }) => page.cloud.resetView(),
  },
  ...Object.fromEntries(
    BOOK_NAMES.map((name) => [
      name,
      on(BOOKS[name].key, BOOKS[name].summary, ({ shelf }) => shelf.toggle(name)),
    ]),
  ),
} as Readonly<Record<string, Action>>;
