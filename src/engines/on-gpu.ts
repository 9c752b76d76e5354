/** What an engine whose particles live on a GPU offers beside `Engine`, so that views draw without a readback. */
import type { GpuContext } from '../gpu/device.ts';
import type { Dispatch } from '../gpu/schedule.ts';
import type { DeviceLostError } from './engine.ts';

export interface OnGpu {
  /** The particles where they are: the same buffers as long as the engine lives. */
  cloud(): GpuCloud;

  /** f at `count` inputs of one's own: place the inputs, `refresh` when θ has moved. It goes with the engine. */
  field(count: number): Promise<GpuField>;

  /**
   * Submits the work that brings a field's values up to the current θ; the GPU does it before anything
   * submitted later.
   */
  refresh(field: GpuField): Promise<void>;

  /** Comes when the device is gone, though nobody asks anything of the engine: why, as its calls say it. */
  lost(): Promise<DeviceLostError>;
}

/** What a view needs to draw the particles from where they are. */
export interface GpuCloud {
  readonly gpu: GpuContext;
  /** One after the other; of replicas, the first one. */
  readonly parts: readonly GpuCloudPart[];
  /** Particles in all. */
  readonly n: number;
  readonly c: number;
  readonly d: number;
  /** vec4f of a particle. */
  readonly stride: number;
}

export interface GpuCloudPart {
  /**
   * vec4f × stride a particle: w1 [c], w0 [d], zeros; of replicas, others follow. Usage includes VERTEX and
   * STORAGE.
   */
  readonly theta: GPUBuffer;
  /** |b| [n] f32, at the start of the last step; null unless recorded. */
  readonly speed: GPUBuffer | null;
  /** Particles in it. */
  readonly n: number;
}

export interface GpuField {
  /** f [R, count, c], as f32, of the last refresh. */
  readonly values: GPUBuffer;
  /** What a refresh does. */
  readonly dispatches: readonly Dispatch[];
  /** Other inputs [count, d], scaled and biased like problem.x. */
  place(x: ArrayLike<number>): void;
}
