/** Labelled controls of the books' forms. */
import { make } from '../shell/dom.ts';

export interface FormField<E extends HTMLElement> {
  readonly row: HTMLLabelElement;
  readonly input: E;
}

/** A control under its label. */
export function labelled<E extends HTMLElement>(label: string, input: E): FormField<E> {
  const row = make('label', 'field');
  row.append(make('span', '', label), input);
  return { row, input };
}

interface NumberOptions {
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** 'any' for real numbers. */
  readonly step?: number | 'any';
}

/**
 * `changed` gets each number that lies within the limits; of others the browser says why not. Without it, who
 * uses the number checks it.
 */
export function numberField(
  label: string,
  { value, min, max, step = 'any' }: NumberOptions,
  changed?: (value: number) => void,
): FormField<HTMLInputElement> {
  const input = make('input', '');
  Object.assign(input, {
    type: 'number',
    step: String(step),
    min: min === undefined ? '' : String(min),
    max: max === undefined ? '' : String(max),
    value: String(value),
    required: true,
  });
  if (changed)
    input.addEventListener('change', () => {
      if (input.reportValidity()) changed(input.valueAsNumber);
    });
  return labelled(label, input);
}

/** Writes a value from elsewhere unless the person is typing. */
export function showValue({ input }: FormField<HTMLInputElement>, value: number): void {
  if (document.activeElement !== input) input.value = String(value);
}

/** A choice of values by their texts. */
export function choiceField(
  label: string,
  options: Readonly<Record<string, string>>,
): FormField<HTMLSelectElement> {
  const select = make('select', '');
  select.append(...Object.entries(options).map(([value, text]) => new Option(text, value)));
  return labelled(label, select);
}

/** A box to tick, before its label. */
export function checkField(
  label: string,
  on: boolean,
  changed?: (on: boolean) => void,
): FormField<HTMLInputElement> {
  const input = make('input', '');
  Object.assign(input, { type: 'checkbox', checked: on });
  input.addEventListener('change', () => changed?.(input.checked));
  return ticked(label, input);
}

/** One of several: a group of radio buttons. */
export function radioField<N extends string>(
  legend: string,
  options: Readonly<Record<N, string>>,
  chosen: N,
  changed: (name: N) => void,
): HTMLFieldSetElement {
  const group = make('fieldset', 'radio');
  group.append(make('legend', '', legend));
  for (const name of Object.keys(options) as N[]) {
    const input = make('input', '');
    Object.assign(input, { type: 'radio', name: `data ${legend}`, value: name, checked: name === chosen });
    input.addEventListener('change', () => changed(name));
    group.append(ticked(options[name], input).row);
  }
  return group;
}

function ticked(label: string, input: HTMLInputElement): FormField<HTMLInputElement> {
  const row = make('label', 'check');
  row.append(input, make('span', '', label));
  return { row, input };
}
