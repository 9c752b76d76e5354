/**
 * Networks of many widths from one draw: the first n of the same neurons each. How far is f of the few from f
 * of the many at time t? E‖f^(n)_t − f^(N)_t‖² ∝ 1/n − 1/N in the mean-field scaling where the draws are nested
 * (docs/model.md, fact 7).
 */
import { ConfigError, mergeConfig, type Config } from '../core/config/config.ts';
import { lawsIn } from '../core/config/initial.ts';
import { powerLaw, type PowerLaw } from '../core/analysis/statistics.ts';
import type { Engine, Problem } from '../engines/engine.ts';
import { prepare } from './prepare.ts';
import type { Files } from './data/table.ts';

/** Pairs of a particle and a sample between two words of how far it is, and points of a curve. */
const BREATH = 2 ** 24;
const POINTS = 200;

export interface Nested {
  /** Everything but width and seed. */
  readonly config: Config;
  /** Ascending, two or more; the last one is N. */
  readonly widths: readonly number[];
  readonly steps: number;
}

/** L over t. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What one seed gave, by width. */
export interface Draw {
  readonly seed: number;
  readonly curves: readonly Curve[];
  readonly losses: readonly number[];
  /** (1/m) Σ (f_n − f_N)² over the samples, in the units that the engine learns; 0 for N itself. */
  readonly squares: readonly number[];
}

/** What a draw needs from whoever asks for it. */
export interface Means {
  open(config: Config, problem: Problem): Promise<Engine>;
  readonly files: Files;
  readonly signal: AbortSignal;
}

export interface Listener {
  /** Share of the work that is done, in [0, 1], and what is at work. */
  progress(share: number, what: string): void;
  /** A curve grows: the i-th width. */
  curve(i: number, curve: Curve): void;
}

export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** All widths for one seed, one after the other, each on an engine of its own that is gone afterwards. */
export async function drawNested(
  { config, widths, steps }: Nested,
  seed: number,
  { open, files, signal }: Means,
  listener: Listener,
): Promise<Draw> {
  const grid = lawsIn(config.initial).find(([, { law }]) => law === 'grid');
  if (grid)
    throw new ConfigError(
      `initial.${grid[0]} is a grid, of which no width has another’s nodes, and widths here have the same neurons: give normal or uniform`,
    );
  const total = widths.reduce((sum, n) => sum + n, 0);
  const found: { curve: Curve; loss: number; f: Float64Array }[] = [];
  let done = 0;
  for (const [i, width] of widths.entries()) {
    const before = done;
    const prepared = await prepare(complete(config, width, seed), files);
    const engine = await open(prepared.config, prepared.problem);
    try {
      const { dt } = config.dynamics;
      const curve = { x: [0], y: [engine.loss] };
      const every = Math.max(1, Math.ceil(steps / POINTS));
      const chunk = every * Math.max(1, Math.floor(BREATH / (width * prepared.problem.m * every)));
      while (engine.step < steps) {
        if (signal.aborted) throw new Stopped();
        const records = await engine.advance(Math.min(chunk, steps - engine.step), { every, signal });
        curve.x.push(...records.map(({ step }) => step * dt));
        curve.y.push(...records.map(({ loss }) => loss));
        listener.curve(i, curve);
        done = before + (width * engine.step) / steps;
        listener.progress(done / total, `${engine.info.adapter}, ${engine.info.precision}`);
      }
      found.push({ curve, loss: engine.loss, f: await engine.f() });
    } finally {
      engine.destroy();
    }
    done = before + width;
  }
  const { f: reference } = found.at(-1)!;
  return {
    seed,
    curves: found.map(({ curve }) => curve),
    losses: found.map(({ loss }) => loss),
    squares: found.map(({ f }) => meanSquare(f, reference)),
  };
}

/**
 * The exponent of the distance in 1/n − 1/N, whose inverse is the abscissa: −1 is the law of large numbers;
 * null where a distance is 0.
 */
export function rateOf(widths: readonly number[], draws: readonly Draw[]): PowerLaw | null {
  const levels = levelsOf(widths, draws);
  return levels.length < 2 || levels.some(({ values }) => values.every((value) => value === 0))
    ? null
    : powerLaw(levels, 1);
}

/** The distances of all draws by 1/(1/n − 1/N). */
export function levelsOf(
  widths: readonly number[],
  draws: readonly Draw[],
): { n: number; x: number; values: number[] }[] {
  const N = widths.at(-1)!;
  return widths
    .slice(0, -1)
    .map((n, i) => ({ n, x: 1 / (1 / n - 1 / N), values: draws.map(({ squares }) => squares[i]) }));
}

function complete(config: Config, width: number, seed: number): Config {
  return mergeConfig(config, { model: { width }, initial: { seed } }) as Config;
}

function meanSquare(f: Float64Array, reference: Float64Array): number {
  return f.reduce((sum, value, i) => sum + (value - reference[i]) ** 2, 0) / f.length;
}
