/**
 * Particles listed by regions of the mesh, rectangles of cells, so that a workgroup meets those of one region and gathers
 * their deposits in its own memory. A list is right whatever its order, since deposits are integers, and however old it is:
 * who has left a region is still in its list. Each region has whole chunks of CHUNK places; a place holds a particle's
 * number plus 1, or 0.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh, Regions, Share } from '../bindings.ts';
import { position } from '../extent.ts';
import { WORKGROUP, times } from '../particle.ts';
import type { Bindings, Shader } from '../../src/gpu/layout.ts';

export const THREADS = 256;
/** Places of a chunk. */
export const CHUNK = 1024;
/** Particles of a thread that lists them. */
export const OWN = 8;
/** Regions, at most: a workgroup counts them in its memory. */
export const MOST_REGIONS = 1024;

/** Cells of a region along u and v. */
export const sidesOf = (d: number): readonly [number, number] => (d > 1 ? [16, 16] : [1, 128]);

const count = 'regions.down * regions.across';

/** A particle outside the grid belongs to a region at its edge. */
const regionOf = (d: number): string => {
  const [u, v] = sidesOf(d);
  return `fn region_of(t: vec4f) -> u32 {
  let cell = (floor(${position(d, 't')} * mesh.per) - mesh.low) / vec2f(${u}.0, ${v}.0);
  let at = vec2u(clamp(cell, vec2f(), vec2f(f32(regions.down), f32(regions.across)) - 1.0));
  return min(at.x * regions.across + at.y, ${count} - 1u);
}`;
};

/** Empty lists. */
export function clearRegions(): Shader {
  const bindings = {
    range: uniform(Range, true),
    regions: uniform(Regions),
    list: output('u32'),
    counts: output('u32'),
  };
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let place = range.first + id.x;
  if (place >= range.end) { return; }
  list[place] = 0u;
  if (place < ${count}) { counts[place] = 0u; }
}`;
  return { name: 'clear regions', bindings, code };
}

/** What both passes over the particles begin with: in `own` how many a workgroup has in each region. */
const counted = `let first = (range.first / ${THREADS}u + id.x) * ${OWN * THREADS}u + lane;
  ${times(
    OWN,
    (k) => `let j${k} = first + ${k * THREADS}u;
  var region${k} = 0u;
  var rank${k} = 0u;
  if (j${k} < share.n) {
    region${k} = region_of(theta[j${k}]);
    rank${k} = atomicAdd(&own[region${k}], 1u);
  }`,
  )}
  workgroupBarrier();`;

const looking = {
  range: uniform(Range, true),
  share: uniform(Share),
  regions: uniform(Regions),
  mesh: uniform(Mesh),
  theta: input('vec4f'),
  counts: output('atomic<u32>'),
};

/** counts: particles of each region. */
export function countRegions({ d }: { readonly d: number }): Shader {
  const code = wgsl`
${declare(looking)}
${regionOf(d)}
var<workgroup> own: array<atomic<u32>, ${MOST_REGIONS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${counted}
  for (var i = lane; i < ${count}; i += ${THREADS}u) {
    let some = atomicLoad(&own[i]);
    if (some > 0u) { atomicAdd(&counts[i], some); }
  }
}`;
  return { name: `count regions d=${d}`, bindings: looking, code };
}

/** counts: from particles of a region to the first place of its list. */
export function placeRegions(): Shader {
  const bindings = { regions: uniform(Regions), counts: output('u32') };
  const code = wgsl`
${declare(bindings)}
var<workgroup> parts: array<u32, ${WORKGROUP}>;

fn chunks_of(region: u32) -> u32 { return (counts[region] + ${CHUNK - 1}u) / ${CHUNK}u; }

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  let each = (${count} + ${WORKGROUP - 1}u) / ${WORKGROUP}u;
  let first = min(lane * each, ${count});
  let stop = min(first + each, ${count});
  var sum = 0u;
  for (var region = first; region < stop; region++) { sum += chunks_of(region); }
  parts[lane] = sum;
  workgroupBarrier();
  var chunk = 0u;
  for (var other = 0u; other < lane; other++) { chunk += parts[other]; }
  for (var region = first; region < stop; region++) {
    let some = chunks_of(region);
    counts[region] = chunk * ${CHUNK}u;
    chunk += some;
  }
}`;
  return { name: 'place regions', bindings, code };
}

/** list, and of which region each chunk is; counts: the places after the last particles. */
export function listRegions({ d }: { readonly d: number }): Shader {
  const bindings: Bindings = { ...looking, list: output('u32'), chunks: output('u32') };
  const code = wgsl`
${declare(bindings)}
${regionOf(d)}
var<workgroup> own: array<atomic<u32>, ${MOST_REGIONS}>;
var<workgroup> places: array<u32, ${MOST_REGIONS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${counted}
  for (var i = lane; i < ${count}; i += ${THREADS}u) {
    let some = atomicLoad(&own[i]);
    if (some > 0u) { places[i] = atomicAdd(&counts[i], some); }
  }
  workgroupBarrier();
  ${times(
    OWN,
    (k) => `if (j${k} < share.n) {
    let place = places[region${k}] + rank${k};
    list[place] = j${k} + 1u;
    if (place % ${CHUNK}u == 0u) { chunks[place / ${CHUNK}u] = region${k}; }
  }`,
  )}
}`;
  return { name: `list regions d=${d}`, bindings, code };
}
