/** The tangent kernel and its spectrum in a worker: the page's own thread stays free. */
import { featureChoiceOf, featureOf, sizedFor } from '../../core/features/features.ts';
import { kernelDrift, tangentKernel } from '../../core/features/kernel.ts';
import type { Kernel, KernelSetup, KernelState } from '../kernel.ts';
import { remote, type Port } from '../workers/remote.ts';

/** What the worker hosts. */
export class HostedKernel {
  constructor(private readonly setup: KernelSetup) {}

  /** Of the same neurons, θ [n, c + d], now and at the start. */
  async measure(theta: Float32Array, start: Float32Array): Promise<KernelState> {
    const { spectrumOf } = await import('../../core/analysis/linear.ts');
    const K = this.kernel(theta);
    const K0 = this.kernel(start);
    const spectrum = Float64Array.from(spectrumOf(K).values);
    return { K, spectrum, drift: kernelDrift(K, K0) };
  }

  private kernel(theta: Float32Array): Float64Array {
    const { x, d, c = 1, outer } = this.setup;
    const m = x.length / d;
    const sized = sizedFor(featureChoiceOf(this.setup).features, { c, d });
    const samples = { x, y: new Float64Array(m * c), m, ...sized };
    return tangentKernel(theta, samples, outer, featureOf(this.setup));
  }
}

export const openKernel = (spawn: () => Port, setup: KernelSetup): Kernel => remote(spawn(), 'kernel', setup);
