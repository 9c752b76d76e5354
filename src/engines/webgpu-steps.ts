/** Everything the GPU does in one step of the integrator, and in finding f, r and the loss at a given θ, as dispatches. */
import { INTEGRATORS } from '../core/integrators.ts';
import { NO_LANGEVIN } from '../core/langevin.ts';
import { keyOf } from '../core/random.ts';
import { Langevin, NEVER, Replicas, Samples, Stage, Status } from '../../shaders/bindings.ts';
import { RING, loss, lossParts } from '../../shaders/loss.ts';
import { WORKGROUP } from '../../shaders/particle.ts';
import { update } from '../../shaders/update.ts';
import { roundUp } from '../gpu/layout.ts';
import { makePass } from '../gpu/pass.ts';
import { Forward, type ForwardBuffers } from './webgpu-forward.ts';
import { replicasOf } from './engine.ts';
import { pitchOf } from './webgpu-pack.ts';
import { bytesOf, lossPartsOf, particlesPerThread } from './webgpu-plan.ts';
import type { Tableau } from '../core/integrators.ts';
import type { Terms } from '../../shaders/langevin.ts';
import type { Shader } from '../gpu/layout.ts';
import type { Memory } from '../gpu/memory.ts';
import type { Dispatch } from '../gpu/schedule.ts';
import type { Method, Problem } from './engine.ts';
import type { Cut } from './webgpu-plan.ts';

export interface State {
  readonly theta: GPUBuffer;
  /** The θ of a later stage and the step so far; unused by one-stage methods. */
  readonly trial: GPUBuffer;
  readonly change: GPUBuffer;
  /** |b| of the last step, where it is recorded, in θ's order. */
  readonly speed: GPUBuffer | null;
  readonly status: GPUBuffer;
  /** The losses of the last RING steps: step k's at k mod RING. */
  readonly ring: GPUBuffer;
}

/** A way to compute the sums, as dispatches. */
export interface GpuSums {
  readonly method: Method;
  /** What the update pass reads beside the particles. */
  readonly reads: Readonly<Record<string, GPUBuffer>>;
  /** From r to what it reads. */
  readonly field: readonly Dispatch[];
  /** f and r of the particles in a buffer. */
  outputs(theta: GPUBuffer): Promise<Dispatch[]>;
  /** What a particle's move costs, in pairs. */
  readonly costOfMove: number;
}

export interface Steps {
  /** f, r, loss at θ; counts a step. */
  readonly settle: readonly Dispatch[];
  /** θ one step on, and f, r, loss there. */
  readonly step: readonly Dispatch[];
  /** What is left of a step of which that many stages have moved the particles. */
  after(stages: number): readonly Dispatch[];
  setStepSize(dt: number): void;
}

export async function allocateState(memory: Memory, problem: Problem, recordSpeed: boolean): Promise<State> {
  const { STORAGE, VERTEX, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const { n, d, integrator } = problem, replicas = replicasOf(problem);
  const particles = replicas * bytesOf.particles(n, d);
  const stages = INTEGRATORS[integrator].weights.length;
  const more = { size: stages > 1 ? particles : 0, usage: STORAGE };
  const { speed, ...state } = await memory.allocate({
    theta: { size: particles, usage: STORAGE | VERTEX | COPY_SRC | COPY_DST },
    trial: more,
    change: more,
    speed: { size: recordSpeed ? replicas * bytesOf.floats(n) : 0, usage: STORAGE | VERTEX | COPY_SRC },
    status: { size: Status.size, usage: STORAGE | COPY_SRC | COPY_DST },
    ring: { size: RING * 4, usage: STORAGE | COPY_SRC },
  });
  return { ...state, speed: recordSpeed ? speed : null };
}

/** Makes the GPU's count `step` and clears its mark of a bad step; the next loss pass counts one more. */
export function resetStatus(device: GPUDevice, status: GPUBuffer, step: number): void {
  device.queue.writeBuffer(status, 0, Status.pack({ step: step >>> 0, bad: NEVER, stages: 0, halted: 0 }));
}

/** Ends a halt. */
export function resume(device: GPUDevice, status: GPUBuffer): void {
  device.queue.writeBuffer(status, Status.offsets.halted, Uint32Array.of(0));
}

/** Sums over all pairs. */
export async function directSums(memory: Memory, problem: Problem, _state: State, points: ForwardBuffers, limits: Cut): Promise<GpuSums> {
  const { n, m, d, activation, outer, loss: lossName } = problem;
  const replicas = replicasOf(problem);
  const forward = await Forward.create(memory, { n, d, points: m, replicas, activation, outer, limits, loss: lossName }, points);
  const { x, r } = points;
  return { method: 'direct', reads: { x, r }, field: [], outputs: (theta) => forward.dispatches(theta), costOfMove: m };
}

/** What the problem asks of the update beside b. */
function termsOf({ rates: [outer, inner], decay, temperature }: typeof NO_LANGEVIN): Terms {
  return temperature > 0 ? 'noise' : decay !== 0 || outer !== 1 || inner !== 1 ? 'decay' : 'none';
}

/** Pairs that take as long as a particle's noise. */
const SHOCK = 16;

/** The mean loss, counted as a step. One workgroup adds up a system's samples; those of all replicas are added up in parts first. */
async function endOf(memory: Memory, problem: Problem, { status, ring }: State, { f, y }: ForwardBuffers, limits: Cut): Promise<Dispatch[]> {
  const { loss: name } = problem, replicas = replicasOf(problem), m = replicas * problem.m, workgroup = WORKGROUP;
  const count = replicas > 1 ? lossPartsOf(m) : m;
  const { parts } = await memory.allocate({ parts: { size: replicas > 1 ? bytesOf.floats(count) : 0, usage: GPUBufferUsage.STORAGE } });
  const buffers = { samples: memory.constant('samples', Samples.pack({ m, parts: count })), f, y, parts, status, ring };
  const pass = (shader: Shader, threads: number, cost: number): Promise<Dispatch[]> => makePass(memory, { shader, buffers, threads, workgroup, cost }, limits);
  return [
    ...(replicas > 1 ? await pass(lossParts({ loss: name }), count, Math.ceil(m / count)) : []),
    ...(await pass(loss({ loss: name, parts: replicas > 1 }), WORKGROUP, Math.ceil(count / WORKGROUP))),
  ];
}

export async function prepareSteps(
  memory: Memory, problem: Problem, state: State, points: ForwardBuffers, sums: GpuSums, limits: Cut,
): Promise<Steps> {
  const { n, m, d, activation, integrator, langevin = NO_LANGEVIN } = problem;
  const tableau: Tableau = INTEGRATORS[integrator];
  const replicas = replicasOf(problem), terms = termsOf(langevin);
  const ended = await endOf(memory, problem, state, points, limits);

  const stages = tableau.weights.length;
  const uniforms = tableau.weights.map((_, i) => memory.constant(`stage ${i}`, new Uint8Array(Stage.size)));
  const p = sums.method === 'direct' ? particlesPerThread(n, d, memory.context.software, replicas, limits.p) : 1;
  const lanes = Math.ceil(n / p);
  const more = {
    replicas: memory.constant('replicas', Replicas.pack({ pitch: pitchOf(n), lanes })),
    langevin: memory.constant('langevin', new Uint8Array(Langevin.size)),
  };
  const move = (i: number): Promise<Dispatch[]> =>
    makePass(memory, {
      shader: update({
        method: sums.method, activation, d, p, first: i === 0, last: i === stages - 1, speed: state.speed !== null, replicas: replicas > 1, langevin: terms,
      }),
      buffers: { ...state, ...more, speed: state.speed ?? state.status, ...sums.reads, stage: uniforms[i] },
      threads: replicas > 1 ? replicas * lanes : roundUp(n, WORKGROUP * p) / p,
      workgroup: WORKGROUP,
      cost: p * (sums.costOfMove + (terms === 'noise' ? SHOCK : 0)),
    }, limits);

  const atTheta = await sums.outputs(state.theta);
  const atTrial = stages > 1 ? await sums.outputs(state.trial) : [];
  const moves: Dispatch[][] = [];
  for (let i = 0; i < stages; i++) moves.push([...sums.field, ...(await move(i))]);
  const after = (done: number): Dispatch[] => [
    ...(done === 0 ? [] : done < stages ? atTrial : atTheta),
    ...moves.slice(done).flatMap((dispatches, i) => [...dispatches, ...(done + i < stages - 1 ? atTrial : atTheta)]),
    ...ended,
  ];

  const setStepSize = (dt: number): void => {
    const { queue } = memory.context.device, { speed } = problem, { rates, decay, temperature, seed } = langevin;
    uniforms.forEach((uniform, i) => {
      const scale = (-dt * speed) / m;
      const stage = { n, m, advance: scale * (tableau.advance[i] ?? 0), weight: scale * tableau.weights[i], norm: -1 / m };
      queue.writeBuffer(uniform, 0, Stage.pack(stage));
    });
    const deviations = rates.map((rate) => Math.sqrt(2 * temperature * rate * speed * dt));
    queue.writeBuffer(more.langevin, 0, Langevin.pack({ rates, deviations, seed: keyOf(seed), decay: m * decay }));
  };
  return { settle: [...atTheta, ...ended], step: after(0), after, setStepSize };
}
