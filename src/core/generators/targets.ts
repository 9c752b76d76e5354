/** Generators whose target is a function of x: polynomials of a few coordinates, teacher networks, a spin glass. */
import { ACTIVATIONS } from '../activations/activations.ts';
import { Draws, STREAMS } from '../random.ts';
import type { Dataset, Member, Parameter } from './dataset.ts';
import { hermite } from './hermite.ts';
import { INPUTS, inputsFault, inputsOf, inputsParameter, populationOf } from './inputs.ts';

type Target = (x: readonly number[]) => number;

const MOST_INPUTS = 4096;
const DEGREE = { summary: 'degree of h_k', low: 1, high: 12, whole: true, usual: 2 } as const;
const TERMS = { summary: 'coordinates that count', low: 1, high: MOST_INPUTS, whole: true, usual: 3 } as const;
const ALTERNATING = 'alternating';
const SUM = 'sum';

/** Rows x with the target that `targetOf` makes of a seed and a member. */
const rowsWith =
  (targetOf: (seed: number, member: Member) => Target, lawOf = inputsOf): Dataset['rows'] =>
  (_, seed, member, drawn) => {
    const inputs = lawOf(member, drawn);
    const target = targetOf(seed, member);
    return (i) => {
      const x = inputs(i);
      return [...x, target(x)];
    };
  };

/** What all of them have in common; `counted` names the parameter that says how many coordinates count. */
const family = (
  usual: number,
  counted?: string,
): Pick<Dataset, 'target' | 'dimension' | 'population' | 'fault'> => ({
  target: 'y',
  dimension: { low: 1, high: MOST_INPUTS, usual },
  population: populationOf,
  fault: (member) => {
    const count = counted === undefined ? 0 : Number(member.parameters[counted]);
    return count > member.dimension
      ? `data.parameters.${counted} = ${count} is more than data.dimension = ${member.dimension}: give a smaller number or a larger dimension`
      : inputsFault(member);
  },
});

/** The first `count` coordinates, as unit vectors. */
const axes = (count: number, { dimension }: Member): number[][] =>
  Array.from({ length: count }, (_, k) => Array.from({ length: dimension }, (_, c) => Number(c === k)));

/** x1, x1 x2, …, x1 … xk. */
const products = (x: readonly number[], k: number): number[] => {
  let product = 1;
  return x.slice(0, k).map((value) => (product *= value));
};

const TEACHER_PARAMETERS: Readonly<Record<string, Parameter>> = {
  units: { summary: 'neurons', low: 1, high: 1024, whole: true, usual: 5 },
  activation: { summary: 'φ', of: ['relu', 'erf'], usual: 'relu' },
  outer: { summary: 'w1: alternating ±1, or ones', of: [ALTERNATING, 'ones'], usual: ALTERNATING },
  norm: { summary: '|w0|, of a random direction', low: 0, high: 1e6, usual: 1 },
  scale: { summary: 'factor of y', low: -1e6, high: 1e6, usual: 1 },
  inputs: inputsParameter('gaussian', 'sphere', 'unit-sphere', 'signs', 'corners'),
};

export const TARGETS = {
  'single-index': {
    summary: 'y = h_k(x1), Hermite’s polynomial of one direction of d',
    ...family(10),
    samples: 500,
    parameters: { k: DEGREE, inputs: inputsParameter('gaussian', 'sphere') },
    directions: (member) => axes(1, member),
    rows: rowsWith((_, { parameters }) => {
      const k = Number(parameters.k);
      return (x) => hermite(k, x[0]);
    }),
  },
  'multi-index': {
    summary: 'Hermite’s polynomials of several directions of d: their sum over √indices, or their product',
    ...family(10, 'indices'),
    samples: 500,
    parameters: {
      k: DEGREE,
      indices: { ...TERMS, usual: 2 },
      combine: { summary: 'how they make y', of: [SUM, 'product'], usual: SUM },
      inputs: inputsParameter('gaussian', 'sphere'),
    },
    directions: (member) => axes(Number(member.parameters.indices), member),
    rows: rowsWith((_, { parameters }) => {
      const k = Number(parameters.k);
      const indices = Number(parameters.indices);
      const each = (x: readonly number[]): number[] => x.slice(0, indices).map((z) => hermite(k, z));
      return parameters.combine === SUM
        ? (x) => each(x).reduce((sum, value) => sum + value, 0) / Math.sqrt(indices)
        : (x) => each(x).reduce((product, value) => product * value, 1);
    }),
  },
  parity: {
    summary: 'inputs ±1: y = x1 x2 … xk, the parity of k coordinates of d',
    ...family(8, 'k'),
    samples: 256,
    parameters: { k: TERMS, inputs: inputsParameter('corners', 'signs') },
    directions: (member) => axes(Number(member.parameters.k), member),
    rows: rowsWith((_, { parameters }) => {
      const k = Number(parameters.k);
      return (x) => products(x, k)[k - 1];
    }),
  },
  staircase: {
    summary: 'inputs ±1: y = x1 + x1 x2 + … + x1 x2 … xk, a staircase of k steps',
    ...family(8, 'k'),
    samples: 256,
    parameters: { k: TERMS, inputs: inputsParameter('corners', 'signs') },
    directions: (member) => axes(Number(member.parameters.k), member),
    rows: rowsWith((_, { parameters }) => {
      const k = Number(parameters.k);
      return (x) => products(x, k).reduce((sum, product) => sum + product, 0);
    }),
  },
  teacher: {
    summary: 'y from a teacher network of relu or erf neurons, whose directions are drawn from the seed',
    ...family(10),
    samples: 500,
    parameters: TEACHER_PARAMETERS,
    teacher: teacherNeurons,
    rows: rowsWith((seed, member) => {
      const neurons = teacherNeurons(seed, member);
      const { phi } = ACTIVATIONS[member.parameters.activation === 'erf' ? 'erf' : 'relu'];
      return (x) => neurons.reduce((sum, [w1, ...w0]) => sum + w1 * phi(inner(w0, x)), 0);
    }),
  },
  'three-spin': {
    summary:
      'x on the sphere of radius √d: y = Σ a_pqr x_p x_q x_r / d, all a_pqr standard normal from the seed',
    target: 'y',
    dimension: { low: 1, high: 64, usual: 5 },
    samples: 400,
    rows: rowsWith(threeSpin, ({ dimension }, seed) => INPUTS.sphere(dimension, seed)),
  },
} as const satisfies Record<string, Dataset>;

const inner = (w0: readonly number[], x: readonly number[]): number =>
  x.reduce((sum, value, c) => sum + w0[c] * value, 0);

/** Rows [w1, w0]. */
function teacherNeurons(seed: number, { dimension, parameters }: Member): number[][] {
  const draws = new Draws(seed, STREAMS.teacher);
  const scale = Number(parameters.scale);
  return Array.from({ length: Number(parameters.units) }, (_, k) => {
    draws.seek(k);
    const direction = Array.from({ length: dimension }, () => draws.normal());
    const stretch = Number(parameters.norm) / Math.hypot(...direction);
    const sign = parameters.outer === ALTERNATING && k % 2 === 1 ? -1 : 1;
    return [sign * scale, ...direction.map((value) => stretch * value)];
  });
}

/** a_pqr is the normal number at place r of index p d + q. */
function threeSpin(seed: number, { dimension: d }: Member): Target {
  const draws = new Draws(seed, STREAMS.teacher);
  const a = Array.from({ length: d * d }, (_, pq) => {
    draws.seek(pq);
    return Array.from({ length: d }, () => draws.normal());
  });
  return (x) => a.reduce((sum, row, pq) => sum + x[Math.floor(pq / d)] * x[pq % d] * inner(row, x), 0) / d;
}
