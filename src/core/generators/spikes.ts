/** Spikes on the circle, seen through a Dirichlet kernel: what the feature map `translate` deconvolves. */
import { Draws, STREAMS } from '../random.ts';
import { dirichlet } from '../features/translate.ts';
import type { Dataset, Member } from './dataset.ts';

const [LEAST, MOST] = [0.5, 1.5];

/** Rows [w, θ]: weights ±U(½, 3/2), positions uniform on [0, 1) among those that are so far apart. */
export function spikesOf(seed: number, { parameters }: Member): [number, number][] {
  const [count, separation] = [Number(parameters.spikes), Number(parameters.separation)];
  const draws = new Draws(seed, STREAMS.teacher);
  const drawn = Array.from({ length: count }, (_, k) => {
    draws.seek(k);
    const size = LEAST + (MOST - LEAST) * draws.uniform();
    // gaps of uniform points on a circle are exponential numbers over their sum
    return {
      w: draws.uniform() < 0.5 ? -size : size,
      gap: -Math.log(1 - draws.uniform()),
      turn: draws.uniform(),
    };
  });
  const all = drawn.reduce((sum, { gap }) => sum + gap, 0);
  const free = 1 - count * separation;
  let place = drawn[0].turn;
  return drawn.map(({ w, gap }) => {
    const spike: [number, number] = [w, place % 1];
    place += separation + (free * gap) / all;
    return spike;
  });
}

export const SPIKES = {
  spikes: {
    summary:
      'one input, evenly spaced on the circle [0, 1): y = Σ w ψ(x − θ), a few spikes drawn from the seed',
    inputs: ['x'],
    parameters: {
      spikes: { summary: 'how many there are', low: 1, high: 1024, whole: true, usual: 5 },
      order: { summary: 'order of the Dirichlet kernel ψ', low: 1, high: 64, whole: true, usual: 7 },
      separation: { summary: 'least distance of two of them', low: 0, high: 1, usual: 0.1 },
    },
    target: 'y',
    spread: true,
    samples: 32,
    fault: ({ parameters: { spikes, separation } }) =>
      Number(spikes) * Number(separation) > 1
        ? `data.parameters.separation = ${separation}: ${spikes} spikes have no place so far apart, give at most ${1 / Number(spikes)}`
        : null,
    atoms: spikesOf,
    rows: (samples, seed, member) => {
      const spikes = spikesOf(seed, member);
      const { phi } = dirichlet(Number(member.parameters.order));
      return (i) => [i / samples, spikes.reduce((sum, [w, place]) => sum + w * phi(i / samples - place), 0)];
    },
  },
} as const satisfies Record<string, Dataset>;
