import { expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { stableStep } from '../../src/experiments/stable-step.ts';
import { draw, problemOf } from '../support/problems.ts';

/** Output weights alone learn, φ is linear: gradient descent is a linear map, stable or not from the first step on. */
const linear = (n: number, dt: number): Problem =>
  problemOf(draw({ n, m: 6, d: 2 }, 8), 'mean-field', {
    activation: 'linear',
    dt,
    terms: { rates: [1, 0] },
  });

it('below the stable step the loss falls, above it the run blows up', async () => {
  const limit = stableStep(linear(40, 1));
  const lossAfter = async (dt: number): Promise<number> => {
    const engine = await createCpuEngine(linear(40, dt));
    const before = engine.loss;
    await engine.advance(200);
    return engine.loss / before;
  };
  expect(await lossAfter(0.9 * limit)).toBeLessThan(1);
  expect(await lossAfter(1.1 * limit)).toBeGreaterThan(1e3);
});

it('of many neurons it is told from some of them, within what their number allows', () => {
  // 2¹⁹ / (6 · 3) = 29 127 of 60 000 independent neurons: K is known to 1/√29127, five standard deviations
  const few = stableStep(linear(29_000, 1));
  expect(Math.abs(stableStep(linear(60_000, 1)) / few - 1)).toBeLessThan(5 / Math.sqrt(29_000));
});
