/** Curves that several papers draw. */
import { histogram } from '../../core/analysis/histogram.ts';
import type { Curve } from '../measure/panel.ts';

const BARS = 40;

/** Densities of laws on the line, each so many numbers of equal weight, on common bars. */
export function barsOf(laws: Readonly<Record<string, ArrayLike<number>>>, bars = BARS): Curve[] {
  const all = Object.values(laws).flatMap((law) => Array.from(law));
  const low = all.reduce((p, q) => Math.min(p, q));
  const most = all.reduce((p, q) => Math.max(p, q));
  const high = most > low ? most : low + 1;
  const width = (high - low) / bars;
  return Object.entries(laws).map(([name, law]) => ({
    name,
    mark: 'bars' as const,
    points: Array.from(histogram(law, [low, high], bars).density, (y, k) => ({
      x: low + (k + 0.5) * width,
      y,
    })),
  }));
}
