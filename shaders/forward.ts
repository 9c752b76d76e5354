/**
 * Forward sum, Σ_j w1_j Φ(w0_j, x^β): a thread owns Q data points, runs over one fixed slice of particles and
 * writes a row of partial sums. No barriers, no atomics: the order of every sum depends on n and m alone.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Sum } from './bindings.ts';
import {
  BLOCK,
  NARROW,
  WORKGROUP,
  activation,
  featuresText,
  separation,
  separationOfFour,
  strideOf,
  times,
} from './particle.ts';
import type { FeatureChoice } from '../src/core/features.ts';
import type { Sized } from '../src/core/shape.ts';
import type { Shader } from '../src/gpu/layout.ts';

export interface ForwardOptions extends FeatureChoice, Sized {
  /** Data points a thread owns. */
  readonly q: number;
  /**
   * There are several systems (default: one): a row holds the sums of each over one slice, one system's after
   * the other's.
   */
  readonly replicas?: boolean;
  /**
   * Particles of a block that there are at all: a multiple of TOGETHER, BLOCK (the default) unless one block is
   * all.
   */
  readonly block?: number;
}

/** Wide particles whose products with a thread's points are formed together, so that a load serves several. */
export const TOGETHER = 4;

const bindings = {
  range: uniform(Range, true),
  sum: uniform(Sum),
  theta: input('vec4f'),
  x: input('vec4f'),
  partial: output('f32'),
};

export function forward(options: ForwardOptions): Shader {
  const { d, q, replicas = false, block = BLOCK } = options;
  const stride = strideOf(options);
  const grid = (text: (p: number, i: number) => string): string =>
    times(TOGETHER, (p) => times(q, (i) => text(p, i)));
  const code = wgsl`
${declare(bindings)}
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
  ${times(q, (i) => `var total${i} = 0.0;`)}
  ${times(q, (i) => `let row${i} = min(point${i}, sum.points - 1u) * ${stride}u;`)}
#if ${d <= NARROW}
  ${times(q, (i) => times(stride, (k) => `let x${i}_${k} = x[row${i} + ${k}u];`))}
#endif
  for (var base = start; base < stop; base += ${BLOCK}u) {
    ${times(q, (i) => `var part${i} = 0.0;`)}
#if ${d <= NARROW}
    for (var j = base; j < base + ${block}u; j++) {
      ${times(stride, (k) => `let t_${k} = theta[j * ${stride}u + ${k}u];`)}
      ${times(q, (i) => `part${i} += t_0.x * phi(${separation(options, options, 't', `x${i}`)});`)}
    }
#else
    for (var j = base; j < base + ${block}u; j += ${TOGETHER}u) {
      let at = j * ${stride}u;
      ${grid((p, i) => `var h${p}_${i} = 0.0;`)}
      for (var k = 0u; k < ${stride}u; k++) {
        ${times(TOGETHER, (p) => `let t${p} = theta[at + ${p * stride}u + k];`)}
        ${times(q, (i) => `let x${i} = x[row${i} + k];`)}
        ${grid((p, i) => `h${p}_${i} += ${separationOfFour(options, options, `t${p}`, `x${i}`, 'k')};`)}
      }
      ${times(TOGETHER, (p) => `let w1_${p} = theta[at + ${p * stride}u].x;`)}
      ${grid((p, i) => `part${i} += w1_${p} * phi(h${p}_${i});`)}
    }
#endif
    ${times(q, (i) => `total${i} += part${i};`)}
  }
  ${times(q, (i) => `if (point${i} < sum.points) { partial[row * sum.points + point${i}] = total${i}; }`)}
}`;
  return {
    name: `forward ${featuresText(options)} d=${d} q=${q}${replicas ? ' of replicas' : ''}${block < BLOCK ? ` of ${block}` : ''}`,
    bindings,
    code,
  };
}
