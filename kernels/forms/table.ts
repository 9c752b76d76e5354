/**
 * A table of local Taylor polynomials about the multiples of 1/64 from 0, as src/core/activations/special.ts has them and sums
 * them. A row is TERMS numbers of float64.
 */
import { lines } from '../lanes.ts';

export const PER_UNIT = 64;
export const TERMS = 8;

/** The mask of lookUp, and the numbers of a table whose last node is at `limit`. */
export const extent = (limit: number): { mask: number; table: number } => {
  const table = 2 ** Math.ceil(Math.log2((limit * PER_UNIT + 1) * TERMS));
  return { mask: 8 * table - 1, table };
};

/**
 * For the bodies below: MARK is 1.5·2⁵², where neighbours are 1 apart, so that adding it rounds and leaves a whole
 * number in the low bits.
 */
export const TABLE_CONSTANTS = { MARK: 6755399441055744, PER_UNIT, SPACING: 1 / PER_UNIT };

/**
 * Statements for 0 ≤ x ≤ limit, NaN too: the node next to x, what lies in its row as c0 … c7 in both lanes, `t` from
 * the node to x, and u = t². `mask` keeps what a NaN makes of an address in the table's neighbourhood.
 */
export const lookUp = (x: string, mask: number): string => `
    const marked = f64x2.add(f64x2.mul(${x}, PER_UNIT), MARK);
    const node = f64x2.mul(f64x2.sub(marked, MARK), SPACING);
    const t = f64x2.sub(${x}, node);
    const row = v128.and(i32x4.shl(marked, ${Math.log2(8 * TERMS)}), i32x4.splat(${mask}));
    const p = TABLE + <usize>i32x4.extract_lane(row, 0);
    const q = TABLE + <usize>i32x4.extract_lane(row, 2);
${lines(
  TERMS / 2,
  (k) => `    const p${k} = v128.load(p, ${16 * k});
    const q${k} = v128.load(q, ${16 * k});
    const c${2 * k} = v128.shuffle<f64>(p${k}, q${k}, 0, 2);
    const c${2 * k + 1} = v128.shuffle<f64>(p${k}, q${k}, 1, 3);`,
)}
    const u = f64x2.mul(t, t);`;

/** Then, of a row of so many coefficients: `delta`, what the polynomial adds to c0. */
export const increment = (terms: 7 | 8): string => `
    const even = f64x2.add(c2, f64x2.mul(u, f64x2.add(c4, f64x2.mul(u, c6))));
    const odd = f64x2.add(c3, f64x2.mul(u, ${terms === 8 ? 'f64x2.add(c5, f64x2.mul(u, c7))' : 'c5'}));
    const delta = f64x2.add(f64x2.mul(t, c1), f64x2.mul(u, f64x2.add(even, f64x2.mul(t, odd))));`;
