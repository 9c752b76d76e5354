/**
 * What is drawn over the cloud beside its axes: what the data were made of, and the paths of some particles.
 */
import type { Ray } from '../../core/ray.ts';
import { project, type Camera, type Matrix } from './camera.ts';
import { coordinate, type Axes } from './cloud.ts';
import { THEMES, type Theme, type ThemeName } from '../palette.ts';

export interface Overlay {
  /** The half of a line that lies behind its first row is fainter. */
  readonly rays: readonly Ray[];
  /** Radii of circles about 0 in the plane of the first two axes. */
  readonly rings: readonly number[];
  readonly paths: Paths | null;
  /** What somebody else draws over that. */
  readonly layer?: Layer | null;
}

/** A drawing over the cloud that follows its neurons. */
export interface Layer {
  /** Another number whenever it is another picture. */
  readonly version: number;
  /** `at`: where θ at a row stands, in CSS pixels; null behind the eye. */
  readonly draw: (
    context: CanvasRenderingContext2D,
    at: (theta: ArrayLike<number>, row: number) => Pixel | null,
    theme: Theme,
  ) => void;
}

/** Where some particles were: θ [particles, width] of each moment, the oldest first. */
export interface Paths {
  readonly moments: readonly Float32Array[];
  readonly width: number;
  /** Another number whenever there is another moment. */
  readonly version: number;
}

export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

const DASH = [7, 5];
/** Widths in CSS pixels; how visible a ray, and the newest stretch of a path, is. */
const RAY = { width: 1.6, alpha: 0.85, beyond: 0.45 };
/** The sides of a line. */
const BOTH = [
  [1, RAY.alpha],
  [-1, RAY.beyond],
] as const;
/** Of a circle. */
const CORNERS = 180;
const PATH = { width: 1.1, alpha: 0.75 };

export function drawOverlay(
  sheet: Sheet,
  camera: Camera,
  matrix: Matrix,
  axes: Axes,
  { rays, rings, paths, layer }: Overlay,
  name: ThemeName,
): void {
  const theme: Theme = THEMES[name];
  const { context } = sheet;
  context.save();
  context.lineCap = context.lineJoin = 'round';
  if (paths) drawPaths(sheet, matrix, axes, paths, theme);
  for (const ray of rays) drawRay(sheet, camera, matrix, axes, ray, theme);
  for (const radius of rings) drawRing(sheet, matrix, radius, theme);
  layer?.draw(context, (theta, row) => pixelOf(sheet, matrix, axes, theta, row), theme);
  context.restore();
}

export type Pixel = readonly [number, number];

/** Where θ at `row` stands on the sheet; null behind the eye. */
export const pixelOf = (
  sheet: Pick<Sheet, 'width' | 'height'>,
  matrix: Matrix,
  axes: Axes,
  theta: ArrayLike<number>,
  row = 0,
): Pixel | null => pixelAt(sheet, matrix, placeOf(axes, theta, row));

/** Across, up and in depth. */
const placeOf = (axes: Axes, theta: ArrayLike<number>, row: number): number[] =>
  axes.map((axis) => coordinate(theta, row, axis));

function pixelAt(
  { width, height }: Pick<Sheet, 'width' | 'height'>,
  matrix: Matrix,
  [a, b, c]: readonly number[],
): Pixel | null {
  const [x, y, w] = project(matrix, a, b, c);
  return w > 0.05 ? [(x * 0.5 + 0.5) * width, (0.5 - y * 0.5) * height] : null;
}

/** As long as the axes, from where it begins. */
function drawRay(
  sheet: Sheet,
  camera: Camera,
  matrix: Matrix,
  axes: Axes,
  { from, through, isLine }: Ray,
  { positive, negative }: Theme,
): void {
  const { context } = sheet;
  const foot = placeOf(axes, from, 0);
  const step = placeOf(axes, through, 0).map((value, k) => value - foot[k]);
  const span = Math.max(...step.map((value, k) => Math.abs(value) / camera.scale[k]));
  const far = span > 0 && Number.isFinite(1 / span) ? 1 / span : 0;
  const at = (steps: number): Pixel | null =>
    pixelAt(
      sheet,
      matrix,
      foot.map((value, k) => value + steps * step[k]),
    );
  const start = at(0);
  Object.assign(context, { strokeStyle: through[0] > 0 ? positive : negative, lineWidth: RAY.width });
  context.setLineDash(DASH);
  for (const [side, alpha] of isLine ? BOTH : BOTH.slice(0, 1)) {
    const to = at(side * far);
    if (!start || !to) continue;
    context.globalAlpha = alpha;
    context.beginPath();
    context.moveTo(...start);
    context.lineTo(...to);
    context.stroke();
  }
  context.setLineDash([]);
}

function drawRing(sheet: Sheet, matrix: Matrix, radius: number, { ink }: Theme): void {
  const { context } = sheet;
  Object.assign(context, { strokeStyle: ink, lineWidth: RAY.width, globalAlpha: RAY.alpha });
  context.setLineDash(DASH);
  context.beginPath();
  for (let k = 0; k <= CORNERS; k++) {
    const angle = (2 * Math.PI * k) / CORNERS;
    const at = pixelAt(sheet, matrix, [radius * Math.cos(angle), radius * Math.sin(angle), 0]);
    if (at) context.lineTo(...at);
  }
  context.stroke();
  context.setLineDash([]);
}

/** A stretch between two moments is one line of all particles of one sign: older ones are fainter. */
function drawPaths(
  sheet: Sheet,
  matrix: Matrix,
  axes: Axes,
  { moments, width }: Paths,
  { positive, negative }: Theme,
): void {
  const { context } = sheet;
  const now = moments.at(-1);
  context.lineWidth = PATH.width;
  for (let k = 1; k < moments.length; k++) {
    context.globalAlpha = (PATH.alpha * k) / (moments.length - 1);
    for (const [colour, sign] of [
      [positive, 1],
      [negative, -1],
    ] as const) {
      context.strokeStyle = colour;
      context.beginPath();
      for (let row = 0; row < now!.length; row += width) {
        if (Math.sign(now![row]) !== sign) continue;
        const from = pixelOf(sheet, matrix, axes, moments[k - 1], row);
        const to = pixelOf(sheet, matrix, axes, moments[k], row);
        if (!from || !to) continue;
        context.moveTo(...from);
        context.lineTo(...to);
      }
      context.stroke();
    }
  }
}
