/** Kernels of any shape: groups of particles meet tiles of samples that a cache holds. */
import type { Samples } from '../../../core/model.ts';
import { shapeOf, type Shape } from '../../../core/shape.ts';
import { BLOCK } from '../../../core/sums.ts';
import { place, type Place } from './arena.ts';
import type { BlockKernels } from './block.ts';
import { KeptBlocks } from './kept.ts';
import { CHUNK, GROUP, PANEL, VECTOR, type KernelExports, type Precision } from './layout.ts';
import { ARRAYS, intoPanels, intoColumns, padded, panelOf, panelsOf } from './samples.ts';

/** Bytes of a chunk of x in a tile, in either order: a share of the second cache. */
const TILE = 2 ** 17;
/** Bytes of h that a thread keeps from the outputs for the drifts that follow there: a third of the work. */
const KEPT = 2 ** 26;

type Arrays = 'x' | 'columns' | 'r' | 'sum' | 'theta' | 'w1' | 'w' | 'b1' | 'b0' | 'b' | 'phis' | 'g' | 'h';

/** Panels in a tile. */
function tileOf(d: number, panels: number, precision: Precision): number {
  const panel = Math.min(d, CHUNK) * panelOf(precision) * ARRAYS[precision].BYTES_PER_ELEMENT;
  return Math.max(1, Math.min(panels, Math.floor(TILE / panel)));
}

/** Blocks of particles that have a place for their h: one at least. */
const slotsOf = (mp: number, precision: Precision): number =>
  Math.max(1, Math.floor(KEPT / (BLOCK * mp * ARRAYS[precision].BYTES_PER_ELEMENT)));

export function tiledLengths(samples: Samples, precision: Precision): Record<Arrays, number> {
  const { c, d, width } = shapeOf(samples);
  const m = padded(samples.m, precision);
  const dp = padded(d, precision);
  return {
    x: m * d,
    columns: m * dp,
    r: m * c,
    sum: m * c,
    theta: BLOCK * width,
    w1: BLOCK * c,
    w: BLOCK * d,
    b1: BLOCK * c,
    b0: BLOCK * dp,
    b: BLOCK * width,
    phis: m,
    g: GROUP * m,
    h: slotsOf(m, precision) * BLOCK * m,
  };
}

/** A tile's panels and where its samples begin. */
interface Tile {
  readonly first: number;
  readonly panels: number;
}

export class TiledKernels implements BlockKernels {
  private readonly places: Record<Arrays, Place>;
  private readonly shape: Shape;
  private readonly tiles: readonly Tile[];
  private readonly bytes: number;
  /** Samples and inner coordinates with what pads them. */
  private readonly mp: number;
  private readonly dp: number;
  private readonly kept: KeptBlocks;

  constructor(
    private readonly kernels: KernelExports,
    readonly samples: Samples,
    precision: Precision,
  ) {
    const { m, x } = samples;
    const { c, d } = (this.shape = shapeOf(samples));
    const panels = panelsOf(m, precision);
    const tile = tileOf(d, panels, precision);
    this.bytes = ARRAYS[precision].BYTES_PER_ELEMENT;
    this.mp = padded(m, precision);
    this.dp = padded(d, precision);
    this.places = place(kernels, tiledLengths(samples, precision), precision);
    this.tiles = Array.from({ length: Math.ceil(panels / tile) }, (_, k) => ({
      first: k * tile * panelOf(precision),
      panels: Math.min(tile, panels - k * tile),
    }));
    const { w1, w, b1, b0, phis, g } = this.places;
    kernels.lay(c, d, this.dp, this.mp * this.bytes, w1.at, w.at, b1.at, b0.at, phis.at, g.at);
    intoPanels(this.places.x.numbers, x, d, panelOf(precision));
    intoColumns(this.places.columns.numbers, x, d, this.mp, panelOf(precision));
    this.places.r.numbers.fill(0);
    this.kept = new KeptBlocks(slotsOf(this.mp, precision));
  }

  outputs(sum: Float64Array, theta: Float64Array, first: number, last: number): void {
    const { places, kernels, bytes, mp } = this;
    const { c, d } = this.shape;
    const { m } = this.samples;
    const slot = this.kept.keep(theta, first, last) ?? this.kept.spare();
    const guard = this.enter(theta, first, last, false);
    const groups = Math.ceil((last - first) / GROUP);
    const { numbers } = places.sum;
    numbers.fill(0);
    for (const tile of this.tiles)
      kernels.outputsOfTile(
        places.sum.at + tile.first * bytes,
        this.productsAt(slot, tile),
        groups,
        places.x.at + tile.first * d * bytes,
        tile.panels,
      );
    for (let k = 0; k < c; k++) for (let a = 0; a < m; a++) sum[a * c + k] += numbers[k * mp + a] + guard;
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number, r: Float64Array): void {
    const { places, kernels, bytes, dp } = this;
    const { c, d, width } = this.shape;
    const slot = this.kept.take(theta, first, last);
    const groups = Math.ceil((last - first) / GROUP);
    this.enter(theta, first, last, slot !== null);
    this.enterResiduals(r);
    places.b1.numbers.fill(0, 0, groups * GROUP * c);
    places.b0.numbers.fill(0, 0, groups * GROUP * dp);
    for (const tile of this.tiles)
      kernels.driftsOfTile(
        this.productsAt(slot ?? this.kept.spare(), tile),
        slot === null ? 0 : 1,
        groups,
        places.x.at + tile.first * d * bytes,
        places.columns.at + tile.first * PANEL * VECTOR,
        places.r.at + tile.first * bytes,
        tile.panels,
      );
    kernels.leave(places.b.at, last - first, this.samples.m);
    b.set(places.b.numbers.subarray(0, (last - first) * width));
  }

  /** Where a tile's h lie in a block's slot, one group after the other. */
  private productsAt(slot: number, { first }: Tile): number {
    return this.places.h.at + BLOCK * (slot * this.mp + first) * this.bytes;
  }

  /** Packs particles first … last − 1; w0 is left out where h is known. 0, or NaN where one is not finite. */
  private enter(theta: Float64Array, first: number, last: number, known: boolean): number {
    const { places, kernels } = this;
    const { width } = this.shape;
    places.theta.numbers.set(theta.subarray(first * width, last * width));
    return kernels.enter(places.theta.at, last - first, known ? 1 : 0);
  }

  /** r [m, c] output by output. */
  private enterResiduals(r: Float64Array): void {
    const { numbers } = this.places.r;
    const { c } = this.shape;
    const { m } = this.samples;
    if (c === 1) return numbers.set(r);
    for (let k = 0; k < c; k++) for (let a = 0; a < m; a++) numbers[k * this.mp + a] = r[a * c + k];
  }
}
