/** What float32 cannot hold goes to the float64 engine, or is refused before anything is computed. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/engines/engine.ts';
import { openEngine, type Platform, type Wish } from '../../src/engines/select.ts';
import { draw, problemOf } from '../support/problems.ts';

/** No GPU is looked for: what is asked here is said before. */
const PLATFORM: Platform = {
  gpu: () => Promise.reject(new Error('a GPU was asked for')),
  cpu: {},
  autoTakesSoftware: true,
  autoTakesFloat32: true,
};
const open = (engine: Wish['engine'], problem: Problem) =>
  openEngine({ engine, method: 'direct' }, problem, PLATFORM);

function spoilt(name: 'theta' | 'x' | 'y', at: number, value: number): Problem {
  const problem = problemOf(draw({ n: 6, m: 4, d: 2 }, 3));
  const numbers = Float64Array.from(problem[name]);
  numbers[at] = value;
  return { ...problem, [name]: numbers };
}

describe.each([
  ['theta', 7, 1e39, /^θ has 1e\+39 in neuron 2, which is beyond float32 \(3\.40e\+38\)/],
  ['x', 3, -3.5e38, /^x has -3\.5e\+38 in training row 1,/],
  ['y', 0, 4e100, /^y has 4e\+100 in training row 0,/],
] as const)('%s[%i] = %d', (name, at, value, words) => {
  const problem = spoilt(name, at, value);

  it.each(['webgpu', 'cpu32'] as const)('is refused by %s', async (engine) => {
    await expect(open(engine, problem)).rejects.toThrow(words);
    await expect(open(engine, problem)).rejects.toThrow(/: use the cpu engine$/);
  });

  it('is the float64 engine’s with auto and with cpu', async () => {
    for (const wish of ['auto', 'cpu'] as const) {
      const { engine, why } = await open(wish, problem);
      expect([engine.info.name, engine.info.precision]).toEqual(['cpu', 'float64']);
      if (wish === 'auto') expect(why).toMatch(words);
      engine.destroy();
    }
  });
});

it('the largest number of float32 is none beyond it', async () => {
  await expect(open('webgpu', spoilt('theta', 1, -3.4028234e38))).rejects.toThrow('a GPU was asked for');
});
