import { gauss, normalCdf, normalErf, tanh, tanhBoth } from './special.ts';
import { ERF, EXP, EXP2, LOG, MILLS, PER_LN2, SINE, TANH } from './wgsl.ts';

/**
 * An activation φ and its derivative, in float64 and as WGSL. Adding one is adding one entry below.
 *
 * Float64: φ and φ' to 4 ULP on the whole line (gelu' near its zero: of the size of its two terms). NaN gives
 * NaN. WGSL: from + × ÷, round and bit patterns alone, since the built-in tanh, sin and exp may be far off or
 * NaN. φ is right to 8 ULP where it has not cancelled and to 1.6e-7 max(1, |φ|) everywhere (sin: up to |z| =
 * 1e4), and finite for |z| ≤ 1e30 (quadratic: while z² is). Both bodies give the same φ. NaN may come out as a
 * number.
 */
export interface Activation {
  readonly summary: string;
  readonly phi: (z: number) => number;
  /** φ(z), φ'(z) into out [2], sharing work; the same φ. */
  readonly both: (out: Float64Array, z: number) => void;
  /** Whether φ' is continuous. */
  readonly smooth: boolean;
  /** The p with φ(cz) = c^p φ(z) for c > 0. */
  readonly homogeneous?: number;
  readonly wgsl: WgslForm & {
    /**
     * The form that a card's special-function units serve: by the built-in exp2 and log2 and one reciprocal, so that its
     * error is absolute, and the adapter's. It is used where the adapter keeps it within FAST_ERROR
     * (engines/webgpu/opening/forms.ts).
     */
    readonly fast?: WgslForm;
  };
}

export interface WgslForm {
  /** The WGSL functions that the two bodies call; may be ''. */
  readonly helpers: string;
  /** Body of fn phi(z: f32) -> f32. */
  readonly phi: string;
  /** Body of fn phi_dphi(z: f32) -> vec2f, (φ, φ') sharing work. */
  readonly both: string;
}

/**
 * Of a fast form, over max(1, |φ|) and max(1, |φ'|): a few roundings near 1, and an exp2 of 2 ULP.
 */
export const FAST_ERROR = { phi: 4e-7, slope: 8e-7 } as const;

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
const INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

export const ACTIVATIONS = {
  linear: {
    summary: 'φ(z) = z: the linear network, whose moments obey a closed ODE',
    phi: (z) => z,
    both: (out, z) => set(out, z, 1),
    smooth: true,
    homogeneous: 1,
    wgsl: { helpers: '', phi: 'return z;', both: 'return vec2f(z, 1.0);' },
  },
  relu: {
    summary: "φ(z) = max(z, 0), with φ'(0) = 0",
    phi: (z) => (z <= 0 ? 0 : z), // NaN stays NaN
    both: (out, z) => set(out, z <= 0 ? 0 : z, z > 0 ? 1 : 0),
    smooth: false,
    homogeneous: 1,
    wgsl: {
      helpers: '',
      phi: 'return max(z, 0.0);',
      both: 'return vec2f(max(z, 0.0), select(0.0, 1.0, z > 0.0));',
    },
  },
  tanh: {
    summary: 'φ(z) = tanh z = (e^z − e^−z)/(e^z + e^−z)',
    phi: tanh,
    both: tanhBoth,
    smooth: true,
    wgsl: {
      helpers: TANH,
      phi: 'return saturating_tanh(z);',
      both: 'let t = saturating_tanh(z); return vec2f(t, (1.0 - t) * (1.0 + t));',
      fast: {
        helpers: `${EXP2}
fn gap(z: f32) -> f32 { return 2.0 / (exp2_below(${2 * PER_LN2} * z) + 1.0); }`,
        phi: 'return 1.0 - gap(z);',
        both: 'let g = gap(z); return vec2f(1.0 - g, g * (2.0 - g));',
      },
    },
  },
  sigmoid: {
    summary: 'φ(z) = 1/(1 + e^−z)',
    phi: sigmoid,
    both: sigmoidBoth,
    smooth: true,
    wgsl: {
      helpers: EXP,
      phi: 'let e = exp_neg(-abs(z)); let s = 1.0 / (1.0 + e); return select(1.0, e, z < 0.0) * s;',
      both: 'let e = exp_neg(-abs(z)); let s = 1.0 / (1.0 + e); return vec2f(select(1.0, e, z < 0.0) * s, e * s * s);',
      fast: {
        helpers: EXP2,
        phi: `return 1.0 / (1.0 + exp2_below(-${PER_LN2} * z));`,
        both: `let e = exp2_below(-${PER_LN2} * z); let s = 1.0 / (1.0 + e); return vec2f(s, (e * s) * s);`,
      },
    },
  },
  erf: {
    summary: 'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds',
    phi: normalErf,
    both: (out, z) => set(out, normalErf(z), SQRT_2_OVER_PI * gauss(z)),
    smooth: true,
    wgsl: {
      helpers: ERF + EXP,
      phi: 'return saturating_erf(z);',
      both: `let x = min(abs(z), 14.0); return vec2f(saturating_erf(z), ${SQRT_2_OVER_PI} * exp_neg(-0.5 * x * x));`,
      fast: {
        helpers: ERF,
        phi: 'return saturating_erf(z);',
        both: `return vec2f(saturating_erf(z), ${SQRT_2_OVER_PI} * exp2(max(-${0.5 * PER_LN2} * z * z, -126.0)));`,
      },
    },
  },
  gelu: {
    summary: 'φ(z) = z (1 + erf(z/√2))/2 = z P(Z ≤ z), Z standard normal',
    phi: gelu,
    both: (out, z) => set(out, gelu(z), geluSlope(z)),
    smooth: true,
    wgsl: {
      ...geluForm(EXP, 'exp_neg(-0.5 * x * x)'),
      fast: geluForm('', `exp2(-${0.5 * PER_LN2} * x * x)`),
    },
  },
  softplus: {
    summary: 'φ(z) = ln(1 + e^z)',
    phi: softplus,
    both: (out, z) => set(out, softplus(z), sigmoid(z)),
    smooth: true,
    wgsl: {
      helpers: EXP + LOG,
      phi: 'return max(z, 0.0) + log_one_plus(exp_neg(-abs(z)));',
      both: `let e = exp_neg(-abs(z));
  return vec2f(max(z, 0.0) + log_one_plus(e), select(1.0, e, z < 0.0) / (1.0 + e));`,
      fast: {
        helpers: `fn softplus(z: f32, e: f32) -> f32 { return max(z, 0.0) + ${Math.LN2} * log2(1.0 + e); }`,
        phi: `return softplus(z, exp2(max(-${PER_LN2} * abs(z), -126.0)));`,
        both: `let e = exp2(max(-${PER_LN2} * abs(z), -126.0));
  return vec2f(softplus(z, e), select(1.0, e, z < 0.0) / (1.0 + e));`,
      },
    },
  },
  sin: {
    summary: 'φ(z) = sin z',
    phi: Math.sin,
    both: (out, z) => set(out, Math.sin(z), Math.cos(z)),
    smooth: true,
    wgsl: {
      helpers: SINE,
      phi: 'return sine(half_turns(z));',
      both: 'let turns = half_turns(z); return vec2f(sine(turns), cosine(turns));',
    },
  },
  quadratic: {
    summary: 'φ(z) = z²',
    phi: (z) => z * z,
    both: (out, z) => set(out, z * z, 2 * z),
    smooth: true,
    homogeneous: 2,
    wgsl: { helpers: '', phi: 'return z * z;', both: 'return vec2f(z * z, 2.0 * z);' },
  },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof ACTIVATIONS;

/** z P(Z ≤ z) and its slope from e^(−x²/2), x = z where that is above the least float32. */
function geluForm(helpers: string, bell: string): WgslForm {
  return {
    helpers: `${helpers}${MILLS}
fn gelu(z: f32) -> vec2f {
  let x = clamp(z, -13.0, 13.0);
  let e = ${bell};
  let above = e * mills(abs(x));
  let cdf = select(1.0 - above, above, z < 0.0);
  return vec2f(max(z, -13.0) * cdf, cdf + ${INV_SQRT_2PI} * x * e);
}`,
    phi: 'return gelu(z).x;',
    both: 'return gelu(z);',
  };
}

/** φ' alone. */
export function slopeOf({ both }: Activation, z: number): number {
  const pair = new Float64Array(2);
  both(pair, z);
  return pair[1];
}

function set(out: Float64Array, phi: number, slope: number): void {
  out[0] = phi;
  out[1] = slope;
}

/** Below −40 the sum 1 + e^−z is e^−z, which may overflow. */
function sigmoid(z: number): number {
  return z < -40 ? Math.exp(z) : 1 / (1 + Math.exp(-z));
}

/** φ' = φ (1 − φ), and e^−z φ² where 1 − φ would have cancelled. */
function sigmoidBoth(out: Float64Array, z: number): void {
  const e = Math.exp(-z);
  const phi = z < -40 ? Math.exp(z) : 1 / (1 + e);
  set(out, phi, z < 1 ? phi * (1 - phi) : phi * phi * e);
}

function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

const TAIL_END = 39; // P(Z > 39) is below the least float64

function gelu(z: number): number {
  return z < -TAIL_END ? 0 : z * normalCdf(z);
}

/** P(Z ≤ z) + z e^(−z²/2)/√(2π). */
function geluSlope(z: number): number {
  if (Math.abs(z) > TAIL_END) return z < 0 ? 0 : 1;
  return normalCdf(z) + INV_SQRT_2PI * z * gauss(z);
}
