/** From where the cloud is seen, as links hold it: "24,-6,1.5,0,0". */
import { say } from '../say.ts';

/** Degrees to the right and up, the factor of zoom, and the shift in half-widths and half-heights of the view. */
export interface CameraChoice {
  readonly yaw: number;
  readonly pitch: number;
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
}

const NAMES = ['yaw', 'pitch', 'zoom', 'panX', 'panY'] as const satisfies readonly (keyof CameraChoice)[];
/** Of a camera that nobody moved. */
const STILL: CameraChoice = { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 };
const DEGREE = Math.PI / 180;
const ZOOM = [1e-3, 1e4] as const;
/** Numbers beyond leave nothing to be seen. */
const MOST = 1e6;
/** Digits of a number: a pixel of the widest screens. */
const DIGITS = 5;

export function readCamera(text: string): CameraChoice {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [yaw, pitch, zoom, panX, panY] = numbers;
  const isFit =
    numbers.length === NAMES.length &&
    numbers.every((value) => Math.abs(value) <= MOST) &&
    Math.abs(pitch) <= 90 &&
    zoom >= ZOOM[0] &&
    zoom <= ZOOM[1];
  if (!isFit)
    throw new Error(
      say(
        'camera = "{text}": write degrees to the right, degrees up from −90 to 90, a zoom from {least} to {most}, and the shift across and up, such as 24,-6,1.5,0,0',
        { text, least: String(ZOOM[0]), most: String(ZOOM[1]) },
      ),
    );
  return { yaw, pitch, zoom, panX, panY };
}

export const writeCamera = (choice: CameraChoice): string => NAMES.map((name) => choice[name]).join();

/** What a link says of a camera; null: as it was at first. */
export function choiceOfCamera({ yaw, pitch, ...rest }: CameraChoice): CameraChoice | null {
  const exact = { ...rest, yaw: yaw / DEGREE, pitch: pitch / DEGREE };
  const [y, p, zoom, panX, panY] = NAMES.map((name) => Number(exact[name].toPrecision(DIGITS)));
  const choice = { yaw: y, pitch: p, zoom, panX, panY };
  return NAMES.every((name) => choice[name] === STILL[name]) ? null : choice;
}

/** A choice in the camera's own units: radians. */
export const cameraOf = ({ yaw, pitch, ...rest }: CameraChoice): CameraChoice => ({
  ...rest,
  yaw: yaw * DEGREE,
  pitch: pitch * DEGREE,
});
