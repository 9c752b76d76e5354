/**
 * L = (1/m) Σ ℓ(f, y), by one workgroup with a single barrier, into ring[step mod RING]. This pass ends a
 * step: it counts it, and a loss that is not finite marks it as bad. Over replicas it adds up parts of the sum,
 * which a pass before it has found.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES, type Loss, type LossName } from '../src/core/objective/losses.ts';
import { declare, input, output, uniform } from '../src/gpu/layout.ts';
import { LossParts, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { WORKGROUP, outputsText } from './particle.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

/** Losses kept on the GPU until they are read. */
export const RING = 4096;

export interface LossOptions {
  readonly loss: LossName;
  /** Outputs, default 1. */
  readonly c?: number;
  /** Of sums that are given, not of samples (the default). */
  readonly parts?: boolean;
  /** Takes the place of the loss of a step that has ended, and ends none. */
  readonly again?: boolean;
}

/** WGSL function loss_value. */
export function valueOf({ loss: name, c = 1 }: LossOptions): string {
  const { helpers, value }: Loss['wgsl'] = LOSSES[name].wgsl;
  return `${helpers}
fn loss_value(at: u32) -> f32 { ${value(c)} }`;
}

/** parts[k]: Σ ℓ(f, y) over every sizes.parts-th sample, from the k-th on. */
export function lossParts(options: Omit<LossOptions, 'parts' | 'again'>): Shader {
  const { loss: name, c = 1 } = options;
  const bindings = { sizes: uniform(LossParts), f: input('f32'), y: input('f32'), parts: output('f32') };
  const code = wgsl`
${declare(bindings)}
${valueOf(options)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.parts) { return; }
  var part = 0.0;
  for (var point = id.x; point < sizes.m; point += sizes.parts) {
    part += loss_value(${c === 1 ? 'point' : `point * ${c}u`});
  }
  parts[id.x] = part;
}`;
  return { name: `parts of loss ${name}${outputsText(options)}`, bindings, code };
}

/** WGSL of the mean loss and of the step's end, by a workgroup of which WORKGROUP lanes or more begin it. */
export function lossOfStep({ c = 1, parts = false, again = false }: Omit<LossOptions, 'loss'>): string {
  return `if (lane < ${WORKGROUP}u) {
    var part = 0.0;
    for (var i = lane; i < sizes.parts; i += ${WORKGROUP}u) {
      part += ${parts ? 'parts[i]' : `loss_value(${c === 1 ? 'i' : `i * ${c}u`})`};
    }
    lanes[lane] = part;
  }
  workgroupBarrier();
  if (lane > 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < ${WORKGROUP}u; i++) {
    sum += lanes[i];
  }
  let mean = sum / f32(sizes.m);
  ${
    again
      ? ''
      : `if (status.halted != 0u) { return; }
  status.step += 1u;
  status.stages = 0u;`
  }
  ring[status.step % ${RING}u] = mean;
  if (not_finite(vec4f(mean))) { atomicMin(&status.bad, status.step); }`;
}

export function loss(options: LossOptions): Shader {
  const { loss: name, parts = false, again = false } = options;
  const given: Bindings = parts ? { parts: input('f32') } : { f: input('f32'), y: input('f32') };
  const bindings: Bindings = {
    sizes: uniform(LossParts),
    ...given,
    status: output(Status),
    ring: output('f32'),
  };
  const code = wgsl`
${declare(bindings)}
${notFinite}
${parts ? '' : valueOf(options)}

var<workgroup> lanes: array<f32, ${WORKGROUP}>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  ${lossOfStep(options)}
}`;
  const of = parts ? 'loss of parts' : `loss ${name}${outputsText(options)}`;
  return { name: again ? `${of} again` : of, bindings, code };
}
