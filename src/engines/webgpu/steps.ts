/**
 * Everything the GPU does in one step of the integrator, and in finding f, r and the loss at a given θ, as
 * dispatches.
 */
import { INTEGRATORS } from '../../core/integrators.ts';
import { NO_LANGEVIN } from '../../core/langevin.ts';
import { keyOf } from '../../core/random.ts';
import { Langevin, NEVER, Replicas, Samples, Stage, Status } from '../../../shaders/bindings.ts';
import { RING, loss, lossParts } from '../../../shaders/loss.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { update } from '../../../shaders/update.ts';
import { roundUp } from '../../gpu/layout.ts';
import { makePass } from '../../gpu/pass.ts';
import { Forward, type ForwardBuffers } from './forward.ts';
import { replicasOf } from '../engine.ts';
import { pitchOf } from './pack.ts';
import { bytesOf, lossPartsOf, particlesPerThread } from './plan.ts';
import type { Tableau } from '../../core/integrators.ts';
import type { Terms } from '../../../shaders/langevin.ts';
import type { Shader } from '../../gpu/layout.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Dispatch } from '../../gpu/schedule.ts';
import type { Method, Problem } from '../engine.ts';
import { forEach, type Part } from './parts.ts';
import type { Cut } from './plan.ts';

export interface State {
  /** How particles lie in several buffers: there is one of each of the following a part. */
  readonly parts: readonly Part[];
  readonly theta: readonly GPUBuffer[];
  /** The θ of a later stage and the step so far; unused by one-stage methods. */
  readonly trial: readonly GPUBuffer[];
  readonly change: readonly GPUBuffer[];
  /** |b| of the last step, where it is recorded, in θ's order. */
  readonly speed: readonly GPUBuffer[] | null;
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
  /** f and r of the particles in these buffers. */
  outputs(theta: readonly GPUBuffer[]): Promise<Dispatch[]>;
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

export async function allocateState(
  memory: Memory,
  problem: Problem,
  recordSpeed: boolean,
  parts: readonly Part[],
): Promise<State> {
  const { STORAGE, VERTEX, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const { d, integrator } = problem;
  const stages = INTEGRATORS[integrator].weights.length;
  const each = (name: string, sizeOf: (part: Part) => number, usage: number): Promise<GPUBuffer[]> =>
    allocateEach(memory, name, parts.map(sizeOf), usage);
  const particles = ({ n, systems }: Part): number => systems * bytesOf.particles(n, d);
  const later = (part: Part): number => (stages > 1 ? particles(part) : 0);
  const state = await memory.allocate({
    status: { size: Status.size, usage: STORAGE | COPY_SRC | COPY_DST },
    ring: { size: RING * 4, usage: STORAGE | COPY_SRC },
  });
  return {
    ...state,
    parts,
    theta: await each('theta', particles, STORAGE | VERTEX | COPY_SRC | COPY_DST),
    trial: await each('trial', later, STORAGE),
    change: await each('change', later, STORAGE),
    speed: recordSpeed
      ? await each('speed', ({ n, systems }) => systems * bytesOf.floats(n), STORAGE | VERTEX | COPY_SRC)
      : null,
  };
}

async function allocateEach(
  memory: Memory,
  name: string,
  sizes: readonly number[],
  usage: number,
): Promise<GPUBuffer[]> {
  return Object.values(
    await memory.allocate(Object.fromEntries(sizes.map((size, k) => [`${name} ${k}`, { size, usage }]))),
  );
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
export async function directSums(
  memory: Memory,
  problem: Problem,
  { parts }: State,
  points: ForwardBuffers,
  limits: Cut,
): Promise<GpuSums> {
  const { n, m, d, activation, outer, loss: lossName } = problem;
  const replicas = replicasOf(problem);
  const forward = await Forward.create(
    memory,
    { n, d, points: m, replicas, parts, activation, outer, limits, loss: lossName },
    points,
  );
  const { x, r } = points;
  return {
    method: 'direct',
    reads: { x, r },
    field: [],
    outputs: (theta) => forward.dispatches(theta),
    costOfMove: m,
  };
}

/** What the problem asks of the update beside b. */
function termsOf({ rates: [outer, inner], decay, temperature }: typeof NO_LANGEVIN): Terms {
  return temperature > 0 ? 'noise' : decay !== 0 || outer !== 1 || inner !== 1 ? 'decay' : 'none';
}

/** Pairs that take as long as a particle's noise. */
const SHOCK = 16;

/**
 * The mean loss, counted as a step. One workgroup adds up a system's samples; those of all replicas are added
 * up in parts first.
 */
async function endOf(
  memory: Memory,
  problem: Problem,
  { status, ring }: State,
  { f, y }: ForwardBuffers,
  limits: Cut,
): Promise<Dispatch[]> {
  const { loss: name } = problem;
  const replicas = replicasOf(problem);
  const m = replicas * problem.m;
  const workgroup = WORKGROUP;
  const count = replicas > 1 ? lossPartsOf(m) : m;
  const { parts } = await memory.allocate({
    parts: { size: replicas > 1 ? bytesOf.floats(count) : 0, usage: GPUBufferUsage.STORAGE },
  });
  const buffers = {
    samples: memory.constant('samples', Samples.pack({ m, parts: count })),
    f,
    y,
    parts,
    status,
    ring,
  };
  const pass = (shader: Shader, threads: number, cost: number): Promise<Dispatch[]> =>
    makePass(memory, { shader, buffers, threads, workgroup, cost }, limits);
  return [
    ...(replicas > 1 ? await pass(lossParts({ loss: name }), count, Math.ceil(m / count)) : []),
    ...(await pass(loss({ loss: name, parts: replicas > 1 }), WORKGROUP, Math.ceil(count / WORKGROUP))),
  ];
}

export async function prepareSteps(
  memory: Memory,
  problem: Problem,
  state: State,
  points: ForwardBuffers,
  sums: GpuSums,
  limits: Cut,
): Promise<Steps> {
  const { n, m, d, activation, integrator, langevin = NO_LANGEVIN } = problem;
  const tableau: Tableau = INTEGRATORS[integrator];
  const replicas = replicasOf(problem);
  const terms = termsOf(langevin);
  const stages = tableau.weights.length;
  const { parts } = state;
  const uniforms = tableau.weights.map((_, i) =>
    parts.map(() => memory.constant(`stage ${i}`, new Uint8Array(Stage.size))),
  );
  const p =
    sums.method === 'direct' ? particlesPerThread(n, d, memory.context.software, replicas, limits.p) : 1;
  const lanes = Math.ceil(n / p);
  const systems = parts.map(({ system }) =>
    memory.constant('replicas', Replicas.pack({ pitch: pitchOf(n), lanes, first: system })),
  );
  const noise = memory.constant('langevin', new Uint8Array(Langevin.size));
  const of = (k: number): Record<string, GPUBuffer> => ({
    theta: state.theta[k],
    trial: state.trial[k],
    change: state.change[k],
    speed: state.speed?.[k] ?? state.status,
    status: state.status,
    replicas: systems[k],
    langevin: noise,
  });
  const movePart = (i: number, part: Part, k: number): Promise<Dispatch[]> =>
    makePass(
      memory,
      {
        shader: update({
          method: sums.method,
          activation,
          d,
          p,
          first: i === 0,
          last: i === stages - 1,
          speed: state.speed !== null,
          replicas: replicas > 1,
          langevin: terms,
        }),
        buffers: { ...of(k), ...sums.reads, stage: uniforms[i][k] },
        threads: replicas > 1 ? part.systems * lanes : roundUp(part.n, WORKGROUP * p) / p,
        workgroup: WORKGROUP,
        cost: p * (sums.costOfMove + (terms === 'noise' ? SHOCK : 0)),
      },
      limits,
    );
  const move = (i: number): Promise<Dispatch[]> => forEach(parts, (part, k) => movePart(i, part, k));

  const [ended, atTheta, atTrial, ...moved] = await Promise.all([
    endOf(memory, problem, state, points, limits),
    sums.outputs(state.theta),
    stages > 1 ? sums.outputs(state.trial) : [],
    ...tableau.weights.map((_, i) => move(i)),
  ]); // compiled at the same time
  const moves = moved.map((dispatches) => [...sums.field, ...dispatches]);
  const after = (done: number): Dispatch[] => [
    ...(done === 0 ? [] : done < stages ? atTrial : atTheta),
    ...moves
      .slice(done)
      .flatMap((dispatches, i) => [...dispatches, ...(done + i < stages - 1 ? atTrial : atTheta)]),
    ...ended,
  ];

  const setStepSize = (dt: number): void => {
    const { queue } = memory.context.device;
    const { speed } = problem;
    const { rates, decay, temperature, seed } = langevin;
    const scale = (-dt * speed) / m;
    uniforms.forEach((ofParts, i) => {
      const stage = {
        m,
        advance: scale * (tableau.advance[i] ?? 0),
        weight: scale * tableau.weights[i],
        norm: -1 / m,
      };
      ofParts.forEach((uniform, k) =>
        queue.writeBuffer(uniform, 0, Stage.pack({ ...stage, n: parts[k].n, first: parts[k].first })),
      );
    });
    const deviations = rates.map((rate) => Math.sqrt(2 * temperature * rate * speed * dt));
    queue.writeBuffer(noise, 0, Langevin.pack({ rates, deviations, seed: keyOf(seed), decay: m * decay }));
  };
  return { settle: [...atTheta, ...ended], step: after(0), after, setStepSize };
}
