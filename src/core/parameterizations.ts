/**
 * Parameterizations in Yang–Hu's letters (Yang & Hu 2020, abc-parameterization), layers in the order W0, W1:
 * W = n^(−a) w, the initial law drawn times n^(−b), learning rate η0 n^(−c).
 * The lecture's (a, κ) — output prefactor n^(−a), rate η0 n^κ — is a = [0, a], b = [0, 0], c = −κ.
 */
export interface Abc {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  readonly c: number;
}

export type Parameterization =
  ParameterizationName | { readonly a: number; readonly kappa: number } | { readonly abc: Abc };

export const PARAMETERIZATIONS = {
  ntk: {
    a: 1 / 2,
    kappa: 0,
    summary: 'prefactor 1/√n, rate η0: the kernel regime, in which neurons hardly move',
  },
  naive: {
    a: 1 / 2,
    kappa: 1 / 2,
    summary: 'prefactor 1/√n, rate η0 √n: neurons move, but f diverges as n grows',
  },
  compensated: { a: 1, kappa: 1 / 2, summary: 'prefactor 1/n, rate η0 √n: f starts near 0 and learns slowly' },
  'mean-field': { a: 1, kappa: 1, summary: 'prefactor 1/n, rate η0 n: neurons move by Θ(1), f = ∫ w1 φ dρ' },
} as const satisfies Record<string, { a: number; kappa: number; summary: string }>;

export type ParameterizationName = keyof typeof PARAMETERIZATIONS;

export function abcOf(parameterization: Parameterization): Abc {
  const p = typeof parameterization === 'string' ? PARAMETERIZATIONS[parameterization] : parameterization;
  return 'abc' in p ? p.abc : { a: [0, p.a], b: [0, 0], c: -p.kappa };
}

/** Whether neurons move as in the mean-field limit, whatever the parameterization's name. */
export function isMeanField(parameterization: Parameterization): boolean {
  const { a, b, c } = abcOf(parameterization);
  return a[0] === 0 && a[1] === 1 && b[0] === 0 && b[1] === 0 && c === -1;
}

/**
 * r of Yang, Hu 2020 for one hidden layer: at a fixed time what is inside φ has moved by Θ(n^(−r)), so that features are
 * learned at r = 0 and a kernel rules at r > 0.
 */
export const featureExponent = ({ a, b, c }: Abc): number =>
  Math.min(a[1] + b[1], 2 * a[1] + c) + c - 1 + 2 * a[0] + 1;

/** What a parameterization means at width n: every factor by which the equations differ from mean field. */
export interface Scales {
  /** n^(−a0), on the inner product: h = inner ⟨w0, x⟩. Absorbed into x once, before an engine sees it. */
  readonly inner: number;
  /** n^(−a1), on the output: f = outer Σ_j w1_j φ(h_j). */
  readonly outer: number;
  /** n^(−a1 − c) = n^(κ − a), on the drift: θ' = speed · b(θ, ρ). */
  readonly speed: number;
  /** n^(−b0), n^(−b1), on the draws of w0 and w1. */
  readonly spread: readonly [number, number];
}

export function scalesOf(abc: Abc, n: number): Scales {
  return {
    inner: power(n, -abc.a[0]),
    outer: power(n, -abc.a[1]),
    speed: power(n, -abc.a[1] - abc.c),
    spread: [power(n, -abc.b[0]), power(n, -abc.b[1])],
  };
}

/** n^e; half-integer exponents go through the exact square root, so powers of 4 give exact powers of 2. */
export function power(n: number, e: number): number {
  if (!Number.isInteger(2 * e)) return n ** e;
  const magnitude = Number.isInteger(e) ? n ** Math.abs(e) : Math.sqrt(n) ** Math.abs(2 * e);
  return e < 0 ? 1 / magnitude : magnitude;
}
