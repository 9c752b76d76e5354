/** The weights of the splines in vector code, by the operations of src/core/mesh/particles.ts; vectors of float64. */
import { MESH_NUMBERS, VECTOR } from '../src/engines/cpu/simd/layout.ts';

const folding =
  (operation: string) =>
  (first: string, ...rest: readonly string[]): string =>
    rest.reduce((sum, term) => `f64x2.${operation}(${sum}, ${term})`, first);
export const add = folding('add');
export const sub = folding('sub');
export const mul = folding('mul');

export const NUMBERS = [
  0.5,
  1,
  1.5,
  3,
  4,
  5,
  6,
  11,
  12,
  20,
  26,
  30,
  66,
  -0.5,
  -1,
  -2,
  -4,
  -6,
  -10,
  -12,
  -20,
  -50,
  -60,
  1 / 6,
  1 / 24,
  1 / 120,
  -0,
] as const;
type Known = (typeof NUMBERS)[number];
/**
 * A number in both lanes: from memory, since a literal is made anew by each use in a loop, and twice there, since
 * V8 takes more instructions to load one into both.
 */
export const number = (value: Known): string =>
  `v128.load(NUMBERS, ${NUMBERS.findIndex((one) => Object.is(one, value)) * VECTOR})`;
export const negative = (value: string): string => `v128.xor(${value}, ${number(-0)})`;

/** What is known of the grid. */
export const ofGrid = (name: (typeof MESH_NUMBERS)[number]): string =>
  `v128.load(GRID, ${MESH_NUMBERS.indexOf(name) * VECTOR})`;

/** a + x (b + x (c + …)). */
const polynomial = (x: string, ...coefficients: readonly (Known | string)[]): string =>
  coefficients
    .map((one) => (typeof one === 'string' ? one : number(one)))
    .reduceRight((sum, one) => add(one, mul(x, sum)));

/** The quintic weights v0 … v5 of t. */
export const quintic = `
    const v0 = ${mul('tt1', 'tt1', 't1', number(1 / 120))};
    const v1 = ${mul(polynomial('t', 26, -50, 20, 20, -20, 5), number(1 / 120))};
    const v2 = ${mul(polynomial('tt', 66, -60, polynomial('t', 30, -10)), number(1 / 120))};
    const v3 = ${mul(polynomial('tt1', 66, -60, polynomial('t1', 30, -10)), number(1 / 120))};
    const v5 = ${mul('tt', 'tt', 't', number(1 / 120))};
    const v4 = ${sub(number(1), 'v0', 'v1', 'v2', 'v3', 'v5')};`;

/** From the quartic ones e0 … e4 their derivatives z0 … z5. */
export const quinticSlopes = `
    const e0 = ${mul('tt1', 'tt1', number(1 / 24))};
    const e1 = ${mul(polynomial('t', 11, -12, -6, 12, -4), number(1 / 24))};
    const z5 = ${mul('tt', 'tt', number(1 / 24))};
    const e3 = ${mul(polynomial('t', 1, 4, 6, 4, -4), number(1 / 24))};
    const e2 = ${sub(number(1), 'e0', 'e1', 'e3', 'z5')};
    const z0 = ${negative('e0')};
    const z1 = ${sub('e0', 'e1')};
    const z2 = ${sub('e1', 'e2')};
    const z3 = ${sub('e2', 'e3')};
    const z4 = ${sub('e3', 'z5')};`;

/** The cubic weights u0, u1 and u3 of s, to which u2 is the rest. */
export const cubic = {
  u0: mul('s1', 's1', 's1', number(1 / 6)),
  u1: mul(polynomial('ss', 4, polynomial('s', -6, 3)), number(1 / 6)),
  u3: mul('ss', 's', number(1 / 6)),
};

/** Their derivatives y0 … y3. */
export const cubicSlopes = `
    const y0 = ${mul(number(-0.5), 's1', 's1')};
    const y1 = ${mul('s', polynomial('s', -2, 1.5))};
    const y3 = ${mul(number(0.5), 'ss')};
    const y2 = ${negative(add('y0', 'y1', 'y3'))};`;
