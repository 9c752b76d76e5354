/**
 * ∫ q dρ for every observable (core/observables.ts): LANES threads add up q over every LANES-th particle, the
 * host adds their sums.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { OBSERVABLES } from '../src/core/observables.ts';
import { declare, input, output, struct, uniform } from '../src/gpu/layout.ts';
import { BLOCK, WORKGROUP, outputsText, strideOf, times } from './particle.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import type { Shader } from '../src/gpu/layout.ts';

export const OBSERVERS = 16 * WORKGROUP;

export const Observed = struct('Observed', {
  /** Particles in the buffer, those included that only fill a system up. */
  particles: 'u32',
  /** Particles of a system, and from one system to the next. */
  n: 'u32',
  pitch: 'u32',
});

const bindings = { observed: uniform(Observed), theta: input('vec4f'), sums: output('f32') };

/** Adds the squares of four numbers of a row, of which the first is number `from`, to those of w1 and of w0. */
function squares(four: string, from: number, c: number): string {
  const mask = (of: (k: number) => boolean): string =>
    `vec4f(${times(4, (k) => (of(from + k) ? '1.0' : '0.0'), ', ')})`;
  const inner = from >= c ? four : `${four} * ${mask((k) => k >= c)}`;
  const outer = from < c && c > 1 ? `{ let t = ${four} * ${mask((k) => k < c)}; square1 += dot(t, t); }\n` : '';
  return `${outer}{ let t = ${inner}; square0 += dot(t, t); }`;
}

export function observe(sized: Sized): Shader {
  const stride = strideOf(sized);
  const { c } = shapeOf(sized);
  const all = Object.values(OBSERVABLES);
  const each = (text: (k: number) => string): string => times(all.length, text);
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  ${each((k) => `var total${k} = 0.0;\n  var part${k} = 0.0;`)}
  var count = 0u;
  for (var j = id.x; j < observed.particles; j += ${OBSERVERS}u) {
    if (j % observed.pitch >= observed.n) { continue; }
    let w1 = theta[j * ${stride}u].x;
    var square1 = ${c === 1 ? 'w1 * w1' : '0.0'};
    var square0 = 0.0;
    ${times(stride, (k) => squares(`theta[j * ${stride}u + ${k}u]`, 4 * k, c))}
    ${each((k) => `part${k} += ${all[k].wgsl};`)}
    count++;
    if (count % ${BLOCK}u == 0u) { ${each((k) => `total${k} += part${k}; part${k} = 0.0;`)} }
  }
  ${each((k) => `sums[id.x * ${all.length}u + ${k}u] = total${k} + part${k};`)}
}`;
  return { name: `observe rows of ${stride}${outputsText(sized)}`, bindings, code };
}
