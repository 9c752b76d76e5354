/**
 * ∫ q dρ for every observable (core/observables.ts): LANES threads add up q over every LANES-th particle, the
 * host adds their sums.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { OBSERVABLES, observablesIn, type Observable, type Observed } from '../src/core/observables.ts';
import { declare, input, output, struct, uniform } from '../src/gpu/layout.ts';
import { BLOCK, WORKGROUP, outputsText, strideOf, times } from './particle.ts';
import { shapeOf, type Shape } from '../src/core/shape.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

export const OBSERVERS = 16 * WORKGROUP;

export const ObservedParticles = struct('ObservedParticles', {
  /** Particles in the buffer, those included that only fill a system up. */
  particles: 'u32',
  /** Particles of a system, and from one system to the next. */
  n: 'u32',
  pitch: 'u32',
});

/**
 * Adds the squares of four numbers of a row, of which the first is number `from`, to those of w1 and of w0, and the
 * sizes of those of w1.
 */
function squares(four: string, from: number, { c, w0 }: Shape): string {
  const mask = (of: (k: number) => boolean): string =>
    `vec4f(${times(4, (k) => (of(from + k) ? '1.0' : '0.0'), ', ')})`;
  const inner = from >= w0 ? four : `${four} * ${mask((k) => k >= w0)}`;
  const outer =
    from < w0 && c > 1
      ? `{ let t = ${four} * ${mask((k) => k < w0)}; square1 += dot(t, t); size1 += dot(abs(t), vec4f(1.0)); }\n`
      : '';
  return `${outer}{ let t = ${inner}; square0 += dot(t, t); }`;
}

/** |⟨w0, u⟩| of direction number u, which is 0 where a row has w1. */
const overlap = (u: number, stride: number): string =>
  `abs(${times(stride, (k) => `dot(along[${u * stride + k}u], theta[j * ${stride}u + ${k}u])`, ' + ')})`;

/** Directions are rows like particles, of each of which the overlap with w0 is one more. */
export function observe(of: Observed): Shader {
  const stride = strideOf(of);
  const shape = shapeOf(of);
  const directions = of.directions?.length ?? 0;
  const names = observablesIn(of);
  const { c, weights } = shape;
  const bindings: Bindings = {
    observed: uniform(ObservedParticles),
    theta: input('vec4f'),
    ...(directions > 0 ? { along: input('vec4f') } : {}),
    sums: output('f32'),
  };
  const all: readonly Pick<Observable, 'wgsl'>[] = [
    ...names.map((name) => OBSERVABLES[name]),
    ...Array.from({ length: directions }, (_, u) => ({ wgsl: overlap(u, stride) })),
  ];
  const each = (text: (k: number) => string): string => times(all.length, text);
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  ${each((k) => `var total${k} = 0.0;\n  var part${k} = 0.0;`)}
  var count = 0u;
  for (var j = id.x; j < observed.particles; j += ${OBSERVERS}u) {
    if (j % observed.pitch >= observed.n) { continue; }
#if ${weights > 0}
    let w1 = theta[j * ${stride}u].x;
    var square1 = ${c === 1 ? 'w1 * w1' : '0.0'};
    var size1 = ${c === 1 ? 'abs(w1)' : '0.0'};
#endif
    var square0 = 0.0;
    ${times(stride, (k) => squares(`theta[j * ${stride}u + ${k}u]`, 4 * k, shape))}
    ${each((k) => `part${k} += ${all[k].wgsl};`)}
    count++;
    if (count % ${BLOCK}u == 0u) { ${each((k) => `total${k} += part${k}; part${k} = 0.0;`)} }
  }
  ${each((k) => `sums[id.x * ${all.length}u + ${k}u] = total${k} + part${k};`)}
}`;
  const more = directions > 0 ? ` along ${directions}` : '';
  const beside = names.flatMap((name) => {
    const { beside: penalty }: Observable = OBSERVABLES[name];
    return penalty === undefined ? [] : [` with ${penalty}`];
  });
  const rows = weights > 0 ? 'rows' : 'rows of w0 alone,';
  return { name: `observe ${rows} of ${stride}${outputsText(of)}${more}${beside.join('')}`, bindings, code };
}
