/** Labelled fields of the forms. */
import { make } from '../dom.ts';

function labelled<E extends HTMLElement>(text: string, element: E): { readonly row: HTMLElement; readonly element: E } {
  const row = make('label', 'save-field');
  row.append(make('span', '', text), element);
  return { row, element };
}

/** A number; what is typed is checked when it is used. */
export function numberField(text: string, value: number, { min, max, step = 1 }: { readonly min: number; readonly max?: number; readonly step?: number }): ReturnType<typeof labelled<HTMLInputElement>> {
  const input = make('input', '');
  Object.assign(input, { type: 'number', min: String(min), step: String(step), value: String(value), ...(max === undefined ? {} : { max: String(max) }) });
  return labelled(text, input);
}

/** A choice of values by their texts. */
export function choiceField(text: string, options: Readonly<Record<string, string>>): ReturnType<typeof labelled<HTMLSelectElement>> {
  const select = make('select', '');
  select.append(...Object.entries(options).map(([value, label]) => new Option(label, value)));
  return labelled(text, select);
}

export function tickField(text: string, on: boolean): ReturnType<typeof labelled<HTMLInputElement>> {
  const input = make('input', '');
  Object.assign(input, { type: 'checkbox', checked: on });
  const field = labelled(text, input);
  field.row.classList.add('tick');
  return field;
}
