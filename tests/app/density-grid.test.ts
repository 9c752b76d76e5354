import { expect, it } from 'vitest';
import { onAxes } from '../../src/app/figures/density-grid.ts';
import { centres } from '../../src/core/analysis/pde.ts';

const [w1, w0] = [
  { low: -3, high: 3, cells: 30 },
  { low: -5, high: 5, cells: 40 },
];
/** a + b w1 + c w0 at the centres of the cells. */
const plane = Float64Array.from(
  { length: 30 * 40 },
  (_, i) => 2 + 0.5 * centres(w1)[Math.floor(i / 40)] - centres(w0)[i % 40],
);

it('a density comes onto the cloud’s axes, exact where it is linear', () => {
  const k = 9;
  const grid = onAxes(plane, { w1, w0 }, { right: 4, top: 2, k, outside: -9 });
  grid.forEach((value, i) => {
    const [y, x] = [Math.floor(i / k) / 2 - 2, (i % k) - 4];
    expect(value).toBeCloseTo(2 + 0.5 * y - x, 12);
  });
});

it('axes that reach beyond the cells show nothing there', () => {
  const grid = onAxes(plane, { w1, w0 }, { right: 10, top: 2, k: 5, outside: -9 });
  expect([...grid.slice(0, 5)].map((value) => value === -9)).toEqual([true, false, false, false, true]);
});
