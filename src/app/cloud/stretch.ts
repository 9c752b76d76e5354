/** Axes on which neurons are drawn farther from 0 or nearer to it than they lie. */
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { StretchName } from '../../experiments/preset.ts';
import type { Axes, Axis, Direction } from '../../views/cloud/cloud.ts';

/** `w1`: a neuron is drawn |w1| times as far from 0; `w0`: as far from 0 as |w0|, whatever part of it the axes show. */
export function stretched(axes: Axes, by: StretchName, sized: Sized): Axes {
  const { weights, w0, d, width } = shapeOf(sized);
  if (by === 'none' || (by === 'w1' && weights === 0)) return axes;
  const of = Array.from({ length: by === 'w1' ? weights : d }, (_, k) => (by === 'w1' ? 0 : w0) + k);
  const plain = axes.map((axis) => asDirection(axis, width));
  const within = by === 'w1' ? [] : plain.flatMap((axis) => (axis ? [axis.weights] : []));
  const [x, y, z] = plain.map((axis): Axis =>
    axis ? { ...axis, name: `${axis.name} |${by}|`, stretch: { of, within } } : -1,
  );
  return [x, y, z];
}

/** Null for none. */
function asDirection(axis: Axis, width: number): Direction | null {
  if (typeof axis !== 'number') return axis;
  const weights = Array.from({ length: width }, (_, k) => Number(k === axis));
  return axis < 0 ? null : { name: String(axis), spelled: String(axis), weights };
}
