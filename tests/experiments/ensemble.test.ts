/** Replicas of neighbouring seeds share nothing; how they are cut into engines changes nothing. */
import { expect, it } from 'vitest';
import { complete } from '../../src/core/config/config.ts';
import { problemOf, replicasIn, type Ensemble } from '../../src/experiments/measure/ensemble.ts';

const files = { readBytes: () => Promise.reject(new Error('no file is read')), note: () => undefined };
const ensemble = (seed: number, own: Partial<Ensemble> = {}): Ensemble => ({
  config: complete({
    data: { dataset: 'curve', samples: 3 },
    initial: { seed },
    dynamics: { temperature: 0.1, decay: 0.1 },
  }),
  n: 2,
  replicas: 64,
  ...own,
});
const drawn = async (seed: number, own?: Partial<Ensemble>): Promise<string[]> => {
  const { theta } = await problemOf(ensemble(seed, own), files);
  return replicasIn(theta as Float64Array, own?.replicas ?? 64).map((one) => [...one].join());
};

it('sixty-four replicas of each of twenty seeds are all different systems, with noise of their own', async () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const all = (await Promise.all(seeds.map((seed) => drawn(seed)))).flat();
  expect(new Set(all).size).toBe(20 * 64);
  const noises = await Promise.all(
    seeds.map(async (seed) => (await problemOf(ensemble(seed), files)).terms!.noise!.seed),
  );
  const apart = noises.sort((p, q) => p - q).map((seed, i) => (i === 0 ? Infinity : seed - noises[i - 1]));
  expect(Math.min(...apart)).toBeGreaterThan(2 ** 32);
});

it('a system is a function of the seed and its number: wider ones begin with it, fewer are the first of more', async () => {
  const few = await drawn(3, { replicas: 4 });
  expect((await drawn(3)).slice(0, 4)).toEqual(few);
  const wide = await drawn(3, { replicas: 4, n: 5 });
  wide.forEach((theta, k) => expect(theta.startsWith(`${few[k]},`)).toBe(true));
});

it('seeds that are given are taken: a sweep’s cell is the run of its seed', async () => {
  const given = await drawn(3, { replicas: 2, seedOf: (k) => 3 + k });
  const next = await drawn(4, { replicas: 1, seedOf: (k) => 4 + k });
  expect(given[1]).toBe(next[0]);
});
