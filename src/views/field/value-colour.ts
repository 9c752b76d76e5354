/** Colour of a target value: the scale of the field of f, in both themes. */
import { COLOUR_MAPS, THEMES, type ThemeName } from '../palette.ts';
import type { Range } from '../plots/frame.ts';

/** Least and greatest of the values; [0, 0] without any. */
export function span(values: ArrayLike<number>): Range {
  let [low, high] = values.length > 0 ? [Infinity, -Infinity] : [0, 0];
  for (let i = 0; i < values.length; i++) [low, high] = [Math.min(low, values[i]), Math.max(high, values[i])];
  return [low, high];
}

/** The middle of the scale where the range has one value. */
export function valueColour(value: number, [low, high]: Range, theme: ThemeName): string {
  const [from, to] = THEMES[theme].mapRange;
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  return COLOUR_MAPS.viridis(from + (to - from) * share);
}
