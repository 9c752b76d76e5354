/**
 * e^(−x²/2) from its value at a node 9 or less from 0: what is between is e^(−v/2), v = x² − node² = t (x + node),
 * |v| ≤ 0.141, without the rounding of x². Minimax fit 5e-19.
 */
import { halves, named } from './horner.ts';

const COEFFICIENTS = [
  -0.49999999999999994, 0.125, -0.02083333333335295, 0.0026041666666687933, -0.00026041666310099184,
  2.170138861350239e-5, -1.5503391771763484e-6, 9.689570629615205e-8,
];

export const LOCAL_GAUSS = named('G', COEFFICIENTS);

/** Statements after lookUp that set `to` to `atNode` e^(−v/2). */
export const localGauss = (atNode: string, to: string): string => `
    const v = f64x2.mul(t, f64x2.add(x, node));
    const v2 = f64x2.mul(v, v);
    ${to} = f64x2.add(${atNode}, f64x2.mul(f64x2.mul(${atNode}, v), ${halves('f64x2', 'v', 'v2', LOCAL_GAUSS)}));`;
