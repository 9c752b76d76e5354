/** f at a fixed number of inputs, from whatever θ buffer it is asked about: forward sum, folds, output. */
import { fold } from '../../../../shaders/fold.ts';
import { Fold, Output, Sum } from '../../../../shaders/bindings.ts';
import { forward } from '../../../../shaders/forward.ts';
import { WORKGROUP, isNarrow } from '../../../../shaders/particle.ts';
import { threadsOf } from '../../../../shaders/tiled/product.ts';
import { residual } from '../../../../shaders/residual.ts';
import { Memory } from '../../../gpu/memory.ts';
import { makePass } from '../../../gpu/pass.ts';
import { bytesOf } from '../capacity.ts';
import { planSum, stagedThreads, stageOf } from '../plan.ts';
import { TOGETHER, type SumOptions } from '../../../../shaders/pairs.ts';
import { shapeOf, type Sized } from '../../../core/shape.ts';
import { roundUp } from '../../../gpu/layout.ts';
import type { FeatureChoice } from '../../../core/features/features.ts';
import type { LossName } from '../../../core/objective/losses.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { CapacityError } from '../../engine.ts';
import { pitchOf } from '../rows/pack.ts';
import { inOrder, whole, type Part } from '../rows/parts.ts';
import { tileOf } from '../tiles.ts';
import { MOST_AT_END, endingPass, type StepEnd } from './ending.ts';
import { MARCHING, marchStageOf, type Bound, type Marched } from './marched.ts';
import type { Cut } from '../tuning.ts';
import type { SumPlan } from '../plan.ts';

export interface ForwardSpec extends FeatureChoice, Sized {
  readonly n: number;
  readonly points: number;
  /** Systems of n particles, one after the other in θ; each is evaluated at all points. Default 1. */
  readonly replicas?: number;
  /** How they lie in several buffers; default all in one. */
  readonly parts?: readonly Part[];
  /** n^(−a1). */
  readonly outer: number;
  readonly limits: Cut;
  /** With a loss there are targets y, and r is written beside f. */
  readonly loss: LossName | null;
}

/** x [points] in GPU order, f and, on training data, y and r [R, points, c]. */
export type ForwardBuffers = Readonly<Record<'x' | 'y' | 'f' | 'r', GPUBuffer>>;

export function allocatePoints(
  memory: Memory,
  { points, replicas = 1, ...sized }: Pick<ForwardSpec, 'points' | keyof Sized | 'replicas'>,
): Promise<ForwardBuffers> {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const { c } = shapeOf(sized);
  // wide particles look at samples by the four, those past the last of which r is 0
  const floats = {
    size: bytesOf.floats(c * roundUp(replicas * points, TOGETHER)),
    usage: STORAGE | COPY_SRC | COPY_DST,
  };
  return memory.allocate({
    x: { size: bytesOf.particles(points, sized), usage: STORAGE | COPY_DST },
    y: floats,
    f: floats,
    r: floats,
  });
}

export class Forward {
  /** Sums that are found: one a replica, point and output. */
  private readonly results: number;
  private readonly c: number;

  private constructor(
    private readonly memory: Memory,
    private readonly spec: ForwardSpec,
    private readonly plan: SumPlan,
    readonly buffers: ForwardBuffers,
    private readonly rows: readonly [GPUBuffer, GPUBuffer],
  ) {
    this.c = shapeOf(spec).c;
    this.results = (spec.replicas ?? 1) * spec.points * this.c;
  }

  /** Without `buffers` it has its own; without a plan, that for n particles: a replica's sums are those of it alone. */
  static async create(
    memory: Memory,
    spec: ForwardSpec,
    given?: ForwardBuffers,
    plan = planSum(spec.n, spec.points, spec, spec.limits.q),
  ): Promise<Forward> {
    const { parts = [], points } = spec;
    if (parts.length > 1 && parts[0].n < Math.min(plan.slice, spec.n)) {
      throw new CapacityError(
        `${points} inputs at once need ${plan.slice} neurons in one buffer, and ${parts[0].n} are: choose fewer inputs`,
      );
    }
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const rows = (level: number): number =>
      (plan.rows[level] ?? 0) * (spec.replicas ?? 1) * spec.points * shapeOf(spec).c * 4;
    const buffers = given ?? (await allocatePoints(memory, spec));
    const { even, odd } = await memory.allocate({
      even: { size: rows(0), usage: STORAGE | COPY_SRC },
      odd: { size: rows(1), usage: STORAGE | COPY_SRC },
    });
    return new Forward(memory, spec, plan, buffers, [even, odd]);
  }

  /** Pairs (particle, data point) of one evaluation. */
  get pairs(): number {
    return (this.plan.particles * this.results) / this.c;
  }

  /** The partial sums of the forward pass, [rows, R, points, c], until a second fold overwrites them. */
  get partial(): { readonly buffer: GPUBuffer; readonly rows: number; readonly slice: number } {
    return { buffer: this.rows[0], rows: this.plan.rows[0], slice: this.plan.slice };
  }

  /** `theta`: a buffer for each part. */
  dispatches(theta: readonly GPUBuffer[]): Promise<Dispatch[]> {
    const last = this.plan.rows.length - 1;
    return inOrder([...this.sums(theta), ...this.folds(last), this.output(this.rows[last % 2])]);
  }

  /** The same and the loss, as a step's end: null where that is too much for one workgroup. */
  ended(theta: readonly GPUBuffer[], end: StepEnd): Promise<Dispatch[]> | null {
    const rest = this.endOf(end);
    return rest && inOrder([...this.sums(theta), rest]);
  }

  /** From partial sums to a step's end. */
  private endOf(end: StepEnd): Promise<Dispatch[]> | null {
    const { results, spec } = this;
    const { rows } = this.plan;
    const last = rows.length - 1;
    if ((spec.replicas ?? 1) > 1 || rows[last] * results > MOST_AT_END) return null;
    const from = last > 0 && rows[last - 1] * results <= MOST_AT_END ? last - 1 : last;
    return inOrder([...this.folds(from), this.ending(from, end)]);
  }

  /** The same where the forward sum comes with the update before it; null where it should not. */
  marched(end: StepEnd): Marched | null {
    const { spec, plan, options } = this;
    const { n, replicas = 1, parts = whole(n, replicas), limits } = spec;
    const alone = replicas === 1 && parts.length === 1 && isNarrow(spec);
    const stage = alone && limits.staged && n <= MARCHING ? marchStageOf(plan) : null;
    const rest = stage && this.endOf(end);
    return (
      rest && { sums: options, stage: stage!, buffers: this.bound(parts[0]), cost: plan.slice * plan.q, rest }
    );
  }

  private sums(theta: readonly GPUBuffer[]): Promise<Dispatch[]>[] {
    const { n, replicas, parts = whole(n, replicas) } = this.spec;
    return parts.map((part, k) => this.sum(theta[k], part));
  }

  /** The tree up to a level. */
  private folds(level: number): Promise<Dispatch[]>[] {
    return this.plan.rows.slice(1, level + 1).map((_, i) => this.fold(i + 1));
  }

  private get options(): SumOptions {
    const { spec, plan } = this;
    const { replicas = 1, limits } = spec;
    return { ...spec, q: plan.q, replicas: replicas > 1, block: plan.block, fast: limits.fast ?? false };
  }

  /** What a forward sum over a part reads and writes, beside its particles. */
  private bound({ first, n, system, systems }: Part): Bound {
    const { memory, plan, spec, buffers } = this;
    const { points, replicas = 1 } = spec;
    const { slice, columns } = plan;
    const row = first / slice + system;
    const sizes = { n, particles: pitchOf(n), points, slice, columns, replicas: systems, row, pitch: replicas };
    return { sum: memory.constant('sum', Sum.pack(sizes)), x: buffers.x, partial: this.rows[0] };
  }

  private sum(theta: GPUBuffer, part: Part): Promise<Dispatch[]> {
    const { memory, plan, spec } = this;
    const { slice, columns, q } = plan;
    const { n, systems } = part;
    const { points, limits } = spec;
    const stage = limits.staged && isNarrow(spec) ? stageOf(plan, spec, limits.staged) : undefined;
    const tile = tileOf(spec, systems * pitchOf(n), points, limits.staged);
    const stretches = Math.ceil(n / slice) * systems;
    const spans = tile ? Math.ceil(pitchOf(n) / Math.max(slice, tile.rows)) * systems : 0;
    return makePass(
      memory,
      {
        shader: forward({ ...this.options, stage, tile }),
        buffers: { ...this.bound(part), theta },
        ...(tile
          ? {
              threads: threadsOf(tile) * spans * Math.ceil(points / tile.columns),
              workgroup: threadsOf(tile),
              cost: (Math.max(slice, tile.rows) * tile.ownRows * tile.ownColumns) / tile.rows,
            }
          : {
              threads: stage ? stagedThreads(stage, stretches, columns) : stretches * columns,
              workgroup: stage?.threads ?? WORKGROUP,
              cost: slice * q,
            }),
      },
      spec.limits,
    );
  }

  private fold(level: number): Promise<Dispatch[]> {
    const { memory, plan, spec, rows, results } = this;
    const count = plan.rows[level - 1];
    return makePass(
      memory,
      {
        shader: fold(),
        buffers: {
          fold: memory.constant('fold', Fold.pack({ count, points: results })),
          rows: rows[(level - 1) % 2],
          sums: rows[level % 2],
        },
        threads: plan.rows[level] * results,
        workgroup: WORKGROUP,
        cost: Math.ceil(count / plan.rows[level]),
      },
      spec.limits,
    );
  }

  /** From the rows of a level to the end of a step. */
  private ending(level: number, end: StepEnd): Promise<Dispatch[]> {
    const { memory, plan, spec, buffers, rows } = this;
    const { loss, outer, limits } = spec;
    const [from, to] = [rows[level % 2], rows[(level + 1) % 2]];
    const sums = { rows: from, sums: to, counts: plan.rows.slice(level), points: this.results, c: this.c };
    return endingPass(memory, { ...sums, loss: loss!, outer, buffers: { ...buffers, ...end } }, limits);
  }

  private output(rows: GPUBuffer): Promise<Dispatch[]> {
    const { memory, plan, spec, buffers, results, c } = this;
    const count = plan.rows[plan.rows.length - 1];
    const out = memory.constant('out', Output.pack({ count, points: results, outer: spec.outer }));
    return makePass(
      memory,
      {
        shader: residual({ loss: spec.loss, c }),
        buffers: { ...buffers, out, rows },
        threads: results / c,
        workgroup: WORKGROUP,
        cost: count * c,
      },
      spec.limits,
    );
  }
}
