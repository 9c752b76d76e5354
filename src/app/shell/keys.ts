/** Keyboard shortcuts of the page; silent while a person types or uses a control that needs the key. */
import { ACTIONS, type Deck } from './actions.ts';

/** Controls that use keys themselves; a button needs space and enter only. */
const TYPED = 'input, select, textarea, [contenteditable]';

export function bindKeys(deck: Deck): void {
  const actions = Object.values(ACTIONS);
  addEventListener('keydown', (event) => {
    if (event.altKey || event.repeat) return;
    const { target, key } = event;
    const within = (selector: string): boolean =>
      target instanceof Element && target.closest(selector) !== null;
    if (within(TYPED) || (key === ' ' && within('button, summary, a'))) return;
    const pressed =
      event.ctrlKey || event.metaKey
        ? `mod+${event.shiftKey ? 'shift+' : ''}${key.toLowerCase()}`
        : key.toLowerCase();
    const action = actions.find((other) => other.key === pressed);
    if (!action) return;
    event.preventDefault();
    action.run(deck);
  });
}

/** A key as people know it; "mod" is Ctrl, on Apple's keyboards ⌘. */
export function keyName(key: string): string {
  if (key === ' ') return 'space';
  const parts = key
    .split('+')
    .map((part) => ({ mod: 'Ctrl', shift: 'Shift', escape: 'Esc' })[part] ?? part.toUpperCase());
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
