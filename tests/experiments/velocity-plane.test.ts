import { expect, it } from 'vitest';
import { velocityOn } from '../../src/experiments/velocity-plane.ts';
import { draw, problemOf } from '../support/problems.ts';

it('the velocity on a plane is the drift of a neuron that stands there', () => {
  const drawn = draw({ n: 30, m: 7, d: 2 }, 4);
  const problem = problemOf(drawn);
  const r = Float64Array.from(drawn.y, (_, i) => Math.cos(i));
  const side = 3;
  const plane = { x: 2, y: 0, fixed: Float64Array.of(9, 0.3, 9), across: [-1, 1], up: [-2, 2], side } as const;
  const { b, speed } = velocityOn(problem, r, plane);
  for (let k = 0; k < side * side; k++) {
    const theta = [-2 + 2 * Math.floor(k / side), 0.3, -1 + (k % side)];
    const h = drawn.x.map((x) => theta[1] * x[0] + theta[2] * x[1]);
    const mean = (term: (i: number) => number): number =>
      -h.reduce((sum, _, i) => sum + r[i] * term(i), 0) / h.length;
    const slope = (i: number): number => theta[0] * (1 - Math.tanh(h[i]) ** 2);
    const want = [
      mean((i) => Math.tanh(h[i])),
      mean((i) => slope(i) * drawn.x[i][0]),
      mean((i) => slope(i) * drawn.x[i][1]),
    ];
    expect(b[2 * k]).toBeCloseTo(want[2], 12);
    expect(b[2 * k + 1]).toBeCloseTo(want[0], 12);
    expect(speed[k]).toBeCloseTo(Math.hypot(...want), 12);
  }
});
