/** From the last rows of partial sums to f, and on the training data to the residual r = loss slope (f, y). */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES } from '../src/core/losses.ts';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Output } from './bindings.ts';
import { WORKGROUP } from './particle.ts';
import type { LossName } from '../src/core/losses.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

export interface ResidualOptions {
  /** The loss whose slope drives the particles; null where only f is asked for. */
  readonly loss: LossName | null;
}

/** Rows that are still apart when f is formed. */
export const LAST_ROWS = 64;

const outputs = { range: uniform(Range, true), out: uniform(Output), rows: input('f32'), f: output('f32') };
const training = { ...outputs, y: input('f32'), r: output('f32') };

export function residual({ loss }: ResidualOptions): Shader {
  const bindings: Bindings = loss === null ? outputs : training;
  const code = wgsl`
${declare(bindings)}
#if ${loss !== null}
fn loss_slope(at: u32, k: u32) -> f32 { ${loss === null ? '' : LOSSES[loss].wgsl.slope(1)} }
#endif

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let point = range.first + id.x;
  if (point >= range.end) { return; }
  var sum = 0.0;
  for (var row = 0u; row < out.count; row++) {
    sum += rows[row * out.points + point];
  }
  let value = out.outer * sum;
  f[point] = value;
#if ${loss !== null}
  r[point] = loss_slope(point, 0u);
#endif
}`;
  return { name: `residual ${loss ?? 'none'}`, bindings, code };
}
