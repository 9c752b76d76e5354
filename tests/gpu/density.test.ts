/** The PDE on the GPU: the float64 solver's density and f, to float32's rounding. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import { cdfOf } from '../../src/core/laws.ts';
import { massesOf, type Axis } from '../../src/core/analysis/pde.ts';
import { createCpuDensity } from '../../src/engines/cpu/density.ts';
import type { DensityProblem } from '../../src/engines/density.ts';
import { createWebGpuDensity } from '../../src/engines/webgpu/density.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();
const x = Float64Array.from([-1, -0.4, 0.3, 0.9], Math.fround);
const y = Float64Array.from([-0.8, 0.1, 0.5, 1.1], Math.fround);
const axis = (cells: number): Axis => ({ low: -5, high: 5, cells });
const normal = cdfOf({ law: 'normal' })!;

/** Rows and columns on both sides of blocks and workgroups. */
function problemOf(activation: ActivationName, rows: number, columns: number): DensityProblem {
  const w1 = axis(rows);
  const w0 = axis(columns);
  return {
    samples: { m: 4, d: 1, x, y },
    activation,
    loss: 'squared',
    w1,
    w0,
    mass: massesOf(w1, normal, w0, normal).map(Math.fround),
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe.each([
  ['tanh', 48, 65],
  ['sigmoid', 33, 64],
  ['relu', 31, 40],
] as const)('%s on %d × %d cells', (activation, rows, columns) => {
  it('agrees with float64 after many steps, keeps mass and positivity', async () => {
    const problem = problemOf(activation, rows, columns);
    const cpu = createCpuDensity(problem);
    const webgpu = await createWebGpuDensity(gpu, problem);
    onTestFinished(() => webgpu.destroy());
    for (const t of [0, 0.3, 0.5]) {
      await cpu.advanceTo(t);
      await webgpu.advanceTo(t);
      const [want, got] = [await cpu.mass(), await webgpu.mass()];
      const [f, g] = [await cpu.f(), await webgpu.f()];
      const apart = sum(got.map((value, c) => Math.abs(value - want[c])));
      // they take different steps, of which each has an error of second order, beside the rounding of some
      // hundred stages
      expect(apart, `Σ|Δmass| at t = ${t}`).toBeLessThan(t === 0 ? 1e-6 : 2e-3);
      for (const a of f.keys())
        expect(Math.abs(g[a] - f[a]), `f at ${x[a]}, t = ${t}`).toBeLessThan(t === 0 ? 1e-6 : 3e-4);
      expect(Math.abs(sum(got) - sum(problem.mass)), 'mass').toBeLessThan(1e-5);
      expect(Math.min(...got)).toBeGreaterThanOrEqual(0);
    }
  });
});

it('the same bits whether it goes to t at once or stops on the way', async () => {
  const problem = problemOf('tanh', 32, 32);
  const [p, q] = [await createWebGpuDensity(gpu, problem), await createWebGpuDensity(gpu, problem)];
  onTestFinished(() => [p, q].forEach((one) => one.destroy()));
  for (const one of [p, q]) await one.advanceTo(0.2);
  expect(await p.mass()).toEqual(await q.mass());
});
