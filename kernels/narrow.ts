/**
 * Kernels for few inner coordinates and one output: a particle's sums stay in registers. Samples come in panels
 * of PANEL vectors, the coordinates of a panel one after the other.
 */
import { declared, type Form } from './form.ts';
import { PANEL, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { folded, lines, times, type Lanes } from './lanes.ts';

/** Σ_k w_k x_k of numbers that are named so, from the left, as core/model.ts sums it. */
const inner = (v: string, d: number, w: (k: number) => string, x: (k: number) => string): string =>
  times(d, (k) => `${v}.mul(${w(k)}, ${x(k)})`).reduce((sum, term) => `${v}.add(${sum}, ${term})`);

/** Σ_j w1_j φ(h_j) of `count` particles at θ into `sum`, panel by panel. */
export function outputs(d: number, form: Form, lanes: Lanes): string {
  const { vector: v, bytes, splat } = lanes;
  const row = (1 + d) * bytes;
  const ofVector = (i: number): string => `
      let phi${i}: v128;
      {
        const z = ${inner(
          v,
          d,
          (k) => `w${k}`,
          (k) => `x${k * PANEL + i}`,
        )};
        ${form.phi('z', `phi${i}`)}
      }
      sum${i} = ${v}.add(sum${i}, ${v}.mul(outer, phi${i}));`;
  return `
export function outputs${d}(sum: usize, theta: usize, count: i32, x: usize, panels: i32): void {
${declared(form, lanes)}
  const end = theta + <usize>count * ${row};
  for (let a = 0; a < panels; a++) {
${lines(d * PANEL, (i) => `    const x${i} = v128.load(x, ${i * VECTOR});`)}
${lines(PANEL, (i) => `    let sum${i} = ${v}.splat(0);`)}
    for (let row = theta; row < end; row += ${row}) {
      const outer = ${splat}(row);
${lines(d, (k) => `      const w${k} = ${splat}(row, ${(1 + k) * bytes});`)}
${lines(PANEL, ofVector)}
    }
${lines(PANEL, (i) => `    v128.store(sum, sum${i}, ${i * VECTOR});`)}
    x += ${PANEL * d * VECTOR};
    sum += ${PANEL * VECTOR};
  }
}`;
}

/** Σ_β r^β (φ, w1 φ' x^β) of each of `count` particles into b; count is a multiple of the form's particles. */
export function drifts(d: number, form: Form, lanes: Lanes): string {
  const { vector: v, bytes, splat, number } = lanes;
  const { particles: P } = form;
  const row = (1 + d) * bytes;
  const ofPair = (p: number): string => `
        {
          const z = ${inner(
            v,
            d,
            (k) => `w${p}_${k}`,
            (k) => `x${k}`,
          )};
          let phi: v128;
          let slope: v128;
          {
            ${form.both('z', 'phi', 'slope')}
          }
          const g = ${v}.mul(r0, slope);
          b${p}_0 = ${v}.add(b${p}_0, ${v}.mul(r0, phi));
${lines(d, (k) => `          b${p}_${k + 1} = ${v}.add(b${p}_${k + 1}, ${v}.mul(g, x${k}));`)}
        }`;
  const ofVector = (i: number): string => `      {
        const r0 = v128.load(rAt, ${i * VECTOR});
${lines(d, (k) => `        const x${k} = v128.load(at, ${(k * PANEL + i) * VECTOR});`)}
${lines(P, ofPair)}
      }`;
  const stored = (p: number): string => `    {
      const outer = load<${number}>(theta, ${p * row});
      store<${number}>(b, ${folded(lanes, `b${p}_0`)}, ${p * row});
${lines(d, (k) => `      store<${number}>(b, outer * ${folded(lanes, `b${p}_${k + 1}`)}, ${p * row + (1 + k) * bytes});`)}
    }`;
  return `
export function drifts${d}(b: usize, theta: usize, count: i32, x: usize, r: usize, panels: i32): void {
${declared(form, lanes)}
  const end = theta + <usize>count * ${row};
  for (; theta < end; theta += ${P * row}, b += ${P * row}) {
${lines(P, (p) => lines(d, (k) => `    const w${p}_${k} = ${splat}(theta, ${p * row + (1 + k) * bytes});`))}
${lines(P, (p) => lines(d + 1, (k) => `    let b${p}_${k} = ${v}.splat(0);`))}
    let at = x;
    let rAt = r;
    for (let a = 0; a < panels; a++) {
${lines(PANEL, ofVector)}
      at += ${PANEL * d * VECTOR};
      rAt += ${PANEL * VECTOR};
    }
${lines(P, stored)}
  }
}`;
}
