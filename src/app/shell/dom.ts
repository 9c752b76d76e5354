/** Elements with text, for what the page builds itself. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

export function button(text: string, action: () => void): HTMLButtonElement {
  const element = make('button', '', text);
  element.type = 'button';
  element.addEventListener('click', action);
  return element;
}

/** A row of a table under its own heading. */
export function headedRow(
  head: string | Node,
  ...cells: readonly (string | HTMLTableCellElement)[]
): HTMLTableRowElement {
  const row = make('tr', '');
  const heading = make('th', '');
  heading.scope = 'row';
  heading.append(head);
  row.append(heading, ...cells.map((cell) => (typeof cell === 'string' ? make('td', '', cell) : cell)));
  return row;
}

/** What no catalogue has is read as what it is. */
export const asEnglish = <E extends HTMLElement>(element: E): E => Object.assign(element, { lang: 'en' });
