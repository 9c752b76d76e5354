/** The uniforms of a picture. */
import { Frame } from '../../../../shaders/draw/bindings.ts';
import type { Camera } from '../camera.ts';
import { haloShare, knee, leastWhite, type CloudOptions } from '../cloud.ts';
import type { Targets } from './targets.ts';
import { parseRgb, THEMES } from '../../palette.ts';

/** Share of the newest picture in the running exposure, while neurons move. */
const BLEND = 0.15;
/** Most units of one particle in a pixel, and light of the brightest: MAGNIFIED², with room for rounding. */
const FINEST = 256;
const BRIGHTEST = 3.3;

export interface Drawing {
  readonly camera: Camera;
  readonly options: CloudOptions;
  readonly bySpeed: boolean;
  /** Particles in all, and the radius of one in pixels. */
  readonly drawn: number;
  readonly radius: number;
}

export function frameOf(drawing: Drawing, { width, height, across, down }: Targets): ArrayBuffer {
  const { camera, options, bySpeed, drawn, radius } = drawing;
  const bend = knee(drawn, radius);
  const theme = THEMES[options.theme];
  return Frame.pack({
    matrix: camera.matrix(width / height),
    size: [width, height],
    cells: [across, down],
    radius,
    unit: unitOf(drawn),
    halo: haloShare(drawn),
    gain: options.gain ?? 1,
    knee: bend,
    least_white: leastWhite(bend),
    blend: options.still ? 1 : BLEND,
    by_speed: Number(bySpeed),
    axes: options.axes.map((axis) => (typeof axis === 'number' ? axis : -1)), // directions are a buffer of their own
    ground: parseRgb(theme.ground),
    positive: parseRgb(theme.positive),
    positive_peak: parseRgb(theme.positivePeak),
    negative: parseRgb(theme.negative),
    negative_peak: parseRgb(theme.negativePeak),
    mixed: parseRgb(theme.mixed),
  });
}

/** All particles in one pixel, each as bright as can be, must still fit in a u32. */
const unitOf = (drawn: number): number =>
  Math.min(FINEST, Math.max(1, Math.floor(2 ** 32 / (BRIGHTEST * drawn))));
