/**
 * The same laws on every way to compute the sums, through the engine: what holds for direct sums holds for all.
 */
import { featureOf } from '../../../src/core/features/features.ts';
import { residual } from '../../../src/core/model.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import { TOLERANCE } from '../../../src/core/methods/accuracy.ts';
import type { IntegratorName } from '../../../src/core/dynamics/integrators.ts';
import { COSTS } from '../../../src/core/methods/costs.ts';
import { LOSSES } from '../../../src/core/objective/losses.ts';
import { fastest, METHODS, type MethodName } from '../../../src/core/methods/methods.ts';
import { createCpuEngine, type CpuEngine, type CpuOptions } from '../../../src/engines/cpu/engine.ts';
import { DivergedError, type Problem } from '../../../src/engines/engine.ts';
import { openEngine, UnavailableError, type Platform } from '../../../src/engines/select.ts';
import { expectSameBits } from '../../support/close.ts';
import { apart, cloud, directDrifts, rms, samplesOf } from '../../support/fast-sums.ts';
import { slope } from '../../support/problems.ts';
import { threadless } from '../../support/threadless.ts';

const METHOD_NAMES = Object.keys(METHODS) as MethodName[];
/** An activation for which the method is meant. */
const PHI: Record<MethodName, ActivationName> = { direct: 'tanh', mesh: 'tanh', sector: 'relu' };

interface Shape {
  readonly n?: number;
  readonly m?: number;
  readonly d?: number;
  readonly bias?: boolean;
  readonly size?: number;
  readonly seed?: number;
}

function problem(
  method: MethodName,
  { n = 1000, m = 20, d = 2, bias = true, size = 1.5, seed = 3 }: Shape = {},
  more: Partial<Problem> = {},
): Problem {
  const { x } = samplesOf(m, d, bias, seed);
  const y = Float64Array.from({ length: m }, (_, a) => Math.sin(3 * x[a * d]));
  return {
    n,
    m,
    d,
    x,
    y,
    theta: cloud(n, d, size, seed + 1),
    activation: PHI[method],
    loss: 'squared',
    integrator: 'euler',
    dt: 0.2,
    outer: 1 / n,
    speed: 1,
    ...more,
  };
}

async function open(of: Problem, method: MethodName, options: CpuOptions = {}): Promise<CpuEngine> {
  const engine = await createCpuEngine(of, { method, ...options });
  onTestFinished(() => engine.destroy());
  return engine;
}

const run = async (
  of: Problem,
  method: MethodName,
  steps: number,
  options?: CpuOptions,
): Promise<CpuEngine> => {
  const engine = await open(of, method, options);
  await engine.advance(steps);
  return engine;
};

describe.each(METHOD_NAMES)('%s', (method) => {
  /** What rounding, or for the mesh the tolerance of the drift, makes of 20 steps of 0.2. */
  const allowed = METHODS[method].approximate ? 4 * TOLERANCE : 1e-11;

  it.each(['euler', 'heun', 'rk4'] as IntegratorName[])('goes where direct sums go: %s', async (integrator) => {
    const of = problem(method, {}, { integrator });
    const want = await run(of, 'direct', 20);
    const found = await run(of, method, 20);
    const theta = await want.theta();
    expect(apart(await found.theta(), theta) / rms(theta)).toBeLessThan(allowed);
    expect(apart(await found.f(), await want.f())).toBeLessThan(allowed);
    expect(apart(await found.speeds(), await want.speeds())).toBeLessThan(allowed);
    const points = Float64Array.from([0.3, 1, -0.8, 1, 1.4, 1, 0, 1, 0.1, 1, 0.2, 1, 0.35, 1, 0.7, 1, -0.1, 1]);
    expect(apart(await found.predict(points), await want.predict(points))).toBeLessThan(allowed);
    expect(found.info.method).toBe(method);
  });

  it('permuting particles commutes with a step', async () => {
    const of = problem(method);
    const { n, d } = of;
    const width = 1 + d;
    const turned = of.theta.slice();
    for (let j = 0; j < n; j++)
      turned.set(of.theta.subarray(((j * 7) % n) * width, ((j * 7) % n) * width + width), j * width);
    const once = await (await run(of, method, 10)).theta();
    const other = await (await run({ ...of, theta: turned }, method, 10)).theta();
    for (let j = 0; j < n; j++) {
      const k = ((j * 7) % n) * width;
      // Spacings are chosen by what a sample of the particles says: another order, another sample
      expect(apart(other.subarray(j * width, (j + 1) * width), once.subarray(k, k + width))).toBeLessThan(
        allowed,
      );
    }
  });

  it('two copies of every particle leave the flow as it was', async () => {
    const of = problem(method);
    const twice = { ...of, n: 2 * of.n, outer: of.outer / 2, theta: Float64Array.of(...of.theta, ...of.theta) };
    const once = await run(of, method, 10);
    const other = await run(twice, method, 10);
    expect(apart(await other.f(), await once.f())).toBeLessThan(allowed);
    expect(apart((await other.theta()).subarray(0, of.theta.length), await once.theta())).toBeLessThan(allowed);
  });

  it('0, 1, 2 or 3 workers give the same bits, with a box that has to grow', async () => {
    // So many particles that there are three shards, of a small cloud that spreads
    const n = { direct: 1000, sector: 33_000, mesh: 132_000 }[method];
    const of = problem(method, { n, m: 40, size: 0.05 }, { dt: 3, integrator: 'heun' });
    const stories = await Promise.all(
      [0, 1, 2, 3].map(async (workers) => {
        const engine = await run(of, method, 3, { spawn: threadless, workers });
        return { theta: await engine.theta(), f: await engine.f(), at: await engine.predict(of.x), engine };
      }),
    );
    expect(stories[3].engine.info.adapter).toBe('CPU, 3 workers');
    const size = (theta: ArrayLike<number>): number => rms(Array.from(theta).filter((_, i) => i % 3 > 0));
    expect(size(stories[0].theta) / size(of.theta)).toBeGreaterThan(3);
    for (const story of stories.slice(1)) {
      for (const name of ['theta', 'f', 'at'] as const) expectSameBits(name, story[name], stories[0][name]);
      expect(story.engine.accuracy).toEqual(stories[0].engine.accuracy);
    }
  });

  it('a run resumed from θ, the step and the accuracy goes on to the same bits, past a change of the grid', async () => {
    const of = problem(method, { n: 300, size: 0.3 }, { dt: 2 });
    for (const at of [7, 16, 40]) {
      const whole = await open(of, method);
      const first = await open(of, method);
      const second = await open(of, method);
      await whole.advance(100);
      await first.advance(at);
      const accuracy = JSON.parse(JSON.stringify(first.accuracy)) as CpuEngine['accuracy'];
      await second.restore(await first.theta(), at, accuracy ?? undefined);
      expect(second.loss).toBe(first.loss);
      await second.advance(100 - at);
      expectSameBits('θ', await second.theta(), await whole.theta());
      expect(second.accuracy).toEqual(whole.accuracy);
    }
  });

  it.each([
    ['euler', 1],
    ['heun', 2],
    ['rk4', 4],
  ] as [IntegratorName, number][])(
    'the energy law: dL/dt = −∫|b|² dρ up to O(dt^p): %s',
    async (integrator, order) => {
      if (method === 'sector') return; // relu has kinks
      const T = 1.6;
      const defect = async (steps: number): Promise<number> => {
        const dt = T / steps;
        const engine = await open(problem(method, { n: 200 }, { integrator, dt }), method);
        const start = engine.loss;
        // ∫|b|² dρ at the steps, by Simpson's rule: speeds are those at a step's start
        let sum = 0;
        for (let k = 0; k <= steps; k++) {
          await engine.advance(1);
          const speeds = await engine.speeds();
          const square = speeds.reduce((total, value) => total + value * value, 0) / speeds.length;
          sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * square;
          if (k === steps - 1) defect.end = engine.loss;
        }
        return Math.abs(start - defect.end! - (dt / 3) * sum);
      };
      defect.end = undefined as number | undefined;
      const counts = order === 4 ? [2, 4] : [8, 16, 32];
      const defects: number[] = [];
      for (const steps of counts) defects.push(await defect(steps));
      expect(
        slope(
          counts.map((steps) => T / steps),
          defects,
        ),
      ).toBeGreaterThan(order - 0.4);
    },
  );
});

describe('mesh', () => {
  it.each([
    [1, false],
    [2, true],
    [2, false],
  ])(
    'the reported error is that of more than a thousand particles, and within the tolerance: d = %d, bias %s',
    async (d, bias) => {
      for (const activation of ['tanh', 'gelu', 'softplus', 'sin'] as const) {
        const of = problem('mesh', { n: 3000, d, bias, size: 2 }, { activation, dt: 1e-3 });
        const engine = await open(of, 'mesh');
        const before = await engine.theta();
        const f = await engine.f();
        const r = new Float64Array(f.length);
        residual(r, f, of.y, LOSSES.squared);
        await engine.advance(1);
        const b = directDrifts(of, before, r, activation);
        const found = (await engine.theta()).map((value, i) => (value - before[i]) / 1e-3);
        expect(apart(found, b) / rms(b)).toBeLessThan(TOLERANCE);
        expect(engine.accuracy!.error).toBeGreaterThan(0);
        expect(engine.accuracy!.error).toBeLessThan(TOLERANCE);
      }
    },
  );

  it('keeps its tolerance along a run in which the drift shrinks', async () => {
    const of = problem('mesh', { n: 2000, m: 30 }, { dt: 1 });
    const engine = await open(of, 'mesh');
    const first = engine.accuracy!.spacing;
    await engine.advance(320);
    expect(engine.accuracy!.error).toBeLessThan(4 * TOLERANCE);
    expect(engine.accuracy!.spacing[0]).toBeLessThanOrEqual(first[0]);
  });

  it('neurons that run off too far end the run with a sentence', async () => {
    const of = problem('mesh', { n: 300 }, { theta: cloud(300, 2, 1e7, 1) });
    await expect(open(of, 'mesh')).rejects.toThrow(/grid needs .* nodes.*choose "direct"/);
    const runaway = await open(problem('mesh', { n: 300 }, { dt: 1e5 }), 'mesh');
    await expect(runaway.advance(50)).rejects.toThrow(DivergedError);
  });
});

describe('choice', () => {
  const platform: Platform = {
    gpu: () => Promise.resolve({ gpu: null, reason: 'there is none' }),
    cpu: {},
    autoTakesSoftware: false,
  };
  const choose = async (method: MethodName | 'auto', of: Problem): Promise<string> => {
    const { engine } = await openEngine({ engine: 'cpu', method }, of, platform);
    engine.destroy();
    return engine.info.method;
  };

  it.each([
    [
      'mesh',
      { activation: 'relu' as const },
      {},
      /"mesh" does not apply: .*relu has a kink; choose "direct" or "auto"/,
    ],
    ['mesh', {}, { d: 3 }, /"mesh" does not apply: .*d ≤ 2, and d = 3/],
    ['sector', {}, {}, /"sector" does not apply: .*not for tanh/],
    ['sector', { activation: 'relu' as const }, { d: 3 }, /"sector" does not apply: .*d = 2, and d = 3/],
  ] as [MethodName, Partial<Problem>, Shape, RegExp][])(
    '%s where it does not apply is refused with the reason: %o %o',
    async (method, more, shape, sentence) => {
      const call = choose(method, problem('direct', shape, more));
      await expect(call).rejects.toThrow(UnavailableError);
      await expect(call).rejects.toThrow(sentence);
    },
  );

  it('engine auto computes the mesh on the CPU where there is no GPU; engine webgpu is refused', async () => {
    await expect(openEngine({ engine: 'webgpu', method: 'mesh' }, problem('mesh'), platform)).rejects.toThrow(
      /"webgpu" cannot be used: there is none/,
    );
    const { engine, why } = await openEngine({ engine: 'auto', method: 'mesh' }, problem('mesh'), platform);
    expect([engine.info.name, engine.info.method]).toEqual(['cpu', 'mesh']);
    expect(why).toBe('there is none; mesh sums: asked for');
    engine.destroy();
  });

  it('auto takes direct sums for few pairs, sectors for relu, the mesh for many pairs of a smooth φ, and says why', async () => {
    expect(await choose('auto', problem('direct', { n: 300 }))).toBe('direct');
    expect(await choose('auto', problem('sector', { n: 20_000, m: 64 }))).toBe('sector');
    expect(await choose('auto', problem('mesh', { n: 150_000, m: 64 }))).toBe('mesh');
    expect(await choose('auto', problem('direct', { n: 20_000, m: 64, d: 3 }))).toBe('direct');
    const of = problem('mesh', { n: 1_000_000, m: 256 });
    expect(
      fastest({ samples: of, feature: featureOf({ activation: 'tanh' }) }, of.theta, COSTS.cpu).why,
    ).toMatch(/^about \d+ times as fast as direct sums/);
  });
});
