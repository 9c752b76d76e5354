/**
 * What the slopes of some wide particles (struct Chunk) are sums of, for some data points: s = r φ'(z), or Σ_k r_k w1_k
 * φ'(z) of several outputs, point by point, and Σ r_k φ(z) over each group of points. Both lie particle by particle.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { featuresText } from '../../src/core/features/features.ts';
import { shapeOf, type Sized } from '../../src/core/shape.ts';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Chunk } from '../bindings.ts';
import { activation, formText, outputsText, strideOf, times, type FormChoice } from '../particle.ts';
import { GROUP, pairsOf, products, standing, threadsOf, tileMemory, type Tile } from './product.ts';
import type { Shader } from '../../src/gpu/layout.ts';

const bindings = {
  range: uniform(Range, true),
  chunk: uniform(Chunk),
  state: input('vec4f'),
  x: input('vec4f'),
  r: input('f32'),
  factors: output('vec4f'),
  groups: output('vec4f'),
};

export function factors(options: FormChoice & Sized, tile: Tile): Shader {
  const { rows, columns, ownRows, ownColumns } = tile;
  const { c, weights, w1 } = shapeOf(options);
  const stride = strideOf(options);
  const threads = threadsOf(tile);
  const four = (text: (i: number) => string, v: number): string => times(4, (i) => text(4 * v + i), ', ');
  const pull = (i: number, j: number): string =>
    c === 1 ? `r${j}_0` : `(${times(c, (k) => `r${j}_${k} * w1_${i}_${k}`, ' + ')})`;
  const code = wgsl`
${declare(bindings)}
${activation(options)}
${tileMemory(tile)}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = range.first / ${threads}u + id.x;
  let across = (chunk.points + ${columns - 1}u) / ${columns}u;
  let row_first = group / across * ${rows}u;
  let point_first = group % across * ${columns}u;
  ${standing(tile)}
  ${products(options, tile, {
    t: (of, k) => `row_of(row_first + ${of}, ${k})`,
    x: (of, k) => `point_of(point_first + ${of}, ${k})`,
  })}
  let row = row_first + py * ${ownRows}u;
  let system = chunk.system + (chunk.first + row) / chunk.pitch;
  let point = point_first + px * ${ownColumns}u;
  ${times(ownColumns, (j) => times(c, (k) => `let r${j}_${k} = residual(system, point + ${j}u, ${k}u);`))}
  ${c === 1 ? '' : times(weights, (k) => times(ownRows, (i) => `let w1_${i}_${k} = row_of(row + ${i}u, ${(w1 + k) >> 2}u).${'xyzw'[(w1 + k) & 3]};`))}
  ${pairsOf(tile, (i, j) => `let a${i}_${j} = phi_dphi(h${i}_${j});`)}
  ${times(ownColumns, (j) => times(ownRows / 4, (v) => `factors[((point + ${j}u) * chunk.rows + row) / 4u + ${v}u] = vec4f(${four((i) => `${pull(i, j)} * a${i}_${j}.y`, v)});`))}
  ${times(weights, (k) => times(ownRows / 4, (v) => `groups[((point / ${GROUP}u * ${c}u + ${k}u) * chunk.rows + row) / 4u + ${v}u] = vec4f(${four((i) => times(GROUP, (j) => `r${j}_${k} * a${i}_${j}.x`, ' + '), v)});`))}
}

fn row_of(row: u32, k: u32) -> vec4f {
  if (row >= chunk.rows || chunk.first + row >= chunk.end || k >= ${stride}u) { return vec4f(); }
  return state[(chunk.first + row) * ${stride}u + k];
}

fn point_of(point: u32, k: u32) -> vec4f {
  if (point >= chunk.points || k >= ${stride}u) { return vec4f(); }
  return x[(chunk.point + point) * ${stride}u + k];
}

fn residual(system: u32, point: u32, k: u32) -> f32 {
  if (point >= chunk.points) { return 0.0; }
  return r[(system * chunk.m + chunk.point + point) * ${c}u + k];
}`;
  return {
    name: `factors ${featuresText(options)}${formText(options)} d=${options.d}${outputsText(options)} in tiles for ${threads}`,
    bindings,
    code,
  };
}
