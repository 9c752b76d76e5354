/** Keyboard shortcuts of the page; silent while a person types or uses a control that needs the key. */
const OWNERS = 'input, select, textarea, button, [contenteditable]';

export function bindKeys(actions: Readonly<Record<string, () => void>>): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(OWNERS)) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
