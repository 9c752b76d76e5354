/**
 * The tangent kernel at some of the training inputs and its spectrum, in a worker: the page's own thread stays
 * free.
 */
import { ACTIVATIONS, type ActivationName } from '../../core/activations.ts';
import { tangentKernel } from '../../core/model.ts';
import type { Hosted } from '../workers/calls.ts';
import { remote, type Port } from '../workers/remote.ts';

export interface KernelSetup {
  /** Inputs [p, d] as in `Problem`. */
  readonly x: Float64Array;
  readonly d: number;
  readonly activation: ActivationName;
  readonly outer: number;
}

export interface KernelState {
  /** K [p, p]. */
  readonly K: Float64Array;
  /** Its eigenvalues [p], the largest first. */
  readonly spectrum: Float64Array;
  /** ‖K − K_0‖ / ‖K_0‖ in Frobenius norms. */
  readonly drift: number;
}

/** What the worker hosts. */
export class HostedKernel {
  constructor(private readonly setup: KernelSetup) {}

  /** Of the same neurons, θ [n, 1 + d], now and at the start. */
  async measure(theta: Float32Array, start: Float32Array): Promise<KernelState> {
    const { product, spectrumOf } = await import('../../core/analysis/linear.ts');
    const K = this.kernel(theta);
    const K0 = this.kernel(start);
    const change = K.map((entry, i) => entry - K0[i]);
    const spectrum = Float64Array.from(spectrumOf(K).values);
    return { K, spectrum, drift: Math.sqrt(product(change, change) / product(K0, K0)) };
  }

  private kernel(theta: Float32Array): Float64Array {
    const { x, d, activation, outer } = this.setup;
    const m = x.length / d;
    return tangentKernel(theta, { x, y: new Float64Array(m), m, d }, outer, ACTIVATIONS[activation]);
  }
}

export type Kernel = Hosted<HostedKernel>;

export const openKernel = (spawn: () => Port, setup: KernelSetup): Kernel => remote(spawn(), 'kernel', setup);
