/**
 * The one interface behind which every engine hides: the float64 CPU engine, its workers, WebGPU. Experiments,
 * views and both programs know engines only through it; `select.ts` is the one place that names them.
 */
import type { ActivationChoice } from '../core/activations/parametric.ts';
import type { Batch } from '../core/dynamics/batches.ts';
import type { IntegratorName } from '../core/dynamics/integrators.ts';
import type { Features } from '../core/features/features.ts';
import type { LossName } from '../core/objective/losses.ts';
import type { Means } from '../core/observables.ts';
import type { MethodName } from '../core/methods/methods.ts';
import type { Schedules } from '../core/dynamics/schedules.ts';
import { shapeOf, type Sized } from '../core/shape.ts';
import type { Stream } from '../core/dynamics/streams.ts';
import type { Terms } from '../core/dynamics/terms.ts';
import type { Spent } from '../gpu/schedule.ts';
import type { OnGpu } from './on-gpu.ts';
import type { Store } from './store.ts';

/**
 * θ as an engine hands it out: float64 from the CPU engine, float32 from a GPU. Shape [R, n, c + d], w1
 * first, or [R, n, d] where there is none (core/shape.ts).
 */
export type Theta = Float64Array | Float32Array;

/**
 * Everything that moves particles, as numbers: no file names, no laws, no parameterization names.
 *     f^α = outer Σ_j w1_j Φ(w0_j, x^α),  r = ∂ℓ/∂f (f, y),  θ' = speed · b(θ, ρ)
 * R replicas are independent systems of n particles each over the same samples: what is said of f [m] and θ [n,
 * c + d] holds for each, and arrays hold one after the other.
 */
export interface Problem {
  readonly n: number;
  readonly m: number;
  /** Inner dimension, the bias coordinate included. */
  readonly d: number;
  /** Inputs [m, d], row-major, the bias appended last; already multiplied by n^(−a0). */
  readonly x: Float64Array;
  /** Outputs, default 1: θ [n, c + d], f and r [m, c]. */
  readonly c?: number;
  /** Output weights in a row of θ, default c; 0 where the features have none. */
  readonly weights?: number;
  /** Targets [m, c]. */
  readonly y: Float64Array;
  readonly activation: ActivationChoice;
  /** Default: inner-product. */
  readonly features?: Features;
  readonly loss: LossName;
  readonly integrator: IntegratorName;
  readonly dt: number;
  /** n^(−a1). */
  readonly outer: number;
  /** n^(κ − a). */
  readonly speed: number;
  /** θ at step 0, [R, n, c + d]. The engine copies it. */
  readonly theta: Theta;
  /** R, default 1. Replica k moves as it would alone, bit for bit, its noise drawn from the seed + k. */
  readonly replicas?: number;
  /** Rates of the layers, weight decay, noise; default none. Noise needs Euler's method (Euler–Maruyama). */
  readonly terms?: Terms;
  /** What dt and the temperature are multiplied by, step by step; default 1. */
  readonly schedules?: Schedules;
  /** Rows that each step takes, the same in all replicas; default all. f and the loss are of all. */
  readonly batch?: Batch;
  /** Unit vectors [d], of which observables are taken: of a teacher's w0. Default none. */
  readonly directions?: readonly (readonly number[])[];
  /**
   * Fresh samples, the same in all replicas: x and y are those of step 0, m of them; f and the loss at θ_k are of those
   * that the step from there takes.
   */
  readonly stream?: Stream;
}

/** Numbers of y, f and r of one system: m c. */
export const outputsIn = ({ m, ...sized }: Sized & { readonly m: number }): number => m * shapeOf(sized).c;

/** R. */
export const replicasOf = ({ replicas = 1 }: Pick<Problem, 'replicas'>): number => replicas;

/** `cpu32`: the CPU engine with direct sums in float32. */
export type EngineName = 'cpu' | 'cpu32' | 'webgpu';
/** Whether it computes on the CPU. */
export const isCpu = (name: EngineName): boolean => name !== 'webgpu';
/** How sums over all pairs of a particle and a sample are computed: core/methods/methods.ts. */
export type Method = MethodName;

/** What beside θ and the step decides the bits of an approximate method's later steps; plain JSON. */
export interface Accuracy {
  /** Spacings of the grid, in units of h. */
  readonly spacing: readonly [number, number];
  /** The largest bound so far of the drift's error, as docs/model.md, Errors of a method, defines it. */
  readonly error: number;
  /** That of the last check: errors may go on growing as they have grown. */
  readonly recent?: number;
  /** No grid suits the cloud any more: since then its sums are direct ones. */
  readonly outgrown?: true;
}

export interface EngineInfo {
  readonly name: EngineName;
  readonly method: Method;
  /** Human-readable device, e.g. "google swiftshader (software)" or "2 CPU workers". */
  readonly adapter: string;
  /** True when no real GPU computes: speeds must be labelled so. */
  readonly software: boolean;
  readonly precision: 'float64' | 'float32';
}

/**
 * Some of the particles: θ [n, c + d], their numbers [n], and |b| [n] at the start of the last step, 0 where it
 * is not kept.
 */
export interface ParticleSample {
  readonly theta: Float32Array;
  readonly speed: Float32Array;
  readonly rows: Uint32Array;
  readonly n: number;
  readonly c: number;
  readonly d: number;
  readonly weights: number;
}

export interface LossRecord {
  readonly step: number;
  readonly loss: number;
}

export interface AdvanceOptions {
  /** Return the loss of every step that is a multiple of `every` (default: of the last step only). */
  readonly every?: number;
  /** Stops between two steps once aborted; the steps done so far count. */
  readonly signal?: AbortSignal;
  /**
   * Residual paths [k, m, c]: row i drives the particles of every replica in the i-th of these steps in place of
   * their own residuals (docs/model.md, fact 6), while f and the loss stay their own. Euler's method with all rows
   * only.
   */
  readonly drive?: Float64Array;
  /**
   * Resolves when the steps of the calls before are done, so that a device has work while its answer is on the way:
   * `step`, `loss` and the losses are those of steps that are done. Every other question waits for all that are asked
   * for; what is wrong with them the next `advance` tells. An engine may as well do them all at once.
   */
  readonly ahead?: boolean;
}

export interface Engine {
  readonly info: EngineInfo;
  readonly problem: Problem;
  /** Steps done since θ at step 0. */
  readonly step: number;
  /** L at the current θ, the mean over replicas. */
  readonly loss: number;

  /**
   * Advances k steps and resolves when θ, f, r, `step` and `loss` describe the same state. Losses come in step
   * order, the last step's always included. The bits of θ do not depend on how steps are grouped into calls.
   * Rejects with DivergedError when θ or the loss stops being finite, with DeviceLostError when the device is
   * gone. One call at a time; a second concurrent call rejects.
   */
  advance(k: number, options?: AdvanceOptions): Promise<LossRecord[]>;

  /** A copy of θ [R, n, c + d] at the current step. */
  theta(): Promise<Theta>;

  /** f [R, k, c] at arbitrary inputs [k, d] (scaled and biased like problem.x) at the current θ. */
  predict(x: Float64Array): Promise<Float64Array>;

  /**
   * ∫ q dρ of every observable (core/observables.ts), and of the problem's directions, at the current θ, the mean over replicas; θ itself stays
   * where it is.
   */
  observables(): Promise<Means>;

  /** Some of the particles of the first system, at most about `most`, for a picture. */
  sample(most: number): Promise<ParticleSample>;

  /** f [R, m, c] on the training inputs at the current θ, from the forward sum that produced `loss`. */
  f(): Promise<Float64Array>;

  /**
   * Replaces θ and the step counter (resume, reset); recomputes f, r and the loss. With the `accuracy` that the
   * engine had there, later bits are those of the uninterrupted run; without it an approximate method starts
   * again from the one that suits step 0. So with the `velocity`, without which momentum starts from rest.
   */
  restore(theta: Theta, step: number, accuracy?: Accuracy, velocity?: Theta): Promise<void>;

  /** A copy of what momentum carries from step to step [R, n, c + d]; absent or null where there is none. */
  velocity?(): Promise<Theta | null>;

  /** The step that was asked for, of which some may be under way (`ahead`); absent: `step`. */
  readonly asked?: number;

  /** What its device took for the steps that are done, a call being a beginning; absent where it does nothing else. */
  readonly spent?: Spent;

  /** Of an approximate method; null or absent of an exact one. */
  readonly accuracy?: Accuracy | null;
  /** The bound of the error of such a drift at the current θ; it changes nothing. */
  driftError?(): Promise<number>;

  /** Where the particles live on a GPU: for those who draw them there. */
  readonly onGpu?: OnGpu;

  /** Tries an adapter that is new to such problems, 10 ms or so at a time, for engines to come; else absent. */
  tune?(store: Store): Promise<void>;

  /** Changes dt, nothing else, from the next step on. */
  setStepSize(dt: number): void;

  /** Frees every resource. Later calls reject. */
  destroy(): void;
}

/** θ or the loss is no longer finite. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'diverged';
  constructor(
    /** The first known to be bad. */
    readonly step: number,
    detail: string,
    /** What `advance` had to return before it. */
    readonly losses: readonly LossRecord[] = [],
  ) {
    super(`the run diverged at step ${step}: ${detail}; choose a smaller dt`);
  }
}

/** What computes is gone, a GPU (reset, update, out of memory) or a thread: open a new engine and `restore` the last θ. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'device-lost';
  constructor(
    message: string,
    /** What is gone. */ readonly of: 'GPU' | 'thread' = 'GPU',
    /** It does not answer, and would not at another try. */ readonly hung = false,
  ) {
    super(message);
  }
}

/** The adapter cannot hold or run this problem: the sentence names the number, the limit and the remedy. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'capacity';
}
