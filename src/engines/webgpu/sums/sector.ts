/** Sums by sectors on a GPU: the boundaries, found once in float64, and what a step does with them. */
import { slopeOf, type Activation } from '../../../core/activations/activations.ts';
import { formOf } from '../../../core/activations/parametric.ts';
import { sortedBoundaries, type Boundary } from '../../../core/methods/sector.ts';
import { CloudExtent, Output, Sectors, Share } from '../../../../shaders/bindings.ts';
import { LANES, TROOP, troopsOf } from '../../../../shaders/extent.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { residual } from '../../../../shaders/residual.ts';
import { sectorField, sectorOutputs, sectorPrefix, sectorScatter } from '../../../../shaders/sector/sums.ts';
import { scatterBySectors } from '../../../../shaders/staged/scatter.ts';
import { makePass } from '../../../gpu/pass.ts';
import { bytesOf } from '../capacity.ts';
import { roundUp } from '../../../gpu/layout.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { MOST_AT_END, endingPass } from './ending.ts';
import { extentPasses, type MakePass, type Particles } from './extents.ts';
import type { OpenSums } from './sums.ts';

/** Pairs that take as long as a particle's move and its deposits do. */
const MOVE = 16;
const SPREAD = 16;
/**
 * Sectors in all copies of the deposits, and copies, at most: as many as meet in one place at a time. They
 * change no bit.
 */
const MOST_DEPOSITS = 2 ** 14;
const MOST_COPIES = { software: 2, hardware: 64 } as const;

/** Bytes of a sector's deposits, and sectors to which a workgroup's memory for them is rounded up. */
const BYTES = 16;
const ROUND = 256;

/** Sectors for which a workgroup has memory of its own; 0 where it gathers no deposits there. */
function gathered(count: number, staged: number, limits: GPUSupportedLimits): number {
  const most = roundUp(count, ROUND);
  return staged > 0 && most * BYTES <= limits.maxComputeWorkgroupStorageSize ? most : 0;
}

interface Tables {
  /** Sectors before each of the bins, then the bounds of the sectors as bit patterns. */
  readonly table: Uint32Array<ArrayBuffer>;
  readonly bins: number;
  readonly crossings: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

export function tablesOf(boundaries: readonly Boundary[], m: number): Tables {
  const count = boundaries.length;
  const angles = boundaries.map(({ angle }) => angle);
  const bounds = Float32Array.of((angles.at(-1) ?? 3) - 4, ...angles, (angles[0] ?? 1) + 4);
  const bins = 2 ** Math.ceil(Math.log2(4 * count + 4));
  const table = new Uint32Array(bins + 2 + bounds.length);
  for (let bin = 0, k = 0; bin < bins + 2; bin++) {
    while (k < count && bounds[k + 1] < (4 * bin) / bins) k++;
    table[bin] = k;
  }
  table.set(new Uint32Array(bounds.buffer), bins + 2);
  const ends = new Uint32Array(2 * m).fill(count);
  boundaries.forEach(({ sample, rises }, k) => (ends[2 * sample + (rises ? 0 : 1)] = k));
  return {
    table,
    bins,
    ends,
    crossings: Uint32Array.from(boundaries, ({ sample, rises }) => 2 * sample + (rises ? 1 : 0)),
  };
}

export const sectorSums: OpenSums = async (memory, problem, state, points, limits) => {
  const { m, d, x, activation, outer, loss } = problem;
  const boundaries = sortedBoundaries({ x: x.map(Math.fround), m, d, y: problem.y });
  const tables = tablesOf(boundaries, m);
  const count = boundaries.length + 1;
  const staged = (limits.staged ?? 0) > 0;
  const own = gathered(count, limits.staged ?? 0, memory.context.device.limits);
  const mostCopies = own > 0 ? 1 : MOST_COPIES[memory.context.software ? 'software' : 'hardware'];
  const copies = Math.max(1, Math.min(mostCopies, Math.floor(MOST_DEPOSITS / count)));
  const form: Activation = formOf(activation);
  const { STORAGE, COPY_DST } = GPUBufferUsage;
  const given = (array: Uint32Array): { size: number; usage: number } => ({
    size: array.byteLength,
    usage: STORAGE | COPY_DST,
  });
  const buffers = await memory.allocate({
    extents: { size: LANES * 32, usage: STORAGE },
    cloud: { size: CloudExtent.size, usage: STORAGE },
    deposits: { size: copies * count * 16, usage: STORAGE },
    prefix: { size: count * 16, usage: STORAGE },
    rows: { size: bytesOf.floats(m), usage: STORAGE },
    field: { size: (count + m) * 16, usage: STORAGE },
    table: given(tables.table),
    crossings: given(tables.crossings),
    ends: given(tables.ends),
  });
  for (const name of ['table', 'crossings', 'ends'] as const)
    memory.context.device.queue.writeBuffer(buffers[name], 0, tables[name]);
  const { bins } = tables;
  const numbers = {
    boundaries: boundaries.length,
    bins,
    m,
    copies,
    above: slopeOf(form, 1),
    below: slopeOf(form, -1),
  };
  const all = {
    ...buffers,
    ...points,
    status: state.status,
    sectors: memory.constant('sectors', Sectors.pack(numbers)),
    out: memory.constant('out', Output.pack({ count: 1, points: m, outer })),
  };
  const pass: MakePass = (shader, threads, cost, more = {}, workgroup = WORKGROUP) =>
    makePass(memory, { shader, buffers: { ...all, ...more }, threads, workgroup, cost }, limits);
  const shares = state.parts.map((part) =>
    memory.constant('share', Share.pack({ n: part.n, first: part.first, m })),
  );
  const fromDeposits = [
    ...(await pass(sectorPrefix(), WORKGROUP, Math.ceil(count / WORKGROUP) * (copies + 1))),
    ...(await pass(sectorOutputs(), m, 4)),
  ];
  const spread = (n: number, particles: Particles): Promise<Dispatch[]> => {
    if (own === 0) return pass(sectorScatter(), n, SPREAD, particles);
    const threads = troopsOf(n) * TROOP;
    return pass(scatterBySectors({ most: own }), threads, (SPREAD * n) / threads, particles, TROOP);
  };
  const from = async (theta: readonly GPUBuffer[], rest: Promise<Dispatch[]>): Promise<Dispatch[]> => {
    const parts = state.parts.map(({ n }, k) => ({ n, buffers: { theta: theta[k], share: shares[k] } }));
    const passes = [
      extentPasses(pass, { of: 'w1 w0', d, staged }, parts),
      ...parts.map(({ n, buffers }) => spread(n, buffers)),
    ];
    return [...(await Promise.all(passes)).flat(), ...fromDeposits, ...(await rest)];
  };
  const end = { ...points, status: state.status, ring: state.ring };
  const sums = { rows: buffers.rows, sums: buffers.rows, counts: [1], points: m, c: 1 };
  return {
    method: 'sector',
    reads: { sectors: all.sectors, table: buffers.table, field: buffers.field },
    field: await pass(sectorField(), WORKGROUP, Math.ceil(count / WORKGROUP) * 3),
    costOfMove: MOVE,
    lists: [],
    outputs: (theta) => from(theta, pass(residual({ loss }), m, 1)),
    ended: (theta) =>
      m <= MOST_AT_END ? from(theta, endingPass(memory, { ...sums, loss, outer, buffers: end }, limits)) : null,
  };
};
