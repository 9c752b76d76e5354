/** How well colours are told apart, by the rules of WCAG 2.2. */
import { parseRgb } from '../../../src/views/palette.ts';

/** Relative luminance of sRGB (WCAG 2.2), in [0, 1]. */
export function luminance(css: string): number {
  const linear = parseRgb(css).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** WCAG contrast ratio, in [1, 21]. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (high + 0.05) / (low + 0.05);
}
