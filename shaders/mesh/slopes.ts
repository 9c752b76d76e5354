/** The sums over all data points, read off a spline over w0: g and, times w1, its gradient. */
import { input, uniform } from '../../src/gpu/layout.ts';
import { Mesh } from '../bindings.ts';
import { position } from '../extent.ts';
import { times } from '../particle.ts';
import { interpolate } from './spline.ts';
import type { Slopes, SlopesOptions } from '../slopes.ts';

export function meshSlopes({ d, p, state }: SlopesOptions): Slopes {
  const slope = (i: number): string =>
    d > 1 ? `vec4f(g${i}.x, t${i}.x * g${i}.yz, 0.0)` : `vec4f(g${i}.x, t${i}.x * g${i}.z, 0.0, 0.0)`;
  return {
    bindings: { mesh: uniform(Mesh), spline: input('f32') },
    helpers: interpolate,
    sums: times(
      p,
      (i) => `let t${i} = ${state}[at${i}];
  let g${i} = interpolate(${position(d, `t${i}`)});`,
    ),
    each: (i, text) => `{ ${text('0u', `t${i}`, slope(i))} }`,
  };
}
