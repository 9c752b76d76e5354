/**
 * Forward sum, Σ_j w1_j Φ(w0_j, x^β): a thread owns Q data points with their c outputs, runs over one fixed slice of
 * particles and writes a row of partial sums. No barriers, no atomics: the order of every sum depends on n and m alone.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Sum } from './bindings.ts';
import {
  BLOCK,
  WORKGROUP,
  activation,
  component,
  isNarrow,
  outputsText,
  separation,
  separationOfFour,
  strideOf,
  times,
} from './particle.ts';
import { featuresText, type FeatureChoice } from '../src/core/features.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
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

/** What the sums of output k at a thread's point i are called. */
const sumName = (i: number, k: number, c: number): string => (c === 1 ? `${i}` : `${i}_${k}`);

/** Adds w1 Φ of the particle in `t` at a thread's point i. */
function addNarrow(options: ForwardOptions, i: number): string {
  const { c, w1 } = shapeOf(options);
  const phi = `phi(${separation(options, options, 't', `x${i}`)})`;
  if (c === 1) return `part${i} += ${component('t', w1)} * ${phi};`;
  return `{ let value = ${phi}; ${times(c, (k) => `part${sumName(i, k, c)} += ${component('t', w1 + k)} * value;`, ' ')} }`;
}

/** The same of particle p of those taken together. */
function addWide(options: ForwardOptions, p: number, i: number): string {
  const { c } = shapeOf(options);
  if (c === 1) return `part${i} += w1_${p} * phi(h${p}_${i});`;
  return `{ let value = phi(h${p}_${i}); ${times(c, (k) => `part${sumName(i, k, c)} += w1_${sumName(p, k, c)} * value;`, ' ')} }`;
}

/** Where the sum of output k at a thread's point i stands. */
const placeOf = (i: number, k: number, c: number): string =>
  c === 1 ? `row * sum.points + point${i}` : `(row * sum.points + point${i}) * ${c}u + ${k}u`;

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
  const { c } = shapeOf(options);
  const narrow = isNarrow(options);
  const each = (text: (name: string, i: number, k: number) => string): string =>
    times(q, (i) => times(c, (k) => text(sumName(i, k, c), i, k)));
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
        ${grid((p, i) => `h${p}_${i} += ${separationOfFour(options, options, `t${p}`, `x${i}`, 'k')};`)}
      }
      ${times(TOGETHER, (p) => times(c, (k) => `let w1_${sumName(p, k, c)} = theta[at + ${p * stride + (k >> 2)}u].${'xyzw'[k & 3]};`))}
      ${grid((p, i) => addWide(options, p, i))}
    }
#endif
    ${each((name) => `total${name} += part${name};`)}
  }
  ${each((name, i, k) => `if (point${i} < sum.points) { partial[${placeOf(i, k, c)}] = total${name}; }`)}
}`;
  return {
    name: `forward ${featuresText(options)} d=${d}${outputsText(options)} q=${q}${replicas ? ' of replicas' : ''}${block < BLOCK ? ` of ${block}` : ''}`,
    bindings,
    code,
  };
}
