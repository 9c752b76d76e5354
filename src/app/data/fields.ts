/** Labelled controls of the book of data. */
import { make } from '../dom.ts';

/** What went wrong, with its full stop. */
export function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

export interface NumberField {
  readonly row: HTMLLabelElement;
  readonly input: HTMLInputElement;
}

interface NumberOptions {
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** 'any' for real numbers. */
  readonly step?: number | 'any';
}

/** `changed` gets each number that lies within the limits; of others the browser says why not. */
export function numberField(label: string, { value, min, max, step = 'any' }: NumberOptions, changed: (value: number) => void): NumberField {
  const row = make('label', 'data-field'), input = make('input', '');
  Object.assign(input, { type: 'number', step: String(step), min: min === undefined ? '' : String(min), max: max === undefined ? '' : String(max), value: String(value), required: true });
  input.addEventListener('change', () => {
    if (input.reportValidity()) changed(input.valueAsNumber);
  });
  row.append(make('span', '', label), input);
  return { row, input };
}

/** Writes a value from elsewhere unless the person is typing. */
export function showValue({ input }: NumberField, value: number): void {
  if (document.activeElement !== input) input.value = String(value);
}

export interface CheckField {
  readonly row: HTMLLabelElement;
  readonly input: HTMLInputElement;
}

export function checkField(label: string, changed: (on: boolean) => void): CheckField {
  const row = make('label', 'data-check'), input = make('input', '');
  input.type = 'checkbox';
  input.addEventListener('change', () => changed(input.checked));
  row.append(input, make('span', '', label));
  return { row, input };
}

/** One of several: a group of radio buttons; returns the group and a setter. */
export function radioField<N extends string>(legend: string, options: Readonly<Record<N, string>>, chosen: N, changed: (name: N) => void): HTMLFieldSetElement {
  const group = make('fieldset', 'data-radio');
  group.append(make('legend', '', legend));
  for (const name of Object.keys(options) as N[]) {
    const row = make('label', 'data-check'), input = make('input', '');
    Object.assign(input, { type: 'radio', name: `data ${legend}`, value: name, checked: name === chosen });
    input.addEventListener('change', () => changed(name));
    row.append(input, make('span', '', options[name]));
    group.append(row);
  }
  return group;
}
