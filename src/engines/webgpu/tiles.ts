/**
 * Direct sums of wide particles in tiles: which tiles, and the passes from residuals to slopes, chunk by chunk. What they
 * leave on the way is of a bounded size, and is used again by every chunk and stage.
 */
import { factors } from '../../../shaders/tiled/factors.ts';
import { across, gather, gatherThreads } from '../../../shaders/tiled/gather.ts';
import { GROUP, threadsOf, TILES, type Tile } from '../../../shaders/tiled/product.ts';
import { Chunk } from '../../../shaders/bindings.ts';
import { isNarrow, strideOf, type FormChoice } from '../../../shaders/particle.ts';
import { featureOf, type FeatureChoice } from '../../core/features/features.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import type { Cut } from './tuning.ts';

/** Workgroups that keep a large card busy: fewer, of a large tile, and small ones are taken. */
const BUSY = 256;
/** Numbers of factors, and of slopes, at most: about what a card's cache holds. */
const MOST_NUMBERS = 2 ** 23;
const MOST_POINTS = 1024;

/** The tile for sums over `rows` particles and `columns` points; null where they are not summed in tiles. */
export function tileOf(
  kind: FeatureChoice & Sized,
  rows: number,
  columns: number,
  staged = 0,
): Tile | undefined {
  if (staged === 0 || isNarrow(kind) || !featureOf(kind).map.product) return undefined;
  const [small, large] = [TILES[64], TILES[256]];
  const workgroups = Math.ceil(rows / large.rows) * Math.ceil(columns / large.columns);
  return staged === 256 && workgroups >= BUSY ? large : small;
}

/** Rows of a chunk and points that are gathered at a time: multiples of every tile's. */
export function chunkOf(
  rows: number,
  points: number,
  sized: Sized,
  numbers = MOST_NUMBERS,
): { rows: number; points: number } {
  const fitting = Math.max(64, Math.floor(numbers / 128 / 64) * 64);
  const few = Math.min(MOST_POINTS, roundUp(points, 64), fitting);
  const most = Math.floor(numbers / Math.max(few, 4 * strideOf(sized)) / 128) * 128;
  return { rows: Math.min(roundUp(rows, 128), Math.max(128, most)), points: few };
}

export interface TiledProblem extends FormChoice, Sized {
  /** Rows of the largest buffer of particles, all its systems', and from one system to the next. */
  readonly rows: number;
  readonly pitch: number;
  readonly m: number;
}

/** Where the particles of one pass are. */
export interface TiledState {
  readonly state: GPUBuffer;
  readonly rows: number;
  /** Number of its first system. */
  readonly system: number;
}

export interface Gathered {
  readonly dispatches: readonly Dispatch[];
  /** What the update reads of these rows. */
  readonly buffers: Readonly<Record<'chunk' | 'slopes' | 'outer', GPUBuffer>>;
  readonly first: number;
  readonly end: number;
}

export class Tiles {
  private constructor(
    private readonly memory: Memory,
    private readonly problem: TiledProblem,
    private readonly tile: Tile,
    private readonly room: { readonly rows: number; readonly points: number },
    private readonly limits: Cut,
    private readonly buffers: Readonly<Record<'factors' | 'groups' | 'slopes' | 'outer', GPUBuffer>>,
  ) {}

  static async create(memory: Memory, problem: TiledProblem, tile: Tile, limits: Cut): Promise<Tiles> {
    const room = chunkOf(problem.rows, problem.m, problem, limits.numbers);
    const { c } = shapeOf(problem);
    const floats = (count: number) => ({ size: 4 * count, usage: GPUBufferUsage.STORAGE });
    const buffers = await memory.allocate({
      factors: floats(room.rows * room.points),
      groups: floats((room.rows * room.points * c) / GROUP),
      slopes: floats(room.rows * 4 * strideOf(problem)),
      outer: floats(room.rows * c),
    });
    return new Tiles(memory, problem, tile, room, limits, buffers);
  }

  /** Chunk by chunk, what finds its slopes from data points x and residuals r. */
  async gathered(state: TiledState, data: Readonly<Record<'x' | 'r', GPUBuffer>>): Promise<Gathered[]> {
    const { rows } = this.room;
    const starts = Array.from({ length: Math.ceil(state.rows / rows) }, (_, i) => i * rows);
    return Promise.all(starts.map((first) => this.chunk(first, state, data)));
  }

  private async chunk(
    first: number,
    { state, rows, system }: TiledState,
    { x, r }: Readonly<Record<'x' | 'r', GPUBuffer>>,
  ): Promise<Gathered> {
    const { memory, problem, room, tile, limits, buffers } = this;
    const { m, pitch } = problem;
    const end = Math.min(rows, first + room.rows);
    const passes = [];
    let chunk!: GPUBuffer;
    for (let point = 0; point < m; point += room.points) {
      const points = Math.min(room.points, m - point);
      chunk = memory.constant(
        'chunk',
        Chunk.pack({ first, rows: room.rows, end: rows, point, points, m, pitch, system }),
      );
      const high = Math.ceil((end - first) / tile.rows);
      const threads = threadsOf(tile);
      passes.push(
        makePass(
          memory,
          {
            shader: factors(problem, tile),
            buffers: { ...buffers, chunk, state, x, r },
            threads: high * Math.ceil(points / tile.columns) * threads,
            workgroup: threads,
            cost: tile.ownRows * tile.ownColumns,
          },
          limits,
        ),
        makePass(
          memory,
          {
            shader: gather(problem, tile),
            buffers: { ...buffers, chunk, x },
            threads: high * (across(problem).groups + 1) * gatherThreads(tile, problem),
            workgroup: gatherThreads(tile, problem),
            cost: (tile.ownRows * points) / strideOf(problem),
          },
          limits,
        ),
      );
    }
    const { slopes, outer } = buffers;
    return { dispatches: (await Promise.all(passes)).flat(), buffers: { chunk, slopes, outer }, first, end };
  }
}
