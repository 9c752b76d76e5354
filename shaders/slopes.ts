/**
 * The heart of the update: Σ_β r^β (Φ^β, w1 ∂Φ^β/∂w0) for P particles, in two forms. Narrow particles
 * live in registers, with exactly d products; wide ones are read again for each four data points.
 */
import { input, roundUp } from '../src/gpu/layout.ts';
import { featureOf } from '../src/core/features/features.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import {
  BLOCK,
  activation,
  component,
  innerOf,
  isNarrow,
  separation,
  addSeparation,
  strideOf,
  times,
  weighted,
  type FormChoice,
} from './particle.ts';
import { stagedPointsText } from './staged/rows.ts';
import type { Bindings } from '../src/gpu/layout.ts';

export interface SlopesOptions extends FormChoice, Sized {
  readonly p: number;
  /**
   * Threads of a workgroup that reads data points together, through its memory; default: each thread reads for itself.
   * Changes no bit.
   */
  readonly staged?: number;
  /** The buffer that holds the particles at this stage. */
  readonly state: 'theta' | 'trial';
  /** WGSL of the number of samples, where it is not the stage's. */
  readonly count?: string;
  /** The residuals are not all there are: the particles' own begin at `residuals`, and others follow. */
  readonly replicas?: boolean;
}

export interface Slopes {
  /** What it reads beside the particles. */
  readonly bindings: Bindings;
  /** WGSL functions it needs. */
  readonly helpers: string;
  /** WGSL that sums over all data points; particle i begins at vec4f number `at${i}`. */
  readonly sums: string;
  /** WGSL that does `text` for each vec4f k of particle i, given its state and its slope. */
  each(i: number, text: (k: string, state: string, slope: string) => string): string;
}

/** From data points x and residuals r. */
export function directSlopes(options: SlopesOptions): Slopes {
  const bindings = { x: input('vec4f'), r: input('f32') };
  const pass = (isNarrow(options) ? narrowSlopes : wideSlopes)(options);
  return {
    bindings,
    helpers: `${activation(options)}\n${pass.memory ?? ''}`,
    ...(featureOf(options).map.wgsl.tangent ? tangential(options, pass) : pass),
  };
}

type Pass = Pick<Slopes, 'sums' | 'each'> & {
  /** Declarations of workgroup memory. */
  readonly memory?: string;
};

/** The same without what points along w0. */
function tangential(options: SlopesOptions, { sums, each }: Pass): Pass {
  const inner = (state: string, k: string): string => innerOf(options, state, k);
  const normal = (i: number): string => `var along${i} = 0.0;
  var square${i} = 0.0;
  ${each(
    i,
    (k, state, slope) => `let w = ${inner(state, k)};
      along${i} += dot(w, ${slope});
      square${i} += dot(w, w);`,
  )}
  let normal${i} = along${i} / square${i};`;
  return {
    sums: `${sums}\n  ${times(options.p, normal)}`,
    each: (i, text) =>
      each(i, (k, state, slope) => text(k, state, `(${slope} - normal${i} * ${inner(state, k)})`)),
  };
}

function narrowSlopes(options: SlopesOptions): Pass {
  const { d, p, state, replicas, count = 'stage.m' } = options;
  const { c: outputs, weights, w1, w0, width } = shapeOf(options);
  const { along } = featureOf(options).map.wgsl;
  const stride = strideOf(options);
  const one = outputs === 1;
  const particles = (text: (i: number) => string): string => times(p, text);
  const components = (text: (i: number, c: number) => string): string =>
    times(p, (i) => times(width, (c) => text(i, c)));
  const residual = (k: number): string => (one ? 'r_i' : `r_${k}`);
  /** What φ' is multiplied by; of one output w1 follows at the end. */
  const pulled = (i: number): string =>
    one ? 'r_i' : `(${times(outputs, (k) => `${residual(k)} * ${component(`t${i}`, w1 + k)}`, ' + ')})`;
  const pair = (i: number): string => `let a${i} = phi_dphi(${separation(options, options, `t${i}`, 'x')});
      let s${i} = ${pulled(i)} * a${i}.y;
      ${times(weights, (k) => `part${i}_${w1 + k} += ${residual(k)} * a${i}.x;`)}
      ${times(d, (k) => `part${i}_${w0 + k} += s${i} * ${along(component(`t${i}`, w0 + k), component('x', w0 + k))};`)}`;
  /** Residual k of point i, in its buffer. */
  const residualAt = (i: string, k: number): string => {
    const at = one ? i : `(${i}) * ${outputs}u + ${k}u`;
    return `r[${replicas ? `residuals + ${at}` : at}]`;
  };
  const stage = options.staged ? stagedPointsText(options, residualAt) : null;
  /** The points from `first` to `stop`, at most a block of them. */
  const block = (first: string, stop: string): string => `${components((i, c) => `var part${i}_${c} = 0.0;`)}
    for (var i = ${first}; i < ${stop}; i++) {
      ${times(stride, (k) => `let x_${k} = ${stage?.x('i', k) ?? `x[i * ${stride}u + ${k}u]`};`)}
      ${times(outputs, (k) => `let ${residual(k)} = ${stage?.r('i', k) ?? residualAt('i', k)};`)}
      ${particles(pair)}
    }
    ${components((i, c) => `total${i}_${c} += part${i}_${c};`)}`;
  const sums = `let points = ${count};
  ${particles((i) => times(stride, (k) => `let t${i}_${k} = ${state}[at${i} + ${k}u];`))}
  ${components((i, c) => `var total${i}_${c} = 0.0;`)}
${
  stage
    ? `  for (var base = 0u; base < points; base += ${stage.rows}u) {
    ${stage.fill}
    let some = min(${stage.rows}u, points - base);
    for (var first = 0u; first < some; first += ${BLOCK}u) {
    ${block('first', `min(first + ${BLOCK}u, some)`)}
    }
  }`
    : `  for (var base = 0u; base < points; base += ${BLOCK}u) {
    ${block('base', `min(base + ${BLOCK}u, points)`)}
  }`
}`;
  const entry = (i: number, c: number): string => {
    if (c < w0) return `total${i}_${c}`;
    if (c >= width) return '0.0';
    return one ? weighted(options, component(`t${i}`, w1), `total${i}_${c}`) : `total${i}_${c}`;
  };
  const slope = (i: number, k: number): string => `vec4f(${times(4, (c) => entry(i, 4 * k + c), ', ')})`;
  return {
    memory: stage?.memory ?? '',
    sums,
    each: (i, text) => times(stride, (k) => `{ ${text(`${k}u`, `t${i}_${k}`, slope(i, k))} }`),
  };
}

/**
 * Data points taken together (past m, rows of x and their r are zero, so they add nothing), and vec4f of a
 * particle.
 */
const TOGETHER = 4;

/**
 * For each block of data points first all r φ'(h), kept in `s`, then vec4f by vec4f the sums over the block.
 * Past the end of a row the last vec4f read the next row, and what they sum is not used.
 */
function wideSlopes(options: SlopesOptions): Pass {
  const { p, state, replicas, count = 'stage.m' } = options;
  const { product, wgsl } = featureOf(options).map;
  const { along } = wgsl;
  const { c: outputs, weights: own, width } = shapeOf(options);
  const one = outputs === 1;
  const stride = strideOf(options);
  const particles = (text: (i: number) => string): string => times(p, text);
  const weights = (text: (i: number, k: number) => string): string =>
    times(p, (i) => times(own, (k) => text(i, k)));
  /** Names of what there is for each output. */
  const name = (i: number, k: number): string => (one ? `${i}` : `${i}_${k}`);
  const r4 = (k: number): string => (one ? 'r4' : `r4_${k}`);
  const w1 = (i: number, k: number): string =>
    `${state}[at${i}${k < 4 ? '' : ` + ${k >> 2}u`}].${'xyzw'[k & 3]}`;
  const four = (text: (q: number) => string, separator = '\n'): string => times(TOGETHER, text, separator);
  const products = (q: number): string =>
    `let xk = x[row + ${q * stride}u + k];\n${particles((i) => addSeparation(options, options, `h${i}[${q}]`, `t${i}`, 'xk', 'k'))}`;
  const factors = (i: number): string => `${four((q) => `let a${i}_${q} = phi_dphi(h${i}[${q}]);`)}
      ${times(own, (k) => `part${name(i, k)} += ${four((q) => `${r4(k)}[${q}] * a${i}_${q}.x`, ' + ')};`)}
      s${i}[b / ${TOGETHER}u] = ${one ? 'r4' : `(${times(outputs, (k) => `${r4(k)} * w1_${name(i, k)}`, ' + ')})`} * vec4f(${four((q) => `a${i}_${q}.y`, ', ')});`;
  const column =
    (q: number) =>
    (c: number): string =>
      `let x${q}_${c} = x[row + ${q * stride + c}u];\n${particles((i) => `sum${i}_${c} += f${i}[${q}] * ${along(`${state}[at${i} + k + ${c}u]`, `x${q}_${c}`)};`)}`;
  const residual =
    (k: number) =>
    (q: number): string => {
      const at = `base + b + ${q}u`;
      const place = one ? at : `(${at}) * ${outputs}u + ${k}u`;
      return replicas ? `select(0.0, r[residuals + ${place}], ${at} < ${count})` : `r[${place}]`;
    };
  /** What lies past the row of particle i must not move, whatever `along` is there. */
  const empty = (i: number): string =>
    times(4 * stride - width, (k) => `total${i}[${stride - 1}u].${'wzyx'[k]} = 0.0;`);
  const sums = `${particles(
    (i) => `var total${i}: array<vec4f, ${roundUp(stride, TOGETHER)}>;
  var s${i}: array<vec4f, ${BLOCK / TOGETHER}>;
  ${times(own, (k) => `var total_w1_${name(i, k)} = 0.0;`)}`,
  )}
  ${one ? '' : weights((i, k) => `let w1_${name(i, k)} = ${w1(i, k)};`)}
  for (var base = 0u; base < ${count}; base += ${BLOCK}u) {
    let count = min(${BLOCK}u, ${count} - base);
    ${weights((i, k) => `var part${name(i, k)} = 0.0;`)}
    for (var b = 0u; b < count; b += ${TOGETHER}u) {
      let row = (base + b) * ${stride}u;
      ${particles((i) => `var h${i} = vec4f();`)}
      for (var k = 0u; k < ${stride}u; k++) {
        ${particles((i) => `let t${i} = ${state}[at${i} + k];`)}
        ${four((q) => `{ ${products(q)} }`)}
      }
      ${times(outputs, (k) => `let ${r4(k)} = vec4f(${four(residual(k), ', ')});`)}
      ${particles(factors)}
    }
    ${weights((i, k) => `total_w1_${name(i, k)} += part${name(i, k)};`)}
    for (var k = 0u; k < ${stride}u; k += ${TOGETHER}u) {
      ${particles((i) => four((c) => `var sum${i}_${c} = vec4f();`))}
      for (var b = 0u; b < count; b += ${TOGETHER}u) {
        let row = (base + b) * ${stride}u + k;
        ${particles((i) => `let f${i} = s${i}[b / ${TOGETHER}u];`)}
        ${four((q) => four(column(q)))}
      }
      ${particles((i) => four((c) => `total${i}[k + ${c}u] += sum${i}_${c};`))}
    }
  }
  ${
    one && own > 0
      ? particles(
          (i) => `let w1_${i} = ${w1(i, 0)};
  for (var k = 0u; k < ${stride}u; k++) { total${i}[k] *= w1_${i}; }`,
        )
      : ''
  }
  ${weights((i, k) => `total${i}[${k >> 2}].${'xyzw'[k & 3]} = total_w1_${name(i, k)};`)}${product ? '' : `\n  ${particles(empty)}`}`;
  const each: Slopes['each'] = (i, text) => `for (var k = 0u; k < ${stride}u; k++) {
      ${text('k', `${state}[at${i} + k]`, `total${i}[k]`)}
    }`;
  return { sums, each };
}
