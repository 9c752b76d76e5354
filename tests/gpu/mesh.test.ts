/** The particle–mesh method on the GPU, held to direct sums and to the laws of every method. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { TOLERANCE } from '../../src/core/methods/accuracy.ts';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import type { IntegratorName } from '../../src/core/dynamics/integrators.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Accuracy, Engine, Problem } from '../../src/engines/engine.ts';
import {
  createWebGpuEngine,
  type WebGpuEngine,
  type WebGpuOptions,
} from '../../src/engines/webgpu/opening/open.ts';
import { Resolution } from '../../src/engines/accuracy.ts';
import { Scheduler } from '../../src/gpu/schedule.ts';
import { expectSameBits } from '../support/close.ts';
import { apart, cloud, directDrifts, directOutputs, rms, samplesOf } from '../support/fast-sums.ts';
import { openGpu } from '../support/gpu.ts';
import { termsOf } from '../support/problems.ts';

const gpu = await openGpu();

interface Shape {
  readonly n?: number;
  readonly m?: number;
  readonly d?: number;
  readonly bias?: boolean;
  readonly size?: number;
  readonly seed?: number;
}

function problem(
  { n = 1000, m = 20, d = 2, bias = true, size = 1.5, seed = 3 }: Shape = {},
  more: Partial<Problem> = {},
): Problem {
  const { x } = samplesOf(m, d, bias, seed);
  const y = Float64Array.from({ length: m }, (_, a) => Math.sin(3 * x[a * d]));
  return {
    n,
    m,
    d,
    x: x.map(Math.fround),
    y: y.map(Math.fround),
    theta: cloud(n, d, size, seed + 1).map(Math.fround),
    activation: 'tanh',
    loss: 'squared',
    integrator: 'euler',
    dt: 0.2,
    outer: 1 / n,
    speed: 1,
    ...more,
  };
}

async function open(of: Problem, options: WebGpuOptions = {}): Promise<WebGpuEngine> {
  const engine = await createWebGpuEngine(gpu, of, { method: 'mesh', ...options });
  onTestFinished(() => engine.destroy());
  return engine;
}

const run = async <E extends Engine>(engine: E, steps: number): Promise<E> => (
  await engine.advance(steps),
  engine
);
/** A step's stages and the grid's shape have nothing to do with each other: each of either, not all pairs. */
const SHAPES: readonly (Shape & { readonly integrators: readonly IntegratorName[] })[] = [
  { d: 2, bias: true, integrators: ['euler'] },
  { d: 2, bias: false, integrators: ['heun'] },
  { d: 1, bias: false, integrators: ['euler', 'rk4'] },
];

describe.each(SHAPES)('mesh on %o', (shape) => {
  it('f and the drift of one step are those of direct sums', async () => {
    for (const activation of ['tanh', 'gelu', 'sin'] as const) {
      const of = problem({ ...shape, n: 5000, m: 65 }, { activation, dt: 1, integrator: 'euler' });
      const engine = await open(of);
      const f = directOutputs(of, of.theta as Float64Array, activation).map((value) => value / of.n);
      expect(apart(await engine.f(), f)).toBeLessThan(2e-6);
      const r = f.map((value, a) => value - of.y[a]);
      const b = directDrifts(of, of.theta as Float64Array, r, activation);
      await engine.advance(1);
      const moved = (await engine.theta()).map((value, i) => value - of.theta[i]);
      // the error of docs/model.md, Errors of a method,, with float32's rounding of θ + b
      expect(apart(moved, b) / rms(b)).toBeLessThan(TOLERANCE + (8 * 2 ** -24) / rms(b));
      expect(engine.accuracy!.error).toBeLessThan(TOLERANCE);
      expect(engine.accuracy!.error).toBeGreaterThan(0);
    }
  });

  it.each(shape.integrators)('goes where direct sums in float64 go: %s', async (integrator) => {
    const of = problem(shape, { integrator });
    const want = await createCpuEngine(of);
    await want.advance(40);
    const engine = await run(await open(of, { recordSpeed: true }), 40);
    const theta = await want.theta();
    expect(apart(await engine.theta(), theta) / rms(theta)).toBeLessThan(4 * TOLERANCE);
    expect(Math.abs(engine.loss / want.loss - 1)).toBeLessThan(1e-3);
    expect(engine.info.method).toBe('mesh');
  });
});

/** The error of a step's drift over the drift's rms, as the stated one is, and what θ + b rounds of it. */
async function errorOfStep(engine: WebGpuEngine): Promise<{ found: number; rounded: number }> {
  const of = engine.problem;
  const theta = Float64Array.from(of.theta);
  const r = (await engine.f()).map((value, a) => value - of.y[a]);
  await engine.advance(1);
  const moved = (await engine.theta()).map((value, i) => value - theta[i]);
  const b = directDrifts(of, theta, r, of.activation).map((value) => of.dt * value);
  return {
    found: apart(moved, b) / rms(b),
    rounded: (2 ** -24 * apart(theta, new Float64Array(theta.length))) / rms(b),
  };
}

describe('the stated error', () => {
  const heavy = (theta: Float64Array): void => {
    for (let row = 0; row < theta.length; row += 3) theta[row] *= row % 900 === 0 ? 60 : 0.3;
  };
  it.each([
    ['heavy tails of w1', { seed: 5 }, 'gelu', heavy],
    ['a cloud far off', { size: 1 }, 'tanh', (theta) => theta.forEach((_, i) => (theta[i] += i % 3 ? 20 : 0))],
    ['no bias, wide', { bias: false, size: 5 }, 'erf', () => undefined],
    ['one dimension', { d: 1, bias: false, size: 6 }, 'tanh', () => undefined],
  ] as const satisfies readonly (readonly [string, Shape, ActivationName, (theta: Float64Array) => void])[])(
    'holds for every particle, float32 included: %s',
    async (_, shape, activation, change) => {
      const of = problem({ ...shape, n: 3000, m: 40 }, { activation, dt: 1 });
      const theta = of.theta as Float64Array;
      change(theta);
      theta.forEach((value, i) => (theta[i] = Math.fround(value)));
      const engine = await open(of);
      const stated = await engine.driftError();
      expect(stated).toBe(engine.accuracy!.error);
      const { found, rounded } = await errorOfStep(engine);
      expect(found).toBeLessThan(stated + rounded);
      expect(stated).toBeLessThan(Math.min(TOLERANCE, 8 * found));
    },
  );
});

it('holds on rows of nodes between those that are summed, too, and is smaller', async () => {
  const errors: number[] = [];
  for (const m of [61, 67]) {
    const filled = fillsRows();
    // so fine that what is left is float32's
    const engine = await openFine(problem({ n: 3000, m, size: 2 }, { dt: 1 }), {}, [0.02, 0.06]);
    const stated = await engine.driftError();
    expect(filled()).toBe(m > 64);
    const { found, rounded } = await errorOfStep(engine);
    expect(found).toBeLessThan(stated + rounded);
    errors.push(stated);
  }
  const [all, some] = errors;
  expect(some).toBeLessThan(0.9 * all);
});

describe('a cloud that outgrows every grid', () => {
  it('goes on by direct sums, to the same bits after a restart', async () => {
    const of = problem({ n: 300, size: 1 }, { dt: 1 });
    // two pushes that neighbours do not share, then on their own
    const drive = Float64Array.from({ length: 2 * of.m }, (_, i) => 1e5 * Math.sin(i * i));
    const whole = await open(of);
    await whole.advance(2, { drive });
    expect(whole.accuracy!.outgrown).toBe(true);
    const middle = await whole.theta();
    const again = await open(of);
    await again.restore(middle, 2, whole.accuracy!);
    expect(again.loss).toBe(whole.loss);
    expect(await again.driftError()).toBe(0);
    whole.setStepSize(1e-4);
    again.setStepSize(1e-4);
    await whole.advance(3);
    for (let k = 0; k < 3; k++) await again.advance(1);
    const end = await whole.theta();
    expectSameBits('θ', await again.theta(), end);
    expect(again.accuracy).toEqual(whole.accuracy);
    expect(apart(end, middle)).toBeGreaterThan(0);
  });
});

/** A small cloud that spreads over many cells. */
const spreading = (more: Partial<Problem> = {}, m = 40): Problem =>
  problem({ n: 3000, m, size: 0.05 }, { dt: 1.5, ...more });

/** At step 0 on a grid whose rows are so close together that not all are summed. */
async function openFine(
  of: Problem,
  options: WebGpuOptions = {},
  spacing: Accuracy['spacing'] = [0.03, 0.15],
): Promise<WebGpuEngine> {
  const engine = await open(of, options);
  await engine.restore(of.theta, 0, { spacing, error: 0 });
  return engine;
}

/** Whether work that was done since had rows of nodes between those that are summed. */
function fillsRows(): () => boolean {
  const add = vi.spyOn(Scheduler.prototype, 'add').mockClear();
  return () => add.mock.calls.some(([{ pipeline }]) => pipeline.label.startsWith('fill rows'));
}

describe('a box that has to grow', () => {
  // with euler past the check at step 32; where steps have stages, a box may grow after any of these
  it.each([
    ['euler', 33, 24, 40, open],
    ['heun', 9, 5, 131, openFine],
    ['rk4', 6, 3, 40, open],
  ] as const)(
    'changes no bit, however steps are grouped and work is cut: %s, %d steps',
    async (integrator, steps, middle, m, openOne) => {
      const of = spreading({ integrator, dt: integrator === 'euler' ? 0.7 : 1.4 }, m);
      const filled = fillsRows();
      const grow = vi.spyOn(Resolution.prototype, 'grow').mockClear();
      const whole = await run(await openOne(of), steps);
      const theta = await whole.theta();
      expect(grow.mock.calls.length).toBeGreaterThan(1);
      const direct = await (await run(await open(of, { method: 'direct' }), steps)).theta();
      expect(apart(theta, direct) / rms(direct)).toBeLessThan(4 * TOLERANCE);
      expect(rms(theta) / rms(of.theta)).toBeGreaterThan(1.2);
      const single = await openOne(of);
      await single.advance(middle);
      const half = await single.theta();
      // on a grid of its own, not one that has grown
      await single.restore(half, middle, single.accuracy!);
      for (let k = middle; k < steps; k++) await single.advance(1, { ahead: k % 4 > 0 });
      expectSameBits('θ step by step', await single.theta(), theta);
      expect(single.accuracy).toEqual(whole.accuracy);
      const cut = await run(await openOne(of, { dispatchPairs: 2 ** 16 + 1 }), middle);
      expectSameBits('θ in small dispatches', await cut.theta(), half);
      expect(filled()).toBe(openOne === openFine);
    },
  );

  it('loses no loss, and every one is that of a run that is stopped there', async () => {
    const grow = vi.spyOn(Resolution.prototype, 'grow').mockClear();
    const records = await (await open(spreading())).advance(15, { every: 1 });
    expect(grow.mock.calls.length).toBeGreaterThan(1);
    expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    const single = await open(spreading());
    for (const { loss } of records) {
      await single.advance(1);
      expect(single.loss).toBe(loss);
    }
  });
});

describe('a cloud with noise and decay', () => {
  const terms = termsOf({ rates: [1, 0.5], decay: 0.05, temperature: 0.02, seed: 9 });

  it('leaves its boxes to the same bits, however steps are grouped, and goes where direct sums go', async () => {
    const of = spreading({ terms, dt: 0.2 });
    const grow = vi.spyOn(Resolution.prototype, 'grow').mockClear();
    const whole = await run(await open(of), 12);
    const theta = await whole.theta();
    expect(grow.mock.calls.length).toBeGreaterThan(1);
    const direct = await (await run(await open(of, { method: 'direct' }), 12)).theta();
    expect(apart(theta, direct) / rms(direct)).toBeLessThan(4 * TOLERANCE);
    const single = await open(of);
    await single.advance(8);
    await single.restore(await single.theta(), 8, single.accuracy!);
    for (let k = 8; k < 12; k++) await single.advance(1);
    expectSameBits('θ step by step', await single.theta(), theta);
  });
});

describe('a driven cloud', () => {
  it('takes each row once, in order, though boxes grow between', async () => {
    const of = spreading({ dt: 0.7 });
    const drive = Float64Array.from({ length: 12 * of.m }, (_, i) => Math.sin(i) - 0.5);
    const grow = vi.spyOn(Resolution.prototype, 'grow').mockClear();
    const mesh = await open(of);
    const direct = await open(of, { method: 'direct' });
    await mesh.advance(12, { drive });
    expect(grow.mock.calls.length).toBeGreaterThan(0);
    await direct.advance(12, { drive });
    const want = await direct.theta();
    expect(apart(await mesh.theta(), want) / rms(want)).toBeLessThan(4 * TOLERANCE);
    expect(rms((await mesh.theta()).map((value, i) => value - of.theta[i]))).toBeGreaterThan(0.1);
  });
});

describe('a resumed run', () => {
  it('goes on to the same bits from before, at and after a check, past changes of the grid', async () => {
    const of = problem({ n: 300, m: 40, size: 0.05 }, { dt: 0.7 });
    const steps = 42;
    const grow = vi.spyOn(Resolution.prototype, 'grow');
    const whole = await run(await open(of), 7);
    grow.mockClear();
    await run(whole, steps - 7);
    // a resumed run's grid is laid anew, and has room for that
    expect(grow).toHaveBeenCalled();
    const first = await open(of);
    for (const at of [7, 32, 36]) {
      await first.advance(at - first.step);
      const second = await open(of);
      const accuracy = JSON.parse(JSON.stringify(first.accuracy)) as NonNullable<Engine['accuracy']>;
      await second.restore(await first.theta(), at, accuracy);
      expect(second.loss).toBe(first.loss);
      await second.advance(steps - at);
      expectSameBits(`θ from step ${at}`, await second.theta(), await whole.theta());
      expect(second.accuracy).toEqual(whole.accuracy);
    }
  });
});

describe('a condensed cloud', () => {
  it('keeps its accuracy at n = 10⁶', async () => {
    const n = 1_000_000;
    const theta = new Float64Array(3 * n);
    const of = problem({ n, m: 33 });
    const row = Float64Array.of(1.7, 0.73, -0.41).map(Math.fround);
    for (let j = 0; j < n; j++) theta.set(row, 3 * j);
    const engine = await open({ ...of, theta });
    const one = theta.slice(0, 3);
    expect(apart(await engine.f(), directOutputs(of, one, 'tanh'))).toBeLessThan(5e-5);
    const lone = await open({ ...of, n: 1, outer: 1, theta: one });
    await engine.advance(2);
    await lone.advance(2);
    const many = await engine.theta();
    expect(apart(many.subarray(0, 3), await lone.theta())).toBeLessThan(1e-6);
    expectSameBits('the last particle', many.subarray(3 * n - 3), many.subarray(0, 3));
  });
});

it('reads back nothing of the size of n', async () => {
  const engine = await open(problem({ n: 20_000 }));
  const start = engine.bytesRead;
  await engine.advance(31);
  expect(engine.bytesRead - start).toBe(20);
  await engine.advance(1); // and a check: of each lane, of 1024 particles more, and r
  expect(engine.bytesRead - start).toBe(2 * 20 + 1024 * 48 + 2 * 1024 * 64 + 20 * 4);
});
