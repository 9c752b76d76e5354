/**
 * The least objective over all networks at once: an empirical measure of neurons or spikes is replaced by any measure,
 * whose penalty is its mass, and the measure by weights on a grid of places,
 *     min_a (1/2m) |Σ_k a_k A_k − y|² + λ Σ_k |a_k|,
 * by coordinate descent (docs/model.md, Least objective). Its dual, max_ν ⟨ν, y⟩ − m |ν|²/2 with |⟨A_k, ν⟩| ≤ λ, bounds it from below.
 */
export interface Lasso {
  /** A_k [m]: what a unit of mass at the k-th place of the grid gives at the samples. */
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
  /** λ > 0. */
  readonly penalty: number;
}

export interface Least {
  readonly objective: number;
  /** No weights on the grid have a smaller one. */
  readonly bound: number;
  readonly weights: Float64Array;
  /** ⟨A_k, y − f⟩/m over λ: ±1 wherever mass of that sign can stay, nowhere more. */
  readonly certificate: Float64Array;
}

/** Share of the objective by which it may be above its bound. */
const PRECISION = 1e-4;
const MOST_ROUNDS = 2000;
/** Descents on the places that have mass, for each on all. */
const INNER = 200;

export function leastOf(lasso: Lasso): Least {
  const descent = new Descent(lasso);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    descent.over(lasso.columns.keys());
    const active = descent.active();
    for (let k = 0; k < INNER; k++) descent.over(active);
    const least = descent.found();
    if (least.objective - least.bound <= PRECISION * least.objective) return least;
  }
  return descent.found();
}

class Descent {
  private readonly weights: Float64Array;
  /** y − f. */
  private readonly rest: Float64Array;
  private readonly squares: Float64Array;

  constructor(private readonly lasso: Lasso) {
    const { columns, y } = lasso;
    this.weights = new Float64Array(columns.length);
    this.rest = y.slice();
    this.squares = Float64Array.from(columns, (column) => inner(column, column));
  }

  active(): number[] {
    return [...this.weights.keys()].filter((k) => this.weights[k] !== 0);
  }

  /** Each of these weights, one after the other, becomes the best where the others are as they are. */
  over(places: Iterable<number>): void {
    const { columns, y, penalty } = this.lasso;
    for (const k of places) {
      if (this.squares[k] === 0) continue;
      const wish = inner(columns[k], this.rest) + this.squares[k] * this.weights[k];
      const size = Math.max(0, Math.abs(wish) - y.length * penalty);
      const weight = (Math.sign(wish) * size) / this.squares[k];
      const change = weight - this.weights[k];
      if (change === 0) continue;
      this.weights[k] = weight;
      for (let i = 0; i < y.length; i++) this.rest[i] -= change * columns[k][i];
    }
  }

  found(): Least {
    const { columns, y, penalty } = this.lasso;
    const m = y.length;
    const certificate = Float64Array.from(columns, (column) => inner(column, this.rest) / (m * penalty));
    const square = inner(this.rest, this.rest);
    const mass = this.weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    // ν = s (y − f)/m, as long as it may be and no longer than is best
    const longest = 1 / certificate.reduce((p, q) => Math.max(p, Math.abs(q)), Number.MIN_VALUE);
    const s = square > 0 ? Math.min(longest, Math.max(0, inner(this.rest, y) / square)) : 0;
    return {
      objective: square / (2 * m) + penalty * mass,
      bound: (s * inner(this.rest, y) - (s * s * square) / 2) / m,
      weights: this.weights.slice(),
      certificate,
    };
  }
}

function inner(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i] * q[i];
  return sum;
}
