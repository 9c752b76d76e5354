/** Colour of a target value: the scale of the field of f, in both themes. */
import { COLOUR_MAPS, THEMES, type ThemeName } from '../../views/palette.ts';
import type { Range } from '../../views/plot-frame.ts';

export function valueColour(value: number, [low, high]: Range, theme: ThemeName): string {
  const [from, to] = THEMES[theme].mapRange, share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  return COLOUR_MAPS.viridis(from + (to - from) * share);
}
