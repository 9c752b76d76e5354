/** Whether float32 holds a problem's numbers. */
import { shapeOf } from '../core/shape.ts';
import type { Problem } from './engine.ts';

/** The largest number of float32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** A clause about the first number that it cannot hold, null where there is none. */
export function beyondFloat32(problem: Problem): string | null {
  const { c, d, width } = shapeOf(problem);
  const parts = [
    ['θ', problem.theta, width, 'neuron'],
    ['x', problem.x, d, 'training row'],
    ['y', problem.y, c, 'training row'],
  ] as const;
  for (const [name, numbers, row, what] of parts) {
    const at = numbers instanceof Float32Array ? -1 : indexBeyond(numbers);
    if (at >= 0)
      return `${name} has ${numbers[at]} in ${what} ${Math.floor(at / row)}, which is beyond float32 (${LARGEST.toPrecision(3)})`;
  }
  return null;
}

function indexBeyond(numbers: ArrayLike<number>): number {
  for (let i = 0; i < numbers.length; i++) if (Math.abs(numbers[i]) > LARGEST) return i;
  return -1;
}
