/**
 * L = (1/m) Σ value(f, y), by one workgroup with a single barrier, into ring[step mod RING]. This pass ends a step: it
 * counts it, and a loss that is not finite marks it as bad. The losses of replicas are found by a workgroup each, in a pass before it.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES } from '../src/core/losses.ts';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Samples, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { WORKGROUP } from './particle.ts';
import type { LossName } from '../src/core/losses.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

/** Losses kept on the GPU until they are read. */
export const RING = 4096;

export interface LossOptions {
  readonly loss: LossName;
  /** Over the given losses of replicas, not over samples (the default). */
  readonly replicas?: boolean;
}

/** WGSL of the mean of `term` over i = 0 … count − 1, in lane 0; the other lanes have gone. */
const mean = (count: string, term: string): string => `var part = 0.0;
  for (var i = lane; i < ${count}; i += ${WORKGROUP}u) {
    part += ${term};
  }
  parts[lane] = part;
  workgroupBarrier();
  if (lane > 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < ${WORKGROUP}u; i++) {
    sum += parts[i];
  }
  let mean = sum / f32(${count});`;

const valueOf = (name: LossName): string => `fn value(f: f32, y: f32) -> f32 { return ${LOSSES[name].wgsl.value}; }`;
const shared = `var<workgroup> parts: array<f32, ${WORKGROUP}>;`;

/** losses[k] = (1/m) Σ value(f, y) of replica k. */
export function replicaLosses({ loss: name }: Pick<LossOptions, 'loss'>): Shader {
  const bindings = { range: uniform(Range, true), samples: uniform(Samples), f: input('f32'), y: input('f32'), losses: output('f32') };
  const code = wgsl`
${declare(bindings)}
${valueOf(name)}
${shared}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {
  let replica = range.first / ${WORKGROUP}u + group.x;
  let first = replica * samples.m;
  ${mean('samples.m', 'value(f[first + i], y[first + i])')}
  losses[replica] = mean;
}`;
  return { name: `losses ${name} of replicas`, bindings, code };
}

export function loss({ loss: name, replicas = false }: LossOptions): Shader {
  const given: Bindings = replicas ? { losses: input('f32') } : { f: input('f32'), y: input('f32') };
  const bindings: Bindings = { samples: uniform(Samples), ...given, status: output(Status), ring: output('f32') };
  const code = wgsl`
${declare(bindings)}
${notFinite}
${replicas ? '' : valueOf(name)}
${shared}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  ${mean('samples.m', replicas ? 'losses[i]' : 'value(f[i], y[i])')}
  if (status.halted != 0u) { return; }
  status.step += 1u;
  status.stages = 0u;
  ring[status.step % ${RING}u] = mean;
  if (not_finite(vec4f(mean))) { atomicMin(&status.bad, status.step); }
}`;
  return { name: replicas ? 'loss of replicas' : `loss ${name}`, bindings, code };
}
