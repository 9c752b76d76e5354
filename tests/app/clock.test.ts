/** Time of a run whose dt is changed on the way. */
import { expect, it } from 'vitest';
import { Clock } from '../../src/app/run/steps/clock.ts';

const changed = (): Clock => {
  const clock = new Clock();
  clock.start(10, 2, { dt: 0.5 });
  clock.change(14, 0.25);
  clock.change(14, 1); // thought better of it
  clock.change(20, 2);
  return clock;
};

it('t goes on from where it was when dt is changed', () => {
  const clock = new Clock();
  clock.start(10, 2, { dt: 0.5 });
  expect(clock.at(14)).toBe(4);
  clock.change(14, 1);
  expect([clock.at(14), clock.at(20)]).toEqual([4, 10]);
  expect(changed().at(21)).toBe(12);
});

it('steps are repeated with the lengths that they had, and add up to the same time', () => {
  const clock = changed();
  expect(clock.between(10, 23)).toEqual([
    { dt: 0.5, steps: 4 },
    { dt: 1, steps: 6 },
    { dt: 2, steps: 3 },
  ]);
  expect(clock.between(12, 15)).toEqual([
    { dt: 0.5, steps: 2 },
    { dt: 1, steps: 1 },
  ]);
  expect(clock.between(10, 23).reduce((t, { dt, steps }) => t + dt * steps, 2)).toBe(clock.at(23));
});

it('with a schedule t is the sum of the steps, to the bit of one sum, forth and back', () => {
  const clock = new Clock();
  clock.start(0, 0, { dt: 0.1, schedule: { dt: { law: 'power', k0: 100, exponent: 0.5 } } });
  let t = 0;
  const all = [0];
  for (let k = 0; k < 5000; k++) all.push((t += 0.1 * (1 + k / 100) ** -0.5));
  for (const step of [5000, 17, 1024, 2047, 4096]) expect(clock.at(step)).toBe(all[step]);
  clock.change(2000, 0.2);
  expect(clock.at(2002)).toBe(all[2000] + 0.2 * (1 + 20) ** -0.5 + 0.2 * (1 + 20.01) ** -0.5);
});
