import { NO_TERMS, packStep, stepStruct } from '../../shaders/terms.ts';
import { INTEGRATORS } from '../../src/core/dynamics/integrators.ts';
import { describe, expect, it, vi } from 'vitest';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { Forward } from '../../src/engines/webgpu/sums/forward.ts';
import { downloadTheta, uploadInputs, uploadTheta } from '../../src/engines/webgpu/rows/pack.ts';
import { bytesOf } from '../../src/engines/webgpu/capacity.ts';
import { Memory } from '../../src/gpu/memory.ts';
import { makePass } from '../../src/gpu/pass.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { Scheduler, cut } from '../../src/gpu/schedule.ts';
import { Stage, Status } from '../../shaders/bindings.ts';
import { WORKGROUP } from '../../shaders/particle.ts';
import { update } from '../../shaders/update.ts';
import { EPSILON, expectClose, expectSameBits } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { PHI, output, velocity } from '../support/oracles/oracle.ts';
import { draw, problemOf } from '../support/problems.ts';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import type { Problem } from '../../src/engines/engine.ts';
import type { Drawn } from '../support/problems.ts';

const gpu = await openGpu();
const readback = new Readback(gpu);
const EPS = EPSILON.float32;

const floatsOf = async (buffer: GPUBuffer, count: number): Promise<Float32Array> =>
  new Float32Array(await readback.read([{ buffer, offset: 0, size: 4 * count }]));

/** Values that float32 holds; w1 > 0, since sums near 0 hide errors. */
function positive(n: number, m: number, d: number): Drawn {
  const { x, y, theta } = draw({ n, m, d }, n + 31 * m + d);
  const single = (rows: number[][]): number[][] => rows.map((row) => row.map(Math.fround));
  return {
    x: single(x),
    y: y.map(Math.fround),
    theta: single(theta.map(([w1, ...w0]) => [0.25 + Math.abs(w1), ...w0])),
  };
}

interface Passes {
  readonly f: Float32Array;
  readonly r: Float32Array;
  readonly partial: Float32Array;
  readonly slice: number;
}

/** The passes from θ to f and r, and what they leave in memory. `most` pairs in one dispatch. */
async function runForward(
  { x, y, theta }: Drawn,
  activation: ActivationName,
  outer: number,
  most = 2 ** 22,
): Promise<Passes> {
  const [n, m, d] = [theta.length, y.length, x[0].length];
  const memory = new Memory(gpu);
  const { STORAGE, COPY_DST } = GPUBufferUsage;
  const state = await memory.allocate({
    theta: { size: bytesOf.particles(n, { d }), usage: STORAGE | COPY_DST },
  });
  const forward = await Forward.create(memory, {
    n,
    d,
    points: m,
    activation,
    outer,
    limits: { most, overhead: 1 },
    loss: 'squared',
  });
  uploadTheta(gpu, state.theta, Float64Array.from(theta.flat()), n, { d });
  uploadInputs(gpu, forward.buffers.x, Float64Array.from(x.flat()), { d });
  gpu.device.queue.writeBuffer(forward.buffers.y, 0, Float32Array.from(y));
  const scheduler = new Scheduler(gpu, { first: most, target: 100 });
  await scheduler.run(await forward.dispatches([state.theta]));
  await scheduler.submit();
  const { buffer, rows, slice } = forward.partial;
  const [f, r, partial] = [
    await floatsOf(forward.buffers.f, m),
    await floatsOf(forward.buffers.r, m),
    await floatsOf(buffer, rows * m),
  ];
  memory.destroy();
  return { f, r, partial, slice };
}

const inner = (w0: readonly number[], x: readonly number[]): number =>
  w0.reduce((sum, w, c) => sum + w * x[c], 0);
const sizes = [1, 63, 64, 65, 257, 4097].flatMap((n) => [1, 2, 63, 64, 65, 300].map((m) => ({ n, m })));

describe('the forward pass', () => {
  it.each([
    { activation: 'tanh', d: 2, all: sizes },
    { activation: 'softplus', d: 8, all: [{ n: 257, m: 65 }] },
    {
      activation: 'erf',
      d: 64,
      all: [
        { n: 257, m: 65 },
        { n: 31, m: 3 },
      ],
    },
  ] as const)(
    'writes the sums of each slice of particles: $activation at d = $d',
    async ({ activation, d, all }) => {
      const [phi] = PHI[activation];
      for (const { n, m } of all) {
        const drawn = positive(n, m, d);
        const { partial, slice } = await runForward(drawn, activation, 1);
        const rows = Math.ceil(n / slice);
        expect(partial.length).toBe(rows * m);
        const want = new Float64Array(rows * m);
        const size = new Float64Array(rows * m);
        drawn.theta.forEach(([w1, ...w0], j) =>
          drawn.x.forEach((x, i) => {
            const entry = Math.floor(j / slice) * m + i;
            want[entry] += w1 * phi(inner(w0, x));
            size[entry] +=
              w1 * (Math.max(1, Math.abs(phi(inner(w0, x)))) + inner(w0.map(Math.abs), x.map(Math.abs)));
          }),
        );
        // blocks of 32 and the blocks of a slice add one by one; d products; φ to 1.6e-7 = 2.7 ε
        const depth = 32 + slice / 32 + d + 3;
        expectClose(`partial sums at n = ${n}, m = ${m}`, partial, want, (i) => EPS * depth * size[i]);
      }
    },
  );
});

describe('the passes after it', () => {
  it('add all slices, through two folds', async () => {
    const drawn = positive(70_000, 3, 1);
    const { f, r, slice } = await runForward(drawn, 'tanh', 1 / 70_000);
    expect(Math.ceil(70_000 / slice)).toBeGreaterThan(32 * 64);
    const want = output({ ...drawn, activation: 'tanh', parameterization: 'mean-field' }, drawn.theta);
    expectClose('f', f, want, EPS * (32 + 32 + 32 + 64) * 2);
    expectSameBits(
      'r',
      r,
      Float32Array.from(f, (value, i) => value - drawn.y[i]),
    );
  });

  it('reach past 65 535 workgroups (26)', async () => {
    const m = 65_535 * 64 + 65;
    const memory = new Memory(gpu);
    const { STORAGE, COPY_DST } = GPUBufferUsage;
    const { theta } = await memory.allocate({
      theta: { size: bytesOf.particles(1, { d: 1 }), usage: STORAGE | COPY_DST },
    });
    const limits = { most: Infinity, overhead: 1 };
    const forward = await Forward.create(memory, {
      n: 1,
      d: 1,
      points: m,
      activation: 'linear',
      outer: 0.5,
      limits,
      loss: null,
    });
    uploadTheta(gpu, theta, [2, 1], 1, { d: 1 });
    uploadInputs(
      gpu,
      forward.buffers.x,
      Float32Array.from({ length: m }, (_, i) => i),
      { d: 1 },
    );
    const dispatches = await forward.dispatches([theta]);
    expect(Math.max(...dispatches.map(({ workgroups }) => workgroups))).toBe(65_535);
    const scheduler = new Scheduler(gpu, { first: 2 ** 22, target: 100 });
    await scheduler.run(dispatches);
    await scheduler.submit();
    expectSameBits(
      'f',
      await floatsOf(forward.buffers.f, m),
      Float32Array.from({ length: m }, (_, i) => i),
    );
    memory.destroy();
  });

  it('give the same bits however the work is cut into dispatches (25)', async () => {
    const problem = problemOf(draw({ n: 4097, m: 65, d: 2 }, 1), 'mean-field', { integrator: 'heun' });
    const run = async (dispatchPairs: number): Promise<ArrayLike<number>> => {
      const engine = await createWebGpuEngine(gpu, problem, { dispatchPairs });
      await engine.advance(10);
      const theta = await engine.theta();
      engine.destroy();
      return theta;
    };
    const whole = await run(2 ** 30);
    for (const pairs of [1, 2 ** 13, 2 ** 16 + 1])
      expectSameBits(`θ, ${pairs} pairs a dispatch`, await run(pairs), whole);
  });
});

describe('setStepSize in the middle of a step', () => {
  it('takes effect between two steps', async () => {
    const problem = problemOf(draw({ n: 257, m: 20, d: 2 }, 1));
    const [before, after, steps] = [0.1, 0.7, 3];
    const engine = await createWebGpuEngine(gpu, problem);
    const allowed: string[] = [];
    for (let k = 0; k <= steps; k++) {
      await engine.restore(problem.theta, 0);
      engine.setStepSize(before);
      await engine.advance(k);
      engine.setStepSize(after);
      await engine.advance(steps - k);
      allowed.push(String(await engine.theta()));
    }
    engine.destroy();
    const { submit: original } = Scheduler.prototype;
    const seen = new Set<number>();
    for (const pitch of [3, 6, 7, 11]) {
      // dispatches a submit; a step has eight, five of them move particles
      for (const at of [2, 3, 4]) {
        const other = await createWebGpuEngine(gpu, problem, { dispatchPairs: 1 });
        const fits = vi
          .spyOn(Scheduler.prototype, 'fits')
          .mockImplementation(() => fits.mock.calls.length % pitch !== 0);
        const submit = vi.spyOn(Scheduler.prototype, 'submit').mockImplementation(function (this: Scheduler) {
          const submitted = original.call(this);
          if (submit.mock.calls.length === at) other.setStepSize(after);
          return submitted;
        });
        await other.advance(steps);
        fits.mockRestore();
        submit.mockRestore();
        seen.add(allowed.indexOf(String(await other.theta())));
        other.destroy();
      }
    }
    expect([...seen].sort()).toEqual([1, 2, 3]);
  });
});

describe('the update pass', () => {
  const [n, m] = [257, 65];

  /** θ after one Euler step with residuals r = y. */
  async function runUpdate({ x, y, theta }: Drawn, d: number, p: number): Promise<Float32Array> {
    const memory = new Memory(gpu);
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const buffers = await memory.allocate({
      theta: { size: bytesOf.particles(n, { d }), usage: STORAGE | COPY_DST | COPY_SRC },
      x: { size: bytesOf.particles(m, { d }), usage: STORAGE | COPY_DST },
      r: { size: bytesOf.floats(m), usage: STORAGE | COPY_DST },
      status: { size: Status.size, usage: STORAGE },
      steps: { size: stepStruct(NO_TERMS).size, usage: STORAGE | COPY_DST },
    });
    const system = { m, speed: 1, terms: {} };
    gpu.device.queue.writeBuffer(buffers.steps, 0, packStep(NO_TERMS, system, 1, INTEGRATORS.euler));
    uploadTheta(gpu, buffers.theta, Float64Array.from(theta.flat()), n, { d });
    uploadInputs(gpu, buffers.x, Float64Array.from(x.flat()), { d });
    gpu.device.queue.writeBuffer(buffers.r, 0, Float32Array.from(y));
    const stage = memory.constant('stage', Stage.pack({ n, first: 0, m, number: 0, norm: -1 / m }));
    const shader = update({
      method: 'direct',
      activation: 'tanh',
      d,
      p,
      first: true,
      last: true,
      speed: false,
    });
    const threads = Math.ceil(n / (WORKGROUP * p)) * WORKGROUP;
    const pass = { shader, buffers: { ...buffers, stage }, threads, workgroup: WORKGROUP, cost: p * m };
    const scheduler = new Scheduler(gpu, { first: 1e6, target: 100 });
    await scheduler.run(await makePass(memory, pass, { most: 1e6, overhead: 1 }));
    await scheduler.submit();
    const moved = await downloadTheta(readback, buffers.theta, { n }, { d });
    memory.destroy();
    return moved;
  }

  it.each([
    { d: 2, most: 8 },
    { d: 8, most: 4 },
    { d: 17, most: 2 },
    { d: 64, most: 2 },
  ])(
    'moves every particle by its drift, with the same bits however many a thread owns: d = $d',
    async ({ d, most }) => {
      const drawn = positive(n, m, d);
      const want = drawn.theta.flatMap(([w1, ...w0]) => {
        const slope = new Float64Array(1 + d);
        drawn.x.forEach((x, i) => {
          const t = Math.tanh(inner(w0, x));
          slope[0] -= (drawn.y[i] * t) / m;
          x.forEach((value, c) => (slope[1 + c] -= (drawn.y[i] * w1 * (1 - t * t) * value) / m));
        });
        return [w1, ...w0].map((value, c) => value + slope[c]);
      });
      const single = await runUpdate(drawn, d, 1);
      // blocks of 32, three of them, d products and φ'; each mean of m terms is of terms below 2 |w1|
      expectClose('θ', single, want, EPS * (32 + 3 + d + 5) * 4);
      for (let p = 2; p <= most; p *= 2)
        expectSameBits(`θ, ${p} particles a thread`, await runUpdate(drawn, d, p), single);
    },
  );
});

describe('cutting', () => {
  it('covers every thread once, in whole workgroups, within the limits (26)', () => {
    for (const threads of [1, 63, 64, 65, 1000, 65_535 * 64 + 1]) {
      for (const most of [1, 1e4, 1e6, Infinity]) {
        const shares = cut(threads, 64, 10, most, 500);
        expect(shares[0].first).toBe(0);
        expect(shares.at(-1)!.end).toBe(threads);
        expect(
          shares.every(({ first }, i) => first === (i === 0 ? 0 : shares[i - 1].end) && first % 64 === 0),
        ).toBe(true);
        const largest = Math.max(...shares.map(({ first, end }) => end - first));
        expect(largest).toBeLessThanOrEqual(Math.max(64, Math.min(500 * 64, most / 10)));
      }
    }
  });
});

describe('what views read', () => {
  const drawn = positive(257, 65, 3);
  const problem: Problem = problemOf(drawn);

  it('speed holds |b| of every particle at the start of the last step, with every integrator', async () => {
    for (const integrator of ['euler', 'heun', 'rk4'] as const) {
      const engine = await createWebGpuEngine(gpu, { ...problem, integrator }, { recordSpeed: true });
      const {
        parts: [{ speed }],
        stride,
      } = engine.cloud();
      const b = velocity(
        { ...drawn, activation: 'tanh', parameterization: 'mean-field', integrator, dt: 1 },
        drawn.theta,
      );
      await engine.advance(1);
      const want = b.map((row) => Math.sqrt(inner(row, row)));
      expect(stride).toBe(1);
      expectClose(`speed with ${integrator}`, await floatsOf(speed!, 257), want, 100 * EPS * 4);
      engine.destroy();
    }
  });

  it('a field keeps f at its inputs on the GPU, at the θ of its last refresh', async () => {
    const engine = await createWebGpuEngine(gpu, problem);
    const field = await engine.field(30);
    const { x } = positive(1, 30, 3);
    field.place(x.flat());
    await engine.refresh(field);
    const before = await engine.predict(Float64Array.from(x.flat()));
    await engine.advance(3);
    expectSameBits('values', await floatsOf(field.values, 30), Float32Array.from(before));
    await engine.refresh(field);
    const after = await engine.predict(Float64Array.from(x.flat()));
    expectSameBits('values after 3 steps', await floatsOf(field.values, 30), Float32Array.from(after));
    expect(after).not.toEqual(before);
    engine.destroy();
  });

  it('a burst of reads leaves two staging buffers of a size behind, and none of more than a megabyte', async () => {
    const made = vi.spyOn(gpu, 'createBuffer');
    const own = new Readback(gpu);
    const source = gpu.createBuffer({ size: 2 ** 21, usage: GPUBufferUsage.COPY_SRC });
    const read = (size: number): Promise<ArrayBuffer> => own.read([{ buffer: source, offset: 0, size }]);
    const asked = async (sizes: readonly number[]): Promise<number> => {
      made.mockClear();
      await Promise.all(sizes.map(read));
      return made.mock.calls.length;
    };
    const five = [600, 700, 800, 900, 1000];
    expect([await asked(five), await asked(five), await asked(five.slice(3))]).toEqual([5, 3, 0]);
    expect([await asked([2 ** 21]), await asked([2 ** 21])]).toEqual([1, 1]);
    own.destroy();
    source.destroy();
    made.mockRestore();
  });

  it('a run reads back a few bytes a call, nothing of the size of n or m', async () => {
    const engine = await createWebGpuEngine(gpu, problemOf(draw({ n: 4097, m: 20, d: 2 }, 1)));
    const start = engine.bytesRead;
    await engine.advance(200);
    expect(engine.bytesRead - start).toBe(20);
    await engine.advance(100, { every: 1 });
    expect(engine.bytesRead - start).toBe(20 + 16 + 400);
    engine.destroy();
  });
});
