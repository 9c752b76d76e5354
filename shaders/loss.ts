/**
 * L = (1/m) Σ value(f, y), by one workgroup with a single barrier, into ring[step mod RING]. This pass ends a step: it
 * counts it, and a loss that is not finite marks it as bad.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES } from '../src/core/losses.ts';
import { declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Samples, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { WORKGROUP } from './particle.ts';
import type { LossName } from '../src/core/losses.ts';
import type { Shader } from '../src/gpu/layout.ts';

/** Losses kept on the GPU until they are read. */
export const RING = 4096;

export interface LossOptions {
  readonly loss: LossName;
}

const bindings = {
  samples: uniform(Samples),
  f: input('f32'),
  y: input('f32'),
  status: output(Status),
  ring: output('f32'),
};

export function loss({ loss: name }: LossOptions): Shader {
  const code = wgsl`
${declare(bindings)}
${notFinite}
fn value(f: f32, y: f32) -> f32 { return ${LOSSES[name].wgsl.value}; }

var<workgroup> parts: array<f32, ${WORKGROUP}>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  var part = 0.0;
  for (var point = lane; point < samples.m; point += ${WORKGROUP}u) {
    part += value(f[point], y[point]);
  }
  parts[lane] = part;
  workgroupBarrier();
  if (lane > 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < ${WORKGROUP}u; i++) {
    sum += parts[i];
  }
  let mean = sum / f32(samples.m);
  if (status.halted != 0u) { return; }
  status.step += 1u;
  status.stages = 0u;
  ring[status.step % ${RING}u] = mean;
  if (not_finite(vec4f(mean))) { atomicMin(&status.bad, status.step); }
}`;
  return { name: `loss ${name}`, bindings, code };
}
