/**
 * The forward sum of narrow particles through workgroup memory: threads as in ../forward.ts, and their sums, but those
 * of a slice lie in one workgroup, which reads the slice's particles together. Several slices where a slice has few
 * threads.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare } from '../../src/gpu/layout.ts';
import { BLOCK, activation, strideOf, times } from '../particle.ts';
import { addNarrow, forwardBindings, forwardName, resultsOf, type Stage, type SumOptions } from '../pairs.ts';
import type { Texts } from '../update.ts';
import type { Shader } from '../../src/gpu/layout.ts';

export function stagedForward(options: SumOptions, stage: Stage): Shader {
  const { declarations, body, name } = stagedForwardTexts(options, stage);
  const code = wgsl`
${declare(forwardBindings)}
${activation(options)}
${declarations}

@compute @workgroup_size(${stage.threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${body}
}`;
  return { name, bindings: forwardBindings, code };
}

/** Without φ. */
export function stagedForwardTexts(options: SumOptions, { threads, slices, rows }: Stage): Texts {
  const { q, replicas = false, block = BLOCK } = options;
  const stride = strideOf(options);
  /** vec4f from a slice's rows to the next one's: side by side they would meet in the same banks. */
  const pitch = rows * stride + 1;
  const { each, place } = resultsOf(options);
  const declarations = wgsl`var<workgroup> crowd: array<vec4f, ${slices * pitch}>;

/** First particle of the system, of a slice in it, and the particle after that slice's last. */
fn reach(stretch: u32) -> vec3u {
#if ${replicas}
  let slice = stretch / sum.replicas;
  let before = stretch % sum.replicas * sum.particles;
#else
  let slice = stretch;
  let before = 0u;
#endif
  let start = min(slice * sum.slice, sum.particles);
  return before + vec3u(0u, start, min(start + sum.slice, sum.particles));
}`;
  const body = wgsl`let group = range.first / ${threads}u + id.x;
#if ${slices > 1}
  let first = group * ${slices}u;
  let own = min(lane / sum.columns, ${slices - 1}u);
  let column = lane - own * sum.columns;
#else
  let groups = (sum.columns + ${threads - 1}u) / ${threads}u;
  let first = group / groups;
  let own = 0u;
  let column = group % groups * ${threads}u + lane;
#endif
  let stretches = (sum.particles + sum.slice - 1u) / sum.slice * sum.replicas;
  let stretch = first + own;
  let live = stretch < stretches && column < sum.columns;
  let bounds = reach(stretch);
  let before = bounds.x;
  ${times(q, (i) => `let point${i} = column + ${i}u * sum.columns;`)}
  ${each((name) => `var total${name} = 0.0;`)}
  ${times(q, (i) => `let row${i} = min(point${i}, sum.points - 1u) * ${stride}u;`)}
  ${times(q, (i) => times(stride, (k) => `let x${i}_${k} = x[row${i} + ${k}u];`))}
  for (var at = 0u; at < sum.slice; at += ${rows}u) {
    workgroupBarrier();
    for (var i = lane; i < ${slices * rows}u; i += ${threads}u) {
      let its = first + i / ${rows}u;
      let reached = reach(its);
      let j = reached.y + at + i % ${rows}u;
      if (its < stretches && j < reached.z) {
        ${times(stride, (k) => `crowd[i / ${rows}u * ${pitch}u + i % ${rows}u * ${stride}u + ${k}u] = theta[j * ${stride}u + ${k}u];`)}
      }
    }
    workgroupBarrier();
    let stop = select(0u, bounds.z, live);
    for (var base = 0u; base < ${rows}u && bounds.y + at + base < stop; base += ${BLOCK}u) {
      ${each((name) => `var part${name} = 0.0;`)}
      for (var i = base; i < base + ${block}u; i++) {
        let j = bounds.y + at + i;
        ${times(stride, (k) => `let t_${k} = crowd[own * ${pitch}u + i * ${stride}u + ${k}u];`)}
        ${times(q, (i) => addNarrow(options, i))}
      }
      ${each((name) => `total${name} += part${name};`)}
    }
  }
  if (!live) { return; }
#if ${replicas}
  let row = sum.row + stretch / sum.replicas * sum.pitch + stretch % sum.replicas;
#else
  let row = sum.row + stretch;
#endif
  ${each((name, i, k) => `if (point${i} < sum.points) { partial[${place(i, k)}] = total${name}; }`)}
`;
  return {
    name: forwardName(options, { threads, slices, rows }),
    bindings: forwardBindings,
    declarations,
    body,
  };
}
