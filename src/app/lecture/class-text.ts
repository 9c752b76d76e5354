/** What a class came to, in a sentence. */
import { quantiles } from '../../core/analysis/histogram.ts';
import { short } from './numbers.ts';
import { say } from '../say.ts';

export interface Entry {
  /** Slopes in n. */
  readonly predicted: number;
  readonly measured: number;
}

export function classText(entries: readonly Entry[]): string {
  if (entries.length === 0) return say('Nobody has sent anything yet.');
  const told = (of: (entry: Entry) => number): string => {
    const [least, middle, most] = quantiles(Float64Array.from(entries, of).sort(), [0, 0.5, 1]);
    return least === most
      ? short(middle)
      : say('{middle} in the middle, from {least} to {most}', {
          middle: short(middle),
          least: short(least),
          most: short(most),
        });
  };
  const who =
    entries.length === 1
      ? say('One entry')
      : say('{count} entries', { count: entries.length.toLocaleString('en') });
  return say('{who}. Expected: {predicted}. Measured: {measured}.', {
    who,
    predicted: told(({ predicted }) => predicted),
    measured: told(({ measured }) => measured),
  });
}
