/**
 * Rows that steps take in turn, on a GPU: what they are chosen from lies there, all samples of a problem with batches or
 * some batches of a stream, and lists of rows for some steps at a time.
 */
import { Turns } from '../../../../shaders/bindings.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { turn } from '../../../../shaders/turn.ts';
import { Batches, type Batch } from '../../../core/dynamics/batches.ts';
import { shapeOf } from '../../../core/shape.ts';
import { Streamed, type Stream } from '../../../core/dynamics/streams.ts';
import type { Memory } from '../../../gpu/memory.ts';
import { makePass } from '../../../gpu/pass.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import { replicasOf, type Problem } from '../../engine.ts';
import { uploadInputs } from './pack.ts';
import { bytesOf } from '../capacity.ts';
import type { Ground } from '../rig.ts';
import { wholeOf, type Whole } from '../whole.ts';

/** Numbers of lists, and of rows of a stream, that the device holds at a time. */
const MOST = 2 ** 20;

type Held = Readonly<Record<'x' | 'y', GPUBuffer>>;

/** What rows are chosen from. */
interface Source {
  readonly held: Held;
  /** Steps whose lists there may be at a time. */
  readonly most: number;
  /** The lists of the steps first … first + count − 1, whose rows the device then holds. */
  lists(first: number, count: number): Uint32Array<ArrayBuffer>;
}

type FedGround = Pick<Ground, 'problem' | 'state' | 'points' | 'limits'>;

export class Feed {
  private constructor(
    private readonly memory: Memory,
    private readonly size: number,
    private readonly source: Source,
    private readonly turns: GPUBuffer,
    private readonly lists: GPUBuffer,
    /** Before f and r at the end of a step: the rows of the next one. */
    readonly dispatches: readonly Dispatch[],
    /** All samples, where steps take some of them. */
    readonly whole: Whole | null,
  ) {}

  /** Null where every step takes all rows; `ground` is that of steps, with as many samples as they take. */
  static async create(memory: Memory, problem: Problem, ground: FedGround): Promise<Feed | null> {
    const { batch, stream } = problem;
    if (!batch && !stream) return null;
    const { state, points, limits } = ground;
    const whole = batch ? await wholeOf(memory, problem, ground) : null;
    const source = whole ? chosen(problem, batch!, whole.points) : await streamed(memory, problem, stream!);
    const size = ground.problem.m;
    const { lists } = await memory.allocate({
      lists: { size: 4 * source.most * size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST },
    });
    const turns = memory.constant('turns', Turns.pack({ first: 0, size }));
    const { x, y } = points;
    const { x: all_x, y: all_y } = source.held;
    const dispatches = await makePass(
      memory,
      {
        shader: turn(problem),
        buffers: { turns, status: state.status, lists, all_x, all_y, x, y },
        threads: replicasOf(problem) * size,
        workgroup: WORKGROUP,
        cost: 1,
      },
      limits,
    );
    return new Feed(memory, size, source, turns, lists, dispatches, whole);
  }

  /** Steps whose rows may be placed at a time. */
  get most(): number {
    return this.source.most;
  }

  /** The rows of the steps that start at θ_first and the count − 1 after; what came before is submitted. */
  place(first: number, count: number): void {
    const { queue } = this.memory.context.device;
    queue.writeBuffer(this.lists, 0, this.source.lists(first, count));
    queue.writeBuffer(this.turns, 0, Turns.pack({ first, size: this.size }));
  }
}

/** Batches out of all rows. */
function chosen({ m }: Problem, batch: Batch, held: Held): Source {
  const { size } = batch;
  const batches = new Batches(batch, m);
  return {
    held,
    most: Math.max(1, Math.floor(MOST / size)),
    lists(first, count) {
      const lists = new Uint32Array(count * size);
      for (let k = 0; k < count; k++) lists.set(batches.sorted(first + k), k * size);
      return lists;
    },
  };
}

/** Fresh batches, uploaded one after the other. */
async function streamed(memory: Memory, problem: Problem, stream: Stream): Promise<Source> {
  const { size, reuse } = stream;
  const { c, d, width } = shapeOf(problem);
  const { queue } = memory.context.device;
  const fresh = new Streamed(stream);
  // a stretch of steps may begin and end within what a batch is used for
  const room = Math.max(2, Math.floor(MOST / (size * width)));
  const { STORAGE, COPY_DST } = GPUBufferUsage;
  const held = await memory.allocate({
    x: { size: bytesOf.particles(room * size, problem), usage: STORAGE | COPY_DST },
    y: { size: bytesOf.floats(room * size * c), usage: STORAGE | COPY_DST },
  });
  const upload = (from: number, count: number): void => {
    const x = new Float64Array(count * size * d);
    const y = new Float32Array(count * size * c);
    for (let b = 0; b < count; b++) {
      const rows = fresh.rows((from + b) * reuse);
      x.set(rows.x, b * size * d);
      y.set(rows.y, b * size * c);
    }
    uploadInputs(memory.context, held.x, x, problem);
    queue.writeBuffer(held.y, 0, y);
  };
  return {
    held,
    most: Math.max(1, Math.min((room - 1) * reuse, Math.floor(MOST / size))),
    lists(first, count) {
      const from = fresh.number(first);
      upload(from, fresh.number(first + count - 1) - from + 1);
      const lists = new Uint32Array(count * size);
      for (let k = 0, at = 0; k < count; k++)
        for (let i = 0, row = (fresh.number(first + k) - from) * size; i < size; i++) lists[at++] = row++;
      return lists;
    },
  };
}
