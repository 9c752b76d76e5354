/** ln(1 + e^z) = max(z, 0) + L(|z|), L(x) = ln(1 + e^−x) from a table. */
import type { Form } from '../form.ts';
import { lines } from '../lanes.ts';
import { EXPONENTIALS } from './exp.ts';
import { TABLE_CONSTANTS, TERMS, extent, lookUp } from './table.ts';

/** L(40) is below half an ULP of 40, and e^−40 beside L(40) of itself. */
const LIMIT = 40;
const { mask, table } = extent(LIMIT);

const tailed = (z: string, to: string): string =>
  `if (v128.any_true(f64x2.lt(${z}, LEAST))) ${to} = tail(${z}, ${to});`;

/** L by Horner's rule, and its derivative on the way. */
const sums = (withSlope: boolean): string => `
    let log = c${TERMS - 1};
    ${withSlope ? `let rise = log;` : ''}
${lines(TERMS - 1, (i) => {
  const risen = withSlope && i > 0 ? 'rise = f64x2.add(log, f64x2.mul(t, rise));' : '';
  return `    ${risen} log = f64x2.add(c${TERMS - 2 - i}, f64x2.mul(t, log));`;
})}`;

const phi = (z: string, to: string, withSlope = false): string => `
    const x = f64x2.pmin(f64x2.abs(${z}), LIMIT);
    ${lookUp('x', mask)}${sums(withSlope)}
    ${to} = f64x2.add(f64x2.pmax(${z}, ZERO), log);`;

const f64: Form = {
  particles: 2,
  constants: { ...TABLE_CONSTANTS, LIMIT, LEAST: -LIMIT, ZERO: 0, ONE: 1 },
  table,
  helpers: `${EXPONENTIALS}
/** φ and φ' are e^z where z < −${LIMIT}. */
function tail(z: v128, value: v128): v128 {
  return v128.bitselect(exponential(z, f64x2.splat(0)), value, f64x2.lt(z, f64x2.splat(${-LIMIT})));
}`,
  phi: (z, to) => `
    ${phi(z, to)}
    ${tailed(z, to)}`,
  both: (z, to, slope) => `
    ${phi(z, to, true)}
    ${slope} = v128.bitselect(f64x2.neg(rise), f64x2.add(ONE, rise), f64x2.lt(${z}, ZERO));
    if (v128.any_true(f64x2.lt(${z}, LEAST))) {
      ${to} = tail(${z}, ${to});
      ${slope} = tail(${z}, ${slope});
    }`,
};

export const SOFTPLUS = { f64 };
