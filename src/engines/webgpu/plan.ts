/**
 * The sizes of a problem on the GPU, as pure arithmetic. What decides the order of a sum depends on n and m
 * alone.
 */
import { FAN } from '../../../shaders/fold.ts';
import { TOGETHER, type Stage } from '../../../shaders/pairs.ts';
import { BLOCK, WORKGROUP, strideOf } from '../../../shaders/particle.ts';
import { LAST_ROWS } from '../../../shaders/residual.ts';
import { ROOM } from '../../../shaders/staged/rows.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { roundUp } from '../../gpu/layout.ts';
import { pointsPerThread } from './tuning.ts';

/** Slices grow with n·m, so that a forward pass has enough threads for a large GPU and yet few rows to add. */
const PAIRS_PER_SLICE_STEP = 2 ** 19;
const SHORTEST_SLICE = 32;
const LONGEST_SLICE = 512;
/** Floats of partial sums, at most: beyond, slices grow past LONGEST_SLICE. */
const MOST_PARTIALS = 2 ** 22;

export interface SumPlan {
  /** Particles, rounded up to whole blocks. */
  readonly particles: number;
  /** Of a block, those that are looked at: all, unless there is but one block and its rest is empty. */
  readonly block: number;
  /** Particles of a slice, a power of two; a slice's sum is one row of partial sums. */
  readonly slice: number;
  /** Numbers of rows: those the forward pass writes, then those that each fold leaves. */
  readonly rows: readonly number[];
  /** Data points a thread owns, and threads that share a slice. */
  readonly q: number;
  readonly columns: number;
}

export function planSum(n: number, points: number, sized: Sized, own = pointsPerThread(sized)): SumPlan {
  const pairs = n * points;
  const usual = Math.min(LONGEST_SLICE, Math.max(SHORTEST_SLICE, powerOfTwo(pairs / PAIRS_PER_SLICE_STEP)));
  const slice = Math.max(usual, powerOfTwo((shapeOf(sized).c * pairs) / MOST_PARTIALS));
  const rows = [Math.ceil(n / slice)];
  while (rows[rows.length - 1] > LAST_ROWS) rows.push(Math.ceil(rows[rows.length - 1] / FAN));
  const q = Math.min(own, points);
  return {
    particles: roundUp(n, BLOCK),
    block: Math.min(BLOCK, roundUp(n, TOGETHER)),
    slice,
    rows,
    q,
    columns: Math.ceil(points / q),
  };
}

/** Workgroups of a staged sum, in units of the threads that are asked for: full ones are found among some. */
const WIDER = [1, 1.5, 2];
const STAGED_PARTICLES = 128;

/** How a workgroup of a forward sum reads narrow particles together: the one whose threads have most to do. */
export function stageOf({ columns, slice }: SumPlan, sized: Sized, staged: number): Stage {
  const stride = strideOf(sized);
  const most = Math.floor(ROOM / (stride * BLOCK));
  const ways = WIDER.map((wider) => {
    const threads = wider * staged;
    const slices = Math.max(1, Math.min(most, Math.floor(threads / columns)));
    const groups = Math.ceil(columns / threads);
    return { threads, slices, busy: (slices * columns) / (groups * threads) };
  });
  const { threads, slices } = ways.reduce((best, way) => (way.busy > best.busy ? way : best));
  const fitting = Math.floor(ROOM / (stride * slices * BLOCK)) * BLOCK;
  return { threads, slices, rows: Math.min(slice, STAGED_PARTICLES, fitting) };
}

/** Of whole workgroups, for stretches of particles of which each has `columns` threads. */
export function stagedThreads({ threads, slices }: Stage, stretches: number, columns: number): number {
  return threads * Math.ceil(stretches / slices) * (slices > 1 ? 1 : Math.ceil(columns / threads));
}

/** The least power of two that is not below `value`. */
function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, value)));
}

/**
 * Parts in which the losses of many points are added up: threads that find them and the lanes that add them
 * take about as many turns.
 */
export function lossPartsOf(points: number): number {
  return Math.min(points, WORKGROUP * powerOfTwo(Math.sqrt(points / WORKGROUP)));
}

/** Inputs of a prediction evaluated together. */
const INPUTS = 2 ** 14;

/** Inputs at which several replicas are evaluated together: as many as their partial sums have room for. */
export function inputsTogether(n: number, sized: Sized, replicas: number): number {
  const { c } = shapeOf(sized);
  const partials = (points: number): number => replicas * planSum(n, points, sized).rows[0] * points * c;
  let points = INPUTS;
  while (replicas > 1 && points > 1 && partials(points) > MOST_PARTIALS) points /= 2;
  return points;
}
