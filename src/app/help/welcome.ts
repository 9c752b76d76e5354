/** For those who come for the first time: what a point is, and where to start. */
import { quietly } from '../quietly.ts';
import type { Page } from '../page.ts';
import { button, make } from '../shell/dom.ts';
import './welcome.css';
import { say } from '../say.ts';

const NAME = 'mckean welcome';
const SEEN = 'seen';

/** Shown once on this device, and only where the address asks for nothing of its own. */
export function welcome(page: Page): void {
  const { bare, view } = page.address.first;
  const isPlain = bare && view.chapter === null && view.compare === null && view.mode === 'full';
  if (!isPlain || quietly(() => localStorage.getItem(NAME)) === SEEN) return;
  const card = make('section', 'welcome');
  const leave = (): void => {
    quietly(() => localStorage.setItem(NAME, SEEN));
    card.remove();
  };
  const open = (id: string): void => {
    leave();
    document.getElementById(id)!.click();
  };
  const n = page.session.prepared?.problem.n.toLocaleString('en') ?? say('many');
  const buttons = make('div', 'welcome-buttons');
  buttons.append(
    button(say('Read the lecture'), () => open('lecture-open')),
    button(say('Take my data'), () => open('data-open')),
    button(say('Just watch'), leave),
  );
  card.id = 'welcome';
  card.setAttribute('aria-label', say('Where to start'));
  card.append(
    make('strong', '', say('A network as a moving cloud')),
    make(
      'p',
      '',
      say(
        'Each point is one neuron; there are {n}. Where it stands is its weights, and training moves it. The curve beside the cloud, or below it, is what all of them make together.',
        { n },
      ),
    ),
    make('p', '', say('Point at a neuron, or tap it, to see what it adds to that curve. Or start here:')),
    buttons,
  );
  document.querySelector('.canvas')!.append(card);
}
