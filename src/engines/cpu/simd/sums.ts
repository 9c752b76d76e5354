/**
 * Direct sums by vector kernels. A thread has one instance of each module, whose memory holds the samples that were
 * used last: systems over the same samples share them, others take turns.
 */
import { activationOf, featureOf, type Feature, type FeatureChoice } from '../../../core/features/features.ts';
import type { Samples } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import { BLOCK, PairSums, type Sums } from '../../../core/sums.ts';
import type { Method } from '../../engine.ts';
import { bytesOf } from './arena.ts';
import type { BlockKernels } from './block.ts';
import { NARROW, type KernelExports } from './layout.ts';
import { compiledKernels, instantiated, type CompiledKernels } from './module.ts';
import { NarrowKernels, narrowLengths } from './narrow.ts';
import { TiledKernels, tiledLengths } from './tiled.ts';
import { WeightlessSums, withWeights } from './weightless.ts';

/** Bytes that the arrays of a thread may take. */
const MOST_BYTES = 2 ** 30;

/** Whether kernels can stand for the definition there. */
export const serves = ({ precision }: CompiledKernels, samples: Samples, { map }: Feature): boolean =>
  map.product === true &&
  bytesOf((isNarrow(samples) ? narrowLengths : tiledLengths)(withWeights(samples), precision), precision) <=
    MOST_BYTES;

/** Direct sums by kernels that serve. */
export const kernelSums = (kernels: CompiledKernels, samples: Samples): Sums =>
  shapeOf(samples).weights > 0
    ? new SimdSums(kernels, samples)
    : new WeightlessSums(samples, new SimdSums(kernels, withWeights(samples)));

/** The float32 kernels of a problem's direct sums, or null where there are none. */
export async function float32Kernels(problem: Samples & FeatureChoice): Promise<CompiledKernels | null> {
  const kernels = await compiledKernels(activationOf(problem), 'f32');
  return kernels && serves(kernels, problem, featureOf(problem)) ? kernels : null;
}

/** For people: nothing where kernels serve, or where nobody sums over pairs. */
export const spelt = (
  problem: Samples & FeatureChoice,
  method: Method,
  kernels: CompiledKernels | null,
): string =>
  method !== 'direct' || (kernels && serves(kernels, problem, featureOf(problem))) ? '' : ', scalar sums';

function isNarrow(samples: Samples): boolean {
  const { c, d } = shapeOf(samples);
  return c === 1 && NARROW.some((narrow) => narrow === d);
}

interface Instance {
  readonly exports: KernelExports;
  block: BlockKernels | null;
}

/** Of this thread. */
const instances = new Map<string, Instance>();

function blockOf(compiled: CompiledKernels, samples: Samples): BlockKernels {
  let instance = instances.get(compiled.name);
  if (!instance) instances.set(compiled.name, (instance = { exports: instantiated(compiled), block: null }));
  const { exports, block } = instance;
  if (block && isSame(block.samples, samples)) return block;
  const Kernels = isNarrow(samples) ? NarrowKernels : TiledKernels;
  return (instance.block = new Kernels(exports, samples, compiled.precision));
}

/** As kernels see them: y is no part of it. */
const isSame = (p: Samples, q: Samples): boolean =>
  p.x === q.x && p.m === q.m && p.d === q.d && shapeOf(p).c === shapeOf(q).c;

export class SimdSums extends PairSums {
  constructor(
    private readonly compiled: CompiledKernels,
    samples: Samples,
  ) {
    super(samples);
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { width } = shapeOf(this.samples);
    const kernels = blockOf(this.compiled, this.samples);
    for (let start = first; start < last; start += BLOCK)
      kernels.drifts(
        start === first ? b : b.subarray((start - first) * width),
        theta,
        start,
        Math.min(start + BLOCK, last),
        this.r,
      );
  }

  deposit(sum: Float64Array, theta: Float64Array, first: number, last: number): boolean {
    const kernels = blockOf(this.compiled, this.samples);
    for (let start = first; start < last; start += BLOCK)
      kernels.outputs(sum, theta, start, Math.min(start + BLOCK, last));
    return true;
  }
}
