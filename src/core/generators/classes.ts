/** Generators of two classes, y = ±1. Labels and positions have random streams of their own. */
import { Draws, STREAMS } from '../random.ts';
import { ranked } from '../ranking.ts';
import type { Dataset, NumberParameter } from './dataset.ts';
import { INPUTS } from './inputs.ts';

const MOST_INPUTS = 4096;
const DELTA: NumberParameter = {
  summary: 'δ: standard deviations are 1 + δ where y = 1, 1 − δ where y = −1',
  low: 0,
  high: 1,
  usual: 0.8,
};

export const CLASSES = {
  'two-gaussians': {
    summary: 'two Gaussians with mean 0 and covariances (1 ± δ)² I, y = ±1, each with probability ½',
    dimension: { low: 1, high: MOST_INPUTS, usual: 40 },
    parameters: { delta: DELTA },
    target: 'y',
    samples: 400,
    rows: (_, _seed, { dimension, parameters }, drawn) =>
      gaussians(drawn, dimension, Number(parameters.delta), dimension),
  },
  'anisotropic-gaussians': {
    summary:
      'two Gaussians with mean 0 and variances (1 ± δ)² of the first s0 coordinates, 1 of the others, y = ±1',
    dimension: { low: 1, high: MOST_INPUTS, usual: 80 },
    parameters: {
      delta: DELTA,
      s0: { summary: 'coordinates that differ', low: 1, high: MOST_INPUTS, whole: true, usual: 15 },
    },
    target: 'y',
    samples: 400,
    fault: ({ dimension, parameters: { s0 } }) =>
      Number(s0) > dimension
        ? `data.parameters.s0 = ${s0} is more than data.dimension = ${dimension}: give a smaller number or a larger dimension`
        : null,
    rows: (_, _seed, { dimension, parameters: { delta, s0 } }, drawn) =>
      gaussians(drawn, dimension, Number(delta), Number(s0)),
  },
  clusters: {
    summary:
      'two inputs: k² square clusters on [−1, 1]², half of them y = 1 and the others −1, drawn from the seed',
    inputs: ['x1', 'x2'],
    parameters: {
      k: { summary: 'clusters on a side', low: 2, high: 64, whole: true, usual: 4 },
      spread: { summary: 'side of a cluster over their distance', low: 0, high: 1, usual: 0.5 },
    },
    target: 'y',
    samples: 60,
    rows: (_, seed, { parameters: { k, spread } }, drawn) => clusters(seed, drawn, Number(k), Number(spread)),
  },
  xor: {
    summary:
      'four Gaussians about (±1, ±1), other coordinates about 0: y = −1 where the two signs agree, else 1',
    dimension: { low: 2, high: MOST_INPUTS, usual: 2 },
    parameters: { std: { summary: 'standard deviation of each coordinate', low: 0, high: 1e6, usual: 0.3 } },
    target: 'y',
    samples: 200,
    rows: (_, _seed, { dimension, parameters }, drawn) => xor(drawn, dimension, Number(parameters.std)),
  },
} as const satisfies Record<string, Dataset>;

type Row = (i: number) => number[];

/** `count` fair signs for row i. */
function signs(seed: number, count: number): Row {
  const draws = new Draws(seed, STREAMS.labels);
  return (i) => {
    draws.seek(i);
    return Array.from({ length: count }, () => (draws.uniform() < 0.5 ? -1 : 1));
  };
}

/** The first `special` coordinates have deviation 1 ± δ, the others 1. */
function gaussians(seed: number, dimension: number, delta: number, special: number): Row {
  const normals = INPUTS.gaussian(dimension, seed);
  const labels = signs(seed, 1);
  return (i) => {
    const [y] = labels(i);
    return [...normals(i).map((value, c) => (c < special ? (1 + y * delta) * value : value)), y];
  };
}

function clusters(seed: number, drawn: number, k: number, spread: number): Row {
  const rank = ranked(k * k, seed, STREAMS.teacher);
  const negative = new Set(rank.slice(0, Math.floor((k * k) / 2)));
  const choice = new Draws(drawn, STREAMS.labels);
  const draws = new Draws(drawn, STREAMS.inputs);
  const distance = 2 / k;
  const about = (place: number): number => distance * (place + 0.5 + spread * (draws.uniform() - 0.5)) - 1;
  return (i) => {
    choice.seek(i);
    draws.seek(i);
    const cluster = Math.floor(k * k * choice.uniform());
    return [about(cluster % k), about(Math.floor(cluster / k)), negative.has(cluster) ? -1 : 1];
  };
}

function xor(seed: number, dimension: number, std: number): Row {
  const normals = INPUTS.gaussian(dimension, seed);
  const corners = signs(seed, 2);
  return (i) => {
    const centre = corners(i);
    return [...normals(i).map((value, c) => (centre[c] ?? 0) + std * value), -centre[0] * centre[1]];
  };
}
