/**
 * What core/langevin.ts adds to a step, in WGSL: weight decay to each slope, rates to what comes of it, and
 * noise to where the step ends.
 */
import { uniform } from '../src/gpu/layout.ts';
import { Langevin } from './bindings.ts';
import { brownian } from './brownian.ts';
import type { Bindings } from '../src/gpu/layout.ts';

/** None of it; rates and decay; noise as well, for a method of one stage. */
export type Terms = 'none' | 'decay' | 'noise';

export const bindingsOf = (terms: Terms): Bindings => (terms === 'none' ? {} : { langevin: uniform(Langevin) });

const layers = `/** A vec4f number k of a particle by layers: (w1, w0). */
fn by_layer(pair: vec2f, k: u32) -> vec4f {
  return vec4f(select(pair.y, pair.x, k == 0u), pair.yyy);
}`;

/** Numbers past w0_d stay 0. The seed of a replica is the first one's + its number. */
const noise = (d: number): string => `${brownian}
fn shock(replica: u32, j: u32, k: u32, step: u32) -> vec4f {
  let low = langevin.seed.x + replica;
  let seed = vec2u(low, langevin.seed.y + select(0u, 1u, low < replica));
  let used = 4u * k + vec4u(0u, 1u, 2u, 3u) <= vec4u(${d}u);
  return select(vec4f(), by_layer(langevin.deviations, k) * brownian(j, k, step, seed), used);
}`;

/** fn by_layer and, of noise, fn shock. */
export const helpersOf = (terms: Terms, d: number): string =>
  terms === 'none' ? '' : terms === 'decay' ? layers : `${layers}\n${noise(d)}`;
