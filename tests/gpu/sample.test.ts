/**
 * A sample is rows of θ itself with their speeds, wherever the particles lie, and no larger than it was asked
 * to be.
 */
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { runsOf } from '../../src/engines/webgpu/rows/sample.ts';
import { EPSILON } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf, type Sizes } from '../support/problems.ts';

const gpu = await openGpu();
const DT = 0.1;
const sized = (sizes: Sizes): Problem => problemOf(draw(sizes, 5), 'mean-field', { dt: DT });
const ENGINES: Record<string, (problem: Problem) => Promise<Engine>> = {
  'the CPU engine': (problem) => createCpuEngine(problem),
  'the WebGPU engine': (problem) => createWebGpuEngine(gpu, problem, { recordSpeed: true }),
  'the WebGPU engine with particles in several buffers': (problem) =>
    createWebGpuEngine(gpu, problem, { recordSpeed: true, mostBytes: 2 ** 14 }),
};

describe.each(Object.keys(ENGINES))('%s', (name) => {
  it.each([
    [4097, 2, 96],
    [1025, 17, 128],
    [100, 2, 4096],
  ])('samples of n = %i, d = %i, at most %i', async (n, d, most) => {
    const engine = await ENGINES[name](sized({ n, m: 8, d }));
    const width = 1 + d;
    const before = await engine.theta();
    await engine.advance(1);
    const theta = await engine.theta();
    const sample = await engine.sample(most);
    engine.destroy();
    expect(sample.n).toBe(Math.min(n, sample.n, most));
    expect(sample.n).toBeGreaterThan(Math.min(n, most) / 3);
    expect(new Set(sample.rows).size).toBe(sample.n);
    expect(sample.rows.at(-1)! - sample.rows[0]).toBeGreaterThan(0.6 * n); // from all over
    sample.rows.forEach((row, k) => {
      expect(sample.theta.slice(k * width, (k + 1) * width)).toEqual(
        Float32Array.from(theta.slice(row * width, (row + 1) * width)),
      );
      // One Euler step: θ' − θ = dt · speed · b, and a difference of float32 numbers of size 1.5.
      const moved = Math.hypot(
        ...Array.from({ length: width }, (_, c) => theta[row * width + c] - before[row * width + c]),
      );
      expect(Math.abs(moved / DT / engine.problem.speed - sample.speed[k])).toBeLessThan(
        (8 * width * EPSILON.float32) / (DT * engine.problem.speed),
      );
    });
  });
});

it('runs never leave the particles, and are all of them where all are wanted', () => {
  for (const [n, most] of [
    [1, 1],
    [31, 64],
    [33, 33],
    [1000, 192],
    [2 ** 20, 2 ** 14],
  ]) {
    const runs = runsOf(n, most);
    const count = runs.reduce((sum, run) => sum + run.count, 0);
    expect(runs.every(({ first, count: length }) => first >= 0 && length > 0 && first + length <= n)).toBe(
      true,
    );
    expect(count).toBeLessThanOrEqual(Math.max(32, most));
    if (most >= n) expect(count).toBe(n);
  }
});
