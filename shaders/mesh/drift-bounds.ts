/**
 * Bounds of all particles' errors of drift, without atomics: LANES lanes look at every LANES-th particle. A lane notes
 * Σ b², the largest shares of u's spacing and of v's, which of its particles has the largest bound, and of all others
 * the largest bounds of (w1, u, v) and the largest |w1|. It does so in TURNS, each of every TURNS-th of its particles,
 * one after the other or side by side: that changes no bit.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../../src/gpu/layout.ts';
import { Mesh, Share } from '../bindings.ts';
import { LANES, position } from '../extent.ts';
import { WORKGROUP } from '../particle.ts';
import { bounds } from './cell-errors.ts';
import { interpolate } from './spline.ts';
import type { Shader } from '../../src/gpu/layout.ts';

export interface DriftBoundsOptions {
  readonly d: number;
  /** A lane is a workgroup, which has a thread for each turn; default: a thread. */
  readonly staged?: boolean;
}

const bindings = {
  share: uniform(Share),
  mesh: uniform(Mesh),
  theta: input('vec4f'),
  spline: input('f32'),
  cells: input('vec4f'),
  lanes: output('vec4f'),
  chosen: output('u32'),
};

const TURNS = WORKGROUP;

/** Threads. */
export const threadsOf = (staged: boolean): number => LANES * (staged ? TURNS : 1);

/** lanes[3 k] = (bounds of the others, Σ b²), (shares of u and v, their |w1|, the largest bound), (its bounds, its |w1|). */
export function driftBounds({ d, staged = false }: DriftBoundsOptions): Shader {
  const code = wgsl`
${declare(bindings)}
${interpolate}

struct Noted {
  others: vec4f,
  most: vec4f,
  worst: vec4f,
  number: u32,
}

fn nobody() -> Noted { return Noted(vec4f(), vec4f(0.0, 0.0, 0.0, -1.0), vec4f(), 0u); }

fn largest(a: vec3f) -> f32 { return max(a.x, max(a.y, a.z)); }

fn one(j: u32) -> Noted {
  let t = theta[j];
  ${bounds(d, 't')}
  let b = weight * interpolate(${position(d, 't')});
  let own = by_u + by_v;
  return Noted(
    vec4f(0.0, 0.0, 0.0, dot(b, b)),
    vec4f(largest(by_u), largest(by_v), 0.0, largest(own)),
    vec4f(own, abs(t.x)),
    share.first + j,
  );
}

/** The worse one of the two worst is that of both; the other one is as all others are. */
fn together(p: Noted, q: Noted) -> Noted {
  let worse = q.most.w > p.most.w;
  let other = select(q.worst, p.worst, worse);
  return Noted(
    vec4f(max(max(p.others.xyz, q.others.xyz), other.xyz), p.others.w + q.others.w),
    vec4f(max(p.most.xy, q.most.xy), max(max(p.most.z, q.most.z), other.w), max(p.most.w, q.most.w)),
    select(p.worst, q.worst, worse),
    select(p.number, q.number, worse),
  );
}

/** Of buffers before this one. */
fn before(lane: u32) -> Noted {
  if (share.first == 0u) { return nobody(); }
  return Noted(lanes[3u * lane], lanes[3u * lane + 1u], lanes[3u * lane + 2u], chosen[lane]);
}

fn note(lane: u32, noted: Noted) {
  lanes[3u * lane] = noted.others;
  lanes[3u * lane + 1u] = noted.most;
  lanes[3u * lane + 2u] = noted.worst;
  chosen[lane] = noted.number;
}

fn turn(first: u32) -> Noted {
  var noted = nobody();
  for (var j = first; j < share.n; j += ${LANES * TURNS}u) { noted = together(noted, one(j)); }
  return noted;
}

#if ${staged}
var<workgroup> turns: array<Noted, ${TURNS}>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) thread: u32) {
  turns[thread] = turn(id.x + ${LANES}u * thread);
  workgroupBarrier();
  if (thread > 0u) { return; }
  var noted = before(id.x);
  for (var k = 0u; k < ${TURNS}u; k++) { noted = together(noted, turns[k]); }
  note(id.x, noted);
}
#else
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var noted = before(id.x);
  for (var k = 0u; k < ${TURNS}u; k++) { noted = together(noted, turn(id.x + ${LANES}u * k)); }
  note(id.x, noted);
}
#endif`;
  return { name: `drift bounds d=${d}${staged ? ' staged' : ''}`, bindings, code };
}
