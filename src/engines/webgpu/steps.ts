/**
 * Everything the GPU does in one step of the integrator, and in finding f, r and the loss at a given θ, as
 * dispatches.
 */
import { INTEGRATORS } from '../../core/integrators.ts';
import { Replicas, LossParts, Stage } from '../../../shaders/bindings.ts';
import { loss, lossParts } from '../../../shaders/loss.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { packTerms, type TermChoice } from '../../../shaders/terms.ts';
import { update } from '../../../shaders/update.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import { replicasOf } from '../engine.ts';
import { pitchOf } from './pack.ts';
import { bytesOf, lossPartsOf, particlesPerThread } from './plan.ts';
import type { Shader } from '../../gpu/layout.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import { forEach, type Part } from './parts.ts';
import type { Ground } from './rig.ts';
import type { GpuSums } from './sums/sums.ts';
import { systemOf, termChoice } from './timetable.ts';

export interface Steps {
  /** f, r, loss at θ; counts a step. */
  readonly settle: readonly Dispatch[];
  /** θ one step on, and f, r, loss there. */
  readonly step: readonly Dispatch[];
  /** What is left of a step of which that many stages have moved the particles. */
  after(stages: number): readonly Dispatch[];
}

/** Pairs that take as long as a particle's noise. */
const SHOCK = 16;

/**
 * The mean loss, counted as a step. One workgroup adds up a system's samples; those of all replicas are added
 * up in parts first.
 */
async function endOf(memory: Memory, { problem, state, points, limits }: Ground): Promise<Dispatch[]> {
  const { loss: name, c = 1 } = problem;
  const { status, ring } = state;
  const { f, y } = points;
  const replicas = replicasOf(problem);
  const m = replicas * problem.m;
  const workgroup = WORKGROUP;
  const count = replicas > 1 ? lossPartsOf(m) : m;
  const { parts } = await memory.allocate({
    parts: { size: replicas > 1 ? bytesOf.floats(count) : 0, usage: GPUBufferUsage.STORAGE },
  });
  const buffers = {
    sizes: memory.constant('sizes', LossParts.pack({ m, parts: count })),
    f,
    y,
    parts,
    status,
    ring,
  };
  const pass = (shader: Shader, threads: number, cost: number): Promise<Dispatch[]> =>
    makePass(memory, { shader, buffers, threads, workgroup, cost }, limits);
  return [
    ...(replicas > 1 ? await pass(lossParts({ loss: name, c }), count, Math.ceil(m / count)) : []),
    ...(await pass(loss({ loss: name, c, parts: replicas > 1 }), WORKGROUP, Math.ceil(count / WORKGROUP))),
  ];
}

/** What moves the particles: a pass for each stage and each buffer of them. */
class Moves {
  private readonly tableau;
  private readonly replicas: number;
  private readonly terms: TermChoice;
  private readonly p: number;
  private readonly lanes: number;
  private readonly constants: Readonly<Record<string, GPUBuffer>>;

  constructor(
    private readonly memory: Memory,
    private readonly ground: Ground,
    private readonly sums: GpuSums,
  ) {
    const { problem, state, timetable, limits } = ground;
    const { n, integrator } = problem;
    this.tableau = INTEGRATORS[integrator];
    this.replicas = replicasOf(problem);
    this.terms = termChoice(problem);
    this.p =
      sums.method === 'direct'
        ? particlesPerThread(n, problem, memory.context.software, this.replicas, limits.p)
        : 1;
    this.lanes = Math.ceil(n / this.p);
    const terms = packTerms(this.terms, systemOf(problem));
    this.constants = {
      status: state.status,
      steps: timetable.buffer,
      ...(terms && { terms: memory.constant('terms', terms) }),
      ...sums.reads,
    };
  }

  get stages(): number {
    return this.tableau.weights.length;
  }

  stage(i: number): Promise<Dispatch[]> {
    return forEach(this.ground.state.parts, (part, k) => this.pass(i, part, k));
  }

  private pass(i: number, part: Part, k: number): Promise<Dispatch[]> {
    const { memory, ground, sums, p, lanes, replicas, terms } = this;
    const { problem, state, limits } = ground;
    const { m, n } = problem;
    const shader = update({
      ...problem,
      method: sums.method,
      p,
      first: i === 0,
      last: i === this.stages - 1,
      speed: state.speed !== null,
      replicas: replicas > 1,
      terms,
    });
    const stage = Stage.pack({ n: part.n, first: part.first, m, number: i, norm: -1 / m });
    const systems = Replicas.pack({ pitch: pitchOf(n), lanes, first: part.system });
    const buffers = {
      ...this.constants,
      theta: state.theta[k],
      trial: state.trial[k],
      change: state.change[k],
      speed: state.speed?.[k] ?? state.status,
      ...(state.velocity && { velocity: state.velocity[k] }),
      stage: memory.constant(`stage ${i}`, stage),
      ...(replicas > 1 && { replicas: memory.constant('replicas', systems) }),
    };
    const cost = p * (sums.costOfMove + (terms.names.includes('noise') ? SHOCK : 0));
    const threads = replicas > 1 ? part.systems * lanes : roundUp(part.n, WORKGROUP * p) / p;
    return makePass(memory, { shader, buffers, threads, workgroup: WORKGROUP, cost }, limits);
  }
}

/** In `memory`, which may end before the ground does: a grid's. */
export async function prepareSteps(memory: Memory, ground: Ground, sums: GpuSums): Promise<Steps> {
  const { state, batches } = ground;
  const moves = new Moves(memory, ground, sums);
  const { stages } = moves;
  const [ended, batched, atTheta, atTrial, ...moved] = await Promise.all([
    endOf(memory, ground),
    batches ? batches.dispatches(memory, ground) : [],
    sums.outputs(state.theta),
    stages > 1 ? sums.outputs(state.trial) : [],
    ...Array.from({ length: stages }, (_, i) => moves.stage(i)),
  ]); // compiled at the same time
  const all = moved.map((dispatches) => [...batched, ...sums.field, ...dispatches]);
  const after = (done: number): Dispatch[] => [
    ...(done === 0 ? [] : done < stages ? atTrial : atTheta),
    ...all
      .slice(done)
      .flatMap((dispatches, i) => [...dispatches, ...(done + i < stages - 1 ? atTrial : atTheta)]),
    ...ended,
  ];
  return { settle: [...atTheta, ...ended], step: after(0), after };
}
