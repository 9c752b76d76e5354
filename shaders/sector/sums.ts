/**
 * The rest of the sector method (core/methods/sector.ts): deposits of particles, and two walks around the circle, by
 * one workgroup each.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { CloudExtent, Sectors } from '../bindings.ts';
import { deposit, fixed } from '../fixed.ts';
import { WORKGROUP } from '../particle.ts';
import { findSector, toSector } from './find.ts';
import type { Shader } from '../../src/gpu/layout.ts';

/** Adds w1 w0 to the particle's sector. */
export function sectorScatter(): Shader {
  const bindings = {
    range: uniform(Range, true),
    sectors: uniform(Sectors),
    table: input('u32'),
    theta: input('vec4f'),
    cloud: input(CloudExtent),
    deposits: output('atomic<u32>'),
  };
  const code = wgsl`
${declare(bindings)}
${deposit}
${findSector}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let j = range.first + id.x;
  if (j >= range.end) { return; }
  let particle = theta[j];
  let copy = j / ${WORKGROUP}u % sectors.copies * (sectors.boundaries + 1u);
  ${toSector('deposit', 'copy')}
}`;
  return { name: 'sector scatter', bindings, code };
}

/** A lane's share of `count` things in a row: first … stop − 1. */
const share = (count: string): string => `let each = (${count} + ${WORKGROUP - 1}u) / ${WORKGROUP}u;
  let first = min(lane * each, ${count});
  let stop = min(first + each, ${count});`;

/** prefix[k]: the sum of all deposits in sectors 0 … k, exactly; the deposits are left at 0. */
export function sectorPrefix(): Shader {
  const bindings = { sectors: uniform(Sectors), deposits: output('vec4u'), prefix: output('vec4u') };
  const code = wgsl`
${declare(bindings)}
${fixed}
var<workgroup> parts: array<vec4u, ${WORKGROUP}>;

fn plus_both(p: vec4u, q: vec4u) -> vec4u {
  return vec4u(plus(p.xy, q.xy), plus(p.zw, q.zw));
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  let count = sectors.boundaries + 1u;
  ${share('count')}
  var sum = vec4u();
  for (var k = first; k < stop; k++) {
    for (var copy = 0u; copy < sectors.copies; copy++) {
      sum = plus_both(sum, deposits[copy * count + k]);
      deposits[copy * count + k] = vec4u();
    }
    prefix[k] = sum;
  }
  parts[lane] = sum;
  workgroupBarrier();
  var before = vec4u();
  for (var other = 0u; other < lane; other++) { before = plus_both(before, parts[other]); }
  for (var k = first; k < stop; k++) { prefix[k] = plus_both(prefix[k], before); }
}`;
  return { name: 'sector prefix', bindings, code };
}

/**
 * Σ_j w1_j φ(h_j) of every data point, from the sums over the sectors in which its h > 0 and over the others.
 */
export function sectorOutputs(): Shader {
  const bindings = {
    range: uniform(Range, true),
    sectors: uniform(Sectors),
    cloud: input(CloudExtent),
    x: input('vec4f'),
    /** The boundaries where h becomes positive and where it ceases to be; `boundaries` twice for x = 0. */
    ends: input('vec2u'),
    prefix: input('vec4u'),
    rows: output('f32'),
  };
  const code = wgsl`
${declare(bindings)}
${fixed}
fn between(low: vec4u, high: vec4u) -> vec4u {
  return vec4u(minus(high.xy, low.xy), minus(high.zw, low.zw));
}
fn both(p: vec4u) -> vec2f {
  return vec2f(float(p.xy), float(p.zw)) * cloud.unit.y;
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let point = range.first + id.x;
  if (point >= range.end) { return; }
  let whole = prefix[sectors.boundaries];
  let rise = ends[point].x;
  let fall = ends[point].y;
  let inner = between(prefix[min(rise, fall)], prefix[max(rise, fall)]);
  let outer = between(inner, whole);
  let rising = rise < fall;
  let positive = both(select(outer, inner, rising));
  let negative = both(select(inner, outer, rising));
  rows[point] = sectors.above * dot(positive, x[point].yz) + sectors.below * dot(negative, x[point].yz);
}`;
  return { name: 'sector outputs', bindings, code };
}

/** field: S = Σ_β r^β φ'(±1) x^β of every sector, then (r, x) of every data point. */
export function sectorField(): Shader {
  const bindings = {
    sectors: uniform(Sectors),
    x: input('vec4f'),
    r: input('f32'),
    ends: input('vec2u'),
    /** At each boundary 2 sample + (1 if its h becomes positive). */
    crossings: input('u32'),
    field: output('vec4f'),
  };
  const code = wgsl`
${declare(bindings)}
var<workgroup> starts: array<vec2f, ${WORKGROUP}>;
var<workgroup> parts: array<vec2f, ${WORKGROUP}>;

fn change(crossing: u32) -> vec2f {
  let point = crossing / 2u;
  let jump = sectors.above - sectors.below;
  return r[point] * select(-jump, jump, crossing % 2u == 1u) * x[point].yz;
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  let count = sectors.boundaries;
  ${share('count')}
  var start = vec2f();
  for (var i = lane; i < sectors.m; i += ${WORKGROUP}u) {
    let above = ends[i].y < ends[i].x;
    start += r[i] * select(sectors.below, sectors.above, above) * x[i].yz;
    field[count + 1u + i] = vec4f(r[i], x[i].yz, 0.0);
  }
  var part = vec2f();
  for (var k = first; k < stop; k++) { part += change(crossings[k]); }
  starts[lane] = start;
  parts[lane] = part;
  workgroupBarrier();
  var sum = vec2f();
  for (var other = 0u; other < ${WORKGROUP}u; other++) { sum += starts[other]; }
  if (lane == 0u) { field[0] = vec4f(sum, 0.0, 0.0); }
  for (var other = 0u; other < lane; other++) { sum += parts[other]; }
  for (var k = first; k < stop; k++) {
    sum += change(crossings[k]);
    field[k + 1u] = vec4f(sum, 0.0, 0.0);
  }
}`;
  return { name: 'sector field', bindings, code };
}
