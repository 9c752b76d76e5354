/**
 * Deposits as ../mesh/scatter.ts and ../sector/sums.ts make them, to the same sums, but gathered in a workgroup's memory
 * first: then each of its numbers goes once to the deposits that all see.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { SPLINE } from '../../src/core/mesh/grid.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { CloudExtent, Mesh, Regions, Sectors, Share } from '../bindings.ts';
import { TROOP, position } from '../extent.ts';
import { deposit, gathering } from '../fixed.ts';
import { CHUNK, THREADS, sidesOf } from '../mesh/regions.ts';
import { weights } from '../mesh/spline.ts';
import { times } from '../particle.ts';
import { findSector, toSector } from '../sector/find.ts';
import type { Shader } from '../../src/gpu/layout.ts';

/** Cells around a region whose nodes the workgroup has, too: particles move while their list stays. */
const AROUND = 2;

/** Of the particles that are listed by regions (../mesh/regions.ts). */
export function scatterByRegions({ d }: { readonly d: number }): Shader {
  const bindings = {
    range: uniform(Range, true),
    regions: uniform(Regions),
    mesh: uniform(Mesh),
    theta: input('vec4f'),
    cloud: input(CloudExtent),
    list: input('u32'),
    chunks: input('u32'),
    deposits: output('atomic<u32>'),
  };
  const sides = sidesOf(d);
  const [high, wide] = sides.map((side) => side + 2 * AROUND);
  const [rows, columns] = [high + 3, wide + 5];
  const spread = (put: string, first: string, pitch: string): string =>
    times(4, (k) => times(6, (l) => `${put}(${first} + ${k}u * ${pitch} + ${l}u, share${k} * v${l});`));
  const code = wgsl`
${declare(bindings)}
var<workgroup> own: array<atomic<u32>, ${2 * rows * columns}>;
${deposit}
${gathering}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let chunk = range.first / ${THREADS}u + id.x;
  let region = min(chunks[chunk], regions.down * regions.across - 1u);
  let side = vec2i(${sides.join(', ')});
  let corner = vec2i(mesh.low) + vec2i(vec2u(region / regions.across, region % regions.across)) * side - ${AROUND};
  for (var i = lane; i < ${CHUNK}u; i += ${THREADS}u) {
    let number = list[chunk * ${CHUNK}u + i];
    if (number == 0u) { continue; }
    let particle = theta[number - 1u];
    let p = ${position(d, 'particle')} * mesh.per;
    if (!(all(floor(p) >= mesh.low) && all(floor(p) < mesh.high))) { continue; }
    ${weights}
    let w1 = particle.x * cloud.unit.x;
    ${times(4, (k) => `let share${k} = w1 * u${k};`)}
    let there = vec2i(cell) - corner;
    if (all(there >= vec2i(0)) && all(there < vec2i(${high}, ${wide}))) {
      let place = u32(there.x) * ${columns}u + u32(there.y);
      ${spread('keep', 'place', `${columns}u`)}
    } else {
      ${spread('deposit', 'origin', 'mesh.columns')}
    }
  }
  workgroupBarrier();
  let first = (corner.x - ${SPLINE[0]} - mesh.i) * i32(mesh.columns) + corner.y - ${SPLINE[1]} - mesh.j;
  for (var i = lane; i < ${rows * columns}u; i += ${THREADS}u) {
    pour(i, u32(first + i32(i / ${columns}u * mesh.columns + i % ${columns}u)));
  }
}`;
  return { name: `scatter d=${d} by regions`, bindings, code };
}

/** By troops (../extent.ts); `most`: sectors that there is memory for. */
export function scatterBySectors({ most }: { readonly most: number }): Shader {
  const bindings = {
    share: uniform(Share),
    sectors: uniform(Sectors),
    table: input('u32'),
    theta: input('vec4f'),
    cloud: input(CloudExtent),
    deposits: output('atomic<u32>'),
  };
  const code = wgsl`
${declare(bindings)}
var<workgroup> own: array<atomic<u32>, ${4 * most}>;
${gathering}
${findSector}

@compute @workgroup_size(${TROOP})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) troops: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let numbers = 2u * (sectors.boundaries + 1u);
  for (var j = id.x * ${TROOP}u + lane; j < share.n; j += troops.x * ${TROOP}u) {
    let particle = theta[j];
    ${toSector('keep', '0u')}
  }
  workgroupBarrier();
  for (var i = lane; i < numbers; i += ${TROOP}u) { pour(i, i); }
}`;
  return { name: `scatter by sectors, up to ${most}`, bindings, code };
}
