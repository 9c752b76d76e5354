/**
 * What the laws of every engine cannot see of replicas on the GPU: how they lie in memory, how their work is
 * cut, how many dispatches it takes.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createWebGpuEngine,
  type WebGpuEngine,
  type WebGpuOptions,
} from '../../src/engines/webgpu/opening/open.ts';
import { downloadTheta, uploadTheta } from '../../src/engines/webgpu/rows/pack.ts';
import { bytesOf } from '../../src/engines/webgpu/capacity.ts';
import { inputsTogether, planSum } from '../../src/engines/webgpu/plan.ts';
import { particlesPerThread } from '../../src/engines/webgpu/tuning.ts';
import { Memory } from '../../src/gpu/memory.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { expectSameBits } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf, termsOf } from '../support/problems.ts';
import type { Problem } from '../../src/engines/engine.ts';

const gpu = await openGpu();
const readback = new Readback(gpu);

function several(replicas: number, n: number, m: number, d: number, more: Partial<Problem> = {}): Problem {
  const { x, y, theta } = draw({ n: replicas * n, m, d }, 7);
  return {
    ...problemOf({ x, y, theta: theta.slice(0, n) }, 'mean-field', more),
    theta: Float64Array.from(theta.flat()),
    replicas,
  };
}

async function open(problem: Problem, options: WebGpuOptions = {}): Promise<WebGpuEngine> {
  const engine = await createWebGpuEngine(gpu, problem, options);
  onTestFinished(() => engine.destroy());
  return engine;
}

describe('replicas in memory', () => {
  it('come back as they went, each from whole blocks of rows whose rest is zero', async () => {
    const replicas = 700;
    const n = 65;
    const d = 2;
    const pitch = 96;
    const memory = new Memory(gpu); // more rows than are copied at a time, and no whole number of them
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const { theta } = await memory.allocate({
      theta: { size: replicas * bytesOf.particles(n, { d }), usage: STORAGE | COPY_SRC | COPY_DST },
    });
    const given = Float32Array.from({ length: replicas * n * 3 }, (_, i) => i + 1);
    uploadTheta(gpu, theta, given, n, { d });
    const rows = new Float32Array(await readback.read([{ buffer: theta, offset: 0, size: theta.size }]));
    expect(rows.length).toBe(replicas * pitch * 4);
    expect(rows.findIndex((value, i) => (value !== 0) !== (Math.floor(i / 4) % pitch < n && i % 4 < 3))).toBe(
      -1,
    );
    expectSameBits('θ', await downloadTheta(readback, theta, { n, systems: replicas }, { d }), given);
    memory.destroy();
  });

  it('keep zeros where no particle is and no component, whatever moves: φ(0) ≠ 0, noise, decay', async () => {
    const terms = termsOf({ rates: [1, 1], decay: 0.1, temperature: 1, seed: 1 });
    for (const d of [4, 17]) {
      const engine = await open(several(3, 70, 5, d, { activation: 'sigmoid', terms }));
      const {
        parts: [{ theta }],
        stride,
      } = engine.cloud();
      await engine.advance(3);
      const rows = new Float32Array(await readback.read([{ buffer: theta, offset: 0, size: theta.size }]));
      const inside = (i: number): boolean => Math.floor(i / (4 * stride)) % 96 < 70 && i % (4 * stride) <= d;
      expect(rows.findIndex((value, i) => (value !== 0) !== inside(i))).toBe(-1);
    }
  });
});

describe('the work of replicas', () => {
  it('gives the same bits however it is cut into dispatches', async () => {
    const problem = several(3, 300, 20, 2, { integrator: 'heun' });
    const run = async (dispatchPairs: number): Promise<ArrayLike<number>> => {
      const engine = await open(problem, { dispatchPairs });
      const losses = await engine.advance(3, { every: 1 });
      return [...(await engine.theta()), ...losses.map(({ loss }) => loss)];
    };
    const whole = await run(2 ** 30);
    for (const pairs of [1, 2 ** 13])
      expectSameBits(`θ and losses, ${pairs} pairs a dispatch`, await run(pairs), whole);
  });

  it('is as many dispatches for many as for two', async () => {
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const count = async (replicas: number): Promise<number> => {
      const engine = await open(several(replicas, 16, 4, 2));
      dispatch.mockClear();
      await engine.advance(5);
      return dispatch.mock.calls.length;
    };
    const counts = [await count(2), await count(300)];
    dispatch.mockRestore();
    expect(counts).toEqual([25, 25]); // sum, f and r, parts of the loss, loss; update
  });

  it('is refused on a mesh', async () => {
    await expect(open(several(2, 16, 4, 2), { method: 'mesh' })).rejects.toThrow(
      'method = "mesh" is for one system, not for R = 2: choose "direct"',
    );
  });
});

describe('the plan', () => {
  it('leaves little room in threads that have several particles of a replica', () => {
    for (const n of [1, 5, 9, 63, 64, 65, 1000, 16_384, 100_001]) {
      for (const software of [false, true]) {
        const p = particlesPerThread(n, { d: 2 }, software, 10_000);
        expect(Math.ceil(n / p) * p).toBeLessThanOrEqual(1.25 * n);
        expect(p).toBeGreaterThanOrEqual(n < 16 ? 1 : 4);
      }
    }
  });

  it('evaluates replicas at as many inputs at once as their partial sums have room for', () => {
    for (const [n, replicas] of [
      [1024, 1024],
      [16_384, 64],
      [1_000_000, 8],
      [8, 20_000],
    ]) {
      const points = inputsTogether(n, { d: 2 }, replicas);
      expect(replicas * planSum(n, points, { d: 2 }).rows[0] * points).toBeLessThanOrEqual(2 ** 22);
      expect(points).toBeGreaterThanOrEqual(16);
    }
    expect(inputsTogether(1_000_000, { d: 2 }, 1)).toBe(2 ** 14);
  });

  it('predicts at more inputs than fit at once', async () => {
    const engine = await open(several(2000, 1, 2, 1));
    const together = inputsTogether(1, { d: 1 }, 2000);
    const count = together + 5;
    const x = Float64Array.from({ length: count }, (_, i) => i / count);
    const f = await engine.predict(x);
    const theta = await engine.theta();
    expect(f.length).toBe(2000 * count);
    for (const [k, i] of [
      [0, 0],
      [0, count - 1],
      [7, together],
      [1999, together - 1],
      [1999, count - 1],
    ]) {
      expect(
        Math.abs(f[k * count + i] - theta[2 * k] * Math.tanh(theta[2 * k + 1] * Math.fround(x[i]))),
      ).toBeLessThan(1e-6); // a few roundings below 2
    }
  });
});
