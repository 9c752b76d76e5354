/**
 * One stage of a step. A thread owns P particles, finds
 *     Σ_β r^β (Φ^β, w1 ∂Φ^β/∂w0),   of which b is −1/m times,
 * in the way of the method, then moves its particles, with noise and decay where there are any. In a method of
 * several stages `trial` is the θ at which the next slope is taken and `change` the step so far; θ itself
 * changes only in the last stage.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { featureOf, featuresText } from '../src/core/features/features.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import { Range, declare, output, table, uniform } from '../src/gpu/layout.ts';
import { Replicas, Stage, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { NO_TERMS, stepStruct, termTexts, type TermChoice } from './terms.ts';
import { meshSlopes } from './mesh/slopes.ts';
import { RING } from './loss.ts';
import { WORKGROUP, formText, outputsText, strideOf, times, type FormChoice } from './particle.ts';
import { sectorSlopes } from './sector/slopes.ts';
import { directSlopes } from './slopes.ts';
import { gatheredSlopes } from './tiled/slopes.ts';
import type { MethodName } from '../src/core/methods/methods.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';
import type { Slopes, SlopesOptions } from './slopes.ts';

const SLOPES = { direct: directSlopes, mesh: meshSlopes, sector: sectorSlopes } satisfies Record<
  MethodName,
  (options: SlopesOptions) => Slopes
>;

export interface UpdateOptions extends FormChoice, Sized {
  readonly method: MethodName;
  /** Particles a thread owns. */
  readonly p: number;
  /** Threads of a workgroup that reads the data points together (slopes.ts); default: each thread for itself. */
  readonly staged?: number;
  /** Slopes are there already, those of wide particles (tiled/gather.ts). */
  readonly gathered?: boolean;
  /** This is the first, the last stage of the step; Euler's only stage is both. */
  readonly first: boolean;
  readonly last: boolean;
  /** Write |b| of each particle, at the θ the step starts from. */
  readonly speed: boolean;
  /** There are several systems (default: one). */
  readonly replicas?: boolean;
  /** Default: none. */
  readonly terms?: TermChoice;
}

export function update(options: UpdateOptions): Shader {
  const { bindings, declarations, body, name } = updateTexts(options);
  const code = wgsl`
${declare(bindings)}
${declarations}

@compute @workgroup_size(${options.staged ?? WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${body}
}`;
  return { name, bindings, code };
}

/** What a shader is made of: its body knows `id` and `lane` of an invocation. */
export interface Texts {
  readonly bindings: Bindings;
  readonly declarations: string;
  readonly body: string;
  readonly name: string;
}

export function updateTexts(options: UpdateOptions): Texts {
  const { method, d, p, first, last, speed, replicas = false, terms = NO_TERMS, staged } = options;
  const workgroup = staged ?? WORKGROUP;
  const record = speed && first;
  const stride = strideOf(options);
  const here = first ? 'theta' : 'trial';
  const slopes = (options.gathered ? gatheredSlopes : SLOPES[method])({ ...options, state: here });
  const { looked, pulled, scaled, settled, ...more } = termTexts(terms, options, here);
  const settling = (moved: string): string => settled(moved, { replica: 'replica', j: 'j', k: 'k' });
  const restore = last ? featureOf(options).map.wgsl.settle?.(shapeOf(options)) : undefined;
  const bindings: Bindings = {
    range: uniform(Range, true),
    stage: uniform(Stage),
    ...(replicas ? { replicas: uniform(Replicas) } : {}),
    ...more.bindings,
    steps: table(stepStruct(terms)),
    ...slopes.bindings,
    status: output(Status),
    theta: output('vec4f'),
    ...(first && last ? {} : { trial: output('vec4f'), change: output('vec4f') }),
    ...(record ? { speed: output('f32') } : {}),
  };
  const declarations = wgsl`${notFinite}
${slopes.helpers}
${more.helpers}
${restore ? `fn settle(at: u32) {\n  ${restore}\n}` : ''}

fn displace(now: Step, at: u32, state: vec4f, slope: vec4f, replica: u32, j: u32, k: u32) -> bool {
  let weight = now.weight[stage.number];
#if ${first && last}
  let next = ${settling('state + weight * slope')};
  theta[at] = next;
#elif ${first}
  let next = state + now.advance[stage.number] * slope;
  trial[at] = next;
  change[at] = weight * slope;
#elif ${last}
  let next = ${settling('theta[at] + (change[at] + weight * slope)')};
  theta[at] = next;
#else
  let next = theta[at] + now.advance[stage.number] * slope;
  trial[at] = next;
  change[at] += weight * slope;
#endif
  return not_finite(next);
}

fn record(j: u32, squares: f32) {
#if ${record}
  speed[j] = abs(stage.norm) * sqrt(squares);
#endif
}`;
  const body = wgsl`let thread = range.first + id.x;
  let idle = thread >= range.end || status.halted != 0u;
  ${staged ? '// who moves none reads with the others' : 'if (idle) { return; }'}
  if (!idle && thread == 0u && ${replicas ? 'replicas' : 'stage'}.first == 0u) { status.stages += 1u; }
#if ${replicas}
  let replica = replicas.first + thread / replicas.lanes;
  let before = thread / replicas.lanes * replicas.pitch;
  let residuals = replica * stage.m${options.c === undefined || options.c === 1 ? '' : ` * ${options.c}u`};
  ${times(p, (i) => `let j${i} = thread % replicas.lanes + ${i}u * replicas.lanes;`)}
#else
  let replica = 0u;
  let before = 0u;
  let first = thread / ${workgroup}u * ${workgroup * p}u + thread % ${workgroup}u;
  ${times(p, (i) => `let j${i} = first + ${i * workgroup}u;`)}
#endif
  ${times(p, (i) => `let at${i} = (before + min(j${i}, stage.n - 1u)) * ${stride}u;`)}
  ${slopes.sums}
  let now = steps[status.step % ${RING}u];
  var bad = false;
  ${times(
    p,
    (i) => `if (!idle && j${i} < stage.n) {
    var squares = 0.0;
    ${looked(i, `at${i}`)}
    ${slopes.each(
      i,
      (k, state, slope) => `let slope = ${pulled(slope, state, k, i)};
      bad = displace(now, at${i} + ${k}, ${state}, ${scaled('slope', k, `at${i} + ${k}`)}, replica, stage.first + j${i}, ${k}) || bad;
      squares += dot(slope, slope);`,
    )}
    ${restore ? `settle(at${i});` : ''}
    record(before + j${i}, squares);
  }`,
  )}
  if (bad) { atomicMin(&status.bad, status.step + 1u); }`;
  const kind = first ? (last ? 'only' : 'first') : last ? 'last' : 'middle';
  const name = featuresText(options);
  const sums = method === 'direct' ? name : `on ${method === 'sector' ? `sectors ${name}` : method}`;
  const reading = `${formText(options)}${staged ? ` staged ${staged}` : ''}${options.gathered ? ' gathered' : ''}`;
  const extras = `${reading}${record ? ' with speed' : ''}${replicas ? ' of replicas' : ''}${termsText(terms)}`;
  return {
    name: `update ${sums} d=${d}${outputsText(options)} p=${p} ${kind} stage${extras}`,
    bindings,
    declarations,
    body,
  };
}

const termsText = ({ names, rates }: TermChoice): string => {
  const all = [...(rates ? ['rates'] : []), ...names];
  return all.length > 0 ? ` with ${all.join(', ')}` : '';
};
