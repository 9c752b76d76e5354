/**
 * The losses of losses.ts in WGSL, from + × ÷ and bit patterns alone, as activations/wgsl.ts: finite where ℓ is below
 * f32's largest number, infinite or beyond it above, never NaN from numbers.
 */
import { EXP, LOG } from '../activations/wgsl.ts';

/** Bodies over `f` and `y`, buffers of f32 with rows of c at `at`. */
export interface LossWgsl {
  /** The WGSL functions that the two bodies call; may be ''. */
  readonly helpers: string;
  /** Of fn loss_value(at: u32) -> f32. */
  readonly value: (c: number) => string;
  /** Of fn loss_slope(at: u32, k: u32) -> f32, by output k. */
  readonly slope: (c: number) => string;
}

/** A loss that is a sum over outputs, from expressions of `f_k` and `y_k`. */
function sumOver(one: { readonly value: string; readonly slope: string }, helpers = ''): LossWgsl {
  const pair = (k: string): string => `let f_k = f[at + ${k}]; let y_k = y[at + ${k}];`;
  return {
    helpers,
    value: (c) =>
      c === 1
        ? `${pair('0u')} return ${one.value};`
        : `var sum = 0.0;
  for (var k = 0u; k < ${c}u; k++) { ${pair('k')} sum += ${one.value}; }
  return sum;`,
    slope: () => `${pair('k')} return ${one.slope};`,
  };
}

/** e^z for all z: e^(z/2) squared, of which e^(−|z|/2) is what exp_neg gives. Beyond 172 it is infinite. */
const EXP_ALL = `${EXP}
fn exp_all(z: f32) -> f32 {
  if (z <= 0.0) { return exp_neg(z); }
  let root = 1.0 / exp_neg(-0.5 * min(z, 172.0));
  return root * root;
}`;

const LOGISTIC = `${EXP}${LOG}
fn logistic_slope(z: f32) -> f32 {
  let e = exp_neg(-abs(z));
  return select(1.0, e, z > 0.0) / (1.0 + e);
}`;

/** ln(1 + rest) for rest ≥ 0: above 1 the exponent's part is taken out. */
const LOG_OF_SUM = `${LOG}
fn log_of_sum(rest: f32) -> f32 {
  if (rest <= 1.0) { return log_one_plus(rest); }
  let bits = bitcast<u32>(1.0 + rest);
  let exponent = f32(bits >> 23u) - 127.0;
  let fraction = bitcast<f32>((bits & 0x7fffffu) | 0x3f800000u);
  return exponent * 0.6931472 + log_one_plus(fraction - 1.0);
}`;

/** The largest of c outputs and Σ e^(f_k − f_best) over the others, as value and slope need them. */
const softmax = (c: number): string => `var best = 0u;
  for (var i = 1u; i < ${c}u; i++) { if (f[at + i] > f[at + best]) { best = i; } }
  let top = f[at + best];
  var rest = 0.0;
  for (var i = 0u; i < ${c}u; i++) { if (i != best) { rest += exp_neg(f[at + i] - top); } }`;

export const LOSSES_WGSL = {
  squared: sumOver({ value: '0.5 * (f_k - y_k) * (f_k - y_k)', slope: 'f_k - y_k' }),
  huber: sumOver({
    value: 'select(abs(f_k - y_k) - 0.5, 0.5 * (f_k - y_k) * (f_k - y_k), abs(f_k - y_k) <= 1.0)',
    slope: 'clamp(f_k - y_k, -1.0, 1.0)',
  }),
  logistic: sumOver(
    {
      value: 'max(-y_k * f_k, 0.0) + log_one_plus(exp_neg(-abs(f_k)))',
      slope: '-y_k * logistic_slope(y_k * f_k)',
    },
    LOGISTIC,
  ),
  exponential: sumOver({ value: 'exp_all(-y_k * f_k)', slope: '-y_k * exp_all(-y_k * f_k)' }, EXP_ALL),
  'cross-entropy': {
    helpers: `${EXP}${LOG_OF_SUM}`,
    value: (c: number): string => `${softmax(c)}
  var behind = 0.0;
  for (var i = 0u; i < ${c}u; i++) { behind += y[at + i] * (top - f[at + i]); }
  return behind + log_of_sum(rest);`,
    slope: (c: number): string => `${softmax(c)}
  let own = select(exp_neg(f[at + k] - top), 1.0, k == best);
  let others = select(1.0 + (rest - own), rest, k == best);
  return ((1.0 - y[at + k]) * own - y[at + k] * others) / (1.0 + rest);`,
  },
} as const satisfies Record<string, LossWgsl>;
