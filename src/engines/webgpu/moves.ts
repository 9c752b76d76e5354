/** What moves the particles: in each stage a pass over each buffer of them, and before it what finds wide ones' slopes. */
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { Replicas, Stage } from '../../../shaders/bindings.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { packTerms, type TermChoice } from '../../../shaders/terms.ts';
import { march } from '../../../shaders/staged/march.ts';
import { update, type UpdateOptions } from '../../../shaders/update.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import { replicasOf } from '../engine.ts';
import { pitchOf } from './rows/pack.ts';
import { particlesPerThread, stagedUpdate } from './tuning.ts';
import { tileOf, Tiles, type Gathered } from './tiles.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { forEach, type Part } from './rows/parts.ts';
import type { Ground } from './rig.ts';
import type { Marched } from './sums/marched.ts';
import type { GpuSums } from './sums/sums.ts';
import { systemOf, termChoice } from './rows/timetable.ts';

/** Pairs that take as long as a particle's noise. */
const SHOCK = 16;

export class Moves {
  private readonly tableau;
  private readonly replicas: number;
  private readonly terms: TermChoice;
  private readonly p: number;
  private readonly staged: number;
  private readonly lanes: number;
  private readonly fast: boolean;
  private readonly constants: Readonly<Record<string, GPUBuffer>>;

  private constructor(
    private readonly memory: Memory,
    private readonly ground: Ground,
    private readonly sums: GpuSums,
    /** Of wide particles. */
    private readonly tiles: Tiles | null,
  ) {
    const { problem, state, timetable, limits } = ground;
    const { n, integrator } = problem;
    this.tableau = INTEGRATORS[integrator];
    this.replicas = replicasOf(problem);
    this.terms = termChoice(problem);
    const direct = sums.method === 'direct';
    this.fast = direct && (limits.fast ?? false);
    this.p =
      direct && !tiles ? particlesPerThread(n, problem, memory.context.software, this.replicas, limits.p) : 1;
    this.staged = direct && !tiles ? stagedUpdate(n, this.p, problem, this.replicas, limits.staged) : 0;
    // with tiles a thread is a row of the buffer
    this.lanes = tiles ? pitchOf(n) : roundUp(Math.ceil(n / this.p), this.staged || 1);
    const terms = packTerms(this.terms, systemOf(problem));
    this.constants = {
      status: state.status,
      steps: timetable.buffer,
      ...(terms && { terms: memory.constant('terms', terms) }),
      ...sums.reads,
    };
  }

  static async create(memory: Memory, ground: Ground, sums: GpuSums): Promise<Moves> {
    const { problem, state, limits } = ground;
    const rows = Math.max(...state.parts.map(rowsIn));
    const tile = sums.method === 'direct' ? tileOf(problem, rows, problem.m, limits.staged) : undefined;
    const tiles =
      tile &&
      (await Tiles.create(
        memory,
        { ...problem, fast: limits.fast ?? false, rows, pitch: pitchOf(problem.n) },
        tile,
        limits,
      ));
    return new Moves(memory, ground, sums, tiles ?? null);
  }

  get stages(): number {
    return this.tableau.weights.length;
  }

  stage(i: number): Promise<Dispatch[]> {
    return forEach(this.ground.state.parts, (part, k) =>
      this.tiles ? this.inChunks(this.tiles, i, part, k) : this.pass(i, part, k),
    );
  }

  private async inChunks(tiles: Tiles, i: number, part: Part, k: number): Promise<Dispatch[]> {
    const {
      state,
      points: { x, r },
    } = this.ground;
    const place = { state: (i === 0 ? state.theta : state.trial)[k], rows: rowsIn(part), system: part.system };
    const chunks = await tiles.gathered(place, { x, r });
    const moved = await Promise.all(chunks.map((chunk) => this.pass(i, part, k, chunk)));
    return chunks.flatMap(({ dispatches }, at) => [...dispatches, ...moved[at]]);
  }

  /** A step's only stage, with the forward sum over what it has moved, and the rest; null where a thread has more than one particle. */
  async march({ sums, stage, buffers, cost, rest }: Marched): Promise<Dispatch[] | null> {
    if (this.tiles || this.p > 1) return null;
    const { memory, ground } = this;
    const [part] = ground.state.parts;
    const { threads: workgroup } = stage;
    const { method: _, ...options } = this.options(0);
    const spec = {
      shader: march(options, sums, stage),
      buffers: { ...this.buffers(0, part, 0), ...buffers },
      threads: roundUp(part.n, workgroup),
      workgroup,
      cost: cost + this.costOf(this.sums.costOfMove),
    };
    const [moved, after] = await Promise.all([makePass(memory, spec, ground.limits), rest]);
    return [...moved, ...after];
  }

  private options(i: number): Omit<UpdateOptions, 'p'> {
    const { ground, sums, replicas, terms, fast } = this;
    const { problem, state } = ground;
    return {
      ...problem,
      method: sums.method,
      first: i === 0,
      last: i === this.stages - 1,
      speed: state.speed !== null,
      replicas: replicas > 1,
      terms,
      fast,
    };
  }

  private buffers(i: number, part: Part, k: number): Readonly<Record<string, GPUBuffer>> {
    const { memory, ground, lanes, replicas } = this;
    const { problem, state } = ground;
    const { m, n } = problem;
    const stage = Stage.pack({ n: part.n, first: part.first, m, number: i, norm: -1 / m });
    const systems = Replicas.pack({ pitch: pitchOf(n), lanes, first: part.system });
    return {
      ...this.constants,
      theta: state.theta[k],
      trial: state.trial[k],
      change: state.change[k],
      speed: state.speed?.[k] ?? state.status,
      ...(state.velocity && { velocity: state.velocity[k] }),
      stage: memory.constant(`stage ${i}`, stage),
      ...(replicas > 1 && { replicas: memory.constant('replicas', systems) }),
    };
  }

  /** Of a particle. */
  private costOf(sums: number): number {
    return sums + (this.terms.names.includes('noise') ? SHOCK : 0);
  }

  private pass(i: number, part: Part, k: number, chunk?: Gathered): Promise<Dispatch[]> {
    const { memory, ground, sums, p, staged, lanes, replicas } = this;
    const workgroup = staged || WORKGROUP;
    const shader = update({
      ...this.options(i),
      p,
      gathered: chunk !== undefined,
      ...(staged > 0 && { staged }),
    });
    const buffers = { ...this.buffers(i, part, k), ...chunk?.buffers };
    const cost = p * this.costOf(chunk ? 1 : sums.costOfMove);
    const all = replicas > 1 ? part.systems * lanes : roundUp(part.n, workgroup * p) / p;
    const { first: from = 0, end: threads = all } = chunk ?? {};
    return makePass(memory, { shader, buffers, threads, from, workgroup, cost }, ground.limits);
  }
}

/** Rows of a part's buffer. */
const rowsIn = ({ n, systems }: Part): number => systems * pitchOf(n);
