/**
 * Adds rows of partial sums, FAN at a time: one level of a tree whose shape depends on the number of rows
 * alone.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Fold } from './bindings.ts';
import { WORKGROUP } from './particle.ts';
import type { Shader } from '../src/gpu/layout.ts';

/** Rows that become one. */
export const FAN = 32;

const bindings = { range: uniform(Range, true), fold: uniform(Fold), rows: input('f32'), sums: output('f32') };

export function fold(): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }
  let point = thread % fold.points;
  let first = thread / fold.points * ${FAN}u;
  let stop = min(first + ${FAN}u, fold.count);
  var sum = 0.0;
  for (var row = first; row < stop; row++) {
    sum += rows[row * fold.points + point];
  }
  sums[thread] = sum;
}`;
  return { name: 'fold', bindings, code };
}
