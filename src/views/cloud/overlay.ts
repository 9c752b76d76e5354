/**
 * What is drawn over the cloud beside its axes: directions of a teacher's neurons, and the paths of some
 * particles.
 */
import { project, type Camera, type Matrix } from './camera.ts';
import { coordinate, type Axes } from './cloud.ts';
import { THEMES, type Theme, type ThemeName } from '../palette.ts';

export interface Overlay {
  /** θ [1 + d] of each teacher neuron: a ray goes from 0 through it, and its line on beyond 0, fainter. */
  readonly rays: readonly (readonly number[])[];
  readonly paths: Paths | null;
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
const PATH = { width: 1.1, alpha: 0.75 };

export function drawOverlay(
  sheet: Sheet,
  camera: Camera,
  matrix: Matrix,
  axes: Axes,
  { rays, paths }: Overlay,
  name: ThemeName,
): void {
  const theme: Theme = THEMES[name];
  const { context } = sheet;
  context.save();
  context.lineCap = context.lineJoin = 'round';
  if (paths) drawPaths(sheet, matrix, axes, paths, theme);
  for (const theta of rays) drawRay(sheet, camera, matrix, axes, theta, theme);
  context.restore();
}

type Pixel = readonly [number, number];

/** Where θ at `row` stands on the sheet; null behind the eye. */
function pixelOf(
  { width, height }: Sheet,
  matrix: Matrix,
  axes: Axes,
  theta: ArrayLike<number>,
  row = 0,
  factor = 1,
): Pixel | null {
  const [a, b, c] = axes.map((axis) => factor * coordinate(theta, row, axis));
  const [x, y, w] = project(matrix, a, b, c);
  return w > 0.05 ? [(x * 0.5 + 0.5) * width, (0.5 - y * 0.5) * height] : null;
}

/** As long as the axes. */
function drawRay(
  sheet: Sheet,
  camera: Camera,
  matrix: Matrix,
  axes: Axes,
  theta: readonly number[],
  { positive, negative }: Theme,
): void {
  const spans = axes.map((axis, k) => Math.abs(coordinate(theta, 0, axis)) / camera.scale[k]);
  const far = 1 / Math.max(...spans, Number.MIN_VALUE);
  const from = pixelOf(sheet, matrix, axes, theta, 0, 0);
  const { context } = sheet;
  Object.assign(context, { strokeStyle: theta[0] > 0 ? positive : negative, lineWidth: RAY.width });
  context.setLineDash(DASH);
  for (const [side, alpha] of [
    [1, RAY.alpha],
    [-1, RAY.beyond],
  ]) {
    const to = pixelOf(sheet, matrix, axes, theta, 0, Number.isFinite(far) ? side * far : 0);
    if (!from || !to) continue;
    context.globalAlpha = alpha;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
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
