import { expect, it } from 'vitest';
import { lengthOf } from '../../src/core/length.ts';

it('of few numbers is hypot, to the bit; of many it is there all the same', () => {
  for (const v of [[], [0, 0], [3, 4], [1e300, 1e300], [1e-200, 2e-200], [0.1, -0.7, 1 / 3, Math.PI]])
    expect(lengthOf(v)).toBe(Math.hypot(...v));
  expect(lengthOf(new Float64Array(1e6).fill(2))).toBe(2000);
});
