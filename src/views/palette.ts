/**
 * The one place for colours. Orange (w1 > 0) and blue (w1 < 0) stay apart for all common kinds of
 * colour-blindness; sequential maps have a lightness that never turns back, so that they survive a grey print.
 */
import { interpolateCividis, interpolateViridis } from 'd3-scale-chromatic';

/** Red, green, blue in [0, 1], sRGB. */
export type Rgb = readonly [number, number, number];

export interface Theme {
  readonly dark: boolean;
  readonly ground: string;
  readonly panel: string;
  /** Text and data lines. */
  readonly ink: string;
  /** Secondary text. */
  readonly soft: string;
  /** Grid lines. */
  readonly faint: string;
  /** A control under the pointer. */
  readonly hover: string;
  /** w1 > 0: its colour at ordinary density, and where the cloud is densest. */
  readonly positive: string;
  readonly positivePeak: string;
  /** w1 < 0. */
  readonly negative: string;
  readonly negativePeak: string;
  /** Where both signs are equally dense. */
  readonly mixed: string;
  /** The loss, the fitted curve: what is learned; and the loss on the test split. */
  readonly learned: string;
  readonly test: string;
  /** The run beside the page's own. */
  readonly twin: string;
  /** The part of a sequential map that stands out from the ground. */
  readonly mapRange: readonly [number, number];
}

export const THEMES = {
  dark: {
    dark: true,
    ground: '#101017',
    panel: '#191922',
    ink: '#ecebf2',
    soft: '#a5a4b4',
    faint: '#2f2f3d',
    hover: '#434356',
    positive: '#f2802e',
    positivePeak: '#ffedd0',
    negative: '#3593f5',
    negativePeak: '#d9f3ff',
    mixed: '#c3aed0',
    learned: '#ffb454',
    test: '#6fb7ff',
    twin: '#b79cff',
    mapRange: [0.22, 1],
  },
  light: {
    dark: false,
    ground: '#ffffff',
    panel: '#f4f4f8',
    ink: '#1c1c26',
    soft: '#5b5b6b',
    faint: '#dddde6',
    hover: '#c9c9d6',
    positive: '#e0690f',
    positivePeak: '#6e2400',
    negative: '#1f7ae0',
    negativePeak: '#06255c',
    mixed: '#7d6488',
    learned: '#c2530a',
    test: '#1763b8',
    twin: '#7040c8',
    mapRange: [0, 0.86],
  },
} as const satisfies Record<string, Theme>;
export type ThemeName = keyof typeof THEMES;

/** Sequential colour maps: t in [0, 1] to a CSS colour. */
export const COLOUR_MAPS = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
} as const satisfies Record<string, (t: number) => string>;
export type ColourMapName = keyof typeof COLOUR_MAPS;

/** '#rrggbb' or 'rgb(r, g, b)' as numbers in [0, 1]. */
export function parseRgb(css: string): Rgb {
  const parts = css.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(css.slice(at, at + 2), 16))
    : (css.match(/\d+/g) ?? []).map(Number);
  const [r, g, b] = parts;
  if (parts.length < 3 || parts.some(Number.isNaN)) throw new Error(`not a colour: ${css}`);
  return [r / 255, g / 255, b / 255];
}

/** Colours of a map that is looked up. */
export const MAP_STEPS = 256;

/** A map as RGBA pixels, a texture of MAP_STEPS × 1; `range` picks the part of the map to stretch over it. */
export function lookupTable(
  name: ColourMapName,
  range: readonly [number, number] = [0, 1],
): Uint8ClampedArray<ArrayBuffer> {
  const table = new Uint8ClampedArray(MAP_STEPS * 4);
  for (let i = 0; i < MAP_STEPS; i++) {
    const rgb = parseRgb(COLOUR_MAPS[name](range[0] + (range[1] - range[0]) * (i / (MAP_STEPS - 1))));
    table.set([rgb[0] * 255, rgb[1] * 255, rgb[2] * 255, 255], 4 * i);
  }
  return table;
}
