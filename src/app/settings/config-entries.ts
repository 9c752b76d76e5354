/** Controls for fields of the configuration (core/config/fields.ts). */
import { changeAt, formIn, valueAt, type Field, type Fields } from '../../core/config/field.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { say, sayText } from '../say.ts';

/** A menu's line for a value that has none of the forms that are offered. */
const OTHER = 'other';

/** The controls of a folder; under a menu those of the form that is chosen. */
export function entriesOf(panel: Panel, folder: string, fields: Fields, under = ''): ControlEntry[] {
  return Object.entries(fields).flatMap(([path, field]) =>
    entryOf(panel, folder, `${under}${path}`, field, under !== ''),
  );
}

function entryOf(panel: Panel, folder: string, path: string, field: Field, nested: boolean): ControlEntry[] {
  const [label, help] = [sayText(field.label), sayText(field.help)];
  const common = { folder, key: path, label, help, nested };
  /** Nothing, while another form has been chosen and these controls still stand. */
  const get = (): unknown => valueAt(panel.config(), path);
  const set = (value: unknown): void => panel.actions.configure(changeAt(panel.config(), path, value));
  if (field.kind === 'number')
    return [
      { kind: 'number', ...common, ...(field.whole && { step: 1 }), get: () => (get() ?? NaN) as number, set },
    ];
  if (field.kind === 'switch') return [{ kind: 'boolean', ...common, get: () => get() as boolean, set }];
  if (field.kind === 'text')
    return [
      {
        kind: 'text',
        ...common,
        get: () => (get() === undefined ? '' : field.write(get())),
        set: (text) => set(field.read(text)),
      },
    ];
  const { forms } = field;
  const chosen = formIn(field, get());
  const form = chosen === null ? null : forms[chosen];
  const menu: ControlEntry = {
    kind: 'choice',
    ...common,
    options: Object.fromEntries(
      [...Object.keys(forms), ...(form ? [] : [OTHER])].map((name) => [sayText(name), name]),
    ),
    help: form ? say('{field}: {form}', { field: help, form: sayText(form.help) }) : help,
    get: () => formIn(field, get()) ?? OTHER,
    set: (name) => Object.hasOwn(forms, name) && set(forms[name].start),
  };
  return [menu, ...(form?.fields ? entriesOf(panel, folder, form.fields, `${path}.`) : [])];
}
