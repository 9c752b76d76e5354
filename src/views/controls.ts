/** A panel of controls from a list of entries. The only file that knows lil-gui. */
import GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
// lil-gui's package map hides its style sheet; its own injection would break a content security policy.
import '../../node_modules/lil-gui/dist/lil-gui.css';
import { THEMES } from './palette.ts';
import type { Theme, ThemeName } from './palette.ts';

interface Common {
  readonly folder?: string;
  /** Identity of the entry, e.g. a field of the config. */
  readonly key: string;
  readonly label: string;
  /** One sentence, shown on hover and to screen readers. */
  readonly help?: string;
  /** Belongs to the choice above it. */
  readonly nested?: boolean;
}

export interface NumberEntry extends Common {
  readonly kind: 'number';
  readonly step?: number;
  readonly get: () => number;
  readonly set: (value: number) => void;
}
export interface TextEntry extends Common {
  readonly kind: 'text';
  readonly get: () => string;
  readonly set: (value: string) => void;
}
export interface ChoiceEntry extends Common {
  readonly kind: 'choice';
  /** Texts, or text → value. */
  readonly options: readonly string[] | Readonly<Record<string, string | number>>;
  readonly get: () => string | number;
  readonly set: (value: string | number) => void;
}
export interface BooleanEntry extends Common {
  readonly kind: 'boolean';
  readonly get: () => boolean;
  readonly set: (value: boolean) => void;
}
export interface ButtonEntry extends Common {
  readonly kind: 'button';
  readonly set: () => void;
}
/** A line of text that the panel only shows. */
export interface InfoEntry extends Common {
  readonly kind: 'info';
  readonly get: () => string;
}
export type ControlEntry = NumberEntry | TextEntry | ChoiceEntry | BooleanEntry | ButtonEntry | InfoEntry;

export interface ControlsOptions {
  readonly title: string;
  readonly theme: ThemeName;
  /** Names of folders that start closed. */
  readonly closed?: readonly string[];
  /** What a person types: a number, or a clause that says why it is none. */
  readonly read: (typed: string) => number | string;
  /** A finished entry that was none, with the reason. */
  readonly refuse: (typed: string, reason: string) => void;
}

/** What lil-gui reads and writes: a property that asks the entry each time. */
type Slot = Record<string, unknown>;
const slot = (key: string, get: () => unknown, set: (value: never) => void): Slot =>
  Object.defineProperty({}, key, { get, set, enumerable: true }) as Slot;

type Builder = (gui: GUI, entry: ControlEntry) => Controller;
const builders: {
  readonly [K in ControlEntry['kind']]: (gui: GUI, entry: Extract<ControlEntry, { kind: K }>) => Controller;
} = {
  number: (gui, entry) => typed(gui, entry, undefined, undefined, entry.step),
  text: (gui, entry) => typed(gui, entry),
  choice: (gui, { key, get, set, options }) =>
    gui.add(
      slot(key, get, set),
      key,
      Array.isArray(options) ? [...(options as readonly string[])] : { ...options },
    ),
  boolean: (gui, { key, get, set }) => gui.add(slot(key, get, set), key),
  button: (gui, { key, set }) => gui.add({ [key]: set }, key),
  info: (gui, { key, get }) => {
    const controller = gui.add(
      slot(key, get, () => undefined),
      key,
    );
    controller.$widget.querySelector('input')?.setAttribute('readonly', '');
    controller.domElement.classList.add('info');
    return controller;
  },
};

/** What is typed counts when it is finished: on the way to 0.95 a person types 0. */
function typed(
  gui: GUI,
  { key, get, set }: NumberEntry | TextEntry,
  ...limits: (number | undefined)[]
): Controller {
  let draft: number | string | null = null;
  const drafted = slot(
    key,
    () => draft ?? get(),
    (value: never) => (draft = value),
  );
  return gui.add(drafted, key, ...(limits as [])).onFinishChange(() => {
    const value = draft;
    draft = null;
    if (value !== null && value !== get()) (set as (value: number | string) => void)(value);
  });
}

export class Controls {
  private gui: GUI;
  private readonly aside = document.createElement('aside');
  private controllers: Controller[] = [];

  constructor(
    host: HTMLElement,
    private entries: readonly ControlEntry[],
    private options: ControlsOptions,
  ) {
    this.aside.setAttribute('aria-label', options.title);
    host.append(this.aside);
    this.gui = this.build();
  }

  /** Shows the values that the entries now return. Cheap enough for a few times a second. */
  updateDisplay(): void {
    for (const controller of this.controllers) {
      // Rewriting a field under the user's fingers would eat what is typed.
      if (!controller.domElement.contains(document.activeElement)) controller.updateDisplay();
    }
  }

  setEntries(entries: readonly ControlEntry[]): void {
    this.entries = entries;
    this.rebuild();
  }

  setTheme(theme: ThemeName): void {
    this.options = { ...this.options, theme };
    paint(this.aside, THEMES[theme]);
  }

  destroy(): void {
    this.gui.destroy();
    this.aside.remove();
  }

  /** lil-gui takes what a typed text begins with for the number: here it is the whole text that counts. */
  private watch(controller: Controller): void {
    const input = controller.domElement.querySelector('input')!;
    let wrong: string | null = null;
    const take = (event: Event): void => {
      event.stopImmediatePropagation();
      const read = this.options.read(input.value);
      wrong = typeof read === 'string' ? read : null;
      input.setAttribute('aria-invalid', String(wrong !== null));
      controller.setValue(typeof read === 'number' ? read : null);
    };
    const finish = (): void => {
      if (wrong !== null) this.options.refuse(input.value, wrong);
      wrong = null;
      input.removeAttribute('aria-invalid');
    };
    input.addEventListener('input', take, { capture: true });
    input.addEventListener('blur', finish, { capture: true });
  }

  /** Folders stay as the person left them, and so does the focus. */
  private rebuild(): void {
    const { folders } = this.gui;
    const absent = (this.options.closed ?? []).filter((name) => folders.every(({ _title }) => _title !== name));
    const closed = folders.filter((folder) => folder._closed).map((folder) => folder._title);
    const whole = this.gui._closed;
    const { key } = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset ?? {};
    this.gui.destroy();
    this.options = { ...this.options, closed: [...absent, ...closed] };
    this.gui = this.build();
    if (whole) this.gui.close();
    const focused = this.controllers.find(({ domElement }) => domElement.dataset['key'] === key);
    focused?.domElement.querySelector<HTMLElement>('select, input, button')?.focus({ preventScroll: true });
  }

  private build(): GUI {
    const gui = new GUI({ container: this.aside, injectStyles: false, title: this.options.title });
    const folders = new Map<string, GUI>();
    const home = (name: string | undefined): GUI => {
      if (name === undefined) return gui;
      const folder = folders.get(name) ?? gui.addFolder(name);
      folders.set(name, folder);
      return folder;
    };
    this.controllers = this.entries.map((entry) => {
      const build = builders[entry.kind] as Builder;
      const controller = build(home(entry.folder), entry).name(entry.label);
      controller.domElement.dataset['key'] = entry.key;
      controller.domElement.classList.toggle('nested', entry.nested === true);
      if (entry.help !== undefined) controller.domElement.title = entry.help;
      if (entry.kind === 'number') this.watch(controller);
      return controller;
    });
    for (const name of this.options.closed ?? []) folders.get(name)?.close();
    paint(this.aside, THEMES[this.options.theme]);
    return gui;
  }
}

/** lil-gui sets its colours anew in every folder, so every folder is told. */
function paint(root: HTMLElement, theme: Theme): void {
  const colours = {
    'background-color': theme.panel,
    'text-color': theme.ink,
    'title-background-color': theme.panel,
    'title-text-color': theme.ink,
    'widget-color': theme.faint,
    'hover-color': theme.hover,
    'focus-color': theme.hover,
    'number-color': theme.ink,
    'string-color': theme.ink,
    // Large enough to read, and to hit with a finger (WCAG 2.2, target size).
    'font-size': '12px',
    'input-font-size': '12px',
    'row-height': '30px',
    'widget-height': '25px',
    'checkbox-size': '24px',
    'font-family': 'system-ui, sans-serif',
    width: '100%',
  };
  for (const element of root.querySelectorAll<HTMLElement>('.lil-gui')) {
    for (const [name, value] of Object.entries(colours)) element.style.setProperty(`--${name}`, value);
  }
}
