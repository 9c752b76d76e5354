import { expect, it } from 'vitest';
import { BrownianPaths } from '../../../src/core/dynamics/paths.ts';
import { actionsOf } from '../../../src/core/dynamics/terms.ts';
import { shapeOf } from '../../../src/core/shape.ts';

it('a path is what the noise itself does, step by step, between any two blocks', () => {
  const [seed, n, steps, block] = [77, 3, 24, 4];
  const shape = shapeOf({ d: 4 }); // more coordinates than one Philox block gives
  const [temperature, time] = [0.3, 0.05];
  const rates = [1, 0.5] as const;
  const { settles } = actionsOf({ rates, noise: { temperature, seed } });
  const paths = new BrownianPaths(seed, n, shape.width, steps, block);
  const scales = Array.from({ length: shape.width }, (_, k) =>
    Math.sqrt(2 * temperature * time * (k === 0 ? rates[0] : rates[1])),
  );
  const [own, other] = [new Float64Array(n * shape.width), new Float64Array(n * shape.width)];
  for (const [from, to] of [
    [0, 4],
    [4, 16],
    [16, 24],
  ]) {
    for (let step = from + 1; step <= to; step++)
      for (const settle of settles)
        settle({ theta: own, first: 0, last: n, offset: 0, shape }, { time, rates, step, heat: 1 });
    paths.add(other, scales, from, to);
    own.forEach((value, at) => expect(other[at]).toBeCloseTo(value, 12));
  }
  expect(Math.max(...own.map(Math.abs))).toBeGreaterThan(0.1);
});
