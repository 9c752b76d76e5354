/**
 * sin z = ± sin(z − kπ) and cos z = ± sin(z − (k + ½)π), what is left at most π/2: π in three parts, the first two of
 * 33 bits, so that their products with k are exact for |z| ≤ LIMIT and what is left is right to its last bits.
 */
import type { Form } from '../form.ts';
import { halves, named } from './horner.ts';
import { SIN as f32 } from './single.ts';

const LIMIT = 1e6;
/** (sin √u/√u − 1)/u, minimax fit 2e-19. */
const SINE = named(
  'S',
  [
    -0.16666666666666666, 0.008333333333333212, -0.0001984126984121535, 2.7557319212143538e-6,
    -2.505210696128411e-8, 1.6058943987381944e-10, -7.64309896962743e-13, 2.722268669471875e-15,
  ],
);

/** Statements that set `to` to sin(z − turns π), its sign turned by the lowest bit of `marked`. */
const sine = (z: string, turns: string, marked: string, to: string): string => {
  const reduced = ['PI', 'PI_REST', 'PI_LAST'].reduce(
    (r, part) => `f64x2.sub(${r}, f64x2.mul(${turns}, ${part}))`,
    z,
  );
  return `{
      const r = ${reduced};
      const u = f64x2.mul(r, r);
      const u2 = f64x2.mul(u, u);
      const s = f64x2.mul(r, f64x2.add(ONE, f64x2.mul(u, ${halves('f64x2', 'u', 'u2', SINE)})));
      ${to} = v128.xor(s, i64x2.shl(${marked}, 63));
    }`;
};

const phi = (z: string, to: string): string => `
    const turns = f64x2.mul(${z}, TURNS);
    const marked = f64x2.add(turns, MARK);
    ${sine(z, 'f64x2.sub(marked, MARK)', 'marked', to)}`;

const tailed = (z: string, body: string): string =>
  `if (v128.any_true(f64x2.gt(f64x2.abs(${z}), LIMIT))) { ${body} }`;

const tail = (name: string, of: string): string => `
function ${name}(z: f64, value: f64): f64 {
  return Math.abs(z) > ${LIMIT} ? NativeMath.${of}(z) : value;
}
function ${name}Tail(z: v128, value: v128): v128 {
  return f64x2(
    ${name}(f64x2.extract_lane(z, 0), f64x2.extract_lane(value, 0)),
    ${name}(f64x2.extract_lane(z, 1), f64x2.extract_lane(value, 1)),
  );
}`;

const f64: Form = {
  particles: 2,
  constants: {
    ...SINE,
    MARK: 6755399441055744,
    TURNS: 1 / Math.PI,
    PI: 3.1415926534682512,
    PI_REST: 1.2154201012607932e-10,
    PI_LAST: 4.044532497591901e-21,
    HALF: 0.5,
    ONE: 1,
    LIMIT,
  },
  helpers: tail('sine', 'sin') + tail('cosine', 'cos'),
  phi: (z, to) => `
    ${phi(z, to)}
    ${tailed(z, `${to} = sineTail(${z}, ${to});`)}`,
  both: (z, to, slope) => `
    ${phi(z, to)}
    const after = f64x2.add(f64x2.sub(turns, HALF), MARK);
    ${sine(z, 'f64x2.add(f64x2.sub(after, MARK), HALF)', 'after', slope)}
    ${slope} = f64x2.neg(${slope});
    ${tailed(z, `${to} = sineTail(${z}, ${to}); ${slope} = cosineTail(${z}, ${slope});`)}`,
};

export const SIN = { f64, f32 };
