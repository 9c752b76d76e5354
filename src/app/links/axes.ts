/** The axes of the cloud as links hold them: "3,p1@200,none". */

/** A principal direction of the inner weights, as the neurons lay at a step. */
export interface PrincipalChoice {
  /** 0 is the first. */
  readonly place: number;
  readonly step: number;
}

/** A component of θ by its place in a row, −1 for none. */
export type AxisChoice = number | PrincipalChoice;
/** Across, up and in depth. */
export type AxesChoice = readonly [AxisChoice, AxisChoice, AxisChoice];

/** Principal directions of a cloud that may be looked along. */
export const DIRECTIONS = 3;

const HOW = `write three of: a component of θ by its number, from 0 on, p1 … p${DIRECTIONS} @ a step for a principal direction, such as p1@200, or none, with commas between them`;

export function readAxes(text: string): AxesChoice {
  const choices = text.split(',').map(readAxis);
  if (choices.length !== 3 || choices.slice(0, 2).includes(-1)) throw new Error(`axes = "${text}": ${HOW}`);
  return choices as unknown as AxesChoice;
}

function readAxis(text: string): AxisChoice {
  if (text === 'none') return -1;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const [, place, step] = new RegExp(`^p([1-${DIRECTIONS}])@(\\d{1,15})$`).exec(text) ?? [];
  if (place === undefined) throw new Error(`"${text}" is no axis: ${HOW}`);
  return { place: Number(place) - 1, step: Number(step) };
}

export const writeAxes = (axes: AxesChoice): string =>
  axes
    .map((axis) => (typeof axis === 'number' ? (axis < 0 ? 'none' : axis) : `p${axis.place + 1}@${axis.step}`))
    .join();
