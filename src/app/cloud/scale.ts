/** How much of the space of θ is seen, where nobody says it. */
import { rms } from '../../core/analysis/histogram.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';
import { coordinate, type Axes, type Axis } from '../../views/cloud/cloud.ts';

/** Half-height of the view in standard deviations of the drawn components at step 0. */
const DEVIATIONS = 4;
const SAMPLE = 4096;

/** Half-heights: the same across and up, so that directions among weights of w0 are true. */
export function scaleOf(axes: Axes, { theta, n, ...sized }: Problem): [number, number, number] {
  const { width } = shapeOf(sized);
  const measured = (axis: Axis): number =>
    rms((row) => coordinate(theta, row * width, axis), Math.min(n, SAMPLE));
  const [x, y, z] = axes.map(
    (axis) => DEVIATIONS * (typeof axis === 'number' ? measured(axis) : (axis.size ?? measured(axis))),
  );
  const screen = Math.max(x, y) || 1;
  return [screen, screen, z || screen];
}
