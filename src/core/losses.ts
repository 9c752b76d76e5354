/**
 * Losses: L = (1/m) Σ_α value(f^α, y^α). The residual that drives every particle is r = slope(f, y) =
 * ∂value/∂f; for the squared loss it is f − y (model.md's sign). The WGSL forms are the same two formulas.
 */
export interface Loss {
  readonly value: (f: number, y: number) => number;
  readonly slope: (f: number, y: number) => number;
  /** WGSL expressions of `f` and `y`, both f32. */
  readonly wgsl: { readonly value: string; readonly slope: string };
  readonly summary: string;
}

export const LOSSES = {
  squared: {
    value: (f, y) => 0.5 * (f - y) * (f - y),
    slope: (f, y) => f - y,
    wgsl: { value: '0.5 * (f - y) * (f - y)', slope: 'f - y' },
    summary: 'L = (1/2m) Σ (f − y)²',
  },
} as const satisfies Record<string, Loss>;

export type LossName = keyof typeof LOSSES;
