import { expect, it } from 'vitest';
import { BOUNDS, measureSpeed, tells, widthFor, type Speed } from '../../src/experiments/calibrate.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { draw, problemOf } from '../support/problems.ts';

const seen = (n: number, step: number, engine: Speed['engine'] = 'webgpu'): Speed => ({
  engine,
  steps: [{ n, step }],
  rows: 100,
  width: 3,
});

it('a width is the power of two whose step takes 45 ms, at most four times what was tried', () => {
  // 1 ms at 4096 and m = 100: 45 ms at 184 320, and 4 · 4096 is what was seen
  expect(widthFor(seen(2 ** 17, 30), 100)).toBe(2 ** 17);
  expect(widthFor(seen(2 ** 17, 30), 200)).toBe(2 ** 16);
  expect(widthFor(seen(2 ** 12, 1), 100)).toBe(2 ** 14);
});

it('a width stays within what the engine is for, and within pairs that move', () => {
  expect(widthFor(seen(2 ** 20, 1e-3), 100)).toBe(BOUNDS.webgpu.most);
  expect(widthFor(seen(2 ** 12, 1e3), 100)).toBe(BOUNDS.webgpu.least);
  expect(widthFor(seen(2 ** 12, 1e3, 'cpu'), 100)).toBe(BOUNDS.cpu.least);
  // 2¹⁰ neurons at a million samples were 2³⁰ pairs a step
  expect(widthFor(seen(2 ** 12, 1e9), 2 ** 20)).toBe(4);
});

const plain = problemOf(draw({ n: 64, m: 5, d: 2 }, 1));
const SHAPES: Readonly<Record<string, Problem>> = {
  'one output': plain,
  'no output weights': {
    ...plain,
    features: 'unit',
    weights: 0,
    theta: Float64Array.from({ length: 128 }, (_, k) => Math.sin(k)),
  },
  'three outputs': {
    ...plain,
    c: 3,
    y: Float64Array.from({ length: 15 }, (_, k) => Math.cos(k)),
    theta: Float64Array.from({ length: 320 }, (_, k) => Math.sin(k)),
  },
};

it.each(Object.entries(SHAPES))(
  'a system that is tried has the same f as the problem, whatever its width: %s',
  async (_, problem) => {
    const alone = await createCpuEngine(problem);
    const tried: Problem[] = [];
    const speed = await measureSpeed(problem, async (one) => {
      const opened = await createCpuEngine(one);
      tried.push(one);
      expect(opened.loss).toBeCloseTo(alone.loss, 10);
      return opened;
    });
    expect([speed.engine, speed.rows]).toEqual(['cpu', 5]);
    expect(speed.steps.map(({ n }) => n)).toEqual(tried.map(({ n }) => n));
    expect(speed.steps.every(({ step }) => step > 0)).toBe(true);
    expect(Object.values(SHAPES).filter((other) => tells(speed, other))).toEqual([problem]);
  },
);
