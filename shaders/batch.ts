/** Residuals of the coming step's batch: loss slopes times the weights of their rows, the same for all systems. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import type { LossName } from '../src/core/objective/losses.ts';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Path, Status } from './bindings.ts';
import { WORKGROUP, outputsText } from './particle.ts';
import { slopeOf } from './residual.ts';
import type { Shader } from '../src/gpu/layout.ts';

export interface BatchOptions {
  readonly loss: LossName;
  /** Outputs, default 1. */
  readonly c?: number;
}

const bindings = {
  range: uniform(Range, true),
  path: uniform(Path),
  status: output(Status),
  weights: input('f32'),
  f: input('f32'),
  y: input('f32'),
  r: output('f32'),
};

/** From f, not from r: what a halted step does again must come to the same. */
export function batch({ loss, c = 1 }: BatchOptions): Shader {
  const code = wgsl`
${declare(bindings)}
${slopeOf(loss, c)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let point = range.first + id.x;
  if (point >= range.end) { return; }
  let weight = weights[(status.step - path.first) * path.numbers + point % path.numbers];
  let at = point * ${c}u;
  for (var k = 0u; k < ${c}u; k++) {
    if (weight == 0.0) { r[at + k] = 0.0; } else { r[at + k] = weight * loss_slope(at, k); }
  }
}`;
  return { name: `batch ${loss}${outputsText({ c })}`, bindings, code };
}
