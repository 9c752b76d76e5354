/**
 * The moving cloud ρ^(n): one particle per neuron, drawn at three chosen components of θ. Three views share
 * this interface and one look, a log density in two hues: WebGPU straight from the engine's buffer, WebGL in a
 * worker, and a plain 2-D canvas.
 */
import { shapeOf, type Sized } from '../../core/shape.ts';
import type { Camera } from './camera.ts';
import type { ThemeName } from '../palette.ts';

/** Σ weights_k θ_k over a row of θ, stretched or not. */
export interface Direction {
  /** No two of a run have the same. */
  readonly name: string;
  /** As links spell it; a component by its number. */
  readonly spelled: string;
  readonly weights: readonly number[];
  /** Root mean square along it, of the particles that told it; absent where it does not depend on them. */
  readonly size?: number;
  readonly stretch?: Stretch;
}

/** What moves a particle on its ray from 0: the same for all axes of a picture. */
export interface Stretch {
  /** Numbers of a row whose length is the factor. */
  readonly of: readonly number[];
  /** Weights of all drawn axes, where that is to be the length of what is drawn; none where it is a mere factor. */
  readonly within: readonly (readonly number[])[];
}

/**
 * A component of θ as it lies in a row (core/shape.ts): 0 is w1, or the first of several, w0 follows, or begins where
 * there is no w1; −1 is the constant 0. Or a direction.
 */
export type Axis = number | Direction;

/** On screen x, screen y and depth. */
export type Axes = readonly [Axis, Axis, Axis];

/** Of the particle whose row begins at theta[row]. */
export function coordinate(theta: ArrayLike<number>, row: number, axis: Axis): number {
  if (typeof axis === 'number') return axis < 0 ? 0 : theta[row + axis];
  const along = alongOf(theta, row, axis.weights);
  return axis.stretch && along !== 0 ? along * factorOf(theta, row, axis.stretch) : along;
}

const alongOf = (theta: ArrayLike<number>, row: number, weights: readonly number[]): number =>
  weights.reduce((sum, weight, k) => sum + weight * theta[row + k], 0);

function factorOf(theta: ArrayLike<number>, row: number, { of, within }: Stretch): number {
  const length = Math.hypot(...of.map((k) => theta[row + k]));
  return within.length === 0 ? length : length / Math.hypot(...within.map((w) => alongOf(theta, row, w)));
}

/** The same for the same axes. */
export const keyOfAxes = (axes: Axes): string =>
  axes.map((axis) => (typeof axis === 'number' ? axis : axis.name)).join();

/** `sign`: of a row's first number, orange w1 > 0, blue w1 < 0, or w0_0 where there is no w1. `speed`: |b| through a sequential map, logarithmic. */
export const COLOURS = ['sign', 'speed'] as const;
export type CloudColour = (typeof COLOURS)[number];

export interface CloudOptions {
  readonly theme: ThemeName;
  readonly colour: CloudColour;
  readonly axes: Axes;
  /** Brightness of thin parts relative to the automatic exposure; 1 unless the user wants otherwise. */
  readonly gain?: number;
  /** The neurons stand still: the picture is a function of them, whatever was drawn before it. */
  readonly still?: boolean;
}

/**
 * θ in the engine's own buffers, one after the other: `stride` vec4f per particle, components in the order (w1,
 * w0_0, …); |b| [n] or null.
 */
export interface GpuSource {
  readonly parts: readonly {
    readonly theta: GPUBuffer;
    readonly speed: GPUBuffer | null;
    readonly n: number;
  }[];
  readonly n: number;
  readonly d: number;
  readonly stride: number;
}

/**
 * θ [n, c + d] in memory; |b| [n] or null. It is the view's from `setSource` on: one that draws in a worker
 * takes the arrays there.
 */
export interface ArraySource extends Sized {
  readonly theta: Float32Array | Float64Array;
  readonly speed: Float32Array | Float64Array | null;
  readonly n: number;
}

export interface CloudView<Source> {
  /** New buffers or new values in them. */
  setSource(source: Source): void;
  /** CSS pixels and device pixels per CSS pixel. */
  resize(width: number, height: number, dpr: number): void;
  draw(camera: Camera, options: CloudOptions): void;
  /**
   * Of a view that must prepare for a picture first: until then `draw` does nothing, and then `onReady` is
   * called; and again where the first picture comes later than `draw`.
   */
  ready?(options: CloudOptions): Promise<void>;
  onReady?: () => void;
  /** Whether there has been a picture: until then the canvas is black, whatever the theme. */
  readonly isSeen: boolean;
  /** Particles actually drawn: all n, or every k-th of them where the device is too slow for all. */
  readonly drawn: number;
  /** Range [low, high] of |b| that the speed colours span, as last measured; null before that. */
  readonly speedRange: readonly [number, number] | null;
  destroy(): void;
}

/** The plane (w0_0, w0_1) with w1 as depth, or w0_2 where there is no w1; with d = 1 the plane (w0_0, w1). */
export function defaultAxes(sized: Sized): Axes {
  const { d, weights, w1, w0 } = shapeOf(sized);
  if (weights === 0) return [0, d > 1 ? 1 : -1, d > 2 ? 2 : -1];
  return d === 1 ? [w0, w1, -1] : [w0, w0 + 1, w1];
}

/**
 * Radius of one particle's footprint in CSS pixels: discs one can point at for a thousand, a pixel for a
 * million. 0 means the nearest pixel alone. `budget` bounds the pixel updates of a frame.
 */
export function footprint(n: number, dpr: number, budget: number): number {
  const radius = Math.min(4.5, Math.max(1, 3.4 * (1000 / n) ** 0.27)) * dpr;
  return n * Math.max(4, Math.PI * radius ** 2) <= budget ? radius : n * 4 <= budget ? 1 : 0;
}

/** Share of the soft halo in the picture: it carries thin clouds, and would only blur dense ones. */
export const haloShare = (n: number): number =>
  Math.min(0.32, Math.max(0.1, 0.32 - 0.08 * Math.log10(n / 30_000)));

/**
 * Density (particles per pixel) at which the tone curve leaves its linear part: lower shows thin parts
 * brighter.
 */
export const knee = (n: number, radius: number): number =>
  Math.min(1, 0.12 * (n / 1000) ** 0.25) / Math.max(1, (Math.PI * radius ** 2) / 3);

/** The lowest white point at that knee: a thin cloud is not lit up to white. */
export const leastWhite = (bend: number): number => 12 * bend;
