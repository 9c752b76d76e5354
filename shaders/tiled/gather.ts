/**
 * From factors to slopes, for the particles of a chunk: Σ_β s^β x^β vec4f by vec4f, and Σ_β r^β φ^β of the output weights.
 * Blocks of points are added up as in ../slopes.ts, and a chunk's later points go on where the earlier ones ended.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { shapeOf, type Sized } from '../../src/core/shape.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Chunk } from '../bindings.ts';
import { BLOCK, outputsText, strideOf, times } from '../particle.ts';
import { GROUP, type Tile } from './product.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  chunk: uniform(Chunk),
  x: input('vec4f'),
  factors: input('vec4f'),
  groups: input('f32'),
  slopes: output('vec4f'),
  outer: output('f32'),
};

/** vec4f that a workgroup finds of each of its rows, at most. */
const WIDEST = 16;
/** Points that are in memory at a time. */
const DEEP = 8;

/** How a row is shared out: vec4f of a workgroup, of which each has a column of threads, and workgroups. */
export function across(sized: Sized): { readonly columns: number; readonly groups: number } {
  const stride = strideOf(sized);
  const groups = Math.ceil(stride / WIDEST);
  return { columns: Math.ceil(stride / groups), groups };
}

export const gatherThreads = ({ rows, ownRows }: Tile, sized: Sized): number =>
  (rows / ownRows) * across(sized).columns;

export function gather(sized: Sized, tile: Tile): Shader {
  const { rows, ownRows } = tile;
  const { c, d, weights } = shapeOf(sized);
  const stride = strideOf(sized);
  const { columns, groups } = across(sized);
  const threads = gatherThreads(tile, sized);
  const each = (text: (i: number) => string): string => times(ownRows, text);
  const code = wgsl`
${declare(bindings)}
var<workgroup> tile_s: array<vec4f, ${(DEEP * rows) / 4}>;
var<workgroup> tile_x: array<vec4f, ${DEEP * columns}>;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = range.first / ${threads}u + id.x;
  let row_first = group / ${groups + 1}u * ${rows}u;
  let points = (chunk.points + ${BLOCK - 1}u) / ${BLOCK}u * ${BLOCK}u;
  if (group % ${groups + 1}u == ${groups}u) {
    for (var i = lane; i < ${rows}u; i += ${threads}u) { ${times(weights, (k) => `add_groups(row_first + i, ${k}u, points);`)} }
    return;
  }
  let px = lane % ${columns}u;
  let py = lane / ${columns}u;
  let k_first = group % ${groups + 1}u * ${columns}u;
  let row = row_first + py * ${ownRows}u;
  let k = k_first + px;
  let place = min(k, ${stride - 1}u);
  ${each((i) => `var total${i} = select(slopes[(row + ${i}u) * ${stride}u + place], vec4f(), chunk.point == 0u);`)}
  for (var base = 0u; base < points; base += ${BLOCK}u) {
    ${each((i) => `var part${i} = vec4f();`)}
    for (var at = base; at < base + ${BLOCK}u; at += ${DEEP}u) {
      workgroupBarrier();
      for (var i = lane; i < ${(DEEP * rows) / 4}u; i += ${threads}u) {
        tile_s[i] = factors[((at + i / ${rows / 4}u) * chunk.rows + row_first) / 4u + i % ${rows / 4}u];
      }
      for (var i = lane; i < ${DEEP * columns}u; i += ${threads}u) {
        tile_x[i] = point_of(at + i / ${columns}u, k_first + i % ${columns}u);
      }
      workgroupBarrier();
      for (var q = 0u; q < ${DEEP}u; q++) {
        let xq = tile_x[q * ${columns}u + px];
        ${times(ownRows / 4, (v) => `let s${v} = tile_s[q * ${rows / 4}u + py * ${ownRows / 4}u + ${v}u];`)}
        ${each((i) => `part${i} += s${i >> 2}[${i & 3}] * xq;`)}
      }
    }
    ${each((i) => `total${i} += part${i};`)}
  }
  if (k >= ${stride}u) { return; }
  ${each((i) => `slopes[(row + ${i}u) * ${stride}u + k] = total${i};`)}
}

fn add_groups(row: u32, k: u32, points: u32) {
  let at = k * chunk.rows + row;
  var total = select(outer[at], 0.0, chunk.point == 0u);
  for (var base = 0u; base < points; base += ${BLOCK}u) {
    var part = 0.0;
    for (var b = base / ${GROUP}u; b < (base + ${BLOCK}u) / ${GROUP}u; b++) {
      part += groups[(b * ${c}u + k) * chunk.rows + row];
    }
    total += part;
  }
  outer[at] = total;
}

fn point_of(point: u32, k: u32) -> vec4f {
  if (point >= chunk.points || k >= ${stride}u) { return vec4f(); }
  return x[(chunk.point + point) * ${stride}u + k];
}`;
  return {
    name: `gather d=${d}${outputsText(sized)}${weights === 0 ? ' of unit' : ''} in tiles for ${threads}`,
    bindings,
    code,
  };
}
