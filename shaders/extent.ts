/**
 * The extent of a cloud of d ≤ 2, without atomics: LANES threads look at every LANES-th particle, then `cover`
 * puts their answers together, chooses the unit in which deposits are counted, and halts the run if a grid is
 * given that does not cover the cloud: `cloud` then stays that of the particles outside.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../src/gpu/layout.ts';
import { CloudExtent, Mesh, Status, Share } from './bindings.ts';
import { WORKGROUP } from './particle.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

export const LANES = 16 * WORKGROUP;

/** Threads of a workgroup on a GPU, which has more of them than that: as many workgroups at most, each with one answer. */
export const TROOP = 256;

/** Workgroups for n particles. */
export const troopsOf = (n: number): number =>
  2 ** Math.min(Math.log2(TROOP), Math.ceil(Math.log2(Math.ceil(n / TROOP))));

/** WGSL of (u, v) of a particle `t`: the last two coordinates of w0, u = 0 for d = 1. */
export const position = (d: number, t: string): string => (d > 1 ? `${t}.yz` : `vec2f(0.0, ${t}.y)`);

const bindings = { share: uniform(Share), theta: input('vec4f'), extents: output('vec4f') };

/**
 * extents[2 k], extents[2 k + 1]: least and greatest (w1, u, v) of lane k, of particles in buffers before this
 * one too.
 */
export function extent({ d, staged = false }: { readonly d: number; readonly staged?: boolean }): Shader {
  return staged ? extentByTroops(d) : extentByLanes(d);
}

function extentByTroops(d: number): Shader {
  const code = wgsl`
${declare(bindings)}
var<workgroup> lows: array<vec3f, ${TROOP}>;
var<workgroup> highs: array<vec3f, ${TROOP}>;

@compute @workgroup_size(${TROOP})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) troops: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  var low = vec3f(3.4e38);
  var high = vec3f(-3.4e38);
  for (var j = id.x * ${TROOP}u + lane; j < share.n; j += troops.x * ${TROOP}u) {
    let t = theta[j];
    let at = vec3f(t.x, ${position(d, 't')});
    low = min(low, at);
    high = max(high, at);
  }
  lows[lane] = low;
  highs[lane] = high;
  workgroupBarrier();
  if (lane < 16u) {
    for (var k = lane + 16u; k < ${TROOP}u; k += 16u) {
      low = min(low, lows[k]);
      high = max(high, highs[k]);
    }
    lows[lane] = low;
    highs[lane] = high;
  }
  workgroupBarrier();
  if (lane > 0u) { return; }
  for (var k = 1u; k < 16u; k++) {
    low = min(low, lows[k]);
    high = max(high, highs[k]);
  }
  if (share.first > 0u) {
    low = min(low, extents[2u * id.x].xyz);
    high = max(high, extents[2u * id.x + 1u].xyz);
  }
  extents[2u * id.x] = vec4f(low, 0.0);
  extents[2u * id.x + 1u] = vec4f(high, 0.0);
}`;
  return { name: `extent d=${d} by troops`, bindings, code };
}

function extentByLanes(d: number): Shader {
  const code = wgsl`
${declare(bindings)}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var low = vec3f(3.4e38);
  var high = vec3f(-3.4e38);
  if (share.first > 0u) {
    low = extents[2u * id.x].xyz;
    high = extents[2u * id.x + 1u].xyz;
  }
  for (var j = id.x; j < share.n; j += ${LANES}u) {
    let t = theta[j];
    let at = vec3f(t.x, ${position(d, 't')});
    low = min(low, at);
    high = max(high, at);
  }
  extents[2u * id.x] = vec4f(low, 0.0);
  extents[2u * id.x + 1u] = vec4f(high, 0.0);
}`;
  return { name: `extent d=${d}`, bindings, code };
}

/** What a deposit is: w1 times weights below 1, or w1 w0. */
export type Deposit = 'w1' | 'w1 w0';

export interface CoverOptions {
  readonly of: Deposit;
  /** The answers are those of so many troops; default: of lanes. */
  readonly troops?: number | null;
}

export function cover({ of, troops = null }: CoverOptions): Shader {
  const staged = troops !== null;
  const onMesh = of === 'w1';
  const all: Bindings = {
    ...(onMesh ? { mesh: uniform(Mesh) } : {}),
    extents: output('vec4f'),
    cloud: output(CloudExtent),
    status: output(Status),
  };
  const code = wgsl`
${declare(all)}
${staged ? `var<workgroup> lows: array<vec4f, ${WORKGROUP}>;\nvar<workgroup> highs: array<vec4f, ${WORKGROUP}>;` : ''}

/** 2^30 over the power of two above \`most\`, and 1 over that. */
fn unit(most: f32) -> vec2f {
  let exponent = clamp(i32(bitcast<u32>(most) >> 23u) - 126, -90, 90);
  return vec2f(bitcast<f32>(u32(157 - exponent) << 23u), bitcast<f32>(u32(97 + exponent) << 23u));
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  var low = extents[2u * lane];
  var high = extents[2u * lane + 1u];
  for (var k = lane; k < ${troops ?? LANES}u; k += ${WORKGROUP}u) {
    low = min(low, extents[2u * k]);
    high = max(high, extents[2u * k + 1u]);
  }
#if ${staged}
  lows[lane] = low;
  highs[lane] = high;
  workgroupBarrier();
#else
  // Not through workgroup memory: it is zeroed first, which takes a software adapter's compiler longer than all
  // the rest.
  extents[2u * lane] = low;
  extents[2u * lane + 1u] = high;
  storageBarrier();
#endif
  if (lane > 0u || status.halted != 0u) { return; }
  for (var k = 1u; k < ${WORKGROUP}u; k++) {
    low = min(low, ${staged ? 'lows[k]' : 'extents[2u * k]'});
    high = max(high, ${staged ? 'highs[k]' : 'extents[2u * k + 1u]'});
  }
  let most = max(abs(low), abs(high));
  cloud.low = low;
  cloud.high = high;
#if ${onMesh}
  cloud.unit = unit(most.x);
  let first = floor(low.yz * mesh.per);
  let last = floor(high.yz * mesh.per);
  if (!(all(first >= mesh.low) && all(last < mesh.high))) { status.halted = 1u; }
#else
  cloud.unit = unit(most.x * max(most.y, most.z));
#endif
}`;
  return { name: `cover ${of}${staged ? ` by ${troops} troops` : ''}`, bindings: all, code };
}
