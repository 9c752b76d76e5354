/**
 * The heart of the update: Σ_β r^β (φ(h^β), w1 φ'(h^β) x^β) for P particles, in two forms. Narrow particles live in
 * registers, with exactly d products; wide ones are read again for each four data points.
 */
import { BLOCK, component, inner, strideOf, times } from './particle.ts';

export interface SlopesOptions {
  readonly d: number;
  readonly p: number;
  /** The buffer that holds the particles at this stage. */
  readonly state: 'theta' | 'trial';
}

export interface Slopes {
  /** WGSL that sums over all data points; particle i begins at vec4f number `at${i}`. */
  readonly sums: string;
  /** WGSL that does `text` for each vec4f k of particle i, given its state and its slope. */
  each(i: number, text: (k: string, state: string, slope: string) => string): string;
}

export function narrowSlopes({ d, p, state }: SlopesOptions): Slopes {
  const stride = strideOf(d);
  const particles = (text: (i: number) => string): string => times(p, text);
  const components = (text: (i: number, c: number) => string): string => times(p, (i) => times(1 + d, (c) => text(i, c)));
  const pair = (i: number): string => `let a${i} = phi_dphi(${inner(d, `t${i}`, 'x')});
      let s${i} = r_i * a${i}.y;
      part${i}_0 += r_i * a${i}.x;
      ${times(d, (c) => `part${i}_${c + 1} += s${i} * ${component('x', c + 1)};`)}`;
  const sums = `${particles((i) => times(stride, (k) => `let t${i}_${k} = ${state}[at${i} + ${k}u];`))}
  ${components((i, c) => `var total${i}_${c} = 0.0;`)}
  for (var block = 0u; block < stage.m; block += ${BLOCK}u) {
    ${components((i, c) => `var part${i}_${c} = 0.0;`)}
    for (var i = block; i < min(block + ${BLOCK}u, stage.m); i++) {
      let r_i = r[i];
      ${times(stride, (k) => `let x_${k} = x[i * ${stride}u + ${k}u];`)}
      ${particles(pair)}
    }
    ${components((i, c) => `total${i}_${c} += part${i}_${c};`)}
  }`;
  const entry = (i: number, c: number): string => {
    if (c === 0) return `total${i}_0`;
    return c <= d ? `t${i}_0.x * total${i}_${c}` : '0.0';
  };
  const slope = (i: number, k: number): string => `vec4f(${times(4, (c) => entry(i, 4 * k + c), ', ')})`;
  return { sums, each: (i, text) => times(stride, (k) => `{ ${text(`${k}u`, `t${i}_${k}`, slope(i, k))} }`) };
}

/** Data points summed together: rows past m are zero in x and in r, so they add nothing. */
export const TOGETHER = 4;

export function wideSlopes({ d, p, state }: SlopesOptions): Slopes {
  if (p !== 1) throw new RangeError('wide particles are updated one a thread');
  const stride = strideOf(d);
  const zero = `array<vec4f, ${stride}>()`;
  const four = (text: (q: number) => string, separator = '\n'): string => times(TOGETHER, text, separator);
  const sums = `var total = ${zero};
  for (var block = 0u; block < stage.m; block += ${BLOCK}u) {
    var part = ${zero};
    var part_w1 = 0.0;
    for (var i = block; i < min(block + ${BLOCK}u, stage.m); i += ${TOGETHER}u) {
      let row = i * ${stride}u;
      ${four((q) => `var h${q} = 0.0;`)}
      for (var k = 0u; k < ${stride}u; k++) {
        let t = ${state}[at0 + k];
        ${four((q) => `h${q} += dot(t, x[row + ${q * stride}u + k]);`)}
      }
      ${four((q) => `let a${q} = phi_dphi(h${q});\nlet s${q} = r[i + ${q}u] * a${q}.y;`)}
      part_w1 += ${four((q) => `r[i + ${q}u] * a${q}.x`, ' + ')};
      for (var k = 0u; k < ${stride}u; k++) {
        part[k] += ${four((q) => `s${q} * x[row + ${q * stride}u + k]`, ' + ')};
      }
    }
    part[0].x = part_w1;
    for (var k = 0u; k < ${stride}u; k++) { total[k] += part[k]; }
  }
  let w1 = ${state}[at0].x;
  let slope_w1 = total[0].x;
  for (var k = 0u; k < ${stride}u; k++) { total[k] *= w1; }
  total[0].x = slope_w1;`;
  const each: Slopes['each'] = (_, text) => `for (var k = 0u; k < ${stride}u; k++) {
      ${text('k', `${state}[at0 + k]`, 'total[k]')}
    }`;
  return { sums, each };
}
