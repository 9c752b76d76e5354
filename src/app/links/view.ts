/**
 * What the page shows beside the run itself, and how links hold it. Adding a part is adding a field and its
 * codec.
 */
import { readComparison } from '../compare/ids.ts';
import { FIGURE_IDS, isFigure, type FigureId } from '../figures/ids.ts';
import { readGoal, writeGoal, type Goal } from '../run/goal.ts';
import { CHAPTER_IDS, type ChapterId } from '../lecture/ids.ts';
import { COLOURS, type CloudColour } from '../../views/cloud/cloud.ts';
import { STRETCHES, type StretchName } from '../../experiments/preset.ts';
import { readAxes, writeAxes, type AxesChoice } from './axes.ts';
import { readCamera, writeCamera, type CameraChoice } from './camera.ts';
import type { Part, Refused } from './parts.ts';
import { say } from '../say.ts';

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
  /** Along which the cloud is seen; null: the usual ones. */
  axes: AxesChoice | null;
  /** How far from 0 neurons are drawn; null: as the preset says. */
  stretch: StretchName | null;
  /** From where it is seen; null: as it was at first. */
  camera: CameraChoice | null;
  /** Of the neurons, by a sign or by their speed; null: the open chapter's, or by the sign. */
  colour: CloudColour | null;
  /** The input against which f is seen beside the data, of three or more; null: the target. */
  against: number | null;
}

/** Text ↔ value; null stands for the usual, which links leave out. Reading throws a sentence. */
interface Codec<T> {
  readonly usual: T;
  readonly read: (text: string) => T;
  readonly write: (value: T) => string | null;
}

const CODECS: { readonly [K in keyof View]: Codec<View[K]> } = {
  chapter: { usual: null, read: oneOf('chapter', CHAPTER_IDS), write: (id) => id },
  mode: { usual: 'full', read: oneOf('mode', MODES), write: (mode) => (mode === 'full' ? null : mode) },
  stop: { usual: null, read: readGoal, write: (goal) => goal && writeGoal(goal) },
  compare: { usual: null, read: readComparison, write: (comparison) => comparison },
  figures: { usual: null, read: readFigures, write: (names) => names && names.join() },
  axes: { usual: null, read: readAxes, write: (axes) => axes && writeAxes(axes) },
  stretch: { usual: null, read: oneOf('stretch', STRETCHES), write: (stretch) => stretch },
  camera: { usual: null, read: readCamera, write: (camera) => camera && writeCamera(camera) },
  colour: { usual: null, read: oneOf('colour', COLOURS), write: (colour) => colour },
  against: { usual: null, read: readInput, write: (input) => (input === null ? null : String(input + 1)) },
};
const NAMES = Object.keys(CODECS) as (keyof View)[];

export const usualView = (): View =>
  Object.fromEntries(NAMES.map((name) => [name, CODECS[name].usual])) as unknown as View;

/** Whether a link's part of this name is the view's. */
export const isOfView = (name: string): name is keyof View => Object.hasOwn(CODECS, name);

/** The view of a link's parts, as far as they say something, and those that do not. */
export function readView(parts: readonly Part[]): { view: View; refused: readonly Refused[] } {
  const view = usualView();
  const refused: Refused[] = [];
  const read = <K extends keyof View>(name: K, text: string): void =>
    void (view[name] = CODECS[name].read(text));
  for (const part of parts)
    try {
      read(part[0] as keyof View, part[1]);
    } catch (error) {
      refused.push({ part, why: (error as Error).message });
    }
  return { view, refused };
}

export function putView(parameters: URLSearchParams, view: Partial<View>): void {
  const write = <K extends keyof View>(name: K, value: View[K]): string | null => CODECS[name].write(value);
  for (const name of NAMES) {
    const text = view[name] === undefined ? null : write(name, view[name]);
    if (text !== null) parameters.set(name, text);
  }
}

/** Reads one of some words, of a part of that name. */
function oneOf<W extends string>(part: string, words: readonly W[]): (text: string) => W {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word === undefined)
      throw new Error(say('{part} = "{text}" is not one of {words}', { part, text, words: words.join(', ') }));
    return word;
  };
}

/** Links count inputs from 1. */
function readInput(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(say('against = "{text}" is no input: give its number, from 1 on', { text }));
  return Number(text) - 1;
}

function readFigures(text: string): FigureId[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((name) => {
      if (!isFigure(name))
        throw new Error(
          say('figures = "{name}" is not one of {names}', { name, names: FIGURE_IDS.join(', ') }),
        );
      return name;
    });
}
