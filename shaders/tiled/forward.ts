/**
 * The forward sum of wide particles in tiles. Sums keep the order of ../forward.ts: the threads that share a block of
 * particles add one after the other, and a workgroup has whole slices.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { shapeOf } from '../../src/core/shape.ts';
import { declare } from '../../src/gpu/layout.ts';
import { BLOCK, activation, strideOf, times } from '../particle.ts';
import { added, forwardBindings, forwardName, type SumOptions } from '../pairs.ts';
import { pairsOf, products, standing, threadsOf, tileMemory, type Tile } from './product.ts';
import type { Shader } from '../../src/gpu/layout.ts';

export function tiledForward(options: SumOptions, tile: Tile): Shader {
  const { rows, columns, ownRows, ownColumns } = tile;
  const { c, w1 } = shapeOf(options);
  const stride = strideOf(options);
  const threads = threadsOf(tile);
  const turns = BLOCK / ownRows;
  const across = columns / ownColumns;
  const weight = (i: number, k: number): string =>
    `theta[(row + ${i}u) * ${stride}u + ${(w1 + k) >> 2}u].${'xyzw'[(w1 + k) & 3]}`;
  /** One after the other, the threads of a block add what they have to what those before them had. */
  const turn = (k: number): string => `for (var turn = 0u; turn < ${turns}u; turn++) {
      if (py % ${turns}u == turn) {
        let slot = py / ${turns}u * ${columns}u + px;
        ${times(ownColumns, (j) => `var part${j} = select(carried[slot + ${j * across}u], 0.0, turn == 0u);`)}
        ${pairsOf(tile, (i, j) => `part${j} += ${added(options, `w1_${i}_${k}`, `h${i}_${j}`, `row + ${i}u`)};`)}
        ${times(ownColumns, (j) => `carried[slot + ${j * across}u] = part${j};`)}
      }
      workgroupBarrier();
    }`;
  const code = wgsl`
${declare(forwardBindings)}
${activation(options)}
${tileMemory(tile)}
var<workgroup> carried: array<f32, ${(rows / BLOCK) * columns}>;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = range.first / ${threads}u + id.x;
  let across = (sum.points + ${columns - 1}u) / ${columns}u;
  let system = group / across % sum.replicas;
  let before = system * sum.particles;
  let span = max(sum.slice, ${rows}u);
  let start = group / across / sum.replicas * span;
  let point_first = group % across * ${columns}u;
  ${standing(tile)}
  // a thread adds up the blocks of one point
  let point = point_first + lane % ${across}u * ${ownColumns}u + lane / ${across}u;
  ${times(c, (k) => `var total${k} = 0.0;`)}
  for (var at = start; at < min(start + span, sum.particles); at += ${rows}u) {
    ${products(options, tile, {
      t: (of, k) => `row_of(before + at + ${of}, ${k}, at + ${of} < sum.particles)`,
      x: (of, k) => `point_of(point_first + ${of}, ${k})`,
    })}
    ${pairsOf(tile, (i, j) => `h${i}_${j} = phi(h${i}_${j});`)}
    let row = before + at + py * ${ownRows}u;
    ${times(shapeOf(options).weights, (k) => times(ownRows, (i) => `let w1_${i}_${k} = ${weight(i, k)};`))}
    ${times(
      c,
      (k) => `${turn(k)}
    if (lane < ${columns}u && point < sum.points) {
      for (var b = 0u; b < ${rows / BLOCK}u && at + b * ${BLOCK}u < sum.particles; b++) {
        total${k} += carried[b * ${columns}u + lane];
        let end = at + (b + 1u) * ${BLOCK}u;
        if (end % sum.slice == 0u || end >= sum.particles) {
          let row = sum.row + (end - 1u) / sum.slice * sum.pitch + system;
          partial[(row * sum.points + point) * ${c}u + ${k}u] = total${k};
          total${k} = 0.0;
        }
      }
    }
    workgroupBarrier();`,
    )}
  }
}

fn row_of(row: u32, k: u32, there: bool) -> vec4f {
  if (!there || k >= ${stride}u) { return vec4f(); }
  return theta[row * ${stride}u + k];
}

fn point_of(point: u32, k: u32) -> vec4f {
  if (point >= sum.points || k >= ${stride}u) { return vec4f(); }
  return x[point * ${stride}u + k];
}`;
  return { name: `${forwardName(options)} in tiles for ${threads}`, bindings: forwardBindings, code };
}
