/**
 * Forward sum, Σ_j w1_j Φ(w0_j, x^β): a thread owns Q data points with their c outputs, runs over one fixed slice of
 * particles and writes a row of partial sums. No atomics: the order of every sum depends on n and m alone.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare } from '../src/gpu/layout.ts';
import { BLOCK, WORKGROUP, activation, isNarrow, addSeparation, strideOf, times } from './particle.ts';
import {
  TOGETHER,
  addNarrow,
  addWide,
  forwardBindings,
  forwardName,
  resultsOf,
  sumName,
  type Stage,
  type SumOptions,
} from './pairs.ts';
import { stagedForward } from './staged/forward.ts';
import { tiledForward } from './tiled/forward.ts';
import type { Tile } from './tiled/product.ts';
import { shapeOf } from '../src/core/shape.ts';
import type { Shader } from '../src/gpu/layout.ts';

/** Read together, narrow particles in a stage and wide ones in tiles; with neither each thread reads for itself. */
export function forward(
  options: SumOptions & { readonly stage?: Stage | undefined; readonly tile?: Tile | undefined },
): Shader {
  const { stage, tile, ...alone } = options;
  if (tile) return tiledForward(alone, tile);
  return stage ? stagedForward(alone, stage) : plainForward(alone);
}

function plainForward(options: SumOptions): Shader {
  const { q, replicas = false, block = BLOCK } = options;
  const stride = strideOf(options);
  const { c, weights } = shapeOf(options);
  const narrow = isNarrow(options);
  const { each, place } = resultsOf(options);
  const grid = (text: (p: number, i: number) => string): string =>
    times(TOGETHER, (p) => times(q, (i) => text(p, i)));
  const code = wgsl`
${declare(forwardBindings)}
${activation(options)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }
  let stretch = thread / sum.columns;
#if ${replicas}
  let slice = stretch / sum.replicas;
  let row = sum.row + slice * sum.pitch + stretch % sum.replicas;
  let before = stretch % sum.replicas * sum.particles;
#else
  let slice = stretch;
  let row = sum.row + slice;
  let before = 0u;
#endif
  let start = before + slice * sum.slice;
  let stop = before + min((slice + 1u) * sum.slice, sum.particles);
  ${times(q, (i) => `let point${i} = thread % sum.columns + ${i}u * sum.columns;`)}
  ${each((name) => `var total${name} = 0.0;`)}
  ${times(q, (i) => `let row${i} = min(point${i}, sum.points - 1u) * ${stride}u;`)}
#if ${narrow}
  ${times(q, (i) => times(stride, (k) => `let x${i}_${k} = x[row${i} + ${k}u];`))}
#endif
  for (var base = start; base < stop; base += ${BLOCK}u) {
    ${each((name) => `var part${name} = 0.0;`)}
#if ${narrow}
    for (var j = base; j < base + ${block}u; j++) {
      ${times(stride, (k) => `let t_${k} = theta[j * ${stride}u + ${k}u];`)}
      ${times(q, (i) => addNarrow(options, i))}
    }
#else
    for (var j = base; j < base + ${block}u; j += ${TOGETHER}u) {
      let at = j * ${stride}u;
      ${grid((p, i) => `var h${p}_${i} = 0.0;`)}
      for (var k = 0u; k < ${stride}u; k++) {
        ${times(TOGETHER, (p) => `let t${p} = theta[at + ${p * stride}u + k];`)}
        ${times(q, (i) => `let x${i} = x[row${i} + k];`)}
        ${grid((p, i) => addSeparation(options, options, `h${p}_${i}`, `t${p}`, `x${i}`, 'k'))}
      }
      ${times(TOGETHER, (p) => times(weights, (k) => `let w1_${sumName(p, k, c)} = theta[at + ${p * stride + (k >> 2)}u].${'xyzw'[k & 3]};`))}
      ${grid((p, i) => addWide(options, p, i))}
    }
#endif
    ${each((name) => `total${name} += part${name};`)}
  }
  ${each((name, i, k) => `if (point${i} < sum.points) { partial[${place(i, k)}] = total${name}; }`)}
}`;
  return { name: forwardName(options), bindings: forwardBindings, code };
}
