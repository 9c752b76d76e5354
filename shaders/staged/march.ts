/**
 * The update of a step and the forward sum of the next, in one launch: the workgroup that has moved the particles of some
 * slices sums over those slices, to the sums of ./forward.ts. For few particles, whose launches cost more than their pairs.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare } from '../../src/gpu/layout.ts';
import { updateTexts, type UpdateOptions } from '../update.ts';
import { stagedForwardTexts } from './forward.ts';
import type { Stage, SumOptions } from '../pairs.ts';
import type { Shader } from '../../src/gpu/layout.ts';

/** Of `stage.threads` threads with a particle each, which are all of its slices. */
export function march(
  moves: Omit<UpdateOptions, 'p' | 'staged' | 'first' | 'last' | 'method'>,
  sums: SumOptions,
  stage: Stage,
): Shader {
  const step = { first: true, last: true, method: 'direct' } as const;
  const update = updateTexts({ ...moves, ...step, p: 1, staged: stage.threads });
  const forward = stagedForwardTexts(sums, stage);
  // what both read, the update writes as well
  const bindings = { ...forward.bindings, ...update.bindings };
  const code = wgsl`
${declare(bindings)}
${update.declarations}
${forward.declarations}

fn move_all(id: vec3u, lane: u32) {
  ${update.body}
}

fn add_up(id: vec3u, lane: u32) {
  ${forward.body}
}

@compute @workgroup_size(${stage.threads})
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  move_all(id, lane);
  storageBarrier();
  add_up(group, lane);
}`;
  return { name: `march of ${update.name}, ${forward.name}`, bindings, code };
}
