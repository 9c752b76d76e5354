/**
 * Losses on rows of c outputs: L = (1/m) Σ_α ℓ(f^α, y^α). The residual that drives every particle is r = ∂ℓ/∂f
 * (the sign of docs/model.md: f − y for the square). The WGSL forms are the same formulas. Adding one is
 * adding one entry.
 */
type Row = ArrayLike<number>;

export interface Loss {
  readonly summary: string;
  /** ℓ of the rows of c numbers that begin at f[at] and y[at]. */
  readonly value: (f: Row, y: Row, at: number, c: number) => number;
  /** Its derivatives by f into r[at … at + c). */
  readonly slope: (r: Float64Array, f: Row, y: Row, at: number, c: number) => void;
  /** The largest eigenvalue of its second derivative by f there: how stiff gradient descent is. */
  readonly curvature: (f: Row, y: Row, at: number, c: number) => number;
  /** Whether 1 − L/L_mean is R², the share of the targets' variance that f explains. */
  readonly explainsVariance: boolean;
  /** Bodies over `f` and `y`, buffers of f32 with rows of c at `at`. */
  readonly wgsl: {
    /** Of fn loss_value(at: u32) -> f32. */
    readonly value: (c: number) => string;
    /** Of fn loss_slope(at: u32, k: u32) -> f32, by output k. */
    readonly slope: (c: number) => string;
  };
}

interface Coordinate {
  readonly value: (f: number, y: number) => number;
  readonly slope: (f: number, y: number) => number;
  readonly curvature: (f: number, y: number) => number;
  /** Expressions of `f_k` and `y_k`. */
  readonly wgsl: { readonly value: string; readonly slope: string };
}

/** A loss that is a sum over outputs, from the loss of one. */
function sumOver({ value, slope, curvature, wgsl }: Coordinate): Omit<Loss, 'summary' | 'explainsVariance'> {
  const pair = (k: string): string => `let f_k = f[at + ${k}]; let y_k = y[at + ${k}];`;
  return {
    value: (f, y, at, c) => {
      let sum = value(f[at], y[at]);
      for (let k = at + 1; k < at + c; k++) sum += value(f[k], y[k]);
      return sum;
    },
    slope: (r, f, y, at, c) => {
      for (let k = at; k < at + c; k++) r[k] = slope(f[k], y[k]);
    },
    curvature: (f, y, at, c) => {
      let most = curvature(f[at], y[at]);
      for (let k = at + 1; k < at + c; k++) most = Math.max(most, curvature(f[k], y[k]));
      return most;
    },
    wgsl: {
      value: (c) =>
        c === 1
          ? `${pair('0u')} return ${wgsl.value};`
          : `var sum = 0.0;
  for (var k = 0u; k < ${c}u; k++) { ${pair('k')} sum += ${wgsl.value}; }
  return sum;`,
      slope: () => `${pair('k')} return ${wgsl.slope};`,
    },
  };
}

export const LOSSES = {
  squared: {
    summary: 'L = (1/2m) Σ |f − y|²',
    explainsVariance: true,
    ...sumOver({
      value: (f, y) => 0.5 * (f - y) * (f - y),
      slope: (f, y) => f - y,
      curvature: () => 1,
      wgsl: { value: '0.5 * (f_k - y_k) * (f_k - y_k)', slope: 'f_k - y_k' },
    }),
  },
} as const satisfies Record<string, Loss>;

export type LossName = keyof typeof LOSSES;
