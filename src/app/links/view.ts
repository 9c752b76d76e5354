/**
 * What the page shows beside the run itself, and how links hold it. Adding a part is adding a field and its
 * codec.
 */
import { readComparison } from '../compare/ids.ts';
import { FIGURE_IDS, isFigure, type FigureId } from '../figures/ids.ts';
import { readGoal, writeGoal, type Goal } from '../run/goal.ts';
import { CHAPTER_IDS, isChapter, type ChapterId } from '../lecture/ids.ts';

/**
 * `full`: everything · `present`: for a projector, large type on white · `bare`: the cloud and its buttons
 * alone, for a page that frames this one.
 */
export const MODES = ['full', 'present', 'bare'] as const;
export type Mode = (typeof MODES)[number];

export interface View {
  /** Chapter of the lecture that is open. */
  chapter: ChapterId | null;
  mode: Mode;
  /** When the run stops by itself. */
  stop: Goal | null;
  /** The run beside the page's own: a comparison's name, or a setting and its value; null: none. */
  compare: string | null;
  /** Figures beside the cloud; null: the usual ones. */
  figures: readonly FigureId[] | null;
}

/** Text ↔ value; null stands for the usual, which links leave out. Reading throws a sentence. */
interface Codec<T> {
  readonly usual: T;
  readonly read: (text: string) => T;
  readonly write: (value: T) => string | null;
}

const CODECS: { readonly [K in keyof View]: Codec<View[K]> } = {
  chapter: { usual: null, read: readChapter, write: (id) => id },
  mode: { usual: 'full', read: readMode, write: (mode) => (mode === 'full' ? null : mode) },
  stop: { usual: null, read: readGoal, write: (goal) => goal && writeGoal(goal) },
  compare: { usual: null, read: readComparison, write: (comparison) => comparison },
  figures: { usual: null, read: readFigures, write: (names) => names && names.join() },
};
const NAMES = Object.keys(CODECS) as (keyof View)[];

export const usualView = (): View =>
  Object.fromEntries(NAMES.map((name) => [name, CODECS[name].usual])) as unknown as View;

/** Takes the parts of the view out of a link's parameters; what is left is the run. */
export function takeView(parameters: URLSearchParams): View {
  const view = usualView();
  const read = <K extends keyof View>(name: K, text: string): void =>
    void (view[name] = CODECS[name].read(text));
  for (const name of NAMES) {
    const text = parameters.get(name);
    parameters.delete(name);
    if (text !== null) read(name, text);
  }
  return view;
}

export function putView(parameters: URLSearchParams, view: Partial<View>): void {
  const write = <K extends keyof View>(name: K, value: View[K]): string | null => CODECS[name].write(value);
  for (const name of NAMES) {
    const text = view[name] === undefined ? null : write(name, view[name]);
    if (text !== null) parameters.set(name, text);
  }
}

function readChapter(id: string): ChapterId {
  if (!isChapter(id)) throw new Error(`chapter = "${id}" is not one of ${CHAPTER_IDS.join(', ')}`);
  return id;
}

function readMode(mode: string): Mode {
  if (!(MODES as readonly string[]).includes(mode))
    throw new Error(`mode = "${mode}" is not one of ${MODES.join(', ')}`);
  return mode as Mode;
}

function readFigures(text: string): FigureId[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((name) => {
      if (!isFigure(name)) throw new Error(`figures = "${name}" is not one of ${FIGURE_IDS.join(', ')}`);
      return name;
    });
}
