/** Slopes of wide particles that gather.ts has found: what is left of ../slopes.ts for a thread that owns one. */
import { shapeOf } from '../../src/core/shape.ts';
import { input, uniform } from '../../src/gpu/layout.ts';
import { Chunk } from '../bindings.ts';
import { strideOf, times } from '../particle.ts';
import type { Slopes, SlopesOptions } from '../slopes.ts';

export function gatheredSlopes(options: SlopesOptions): Slopes {
  const { p, state } = options;
  const { c, weights } = shapeOf(options);
  const stride = strideOf(options);
  const scaled = c === 1 && weights > 0;
  const outer = (i: number, k: number): string => `outer[${k}u * chunk.rows + local${i}]`;
  const replace = (i: number, k: number): string =>
    `if (k == ${k >> 2}u) { slope${i}.${'xyzw'[k & 3]} = ${outer(i, k)}; }`;
  return {
    bindings: { chunk: uniform(Chunk), slopes: input('vec4f'), outer: input('f32') },
    helpers: '',
    sums: times(
      p,
      (i) => `let local${i} = min(at${i} / ${stride}u - chunk.first, chunk.rows - 1u);
  ${scaled ? `let w1_${i} = ${state}[at${i}].x;` : ''}`,
    ),
    each: (i, text) => `for (var k = 0u; k < ${stride}u; k++) {
      var slope${i} = slopes[local${i} * ${stride}u + k]${scaled ? ` * w1_${i}` : ''};
      ${times(weights, (k) => replace(i, k))}
      ${text('k', `${state}[at${i} + k]`, `slope${i}`)}
    }`,
  };
}
