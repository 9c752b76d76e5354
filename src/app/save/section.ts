/** A part of the book: what can be saved, what it is for and how large it is. */
import { make } from '../shell/dom.ts';

export interface Section {
  readonly element: HTMLElement;
  /** The run or its step is another: sizes and limits follow. */
  refresh(): void;
  /** Out of sight: what it was doing stops. */
  close?(): void;
}

export function sectionOf(title: string, purpose: string): HTMLElement {
  const element = make('section', 'save-part');
  element.append(make('h3', '', title), make('p', '', purpose));
  return element;
}

/** Something to save: a button and its size. */
export function rowOf(button: HTMLButtonElement): { readonly row: HTMLElement; readonly size: HTMLElement } {
  const row = make('div', 'save-row');
  const size = make('span', 'save-size');
  row.append(button, size);
  return { row, size };
}
