/** Laws of the inputs x of a generated row, each with mean 0. Row i depends on the seed and i alone. */
import { Draws, STREAMS } from '../random.ts';
import { ranked } from '../ranking.ts';
import type { ChoiceParameter, Member } from './dataset.ts';

type Rows = (i: number) => number[];

/** Most coordinates of which all corners are listed. */
export const MOST_CORNERS = 12;

/** Gives the inputs of row i for a dimension and a seed. */
export const INPUTS = {
  gaussian: drawn((draws) => draws.normal()),
  sphere: (dimension, seed) => onSphere(dimension, seed, Math.sqrt(dimension)),
  'unit-sphere': (dimension, seed) => onSphere(dimension, seed, 1),
  signs: drawn((draws) => (draws.uniform() < 0.5 ? -1 : 1)),
  corners: (dimension, seed) => {
    const order = ranked(2 ** dimension, seed, STREAMS.inputs);
    return (i) => Array.from({ length: dimension }, (_, c) => 1 - 2 * ((order[i] >>> c) & 1));
  },
} as const satisfies Record<string, (dimension: number, seed: number) => Rows>;
export type InputName = keyof typeof INPUTS;

/** The parameter that chooses among some of them, the first by default. */
export const inputsParameter = (...of: readonly [InputName, ...InputName[]]): ChoiceParameter => ({
  summary:
    'law of x: gaussian N(0, I), sphere of radius √d, unit-sphere, signs ±1, corners (all 2^d of them, each once)',
  of,
  usual: of[0],
});

const nameOf = ({ parameters }: Member): InputName =>
  (Object.keys(INPUTS) as InputName[]).find((name) => name === parameters.inputs) ?? 'gaussian';

export const inputsOf = (member: Member, seed: number): Rows => INPUTS[nameOf(member)](member.dimension, seed);

/** There are 2^d corners and no end of anything else. */
export const populationOf = (member: Member): number =>
  nameOf(member) === 'corners' ? 2 ** member.dimension : Infinity;

export function inputsFault(member: Member): string | null {
  return nameOf(member) === 'corners' && member.dimension > MOST_CORNERS
    ? `data.dimension = ${member.dimension}: all corners are listed for at most ${MOST_CORNERS} inputs, give data.parameters.inputs = "signs" or a smaller dimension`
    : null;
}

/** Independent coordinates. */
function drawn(coordinate: (draws: Draws) => number): (dimension: number, seed: number) => Rows {
  return (dimension, seed) => {
    const draws = new Draws(seed, STREAMS.inputs);
    return (i) => {
      draws.seek(i);
      return Array.from({ length: dimension }, () => coordinate(draws));
    };
  };
}

function onSphere(dimension: number, seed: number, radius: number): Rows {
  const direction = INPUTS.gaussian(dimension, seed);
  return (i) => {
    const x = direction(i);
    const scale = radius / Math.hypot(...x);
    return x.map((value) => scale * value);
  };
}
