/** Neurons drawn by several threads. */
import { expect, it } from 'vitest';
import { drawTheta } from '../../src/core/laws.ts';
import { drawTogether } from '../../src/engines/cpu/draws.ts';
import type { DrawSetup } from '../../src/engines/draws.ts';
import { initialTheta } from '../../src/experiments/initial.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { shapeOf } from '../../src/core/shape.ts';
import { threadless } from '../support/threadless.ts';

const N = 3 * 2 ** 16 + 5;
const CONFIG = resolveConfig({
  data: { dataset: 'xor' },
  model: { width: 2 ** 18 + 4 },
  initial: { w1: { law: 'normal' }, w0: { law: 'sphere' }, antithetic: true, seed: 5 },
});

it.each([{ law: 'normal' }, { law: 'grid' }, { law: 'uniform' }] as const)(
  'give the bits of one, antithetic or not: %o',
  async (law) => {
    for (const antithetic of [false, true]) {
      const setup: DrawSetup = {
        initial: { w1: law, w0: { law: 'normal' }, seed: 2 ** 40 + 3, antithetic },
        sized: { d: 2 },
        spread: [0.5, 3],
        n: N,
      };
      const shares: number[] = [];
      const theta = await drawTogether({ spawn: threadless, workers: 3 })!(
        setup,
        (share) => void shares.push(share),
      );
      const want = drawTheta(setup.initial, N, setup.sized, setup.spread);
      expect(theta.length).toBe(want.length);
      expect(theta.every((value, i) => Object.is(value, want[i]))).toBe(true);
      expect(shares).toEqual(shares.toSorted((p, q) => p - q));
      expect(shares.at(-1)).toBe(1);
    }
  },
);

it('are asked where there are many neurons; where no thread is to be had, this one draws the same', async () => {
  const files = { readBytes: () => Promise.reject(new Error()), note: () => undefined };
  const shape = shapeOf({ d: 2 });
  const draw = (spawn: typeof threadless): Promise<{ theta: Float64Array }> =>
    initialTheta(CONFIG, shape, { ...files, draw: drawTogether({ spawn, workers: 2 }) }, 2 ** 30) as never;
  let asked = 0;
  const { theta } = await draw(() => (asked++, threadless()));
  expect(asked).toBe(2);
  const refused = await draw(() => ({
    ...threadless(),
    post: () => undefined,
    onFailure: (listener) => queueMicrotask(() => listener('it could not be started')),
  }));
  const alone = await initialTheta(CONFIG, shape, files, 2 ** 30);
  for (const other of [refused.theta, alone.theta as Float64Array])
    expect(theta.every((value, i) => value === other[i])).toBe(true);
});

it('none without workers', () => {
  expect(drawTogether({})).toBeNull();
});
