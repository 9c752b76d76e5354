/**
 * e^a in float64 for a ≤ 0, to an ULP: a = k ln 2/128 + r, and 2^(k/128) from a table of 128 numbers. ln 2/128 is in
 * two parts, of which k times the first is exact.
 */
const NODES = 128;

/** Bits of 2^(j/128), rounded to nearest whatever Math.pow makes of it, less what j adds to the exponent below. */
const powerAt = (j: number): bigint => {
  const bound = 2n ** BigInt(53 * NODES + j);
  let mantissa = BigInt(2 ** (j / NODES) * 2 ** 52);
  while ((2n * mantissa + 1n) ** BigInt(NODES) < bound) mantissa++;
  while ((2n * mantissa - 1n) ** BigInt(NODES) > bound) mantissa--;
  return mantissa + (1022n << 52n) - (BigInt(j) << 45n);
};

export const POWERS = `
const POWERS: usize = memory.data<i64>([${Array.from({ length: NODES }, (_, j) => powerAt(j)).join(', ')}]);`;

/** Below, e^a counts as e^LEAST or as 0: it leaves the normal numbers. */
export const LEAST = -708;

/** MARK as in table.ts. */
export const EXP_CONSTANTS = {
  MARK: 6755399441055744,
  STEPS: 184.6649652337873,
  STEP: 0.005415212347998022,
  STEP_REST: 1.2655086083325438e-13,
  HALF: 0.5,
  SIXTH: 1 / 6,
  C4: 1 / 24,
  C5: 1 / 120,
};

/** Statements that make `e` = exp(a + rest), a ≤ 0, a rest that is small beside 1/128; NaN stays NaN. */
export const exponential = (a: string, rest?: string): string => {
  const reduced = `f64x2.sub(f64x2.sub(${a}, f64x2.mul(k, STEP)), f64x2.mul(k, STEP_REST))`;
  return `
    const steps = f64x2.add(f64x2.mul(${a}, STEPS), MARK);
    const k = f64x2.sub(steps, MARK);
    const r = ${rest ? `f64x2.add(${reduced}, ${rest})` : reduced};
    const power = i64x2.add(
      v128.load64_lane(
        POWERS + <usize>((i32x4.extract_lane(steps, 2) & ${NODES - 1}) << 3),
        v128.load64_zero(POWERS + <usize>((i32x4.extract_lane(steps, 0) & ${NODES - 1}) << 3)),
        1,
      ),
      i64x2.shl(steps, 45),
    );
    const growth = f64x2.add(
      r,
      f64x2.mul(
        f64x2.mul(r, r),
        f64x2.add(HALF, f64x2.mul(r, f64x2.add(SIXTH, f64x2.mul(r, f64x2.add(C4, f64x2.mul(r, C5)))))),
      ),
    );
    const e = f64x2.add(power, f64x2.mul(power, growth));`;
};

/**
 * Functions for few lanes, which make their constants where they need them: e^a for a ≤ 0, and e^(−x²/2) for
 * 0 ≤ x ≤ 40, both 0 where they leave the normal numbers. x is cut at a multiple of 2⁻²⁰, whose square is exact:
 * the rounding of x² would cost hundreds of ULP.
 */
export const EXPONENTIALS = `${POWERS}
function exponential(a: v128, rest: v128): v128 {
${Object.entries(EXP_CONSTANTS)
  .map(([name, value]) => `  const ${name} = f64x2.splat(${value});`)
  .join('\n')}
${exponential('a', 'rest')}
  return v128.and(e, f64x2.ge(a, f64x2.splat(${LEAST})));
}
function gauss(x: v128): v128 {
  const cut = f64x2.splat(${1.5 * 2 ** 32});
  const half = f64x2.splat(-0.5);
  const head = f64x2.sub(f64x2.add(x, cut), cut);
  const rest = f64x2.mul(f64x2.sub(x, head), f64x2.add(x, head));
  return exponential(f64x2.mul(half, f64x2.mul(head, head)), f64x2.mul(half, rest));
}`;
