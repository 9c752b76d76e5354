/** The axes of the cloud as links hold them: "3,u1,p1@200" or "0,1,none". */
import { MOST_DIRECTIONS } from '../../core/observables.ts';
import { say } from '../../words/say.ts';

/** A principal direction of the inner weights, as the neurons lay at a step. */
export interface PrincipalChoice {
  /** 0 is the first. */
  readonly place: number;
  readonly step: number;
}

/** ⟨w0, u⟩, u one of the directions on which the target depends; 0 is the first. */
export interface TargetChoice {
  readonly target: number;
}

/** A component of θ by its place in a row, −1 for none. */
export type AxisChoice = number | PrincipalChoice | TargetChoice;
/** Across, up and in depth. */
export type AxesChoice = readonly [AxisChoice, AxisChoice, AxisChoice];

/** Principal directions of a cloud that may be looked along. */
export const DIRECTIONS = 3;

const how = (): string =>
  say(
    'write three of: a component of θ by its number, from 0 on, u1 … u{most} for a direction on which the target depends, p1 … p{count} @ a step for a principal direction, such as p1@200, or none, with commas between them',
    { most: MOST_DIRECTIONS, count: DIRECTIONS },
  );

export const isPrincipal = (choice: AxisChoice): choice is PrincipalChoice =>
  typeof choice !== 'number' && 'step' in choice;

export function readAxes(text: string): AxesChoice {
  const choices = text.split(',').map(readAxis);
  if (choices.length !== 3 || choices.slice(0, 2).includes(-1))
    throw new Error(say('axes = "{text}": {how}', { text, how: how() }));
  return choices as unknown as AxesChoice;
}

export function readAxis(text: string): AxisChoice {
  if (text === 'none') return -1;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const [, target] = new RegExp(`^u([1-${MOST_DIRECTIONS}])$`).exec(text) ?? [];
  if (target !== undefined) return { target: Number(target) - 1 };
  const [, place, step] = new RegExp(`^p([1-${DIRECTIONS}])@(\\d{1,15})$`).exec(text) ?? [];
  if (place === undefined) throw new Error(say('"{text}" is no axis: {how}', { text, how: how() }));
  return { place: Number(place) - 1, step: Number(step) };
}

export const writeAxes = (axes: AxesChoice): string => axes.map(writeAxis).join();

export function writeAxis(axis: AxisChoice): string {
  if (typeof axis === 'number') return axis < 0 ? 'none' : String(axis);
  return isPrincipal(axis) ? `p${axis.place + 1}@${axis.step}` : `u${axis.target + 1}`;
}
