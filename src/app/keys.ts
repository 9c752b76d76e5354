/** Keyboard shortcuts of the page; silent while a person types or uses a control that needs the key. */
import { ACTIONS, type Deck } from './actions.ts';

/** Controls that use keys themselves; a button needs space and enter only. */
const TYPED = 'input, select, textarea, [contenteditable]';

export function bindKeys(deck: Deck): void {
  const actions = Object.values(ACTIONS);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { target, key } = event, within = (selector: string): boolean => target instanceof Element && target.closest(selector) !== null;
    if (within(TYPED) || (key === ' ' && within('button, summary, a'))) return;
    const action = actions.find((other) => other.key === key.toLowerCase());
    if (!action) return;
    event.preventDefault();
    action.run(deck);
  });
}
