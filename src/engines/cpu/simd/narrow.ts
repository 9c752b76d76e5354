/** Kernels of few inner coordinates and one output: rows of θ go in as they are. */
import type { Samples } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import { BLOCK, zeroIfFinite } from '../../../core/sums.ts';
import { place, type Place } from './arena.ts';
import type { BlockKernels } from './block.ts';
import { PARTICLES, type Drifts, type KernelExports, type Outputs, type Precision } from './layout.ts';
import { intoPanels, padded, panelOf, panelsOf } from './samples.ts';

type Arrays = 'x' | 'r' | 'theta' | 'b' | 'sum';

export function narrowLengths(samples: Samples, precision: Precision): Record<Arrays, number> {
  const { d, width } = shapeOf(samples);
  const m = padded(samples.m, precision);
  return { x: m * d, r: m, theta: BLOCK * width, b: BLOCK * width, sum: m };
}

export class NarrowKernels implements BlockKernels {
  private readonly places: Record<Arrays, Place>;
  private readonly panels: number;
  private readonly width: number;
  private readonly outputsOf: Outputs;
  private readonly driftsOf: Drifts;

  constructor(
    kernels: KernelExports,
    readonly samples: Samples,
    precision: Precision,
  ) {
    const { d, width } = shapeOf(samples);
    const exports = kernels as unknown as Record<string, unknown>;
    this.width = width;
    this.panels = panelsOf(samples.m, precision);
    this.places = place(kernels, narrowLengths(samples, precision), precision);
    this.outputsOf = exports[`outputs${d}`] as Outputs;
    this.driftsOf = exports[`drifts${d}`] as Drifts;
    intoPanels(this.places.x.numbers, samples.x, d, panelOf(precision));
    this.places.r.numbers.fill(0);
  }

  outputs(sum: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { places, panels } = this;
    this.enter(theta, first, last);
    this.outputsOf(places.sum.at, places.theta.at, last - first, places.x.at, panels);
    const { numbers } = places.sum;
    const guard = zeroIfFinite(theta, first * this.width, last * this.width);
    for (let a = 0; a < sum.length; a++) sum[a] += numbers[a] + guard;
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number, r: Float64Array): void {
    const { places, panels, samples, width } = this;
    const count = Math.ceil((last - first) / PARTICLES) * PARTICLES;
    this.enter(theta, first, last);
    places.theta.numbers.fill(0, (last - first) * width, count * width);
    places.r.numbers.set(r);
    this.driftsOf(places.b.at, places.theta.at, count, places.x.at, places.r.at, panels);
    const { numbers } = places.b;
    for (let k = 0; k < (last - first) * width; k++) b[k] = numbers[k] / -samples.m;
  }

  private enter(theta: Float64Array, first: number, last: number): void {
    this.places.theta.numbers.set(theta.subarray(first * this.width, last * this.width));
  }
}
