/** Stepping beside drawing: the page's own, on a simulated device and display. */
import { describe, expect, it } from 'vitest';
import { FRAME, play } from '../support/browser/simulated-page.ts';

/** Of a frame, what the page asks for without drawing. */
const MOST = 13.2;

describe.each([0.2, 2, 8, 20])('a device that answers after %f ms', (latency) => {
  it.each([
    [0.01, 1],
    [0.1, 1.4],
    [0.6, 3],
    [5, 3],
    [0.01, 9],
    [0.6, 12],
  ])('has steps of %f ms in what pictures of %f ms leave, and all of those', async (step, draw) => {
    const { drawn, stepping } = await play({ step, draw, latency });
    expect(drawn).toBeGreaterThan(0.98);
    // answers that come within two frames; whole steps, at most 1 000
    const left = Math.min(MOST, FRAME - draw, 2 * FRAME - latency - 3.5, 1000 * step);
    expect(stepping).toBeGreaterThan(0.75 * left - step);
    expect(stepping).toBeLessThan(Math.max(step, left + 0.3));
  });

  it.each([30, 80])('has a third of the time for steps beside pictures of %f ms', async (draw) => {
    for (const step of [0.1, 5]) {
      const { share } = await play({ step, draw, latency });
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.45);
    }
  });

  it('is at work all the time where a step outlasts the frame, and takes one at a time', async () => {
    const { share, steps } = await play({ step: 50, draw: 3, latency });
    expect(Math.max(...steps)).toBe(1);
    expect(share).toBeGreaterThan(0.93);
  });
});

it.each([
  { n: 4096, step: 0.1, aim: 3000 },
  { n: 2 ** 20, step: 0.6, aim: 800 },
])('on a fast GPU n = $n takes $aim steps a second at 60 pictures, however late answers are', async (run) => {
  for (const latency of [0.2, 5, 10, 20]) {
    const { rate, drawn, pace } = await play({ step: run.step, draw: 1.4, latency });
    expect(rate).toBeGreaterThan(run.aim);
    expect(pace.rate).toBeGreaterThan(run.aim);
    expect(drawn).toBeGreaterThan(0.98);
  }
});

it.each([
  [1, 5],
  [4, 5],
  [8, 2],
])('answers uneven by %f ms leave steps %f ms a frame, and pictures their time', async (jitter, least) => {
  for (const [step, draw] of [
    [0.1, 1.4],
    [0.6, 9],
  ]) {
    const { stepping, drawn } = await play({ step, draw, latency: 2, jitter });
    expect(stepping).toBeGreaterThan(least);
    expect(drawn).toBeGreaterThan(0.98);
  }
});

it('a clock whose ticks are longer than first batches does not make them many times too long', async () => {
  const { steps, drawn } = await play({ step: 0.1, draw: 2, tick: 1, latency: 2 });
  expect(drawn).toBeGreaterThan(0.95);
  expect(Math.max(...steps) * 0.1).toBeLessThan(2 * MOST);
});

it('the model tells: as many steps whatever the picture costs lose pictures', async () => {
  const { drawn } = await play({ step: 1, draw: 9 }, (pace) => {
    pace.note = () => undefined;
    pace.steps = 13;
  });
  expect(drawn).toBeLessThan(0.8);
});

it.each([1, 10, 40, 80])(
  'an engine beside the device that draws has a third of the time at least, though a picture takes %f ms',
  async (draw) => {
    for (const step of [0.05, 4]) {
      const { share } = await play({ step, draw, beside: true });
      expect(share).toBeGreaterThan(1 / 3);
    }
  },
);

it('batches grow at most twofold, and begin with one step; a limit holds', async () => {
  const { steps } = await play({ step: 1e-4, draw: 1 });
  expect(steps[0]).toBe(1);
  expect(steps.every((count, i) => i === 0 || count <= 2 * steps[i - 1])).toBe(true);
  expect(Math.max(...steps)).toBe(1000);
  const watched = await play({ step: 1e-4, draw: 1 }, (pace) => (pace.most = 5), 100, 50);
  expect(Math.max(...watched.steps.slice(1))).toBe(5);
});

it('pictures that become dearer are made room for within half a second', async () => {
  const { drawn } = await play({ step: 0.1, draw: (frame) => (frame < 500 ? 1 : 10) }, undefined, 630, 100);
  expect(drawn).toBeGreaterThan(0.97);
});

it.each([
  { step: 0.1, draw: 1 },
  { step: 5, draw: 40 },
  { step: 40, draw: 3, latency: 5 },
  { step: 2, draw: 60, beside: true },
])('the rate is of steps that were done, pictures and all: %o', async (machine) => {
  const { rate, pace } = await play(machine);
  expect(pace.rate / rate).toBeGreaterThan(0.9);
  expect(pace.rate / rate).toBeLessThan(1.1);
});
