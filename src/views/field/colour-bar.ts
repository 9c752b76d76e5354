/** The bar beside a field of colours that tells their values. */
import { COLOUR_MAPS, type Theme } from '../palette.ts';
import type { PlotFrame, Range } from '../plots/frame.ts';
import { ticks, tickText } from '../plots/ticks.ts';

/** CSS pixels: of the bar, and of all that stands right of the plot area. */
const WIDTH = 12;
export const BAR_ROOM = 66;
const STOPS = 16;

export function drawBar(
  { context, area }: PlotFrame,
  map: keyof typeof COLOUR_MAPS,
  [low, high]: Range,
  label: string,
  theme: Theme,
): void {
  const left = area.left + area.width + WIDTH;
  const bottom = area.top + area.height;
  const gradient = context.createLinearGradient(0, bottom, 0, area.top);
  for (let i = 0; i <= STOPS; i++) gradient.addColorStop(i / STOPS, COLOUR_MAPS[map](i / STOPS));
  context.fillStyle = gradient;
  context.fillRect(left, area.top, WIDTH, area.height);
  context.fillStyle = theme.soft;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const value of ticks(low, high, Math.max(2, area.height / 42))) {
    context.fillText(tickText(value), left + WIDTH + 4, bottom - ((value - low) / (high - low)) * area.height);
  }
  context.fillStyle = theme.ink;
  context.textBaseline = 'bottom';
  // Under the bar, or as far to its left as a long name needs.
  const right = area.left + area.width + BAR_ROOM + WIDTH;
  const longest = BAR_ROOM + 60;
  const start = right - Math.min(longest, context.measureText(label).width);
  context.fillText(label, Math.min(left, start), bottom + 34, longest);
}
