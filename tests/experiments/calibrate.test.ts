import { expect, it } from 'vitest';
import { BOUNDS, measureSpeed, widthFor, type Speed } from '../../src/experiments/calibrate.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { draw, problemOf } from '../support/problems.ts';

const speed = (n: number, step: number, engine: Speed['engine'] = 'webgpu'): Speed => ({
  engine,
  steps: [{ n, step }],
  m: 100,
});

it('a width is the power of two whose step takes 45 ms, at most four times what was tried', () => {
  // 1 ms at 4096 and m = 100: 45 ms at 184 320, and 4 · 4096 is what was seen
  expect(widthFor(speed(2 ** 17, 30), 100)).toBe(2 ** 17);
  expect(widthFor(speed(2 ** 17, 30), 200)).toBe(2 ** 16);
  expect(widthFor(speed(2 ** 12, 1), 100)).toBe(2 ** 14);
});

it('a width stays within what the engine is for, and within pairs that move', () => {
  expect(widthFor(speed(2 ** 20, 1e-3), 100)).toBe(BOUNDS.webgpu.most);
  expect(widthFor(speed(2 ** 12, 1e3), 100)).toBe(BOUNDS.webgpu.least);
  expect(widthFor(speed(2 ** 12, 1e3, 'cpu'), 100)).toBe(BOUNDS.cpu.least);
  // 2¹⁰ neurons at a million samples were 2³⁰ pairs a step
  expect(widthFor(speed(2 ** 12, 1e9), 2 ** 20)).toBe(4);
});

it('a system that is tried has the same f as the problem, whatever its width', async () => {
  const problem = problemOf(draw({ n: 64, m: 5, d: 2 }, 1));
  const alone = await createCpuEngine(problem);
  const tried: Problem[] = [];
  const { engine, steps, m } = await measureSpeed(problem, async (one) => {
    const opened = await createCpuEngine(one);
    tried.push(one);
    expect(opened.loss).toBeCloseTo(alone.loss, 10);
    return opened;
  });
  expect([engine, m]).toEqual(['cpu', 5]);
  expect(steps.map(({ n }) => n)).toEqual(tried.map(({ n }) => n));
  expect(steps.every(({ step }) => step > 0)).toBe(true);
});
