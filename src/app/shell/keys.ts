/** Keyboard shortcuts of the page; silent while a person types or uses a control that needs the key. */
import { ACTIONS, type Deck } from './actions.ts';
import { areKeysOn } from './key-switch.ts';
import { say } from '../say.ts';

/** Controls that use keys themselves; a button needs space and enter only. */
const TYPED = 'input, select, textarea, [contenteditable]';

export function bindKeys(deck: Deck): void {
  const actions = Object.values(ACTIONS);
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    const within = (selector: string): boolean =>
      target instanceof Element && target.closest(selector) !== null;
    if (event.isComposing || within(TYPED) || (key === ' ' && within('button, summary, a'))) return;
    const pressed = keyOf(event);
    const action = actions.find((other) => other.key === pressed);
    if (!action || (action.key.length === 1 && !areKeysOn())) return;
    event.preventDefault(); // of one that is held, too: space would scroll
    if (!event.repeat) action.run(deck);
  });
}

/**
 * What is pressed, as actions name it; '' for what is none of ours: with Alt, or a capital by Shift. Letters of an
 * alphabet that is not Latin count by their place on the keyboard.
 */
export function keyOf({
  key,
  code,
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const letter = /^[^\p{ASCII}]$/u.test(key) && place !== undefined ? place : key;
  const name = letter.toLowerCase();
  if (altKey) return '';
  if (ctrlKey || metaKey) return `mod+${shiftKey ? 'shift+' : ''}${name}`;
  return shiftKey && /^\p{L}$/u.test(name) ? '' : name;
}

/** A key as people know it; "mod" is Ctrl, on Apple's keyboards ⌘. */
export function keyName(key: string): string {
  if (key === ' ') return say('space');
  const parts = key
    .split('+')
    .map((part) => ({ mod: say('Ctrl'), shift: say('Shift'), escape: say('Esc') })[part] ?? part.toUpperCase());
  return parts.join(' + ');
}

/** As aria-keyshortcuts wants it. */
export const ariaKey = (key: string): string =>
  key
    .split('+')
    .map(
      (part) =>
        ({ ' ': 'Space', mod: 'Control', shift: 'Shift', escape: 'Escape' })[part] ?? part.toUpperCase(),
    )
    .join('+');
