/**
 * No time without a check: a few steps against the reference before the clock starts.
 * Error: max over the entries of up to 4096 particles of |Δθ|, over the rms of how far they moved.
 */
import type { Problem } from '../../src/engines/engine.ts';
import { workOf } from './cases.ts';
import { Plain } from './plain.ts';
import { pick, type Range, type Runner } from './runner.ts';

/**
 * Work (cases.ts) that the reference does in a check, and that below which it does a second step, with residuals
 * of its own.
 */
const MOST = 2 ** 28;
const FEW = 2 ** 23;
const ROWS = 4096;
const BLOCK = 64;
/** Particles this close to a kink of relu: float32 may put them on its other side. */
const KINK = 1e-5;

export interface Verdict {
  readonly error: number;
  readonly tolerance: number;
  readonly steps: number;
}

/** A result is not what the reference says. */
export class WrongError extends Error {
  override readonly name = 'WrongError';
}

/** float64 direct and sector sums: rounding alone. Float32, and mesh at its default tolerance: 1e-4. */
export function toleranceOf({ precision, method }: Runner['info']): number {
  return precision === 'float64' && !/mesh/.test(method) ? 1e-9 : 1e-4;
}

/** All particles, or evenly spread blocks of them. */
export function sampleOf(n: number): Range[] {
  if (n <= ROWS) return [[0, n]];
  const blocks = ROWS / BLOCK;
  return Array.from({ length: blocks }, (_, i) => {
    const first = Math.floor((i * (n - BLOCK)) / (blocks - 1));
    return [first, first + BLOCK];
  });
}

/** The reference's steps for one problem; the same for every runner whose f need not be trusted. */
export class Checker {
  private readonly sample: Range[];
  private readonly start: number[];
  private expected: { readonly rows: number[]; readonly valid: boolean[] } | undefined;
  private readonly width: number;
  readonly steps: number;

  constructor(private readonly problem: Problem) {
    this.width = 1 + problem.d;
    this.sample = sampleOf(problem.n);
    this.start = pick(problem.theta, this.sample, this.width);
    this.steps = workOf(problem) <= FEW ? 2 : 1;
  }

  /** Advances the runner and compares; throws WrongError when they differ. */
  async check(runner: Runner): Promise<Verdict> {
    const tooMuch = workOf(this.problem) > MOST;
    const tolerance = toleranceOf(runner.info);
    if (tooMuch && !runner.f) throw new Error(`its f cannot be had, and the reference stops at ${MOST} pairs`);
    const r = tooMuch ? await this.trusted(runner, tolerance) : undefined;
    await runner.advance(this.steps);
    const got = await runner.rows(this.sample);
    const { rows, valid } = r ? this.follow(r) : (this.expected ??= this.follow());
    const error = distance(got, rows, this.start, valid);
    if (!(error <= tolerance)) {
      throw new WrongError(
        `θ after ${this.steps} steps is off by ${error.toExponential(1)} of how far it moved, allowed is ${tolerance}`,
      );
    }
    return { error, tolerance, steps: this.steps };
  }

  /** The sample's θ after the steps, and which of its entries a kink leaves comparable. */
  private follow(given?: Float64Array): { rows: number[]; valid: boolean[] } {
    const plain = new Plain(given ? this.sampled() : this.problem);
    const inside: readonly Range[] = given ? [[0, plain.problem.n]] : this.sample;
    const valid = this.start.map(() => true);
    for (let k = 0; k < this.steps; k++) {
      this.markKinks(pick(plain.theta, inside, this.width), valid);
      const r = given ?? plain.residual();
      if (k < this.steps - 1) plain.move(r);
      else for (const [first, last] of inside) plain.move(r, first, last);
    }
    return { rows: pick(plain.theta, inside, this.width), valid };
  }

  /** The sample alone, to be moved under given residuals. */
  private sampled(): Problem {
    return { ...this.problem, n: this.start.length / this.width, theta: Float64Array.from(this.start) };
  }

  /** The runner's own residuals, once f is right at as many samples as can be afforded. */
  private async trusted(runner: Runner, tolerance: number): Promise<Float64Array> {
    const { m, d, x, y } = this.problem;
    const f = Float64Array.from(await runner.f!());
    const few = Math.max(1, Math.min(m, Math.floor(MOST / workOf({ ...this.problem, m: 1 }))));
    for (let i = 0; i < few; i++) {
      const a = Math.floor((i * m) / few);
      const alone = new Plain({ ...this.problem, m: 1, x: x.slice(d * a, d * (a + 1)), y: y.slice(a, a + 1) });
      const error = Math.abs(alone.residual()[0] + y[a] - f[a]);
      if (!(error <= tolerance))
        throw new WrongError(`f of sample ${a} is off by ${error.toExponential(1)}, allowed is ${tolerance}`);
    }
    return f.map((value, a) => value - y[a]);
  }

  private markKinks(rows: readonly number[], valid: boolean[]): void {
    const { activation, d, x } = this.problem;
    if (activation !== 'relu') return;
    for (let j = 0; j < rows.length; j += this.width) {
      let nearest = Infinity;
      for (let a = 0; a < x.length; a += d) {
        let h = 0;
        for (let c = 0; c < d; c++) h += rows[j + 1 + c] * x[a + c];
        nearest = Math.min(nearest, Math.abs(h));
      }
      if (nearest < KINK) valid.fill(false, j, j + this.width);
    }
  }
}

/**
 * max |got − want| over rms(want − start), both over the valid entries; NaN and missing entries are infinitely
 * far.
 */
export function distance(
  got: ArrayLike<number>,
  want: readonly number[],
  start: readonly number[],
  valid: readonly boolean[],
): number {
  let worst = 0;
  let square = 0;
  let count = 0;
  want.forEach((value, i) => {
    if (!valid[i]) return;
    const error = Math.abs(got[i] - value);
    if (!(error <= worst)) worst = Number.isFinite(error) ? error : Infinity;
    square += (value - start[i]) ** 2;
    count++;
  });
  return got.length === want.length && count > 0 ? worst / Math.sqrt(square / count) : Infinity;
}
