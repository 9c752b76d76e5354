/** Which neuron is meant: those of a particle sample by their places on the screen. */
import { shapeOf } from '../../core/shape.ts';
import type { ParticleSample } from '../../engines/engine.ts';
import type { Matrix } from '../../views/cloud/camera.ts';
import type { Axes } from '../../views/cloud/cloud.ts';
import { pixelOf } from '../../views/cloud/overlay.ts';

/** CSS pixels from the left and the top; NaN for what is behind the eye or beside the picture. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** Where the neurons of a sample stand on a sheet. */
export function placesOf(sample: ParticleSample, matrix: Matrix, axes: Axes, sheet: Sheet): Places {
  const { theta, n, ...sized } = sample;
  const { width } = shapeOf(sized);
  const [x, y] = [new Float32Array(n).fill(NaN), new Float32Array(n).fill(NaN)];
  for (let i = 0; i < n; i++) {
    const place = pixelOf(sheet, matrix, axes, theta, i * width);
    if (!place || !isOn(place, sheet)) continue;
    [x[i], y[i]] = place;
  }
  return { x, y };
}

const isOn = ([x, y]: readonly [number, number], { width, height }: Sheet): boolean =>
  x >= 0 && x <= width && y >= 0 && y <= height;

/** The neuron nearest to (x, y), the first of equals; −1 where none is within `reach` pixels. */
export function nearest(places: Places, x: number, y: number, reach = Infinity): number {
  let [best, least] = [-1, reach];
  for (let i = 0; i < places.x.length; i++) {
    const distance = Math.hypot(places.x[i] - x, places.y[i] - y);
    if (distance < least || (distance === least && best < 0)) [best, least] = [i, distance];
  }
  return best;
}

/** Nearer ones are the same place to the eye. */
const APART = 1;

/**
 * The neuron that an arrow leads to from neuron `from`: of those that lie within 45° of (dx, dy), y downwards, the
 * nearest; −1 where there is none.
 */
export function nextTowards(places: Places, from: number, [dx, dy]: readonly [number, number]): number {
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < places.x.length; i++) {
    const [x, y] = [places.x[i] - places.x[from], places.y[i] - places.y[from]];
    const distance = Math.hypot(x, y);
    const isThatWay = x * dx + y * dy >= Math.abs(x * dy - y * dx);
    if (isThatWay && distance > APART && distance < least) [best, least] = [i, distance];
  }
  return best;
}
