/** Labelled controls of the books' forms. */
import { typedFault, typedNumber } from '../../core/words/typed-number.ts';
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

export interface NumberField extends FormField<HTMLInputElement> {
  /** What is typed; NaN where that is no number within the limits. */
  readonly number: () => number;
  /** The most that it takes from now on. */
  limit(max: number): void;
}

/**
 * `changed` gets each number that lies within the limits; of others the browser says why not. Without it, who
 * uses the number checks it. People type numbers as they write them, so that the field is one of text.
 */
export function numberField(
  label: string,
  { value, min, max, step = 'any' }: NumberOptions,
  changed?: (value: number) => void,
): NumberField {
  const input = make('input', '');
  const limits = { min, max, whole: step !== 'any' && Number.isInteger(step) };
  const check = (): string => {
    const fault = typedFault(input.value, limits);
    input.setCustomValidity(fault);
    return fault;
  };
  Object.assign(input, {
    type: 'text',
    inputMode: limits.whole ? 'numeric' : 'decimal',
    autocomplete: 'off',
    value: String(value),
  });
  input.addEventListener('input', check);
  input.addEventListener('change', () => {
    check();
    if (changed && input.reportValidity()) changed(typedNumber(input.value)!);
  });
  return {
    ...labelled(label, input),
    number: () => (check() === '' ? typedNumber(input.value)! : NaN),
    limit: (most) => void (limits.max = most),
  };
}

/** Writes a value from elsewhere unless the person is typing. */
export function showValue({ input }: FormField<HTMLInputElement>, value: number): void {
  if (document.activeElement === input) return;
  input.value = String(value);
  input.setCustomValidity('');
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
