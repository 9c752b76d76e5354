/**
 * Particles in several buffers: where the cuts are changes no bit of anything. The oracle is the same engine
 * with all in one buffer.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createWebGpuEngine,
  type WebGpuEngine,
  type WebGpuOptions,
} from '../../src/engines/webgpu/opening/open.ts';
import { Resolution } from '../../src/engines/accuracy.ts';
import { partsOf, rowsOf } from '../../src/engines/webgpu/rows/parts.ts';
import { planSum } from '../../src/engines/webgpu/plan.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { EPSILON, expectClose, expectSameBits } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf, type Sizes, termsOf } from '../support/problems.ts';
import type { AdvanceOptions, Problem } from '../../src/engines/engine.ts';

const gpu = await openGpu();
const STEPS = 4;

async function open(problem: Problem, options: WebGpuOptions = {}, on = gpu): Promise<WebGpuEngine> {
  const engine = await createWebGpuEngine(on, problem, options);
  onTestFinished(() => engine.destroy());
  return engine;
}

const sized = (sizes: Sizes, more: Partial<Problem> = {}): Problem =>
  problemOf(draw(sizes, 3), 'mean-field', more);

function replicated(n: number, replicas: number, more: Partial<Problem> = {}): Problem {
  const { x, y, theta } = draw({ n: replicas * n, m: 20, d: 2 }, 3);
  return {
    ...problemOf({ x, y, theta: theta.slice(0, n) }, 'mean-field', more),
    theta: Float64Array.from(theta.flat()),
    replicas,
  };
}

/**
 * Everything an engine hands out on the way: after its opening, after some steps, after a return to where it
 * was, and one step more.
 */
async function everything(engine: WebGpuEngine, options: AdvanceOptions = {}): Promise<number[]> {
  const { d, m, x } = engine.problem;
  const inputs = x.slice(0, Math.min(m, 33) * d);
  const start = await engine.theta();
  const numbers = [
    ...(await engine.f()),
    ...(await engine.advance(STEPS, { every: 1, ...options })).map(({ loss }) => loss),
  ];
  const theta = await engine.theta();
  const f = await engine.f();
  await engine.restore(start, 0);
  await engine.advance(1);
  return [
    ...numbers,
    ...theta,
    ...f,
    ...(await engine.predict(inputs)),
    ...(await engine.theta()),
    engine.loss,
    engine.accuracy?.error ?? 0,
  ];
}

const KB = 2 ** 10;
const terms = termsOf({ rates: [1, 0.5], decay: 0.1, temperature: 0.3, seed: 9 });
const CASES: readonly [string, Problem, number, number, WebGpuOptions?][] = [
  ['direct', sized({ n: 4097, m: 65, d: 2 }), 16 * KB, 5],
  ['in several stages', sized({ n: 4097, m: 20, d: 3 }, { integrator: 'rk4' }), 20_000, 5],
  ['wide', sized({ n: 1025, m: 20, d: 17 }), 16 * KB, 9],
  ['in slices of 64', sized({ n: 4100, m: 4100, d: 1 }, { activation: 'linear' }), 32 * KB, 3],
  ['with noise and decay', sized({ n: 4097, m: 20, d: 2 }, { terms }), 16 * KB, 5],
  ['with speed', sized({ n: 300, m: 20, d: 2 }), 2 * KB, 3, { recordSpeed: true }],
  ['on a mesh', sized({ n: 4097, m: 65, d: 2 }), 16 * KB, 5, { method: 'mesh' }],
  [
    'on a mesh in two stages',
    sized({ n: 4097, m: 20, d: 1 }, { integrator: 'heun' }),
    32 * KB,
    3,
    { method: 'mesh' },
  ],
  ['by sectors', sized({ n: 4097, m: 65, d: 2 }, { activation: 'relu' }), 16 * KB, 5, { method: 'sector' }],
  ['of replicas', replicated(70, 11), 7 * KB, 3],
  ['of replicas with noise', replicated(65, 7, { terms }), 1600, 7],
];

describe('particles in several buffers', () => {
  it.each(CASES)('have the bits of those in one: %s', async (_, problem, mostBytes, count, options = {}) => {
    expect(partsOf(problem, mostBytes)).toHaveLength(count);
    const want = await everything(await open(problem, options));
    const engine = await open(problem, { ...options, mostBytes });
    expectSameBits('all that it hands out', await everything(engine), want);
  });

  it('are driven by a residual path all alike', async () => {
    const problem = replicated(70, 5);
    const drive = Float64Array.from({ length: STEPS * problem.m }, (_, i) => Math.sin(i));
    const want = await everything(await open(problem), { drive });
    expectSameBits('all', await everything(await open(problem, { mostBytes: 3 * KB }), { drive }), want);
  });

  it('are what views are given, with |b| of each', async () => {
    const problem = sized({ n: 4097, m: 65, d: 2 });
    const readback = new Readback(gpu);
    const speeds = async (options: WebGpuOptions): Promise<number[]> => {
      const engine = await open(problem, { ...options, recordSpeed: true });
      const all: number[] = [];
      await engine.advance(3);
      for (const { speed, n } of engine.cloud().parts)
        all.push(...new Float32Array(await readback.read([{ buffer: speed!, offset: 0, size: 4 * n }])));
      return all;
    };
    expectSameBits('|b|', await speeds({ mostBytes: 32 * KB }), await speeds({}));
    const { parts, n } = (await open(problem, { mostBytes: 32 * KB })).cloud();
    expect([n, ...parts.map((part) => part.n)]).toEqual([4097, 2048, 2048, 1]);
    expect((await open(replicated(70, 11), { mostBytes: 7 * KB })).cloud().parts.map((part) => part.n)).toEqual(
      [70],
    ); // the first system alone
  });

  it('are taken by themselves where the device binds no more: 128 MiB of neurons of 3 kB each (12)', async () => {
    const least = await openGpu({ maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 });
    const n = 43_000;
    const d = 783;
    const theta = new Float32Array(n * (1 + d)).map((_, i) => ((i * 0.618) % 1) - 0.25);
    const { x, ...rest } = sized({ n: 1, m: 1, d }, { activation: 'linear' });
    const engine = await open({ ...rest, n, x, theta, outer: 1 / n }, {}, least);
    const single = Float32Array.from(x);
    expect(engine.cloud().parts.map((part) => part.n)).toEqual([2 ** 15, n - 2 ** 15]);
    let f = 0;
    let size = 0;
    for (let j = 0; j < n; j++) {
      let h = 0;
      let most = 0;
      for (let c = 0; c < d; c++) {
        h += theta[j * (1 + d) + 1 + c] * single[c];
        most += Math.abs(theta[j * (1 + d) + 1 + c] * single[c]);
      }
      f += (theta[j * (1 + d)] * h) / n;
      size += (Math.abs(theta[j * (1 + d)]) * most) / n;
    }
    // d products, blocks, slices, rows
    expectClose('f', await engine.f(), [f], EPSILON.float32 * (d + 32 + 32 + 64) * size);
    expectSameBits('θ', await engine.theta(), theta);
  });

  it('leave their grid in the middle of a step, and are moved on with the bits of one buffer', async () => {
    const small = draw({ n: 3000, m: 40, d: 2 }, 3, 0.05);
    const x = small.x.map(([u]) => [u, 1]);
    const y = x.map(([u]) => 2 * u + 1);
    const problem = problemOf({ ...small, x, y }, 'mean-field', { integrator: 'heun', dt: 0.7 });
    const one = await open(problem, { method: 'mesh' });
    const several = await open(problem, { method: 'mesh', mostBytes: 16 * KB });
    const want = await one.advance(12, { every: 1 });
    const grow = vi.spyOn(Resolution.prototype, 'grow');
    const got = await several.advance(12, { every: 1 });
    expect(grow.mock.calls.length).toBeGreaterThan(1);
    expect(got).toEqual(want);
    expectSameBits('θ', await several.theta(), await one.theta());
  });
});

describe('the cuts', () => {
  it('lie where slices begin, or between systems, and leave nothing out', () => {
    for (const [n, m, d, replicas, allowed] of [
      [4097, 65, 2, 1, 16_384],
      [2 ** 24, 512, 2, 1, 2 ** 27],
      [2 ** 25 + 5, 3, 2, 1, 2 ** 27],
      [1e8, 64, 17, 1, 2 ** 30],
      [100, 9, 4, 77, 10_000],
    ]) {
      const parts = partsOf({ n, m, d, replicas }, allowed);
      const { slice } = planSum(n, m, { d });
      const rows = new Float32Array(Math.min(n * replicas, 1e6));
      expect(parts.reduce((sum, part) => sum + part.n * part.systems, 0)).toBe(n * replicas);
      expect(parts.every(({ first }) => first % slice === 0)).toBe(true);
      let next = 0;
      for (const part of parts) {
        expect(part.system * n + part.first).toBe(next);
        next += part.n * part.systems;
      }
      if (n * replicas <= 1e6)
        expect(rowsOf(rows, parts.at(-1)!, n, 1).byteOffset / 4).toBe(
          n * replicas - parts.at(-1)!.n * parts.at(-1)!.systems,
        );
    }
  });

  it('are refused where a slice or a system does not fit, with the number, the limit and the remedy', () => {
    expect(() => partsOf({ n: 4097, m: 65, d: 63 }, 4096)).toThrow(
      'n = 4 097 needs 0.00819 MB in one buffer for 32 neurons that are summed together, this adapter allows 0.0041 MB: choose a smaller n, m or d',
    );
    expect(() => partsOf({ n: 1000, m: 4, d: 2, replicas: 3 }, 8192)).toThrow(
      'n = 1 000 of R = 3 replicas needs 0.0164 MB in one buffer, this adapter allows 0.00819 MB: choose n ≤ 480, or R = 1',
    );
  });
});
