/**
 * The bar at the top: presets, the run's buttons, the books'. Their words and keys come from the registries.
 */
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, PRESETS } from '../../experiments/presets.ts';
import { isPaperName } from '../../experiments/papers/registry.ts';
import type { ThemeName } from '../../views/palette.ts';
import { ACTIONS, type Deck } from './actions.ts';
import { BOOK_NAMES, BOOKS, type BookName } from './books.ts';
import { button, make } from './dom.ts';
import { ariaKey, keyName } from './keys.ts';
import { goesOn, type State } from '../run/announcer.ts';
import { say, sayText } from '../say.ts';

const BUTTONS = { play: say('Play'), step: say('Step'), reset: say('Reset') } as const;

export class Header {
  private readonly play: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly theme: HTMLButtonElement;
  private readonly books: Readonly<Record<BookName, HTMLButtonElement>>;
  private readonly preset: HTMLSelectElement;

  constructor(bar: HTMLElement, deck: Deck) {
    const place = (id: string): HTMLElement => bar.querySelector(`#${id}`)!;
    const add = (host: HTMLElement, id: string, text: string): HTMLButtonElement => {
      const { key, help, run } = ACTIONS[id];
      const element = button(text, () => run(deck));
      element.id = id;
      element.title = `${help.replace(/\.$/, '')} (${keyName(key)})`;
      element.setAttribute('aria-keyshortcuts', ariaKey(key));
      host.append(element);
      return element;
    };
    const [play] = Object.entries(BUTTONS).map(([id, text]) => add(place('run'), id, text));
    this.play = play;
    this.books = Object.fromEntries(
      BOOK_NAMES.map((name) => {
        const element = add(place('books'), name, BOOKS[name].title);
        element.id = `${name}-open`;
        element.setAttribute('aria-controls', name);
        return [name, element];
      }),
    ) as Record<BookName, HTMLButtonElement>;
    this.undo = add(place('looks'), 'undo', say('Undo'));
    this.theme = add(place('looks'), 'theme', say('Theme'));
    place('leave').addEventListener('click', () => deck.looks.leave());
    this.preset = place('preset') as HTMLSelectElement;
    this.fillPresets(deck);
    this.showOpen(null);
    this.showUndo(false);
  }

  showState(state: State): void {
    this.play.textContent = goesOn(state) ? say('Pause') : say('Play');
  }

  showOpen(open: BookName | null): void {
    for (const name of BOOK_NAMES) this.books[name].setAttribute('aria-expanded', String(name === open));
  }

  showUndo(can: boolean): void {
    this.undo.disabled = !can;
  }

  showTheme(theme: ThemeName): void {
    this.theme.textContent = theme === 'dark' ? say('Light') : say('Dark');
  }

  /** '' for data of the person's own. */
  showPreset(name: string): void {
    this.preset.value = isPresetName(name) ? name : '';
  }

  private fillPresets({ page }: Deck): void {
    const own = new Option(say('Your own data'), '');
    own.hidden = true;
    const [papers, others] = [true, false].map((wanted) =>
      PRESET_NAMES.filter((name) => isPaperName(name) === wanted).map(
        (name) => new Option(sayText(PRESETS[name].title), name),
      ),
    );
    const group = make('optgroup', '');
    group.label = say('After papers');
    group.append(...papers);
    this.preset.append(...others, group, own);
    this.preset.value = DEFAULT_PRESET;
    this.preset.addEventListener('change', () =>
      page.act(async () => {
        page.tell('');
        await page.session.configure({ preset: this.preset.value });
      }),
    );
  }
}
