/**
 * One stage of a step. A thread owns P particles, finds
 *     Σ_β r^β (φ(h^β), w1 φ'(h^β) x^β),   of which b is −1/m times,
 * in the way of the method, then moves its particles, with noise and decay where there are any. In a method of
 * several stages `trial` is the θ at which the next slope is taken and `change` the step so far; θ itself
 * changes only in the last stage.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { Range, declare, output, uniform } from '../src/gpu/layout.ts';
import { Replicas, Stage, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { bindingsOf, helpersOf } from './langevin.ts';
import { meshSlopes } from './mesh/slopes.ts';
import { WORKGROUP, strideOf, times } from './particle.ts';
import { sectorSlopes } from './sector/slopes.ts';
import { directSlopes } from './slopes.ts';
import type { ActivationName } from '../src/core/activations.ts';
import type { MethodName } from '../src/core/methods.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';
import type { Terms } from './langevin.ts';
import type { Slopes, SlopesOptions } from './slopes.ts';

const SLOPES = { direct: directSlopes, mesh: meshSlopes, sector: sectorSlopes } satisfies Record<
  MethodName,
  (options: SlopesOptions) => Slopes
>;

export interface UpdateOptions {
  readonly method: MethodName;
  readonly activation: ActivationName;
  readonly d: number;
  /** Particles a thread owns. */
  readonly p: number;
  /** This is the first, the last stage of the step; Euler's only stage is both. */
  readonly first: boolean;
  readonly last: boolean;
  /** Write |b| of each particle, at the θ the step starts from. */
  readonly speed: boolean;
  /** There are several systems (default: one). */
  readonly replicas?: boolean;
  /** Default: none. */
  readonly langevin?: Terms;
}

export function update({
  method,
  activation: name,
  d,
  p,
  first,
  last,
  speed,
  replicas = false,
  langevin = 'none',
}: UpdateOptions): Shader {
  const record = speed && first;
  const [decay, noise] = [langevin !== 'none', langevin === 'noise'];
  const stride = strideOf(d);
  const slopes = SLOPES[method]({ activation: name, d, p, state: first ? 'theta' : 'trial', replicas });
  /** What moves vec4f k of particle i, as arguments. */
  const moved = (i: number, k: string): string =>
    `${decay ? `by_layer(langevin.rates, ${k}) * slope` : 'slope'}${noise ? `, shock(replica, stage.first + j${i}, ${k}, status.step + 1u)` : ''}`;
  const bindings: Bindings = {
    range: uniform(Range, true),
    stage: uniform(Stage),
    ...(replicas ? { replicas: uniform(Replicas) } : {}),
    ...bindingsOf(langevin),
    ...slopes.bindings,
    status: output(Status),
    theta: output('vec4f'),
    ...(first && last ? {} : { trial: output('vec4f'), change: output('vec4f') }),
    ...(record ? { speed: output('f32') } : {}),
  };
  const code = wgsl`
${declare(bindings)}
${notFinite}
${slopes.helpers}
${helpersOf(langevin, d)}

fn displace(at: u32, state: vec4f, slope: vec4f${noise ? ', shock: vec4f' : ''}) -> bool {
#if ${first && last}
  let next = state + stage.weight * slope${noise ? ' + shock' : ''};
  theta[at] = next;
#elif ${first}
  let next = state + stage.advance * slope;
  trial[at] = next;
  change[at] = stage.weight * slope;
#elif ${last}
  let next = theta[at] + (change[at] + stage.weight * slope);
  theta[at] = next;
#else
  let next = theta[at] + stage.advance * slope;
  trial[at] = next;
  change[at] += stage.weight * slope;
#endif
  return not_finite(next);
}

fn record(j: u32, squares: f32) {
#if ${record}
  speed[j] = abs(stage.norm) * sqrt(squares);
#endif
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end || status.halted != 0u) { return; }
  if (thread == 0u && ${replicas ? 'replicas' : 'stage'}.first == 0u) { status.stages += 1u; }
#if ${replicas}
  let replica = replicas.first + thread / replicas.lanes;
  let before = thread / replicas.lanes * replicas.pitch;
  let residuals = replica * stage.m;
  ${times(p, (i) => `let j${i} = thread % replicas.lanes + ${i}u * replicas.lanes;`)}
#else
  let replica = 0u;
  let before = 0u;
  let first = thread / ${WORKGROUP}u * ${WORKGROUP * p}u + thread % ${WORKGROUP}u;
  ${times(p, (i) => `let j${i} = first + ${i * WORKGROUP}u;`)}
#endif
  ${times(p, (i) => `let at${i} = (before + min(j${i}, stage.n - 1u)) * ${stride}u;`)}
  ${slopes.sums}
  var bad = false;
  ${times(
    p,
    (i) => `if (j${i} < stage.n) {
    var squares = 0.0;
    ${slopes.each(
      i,
      (k, state, slope) => `let slope = ${slope}${decay ? ` + langevin.decay * ${state}` : ''};
      bad = displace(at${i} + ${k}, ${state}, ${moved(i, k)}) || bad;
      squares += dot(slope, slope);`,
    )}
    record(before + j${i}, squares);
  }`,
  )}
  if (bad) { atomicMin(&status.bad, status.step + 1u); }
}`;
  const kind = first ? (last ? 'only' : 'first') : last ? 'last' : 'middle';
  const sums = method === 'direct' ? name : `on ${method === 'sector' ? `sectors ${name}` : method}`;
  const more = `${record ? ' with speed' : ''}${replicas ? ' of replicas' : ''}${decay ? ` with ${langevin}` : ''}`;
  return { name: `update ${sums} d=${d} p=${p} ${kind} stage${more}`, bindings, code };
}
