/** Schedules by their formulas, and t as the sum of the steps. */
import { expect, it } from 'vitest';
import { Elapsed, tempoOf } from '../../../src/core/dynamics/schedules.ts';

it('factors are those of the formulas, at the first step, within and beyond', () => {
  const dt = (law: Parameters<typeof tempoOf>[0], k: number, loss = 1): number => tempoOf(law, 0.2, k, loss).dt;
  expect(dt({ dt: { law: 'power', k0: 10, exponent: 0.5 } }, 0)).toBe(0.2);
  expect(dt({ dt: { law: 'power', k0: 10, exponent: 0.5 } }, 30)).toBeCloseTo(0.1, 15);
  expect([0, 5, 10, 11].map((k) => dt({ dt: { law: 'cosine', horizon: 10 } }, k))).toEqual([
    0.2,
    expect.closeTo(0.1, 15),
    0,
    0,
  ]);
  expect([0, 3, 4, 8].map((k) => dt({ dt: { law: 'steps', every: 4, factor: 0.5 } }, k))).toEqual([
    0.2, 0.2, 0.1, 0.05,
  ]);
  expect(dt({ dt: { law: 'over-loss' } }, 7, 4)).toBe(0.05);
  expect(tempoOf({ temperature: { law: 'steps', every: 1, factor: 0.5 } }, 0.2, 3, 1)).toEqual({
    dt: 0.2,
    heat: 0.125,
  });
});

it('t is k dt where all steps are alike, to the bit, and else the sum of the steps that were', () => {
  const even = new Elapsed(0.1, { dt: { law: 'constant' } });
  expect([even.reach(3, 1), even.reach(7, 1)]).toEqual([3 * 0.1, 7 * 0.1]);
  const halved = new Elapsed(1, { dt: { law: 'steps', every: 2, factor: 0.5 } });
  expect([halved.reach(1, 1), halved.reach(5, 1)]).toEqual([1, 3.25]);
  const resumed = new Elapsed(1, { dt: { law: 'steps', every: 2, factor: 0.5 } });
  resumed.start(3, 1, 2.5);
  expect(resumed.reach(5, 1)).toBe(3.25);
  const overLoss = new Elapsed(1, { dt: { law: 'over-loss' } });
  overLoss.start(0, 4, 0);
  expect([overLoss.reach(1, 2), overLoss.reach(2, 1)]).toEqual([0.25, 0.75]);
});
