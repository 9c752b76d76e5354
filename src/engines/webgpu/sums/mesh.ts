/** Particle–mesh sums on a GPU: one grid, its arrays, and what a step does with them. */
import { valuePatch, type Grid, type Patch } from '../../../core/mesh/grid.ts';
import { featureOf } from '../../../core/features/features.ts';
import { sparseRows, SparseRows } from '../../../core/mesh/sparse-rows.ts';
import { CloudExtent, Mesh, Share } from '../../../../shaders/bindings.ts';
import { LANES } from '../../../../shaders/extent.ts';
import {
  filterColumns,
  filterDeposits,
  filterNodes,
  filterRows,
  placeNodes,
} from '../../../../shaders/mesh/filter.ts';
import { fillRows, gatherRows } from '../../../../shaders/mesh/sparse-rows.ts';
import { FAN } from '../../../../shaders/fold.ts';
import { nodeValues } from '../../../../shaders/mesh/node-values.ts';
import { BLOCK, WORKGROUP } from '../../../../shaders/particle.ts';
import { scatter } from '../../../../shaders/mesh/scatter.ts';
import { roundUp, type Shader } from '../../../gpu/layout.ts';
import { makePass } from '../../../gpu/pass.ts';
import { Forward, type ForwardBuffers } from './forward.ts';
import type { Memory } from '../../../gpu/memory.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { Problem } from '../../engine.ts';
import { forEach } from '../rows/parts.ts';
import type { Cut } from '../tuning.ts';
import type { State } from '../state.ts';
import { MeshCheck } from './mesh-check.ts';
import { extentPasses, type MakePass } from './extents.ts';
import { listed, regionsOver } from './regions.ts';
import type { GpuSums } from './sums.ts';

/** Pairs that take as long as a particle's move and its deposits do. */
const MOVE = 24;
const SPREAD = 64;
/**
 * Numbers in all copies of the deposits, and copies, at most: as many as meet in one place at a time. They
 * change no bit.
 */
const MOST_DEPOSITS = 2 ** 20;
/** Samples for which every row of nodes is summed. */
const FEW = 64;
const MOST_COPIES = { software: 2, hardware: 16 } as const;

/**
 * The arrays over the nodes whose values matter. They begin at multiples of what is summed together, so that a larger
 * grid adds zeros to sums and changes no bit of them.
 */
function arraysOver(value: Patch): Patch {
  const i = Math.floor(value.i / FAN) * FAN;
  const j = Math.floor(value.j / BLOCK) * BLOCK;
  return { i, j, rows: value.i + value.rows - i, columns: roundUp(value.j + value.columns - j, BLOCK) };
}

/** The nodes whose values matter, every `apart`-th row of the lattice. */
function meshOf(value: Patch, apart: number, grid: Grid, m: number): Parameters<typeof Mesh.pack>[0] {
  const arrays = arraysOver(value);
  const hu = apart * grid.hu;
  return {
    ...arrays,
    spacing: [hu, grid.hv],
    per: [1 / hu, 1 / grid.hv],
    low: [grid.iFirst, grid.jFirst],
    high: [grid.iLast, grid.jLast],
    first_row: value.i - arrays.i,
    first_column: value.j - arrays.j,
    value_columns: value.columns,
    copies: 1,
    m,
  };
}

/** The rows of nodes that are summed: with few samples two more passes would take longer than they save. */
const summedRows = (problem: Problem, grid: Grid): SparseRows =>
  problem.m < FEW ? new SparseRows(valuePatch(grid), 1) : sparseRows(problem, featureOf(problem).profile, grid);

/** Copies of deposits on so many nodes. */
const copiesOf = (nodes: number, most: number): number =>
  Math.max(1, Math.min(most, Math.floor(MOST_DEPOSITS / nodes)));

export interface MeshSums extends GpuSums {
  /** The extent of the particles whose outputs were asked for last, in a struct CloudExtent. */
  readonly cloud: GPUBuffer;
  /** How far drifts are from the definition. */
  readonly check: MeshCheck;
}

/**
 * Sums on a grid that has been found to have no more nodes than are allowed.
 */
export async function meshSums(
  memory: Memory,
  problem: Problem,
  state: State,
  points: ForwardBuffers,
  grid: Grid,
  limits: Cut,
): Promise<MeshSums> {
  const { m, d, activation, outer, loss } = problem;
  const value = valuePatch(grid);
  const { apart, summed } = summedRows(problem, grid);
  const [arrays, { rows, columns }] = [arraysOver(value), arraysOver(summed)];
  const staged = (limits.staged ?? 0) > 0;
  const regions = staged ? regionsOver(grid, problem) : null;
  const [gridNodes, nodes] = [arrays.rows * columns, rows * columns];
  const copies = copiesOf(
    gridNodes,
    regions ? 1 : MOST_COPIES[memory.context.software ? 'software' : 'hardware'],
  );
  const { STORAGE, COPY_SRC } = GPUBufferUsage;
  const floats = { size: gridNodes * 4, usage: STORAGE };
  const buffers = await memory.allocate({
    extents: { size: LANES * 32, usage: STORAGE },
    cloud: { size: CloudExtent.size, usage: STORAGE | COPY_SRC },
    deposits: { size: gridNodes * 8 * copies, usage: STORAGE },
    lines: floats,
    values: floats,
    spline: floats,
    sums: { size: apart > 1 ? nodes * 4 : 4, usage: STORAGE },
    nodes: { size: nodes * 16, usage: STORAGE },
  });
  const all = {
    ...buffers,
    ...points,
    status: state.status,
    mesh: memory.constant('mesh', Mesh.pack({ ...meshOf(value, 1, grid, m), copies })),
    summed: memory.constant('summed', Mesh.pack(meshOf(summed, apart, grid, m))),
  };
  const pass: MakePass = (shader, threads, cost, more = {}, workgroup = WORKGROUP) =>
    makePass(memory, { shader, buffers: { ...all, ...more }, threads, workgroup, cost }, limits);
  const shares = state.parts.map((part) =>
    memory.constant('share', Share.pack({ n: part.n, first: part.first, m })),
  );
  /** One pass a part, over its particles in `theta`. */
  const each = (
    shader: Shader,
    threads: (n: number) => number,
    cost: (n: number) => number,
    theta: readonly GPUBuffer[],
    more = {},
  ): Promise<Dispatch[]> =>
    forEach(state.parts, ({ n }, k) =>
      pass(shader, threads(n), cost(n), { theta: theta[k], share: shares[k], ...more }),
    );
  const plan = {
    particles: nodes,
    block: BLOCK,
    slice: columns,
    rows: [rows, Math.ceil(rows / FAN)],
    q: Math.min(4, m),
    columns: Math.ceil(m / Math.min(4, m)),
  };
  const forward = await Forward.create(
    memory,
    { n: nodes, d, points: m, activation, outer, limits, loss },
    points,
    plan,
  );
  const together = async (...passes: readonly Promise<Dispatch[]>[]): Promise<Dispatch[]> =>
    (await Promise.all(passes)).flat(); // compiled at the same time
  const { parts, theta } = state;
  const plain = (from: readonly GPUBuffer[]): Promise<Dispatch[]> =>
    each(
      scatter({ d }),
      (n) => n,
      () => SPREAD,
      from,
    );
  const [deposits, placed, field, check] = await Promise.all([
    regions ? listed(memory, regions, { d, parts, theta, shares }, pass) : { lists: [], scatter: plain },
    together(
      pass(filterDeposits(), gridNodes, 8),
      ...(apart > 1
        ? [pass(filterNodes(), gridNodes, 8), pass(gatherRows({ apart }), nodes, 16 * apart)]
        : [pass(placeNodes({ d }), nodes, 8)]),
    ),
    together(
      pass(
        nodeValues({ activation, d, staged }),
        summed.rows * summed.columns,
        m,
        apart > 1 ? { mesh: all.summed, values: all.sums } : {},
      ),
      ...(apart > 1 ? [pass(fillRows({ apart }), value.rows * value.columns, 16)] : []),
      pass(filterRows(), gridNodes, 8),
      pass(filterColumns(), gridNodes, 8),
    ),
    MeshCheck.create(
      memory,
      problem,
      { nodes: gridNodes, staged },
      { pass, each: (shader, threads, cost, more) => each(shader, threads, cost, state.theta, more) },
    ),
  ]);
  /** From the particles in `theta` to the nodes, and on. */
  const from = (theta: readonly GPUBuffer[], rest: Promise<Dispatch[]>): Promise<Dispatch[]> =>
    together(
      extentPasses(
        pass,
        { of: 'w1', d, staged },
        parts.map(({ n }, k) => ({ n, buffers: { theta: theta[k], share: shares[k] } })),
      ),
      deposits.scatter(theta),
      Promise.resolve(placed),
      rest,
    );
  return {
    method: 'mesh',
    reads: { mesh: all.mesh, spline: buffers.spline },
    field,
    lists: deposits.lists,
    costOfMove: MOVE,
    outputs: (theta) => from(theta, forward.dispatches([buffers.nodes])),
    ended: (theta) => {
      const end = forward.ended([buffers.nodes], state);
      return end && from(theta, end);
    },
    cloud: buffers.cloud,
    check,
  };
}
