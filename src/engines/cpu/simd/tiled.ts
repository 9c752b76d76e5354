/** Kernels of any shape: groups of particles meet tiles of samples that a cache holds. */
import type { Samples } from '../../../core/model.ts';
import { shapeOf, type Shape } from '../../../core/shape.ts';
import { BLOCK } from '../../../core/sums.ts';
import { place, type Place } from './arena.ts';
import type { BlockKernels } from './block.ts';
import { KeptBlocks } from './kept.ts';
import { GROUP, PANEL, VECTOR, type KernelExports, type Precision } from './layout.ts';
import { ARRAYS, intoPanels, intoRows, panelOf, panelsOf, type Numbers } from './samples.ts';

/** Bytes of x in a tile, in either order: a share of the second cache. */
const TILE = 2 ** 17;

/** Bytes of h that a thread keeps from the outputs for the drifts that follow there: a third of the work. */
const KEPT = 2 ** 26;

type Arrays = 'x' | 'rows' | 'r' | 'sum' | 'w1' | 'w' | 'b1' | 'b0' | 'phis' | 'scratch' | 'kept';

/** Panels in a tile. */
function tileOf(d: number, panels: number, precision: Precision): number {
  const panel = d * panelOf(precision) * ARRAYS[precision].BYTES_PER_ELEMENT;
  return Math.max(1, Math.min(panels, Math.floor(TILE / panel)));
}

/** Blocks of particles whose h are kept. */
const slotsOf = (mp: number, precision: Precision): number =>
  Math.floor(KEPT / (BLOCK * mp * ARRAYS[precision].BYTES_PER_ELEMENT));

const padded = (count: number, precision: Precision): number => panelsOf(count, precision) * panelOf(precision);

export function tiledLengths(samples: Samples, precision: Precision): Record<Arrays, number> {
  const { c, d } = shapeOf(samples);
  const m = padded(samples.m, precision);
  const dp = padded(d, precision);
  const tile = tileOf(d, panelsOf(samples.m, precision), precision) * panelOf(precision);
  return {
    x: m * d,
    rows: m * dp,
    r: m * c,
    sum: m * c,
    w1: BLOCK * c,
    w: BLOCK * d,
    b1: BLOCK * c,
    b0: BLOCK * dp,
    phis: tile,
    scratch: GROUP * tile,
    kept: slotsOf(m, precision) * BLOCK * m,
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
    const { d } = (this.shape = shapeOf(samples));
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
    intoPanels(this.places.x.numbers, x, d, panelOf(precision));
    intoRows(this.places.rows.numbers, x, d, this.dp);
    this.places.r.numbers.fill(0);
    this.kept = new KeptBlocks(slotsOf(this.mp, precision));
  }

  outputs(sum: Float64Array, theta: Float64Array, first: number, last: number, more: number): void {
    const { places, kernels, bytes, mp } = this;
    const { c, d } = this.shape;
    const { m } = this.samples;
    const groups = this.enter(theta, first, last);
    const slot = this.kept.keep(theta, first, last);
    places.sum.numbers.fill(0);
    for (const tile of this.tiles) {
      const { first: a, panels } = tile;
      kernels.outputsOfTile(
        places.sum.at + a * bytes,
        mp * bytes,
        this.productsAt(slot, tile),
        this.apart(slot, tile),
        places.w1.at,
        places.w.at,
        groups,
        c,
        d,
        places.x.at + a * d * bytes,
        panels,
      );
    }
    for (let k = 0; k < c; k++)
      for (let a = 0; a < m; a++) sum[a * c + k] += places.sum.numbers[k * mp + a] + more;
  }

  drifts(b: Float64Array, theta: Float64Array, first: number, last: number, r: Float64Array): void {
    const { places, kernels, bytes, mp, dp } = this;
    const { c, d } = this.shape;
    const slot = this.kept.take(theta, first, last);
    const groups = this.enter(theta, first, last, slot !== null);
    this.enterResiduals(r);
    places.b1.numbers.fill(0, 0, groups * GROUP * c);
    places.b0.numbers.fill(0, 0, groups * GROUP * dp);
    for (const tile of this.tiles) {
      const { first: a, panels } = tile;
      kernels.driftsOfTile(
        places.b1.at,
        places.b0.at,
        this.productsAt(slot, tile),
        this.apart(slot, tile),
        slot === null ? 0 : 1,
        places.phis.at,
        places.w1.at,
        places.w.at,
        groups,
        c,
        d,
        dp,
        places.x.at + a * d * bytes,
        places.rows.at + a * dp * bytes,
        places.r.at + a * bytes,
        mp * bytes,
        panels,
      );
    }
    this.leave(b, last - first);
  }

  /** Where a tile's h lie: in a block's slot, one group after the other, or all in the same place. */
  private productsAt(slot: number | null, { first }: Tile): number {
    const { kept, scratch } = this.places;
    return slot === null ? scratch.at : kept.at + BLOCK * (slot * this.mp + first) * this.bytes;
  }

  private apart(slot: number | null, { panels }: Tile): number {
    return slot === null ? 0 : GROUP * panels * PANEL * VECTOR;
  }

  /** Particles first … last − 1 packed, with rows of zeros to a whole group; w0 is left out where h is known. */
  private enter(theta: Float64Array, first: number, last: number, known = false): number {
    const { c, d, w1, w0, width } = this.shape;
    const { places } = this;
    const groups = Math.ceil((last - first) / GROUP);
    pack(places.w1.numbers, theta, first, last, groups, width, w1, c);
    if (!known) pack(places.w.numbers, theta, first, last, groups, width, w0, d);
    return groups;
  }

  /** r [m, c] output by output. */
  private enterResiduals(r: Float64Array): void {
    const { numbers } = this.places.r;
    const { c } = this.shape;
    const { m } = this.samples;
    if (c === 1) return numbers.set(r);
    for (let k = 0; k < c; k++) for (let a = 0; a < m; a++) numbers[k * this.mp + a] = r[a * c + k];
  }

  private leave(b: Float64Array, count: number): void {
    const { places, dp } = this;
    const { c, d, w1, w0, width } = this.shape;
    const per = -this.samples.m;
    for (let j = 0; j < count; j++) {
      const inGroup = Math.floor(j / GROUP) * GROUP * c + (j % GROUP);
      for (let k = 0; k < c; k++) b[j * width + w1 + k] = places.b1.numbers[inGroup + k * GROUP] / per;
      for (let k = 0; k < d; k++) b[j * width + w0 + k] = places.b0.numbers[j * dp + k] / per;
    }
  }
}

/** `count` numbers from `offset` on of the rows first … last − 1 into [groups][count][GROUP]. */
function pack(
  packed: Numbers,
  theta: Float64Array,
  first: number,
  last: number,
  groups: number,
  width: number,
  offset: number,
  count: number,
): void {
  for (let j = first; j < first + groups * GROUP; j++) {
    const place = Math.floor((j - first) / GROUP) * GROUP * count + ((j - first) % GROUP);
    const row = j * width + offset;
    for (let k = 0; k < count; k++) packed[place + k * GROUP] = j < last ? theta[row + k] : 0;
  }
}
