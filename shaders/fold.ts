/**
 * Adds rows of partial sums, FAN at a time: one level of a tree whose shape depends on the number of rows
 * alone.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Fold } from './bindings.ts';
import { WORKGROUP, times } from './particle.ts';
import type { Shader } from '../src/gpu/layout.ts';

/** Rows that become one. */
export const FAN = 32;

/** Numbers that are read before the first of them is added: a load's way is long. */
const AHEAD = 8;

/** WGSL function NAME_rows(first, stop, pitch, at): Σ rows[row · pitch + at] of that buffer, one after the other. */
export const sumRows = (
  rows = 'rows',
  name = 'sum',
): string => `fn ${name}_rows(first: u32, stop: u32, pitch: u32, at: u32) -> f32 {
  var sum = 0.0;
  var row = first;
  for (; row + ${AHEAD}u <= stop; row += ${AHEAD}u) {
    ${times(AHEAD, (k) => `let v${k} = ${rows}[(row + ${k}u) * pitch + at];`)}
    ${times(AHEAD, (k) => `sum += v${k};`)}
  }
  for (; row < stop; row++) { sum += ${rows}[row * pitch + at]; }
  return sum;
}`;

/** WGSL of number `thread` of the next level, by fold_rows. */
export const foldedAt = (thread: string): string =>
  `fold_rows(${thread} / fold.points * ${FAN}u, min(${thread} / fold.points * ${FAN}u + ${FAN}u, fold.count), fold.points, ${thread} % fold.points)`;

const bindings = { range: uniform(Range, true), fold: uniform(Fold), rows: input('f32'), sums: output('f32') };

export function fold(): Shader {
  const code = wgsl`
${declare(bindings)}
${sumRows('rows', 'fold')}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }
  sums[thread] = ${foldedAt('thread')};
}`;
  return { name: 'fold', bindings, code };
}
