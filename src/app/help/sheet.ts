/** The sheet of keys and gestures, and how to read the picture. */
import { ACTIONS } from '../shell/actions.ts';
import { checkField } from '../settings/fields.ts';
import { button, headedRow, make } from '../shell/dom.ts';
import { areKeysOn, switchKeys } from '../shell/key-switch.ts';
import { keyName } from '../shell/keys.ts';
import './help.css';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';

/** What the cloud does with pointer, touch and the keys while it has the focus. */
const GESTURES: readonly (readonly [string, string])[] = [
  ['drag, arrow keys', 'Turn the cloud.'],
  ['wheel, pinch, + and −', 'Come nearer or go away.'],
  [
    'a finger up or down, the wheel before a click',
    'Scroll, where the page scrolls or stands in a frame of another.',
  ],
  ['shift and drag, right button, two fingers', 'Move the picture.'],
  ['double click, Home', 'Back to the first view.'],
];

const WORDS: readonly (readonly [string, string])[] = [
  [
    'neuron, particle',
    'One point of the cloud: θ = (w1, w0), its output weight and its inner weights. The network is f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).',
  ],
  ['residual r', 'f − y at each sample: all that a neuron feels of the others.'],
  ['t', 'Time of the gradient flow: the number of steps times dt.'],
  ['R²', 'The share of the variance of y that f explains: 1 is a perfect fit, 0 a constant.'],
  ['ρ', 'The law of a neuron, which the cloud samples: with n → ∞ the cloud becomes the density ρ.'],
];

export class HelpSheet implements Book {
  constructor(host: HTMLElement, _page: Page, putAway: () => void) {
    const bar = make('div', 'lecture-bar');
    bar.append(make('h2', '', 'Keys and gestures'), button('Close', putAway));
    host.replaceChildren(
      bar,
      rows(
        'Anywhere on the page',
        Object.values(ACTIONS).map(({ key, help }) => [keyName(key), help]),
      ),
      checkField('Keys without Ctrl act', areKeysOn(), switchKeys).row,
      rows('On the cloud', GESTURES),
      rows('Words', WORDS),
      licences(),
    );
  }

  show(): void {}
  close(): void {}
  setTheme(): void {}
}

/** The build writes the file. */
function licences(): HTMLElement {
  const line = make('p', 'state');
  const link = make('a', '', 'their licences');
  link.href = './licences.md';
  line.append('This page is free software (MIT). It is built with libraries of others: ', link, '.');
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
