/** The sheet of keys and gestures, and how to read the picture. */
import { ACTIONS } from '../shell/actions.ts';
import { languageMenu } from '../language/menu.ts';
import { checkField } from '../settings/fields.ts';
import { button, headedRow, make } from '../shell/dom.ts';
import { areKeysOn, switchKeys } from '../shell/key-switch.ts';
import { keyName } from '../shell/keys.ts';
import './help.css';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';
import { say } from '../say.ts';

/** What the cloud does with pointer, touch and the keys while it has the focus. */
const GESTURES: readonly (readonly [string, string])[] = [
  [say('drag, arrow keys'), say('Turn the cloud.')],
  [say('wheel, pinch, + and −'), say('Come nearer or go away.')],
  [
    say('a finger up or down, the wheel before a click'),
    say('Scroll, where the page scrolls or stands in a frame of another.'),
  ],
  [say('shift and drag, right button, two fingers'), say('Move the picture.')],
  [say('double click, Home'), say('Back to the first view.')],
  [say('pointer on a neuron'), say('Its numbers, its path and, over f, its ridge.')],
  [say('click, tap, Enter'), say('Hold the neuron; with Enter the one in the middle. Esc lets it go.')],
  [say('arrow keys while one is held'), say('On to the next neuron that way; with shift they turn the cloud.')],
  [say('pointer on the picture of f'), say('Light the neurons that make f there; Tab and arrow keys do, too.')],
];

const WORDS: readonly (readonly [string, string])[] = [
  [
    say('neuron, particle'),
    say(
      'One point of the cloud: θ = (w1, w0), its output weight and its inner weights. The network is f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).',
    ),
  ],
  [say('residual r'), say('f − y at each sample: all that a neuron feels of the others.')],
  ['t', say('Time of the gradient flow: the number of steps times dt.')],
  ['R²', say('The share of the variance of y that f explains: 1 is a perfect fit, 0 a constant.')],
  ['ρ', say('The law of a neuron, which the cloud samples: with n → ∞ the cloud becomes the density ρ.')],
];

export class HelpSheet implements Book {
  constructor(host: HTMLElement, _page: Page, putAway: () => void) {
    const bar = make('div', 'lecture-bar');
    bar.append(make('h2', '', say('Keys and gestures')), button(say('Close'), putAway));
    host.replaceChildren(
      bar,
      languageMenu(),
      rows(
        say('Anywhere on the page'),
        Object.values(ACTIONS).map(({ key, help }) => [keyName(key), help]),
      ),
      checkField(say('Keys without Ctrl act'), areKeysOn(), switchKeys).row,
      rows(say('On the cloud'), GESTURES),
      rows(say('Words'), WORDS),
      teaching(),
      licences(),
    );
  }

  show(): void {}
  close(): void {}
  setTheme(): void {}
}

function teaching(): HTMLElement {
  const line = make('p', 'state');
  const link = make('a', '', say('a lesson plan, worksheets and answers'));
  Object.assign(link, { href: './teacher.html', target: '_blank', rel: 'noopener' });
  line.append(say('For a class: '), link, say(', to print.'));
  return line;
}

/** The build writes the file. */
function licences(): HTMLElement {
  const line = make('p', 'state');
  const link = make('a', '', say('their licences'));
  link.href = './licences.md';
  line.append(say('This page is free software (MIT). It is built with libraries of others: '), link, '.');
  return line;
}

function rows(caption: string, lines: readonly (readonly [string, string])[]): HTMLElement {
  const table = make('table', 'keys');
  table.append(
    make('caption', '', caption),
    ...lines.map(([name, text]) => headedRow(make('kbd', '', name), text)),
  );
  return table;
}
