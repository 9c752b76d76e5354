/** Lists of particles by regions of a mesh (shaders/mesh/regions.ts), and the deposits of those lists. */
import { Regions } from '../../../../shaders/bindings.ts';
import {
  CHUNK,
  MOST_REGIONS,
  OWN,
  THREADS,
  clearRegions,
  countRegions,
  listRegions,
  placeRegions,
  sidesOf,
} from '../../../../shaders/mesh/regions.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { scatterByRegions } from '../../../../shaders/staged/scatter.ts';
import type { Grid } from '../../../core/mesh/grid.ts';
import type { Memory } from '../../../gpu/memory.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { forEach, type Part } from '../rows/parts.ts';
import type { MakePass } from './extents.ts';

/** Particles to a region, at least: of fewer, the deposits seldom meet. */
const FEWEST = 32;

/** Null where lists do not pay. */
export function regionsOver(
  { iFirst, iLast, jFirst, jLast }: Grid,
  { n, d }: { readonly n: number; readonly d: number },
): { readonly down: number; readonly across: number } | null {
  const [u, v] = sidesOf(d);
  const down = Math.ceil((iLast - iFirst) / u);
  const across = Math.ceil((jLast - jFirst) / v);
  return down * across <= Math.min(MOST_REGIONS, n / FEWEST) ? { down, across } : null;
}

export interface Listed {
  readonly lists: readonly Dispatch[];
  scatter(theta: readonly GPUBuffer[]): Promise<Dispatch[]>;
}

/** Of particles in `theta`, a buffer a part, with what each part's passes read. */
export async function listed(
  memory: Memory,
  regions: { readonly down: number; readonly across: number },
  { d, parts, theta, shares }: Particles,
  pass: MakePass,
): Promise<Listed> {
  const count = regions.down * regions.across;
  const chunksOf = (n: number): number => Math.ceil(n / CHUNK) + count;
  const usage = GPUBufferUsage.STORAGE;
  const own = memory.constant('regions', Regions.pack(regions));
  const of = await Promise.all(
    parts.map(async ({ n }, k) => ({
      ...(await memory.allocate({
        list: { size: chunksOf(n) * CHUNK * 4, usage },
        chunks: { size: chunksOf(n) * 4, usage },
        counts: { size: count * 4, usage },
      })),
      regions: own,
      share: shares[k],
    })),
  );
  const list = async ({ n }: Part, k: number): Promise<Dispatch[]> => {
    const buffers = { ...of[k], theta: theta[k] };
    const threads = Math.ceil(n / OWN);
    const passes = [
      pass(clearRegions(), chunksOf(n) * CHUNK, 1, buffers),
      pass(countRegions({ d }), threads, OWN, buffers, THREADS),
      pass(placeRegions(), WORKGROUP, count / WORKGROUP, buffers),
      pass(listRegions({ d }), threads, OWN, buffers, THREADS),
    ];
    return (await Promise.all(passes)).flat();
  };
  const spread = (theta: readonly GPUBuffer[], { n }: Part, k: number): Promise<Dispatch[]> => {
    const buffers = { ...of[k], theta: theta[k] };
    return pass(scatterByRegions({ d }), (chunksOf(n) * CHUNK * THREADS) / CHUNK, SPREAD, buffers, THREADS);
  };
  return {
    lists: await forEach(parts, list),
    scatter: (from) => forEach(parts, (part, k) => spread(from, part, k)),
  };
}

interface Particles {
  readonly d: number;
  readonly parts: readonly Part[];
  readonly theta: readonly GPUBuffer[];
  readonly shares: readonly GPUBuffer[];
}

/** Pairs that take as long as the deposits of a thread do. */
const SPREAD = 64;
