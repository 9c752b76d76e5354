/** Neurons that answer: which one is meant, what it adds to f, where it has been. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contour } from '../../src/app/pick/contours.ts';
import { nearest, nextTowards, placesOf } from '../../src/app/pick/nearest.ts';
import { MOST_MOMENTS, Path } from '../../src/app/pick/path.ts';
import { ridgeOf, shrinkOf } from '../../src/app/pick/ridge.ts';
import { makersOf, termOf } from '../../src/app/pick/term.ts';
import { factsOf, inputText, notesOf } from '../../src/app/pick/words.ts';
import { shownOf } from '../../src/app/figures/shown.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { Camera } from '../../src/views/cloud/camera.ts';
import { NO_FILES } from '../support/no-files.ts';
import { generated } from '../support/generated.ts';

const SHEET = { width: 400, height: 300 };
const sampleOf = (rows: readonly (readonly [number, number, number])[]) => ({
  theta: Float32Array.from(rows.flat()),
  speed: new Float32Array(rows.length),
  rows: Uint32Array.from(rows.keys()),
  n: rows.length,
  c: 1,
  d: 2,
  weights: 1,
});

describe('a place on the screen', () => {
  const camera = new Camera();
  camera.setScale(1);
  const matrix = camera.matrix(SHEET.width / SHEET.height);
  const places = placesOf(
    sampleOf([
      [5, 0, 0],
      [5, 1, 0],
      [5, 0, 0.5],
      [5, 0, 9],
    ]),
    matrix,
    [1, 2, 0],
    SHEET,
  );

  it('is that of the axes in view: right is across, up is up, and what lies beside the picture is nowhere', () => {
    expect([...places.x.slice(0, 3)]).toEqual([200, 350, 200]);
    expect([...places.y.slice(0, 3)]).toEqual([150, 150, 75]);
    expect(places.x[3]).toBeNaN();
  });
  it('means the nearest neuron, and none beyond reach', () => {
    expect(nearest(places, 340, 155, 16)).toBe(1);
    expect(nearest(places, 300, 150, 16)).toBe(-1);
    expect(nearest(places, 300, 150)).toBe(1);
  });
  it('an arrow leads to the nearest neuron within 45° of it', () => {
    expect(nextTowards(places, 0, [1, 0])).toBe(1);
    expect(nextTowards(places, 0, [0, -1])).toBe(2);
    expect(nextTowards(places, 0, [-1, 0])).toBe(-1);
    expect(nextTowards(places, 1, [-1, 0])).toBe(0);
  });
  it('of many, too (angles by atan2)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(300)), { minLength: 2, maxLength: 30 }), (list) => {
        const [x, y] = [0, 1].map((k) => Float32Array.from(list, (place) => place[k]));
        const far = (i: number): number => Math.hypot(x[i] - x[0], y[i] - y[0]);
        const within = list
          .map((_, i) => i)
          .filter((i) => far(i) > 1 && Math.abs(Math.atan2(y[i] - y[0], x[i] - x[0])) < Math.PI / 4 + 1e-9);
        const next = nextTowards({ x, y }, 0, [1, 0]);
        if (within.length === 0) expect(next).toBe(-1);
        else expect(far(next)).toBe(Math.min(...within.map(far)));
      }),
      generated(100),
    );
  });
});

/** Two inputs and three outputs; then one input, with a bias. */
const NETWORK = { activation: 'tanh', c: 3, d: 2, weights: 3 } as const;

describe('what a neuron adds', () => {
  it('is w1 φ(⟨w0, x⟩) of each output', () => {
    const theta = [9, 9, 9, 9, 9, 2, -1, 0.5, 0.3, -0.7];
    const term = termOf(NETWORK, theta, 1, Float64Array.of(1, 2, -1, 0.5));
    const phi = [Math.tanh(0.3 - 1.4), Math.tanh(-0.3 - 0.35)];
    const expected = phi.flatMap((value) => [2 * value, -value, 0.5 * value]);
    expected.forEach((value, k) => expect(term[k]).toBeCloseTo(value, 14));
  });

  it('makes f with what the others add', async () => {
    const { problem } = await prepare(resolveConfig({ preset: 'tanh-curve', model: { width: 64 } }), NO_FILES);
    const engine = await createCpuEngine(problem, { method: 'direct' });
    await engine.advance(20);
    const [f, theta] = [await engine.f(), await engine.theta()];
    const sum = new Float64Array(problem.m);
    for (let j = 0; j < 64; j++)
      termOf(problem, theta, j, problem.x).forEach((value, a) => (sum[a] += problem.outer * value));
    sum.forEach((value, a) => expect(value).toBeCloseTo(f[a], 12));
    engine.destroy();
  });

  it('makers of f are the fewest that make the share, whatever the sign', () => {
    // one input, φ linear: terms w1 w0 at x = 1
    const linear = { activation: 'linear', d: 1 } as const;
    const theta = [1, 1, -5, 1, 1, 2, 1, 0.5];
    const at = (share: number, most = 9) => makersOf(linear, theta, Float64Array.of(1), { share, most });
    expect(at(0.5)).toEqual({ rows: [1], share: 5 / 8.5 });
    expect(at(0.7)).toEqual({ rows: [1, 2], share: 7 / 8.5 });
    expect(at(1, 2).rows).toEqual([1, 2]);
    expect(makersOf(linear, [0, 0], Float64Array.of(1), { share: 0.5, most: 9 })).toEqual({
      rows: [],
      share: 0,
    });
  });
});

it('a ridge is in the units of the target: with the others’ it has the mean f, standardized or not', async () => {
  const data = { inline: { x: [[1], [2], [4], [7]], y: [10, 30, 20, 25] }, standardize: true };
  const prepared = await prepare(
    resolveConfig({ data, model: { width: 8 }, parameterization: 'mean-field' }),
    NO_FILES,
  );
  const { problem } = prepared;
  const shown = shownOf(prepared, 0);
  const frame = { x: [1, 7], y: [0, 40] } as never;
  const ridges = Array.from({ length: 8 }, (_, j) =>
    ridgeOf({ form: 'curve', shown, frame, output: 0 }, prepared, problem.theta, j),
  );
  // at the last point, x = 7
  const mean = ridges.reduce((sum, { values }) => sum + values.at(-1)! / 8, 0);
  const engine = await createCpuEngine(problem, { method: 'direct' });
  expect(mean).toBeCloseTo(shown.decoded(await engine.f())[3], 10);
  expect(ridges[0].base).toBeCloseTo(21.25, 12);
  engine.destroy();
});

it('a ridge that is too high is drawn at a fraction of its height, about where it is 0', () => {
  expect(shrinkOf({ values: Float64Array.of(0, 1.9), base: 0 }, [-2, 2])).toBe(1);
  expect(shrinkOf({ values: Float64Array.of(-3, 1), base: 0 }, [-2, 2])).toBe(2);
  expect(shrinkOf({ values: Float64Array.of(1 + 900, 1), base: 1 }, [-2, 2])).toBe(1000);
  expect(shrinkOf({ values: Float64Array.of(9, 9), base: 3 }, [-2, 2])).toBe(1); // no fraction would do
});

describe('a path', () => {
  it('keeps its first and its latest moments, evenly, however long it gets', () => {
    const path = new Path();
    for (let step = 0; step < 10_000; step++) path.note(step, Float32Array.of(step));
    expect(path.length).toBeLessThanOrEqual(MOST_MOMENTS);
    expect(path.length).toBeGreaterThan(MOST_MOMENTS / 4);
    expect(path.since).toBe(0);
    const gaps = path.steps.slice(1).map((step, k) => step - path.steps[k]);
    expect(new Set(gaps).size).toBe(1);
    expect(path.steps.at(-1)).toBeGreaterThan(10_000 - 2 * gaps[0]);
  });
  it('notes a step once, begins anew where the run does, and ends where the neuron is now', () => {
    const path = new Path();
    for (const step of [4, 4, 5]) path.note(step, Float32Array.of(step));
    expect(path.steps).toEqual([4, 5]);
    const line = path.line((theta, row) => [theta[row], 0], [0, 7], 1);
    expect(line).toEqual([
      [4, 0],
      [5, 0],
      [7, 0],
    ]);
    path.note(0, Float32Array.of(0));
    expect(path.steps).toEqual([0]);
  });
});

it('lines of equal height of x + 2y are its straight lines, to rounding', () => {
  const k = 9;
  const values = Float64Array.from({ length: k * k }, (_, i) => (i % k) + 2 * Math.floor(i / k));
  const segments = contour(values, k, 7.5);
  expect(segments.length).toBeGreaterThan(8);
  for (const [x, y, u, v] of segments) {
    expect(x + 2 * y).toBeCloseTo(7.5, 12);
    expect(u + 2 * v).toBeCloseTo(7.5, 12);
  }
  expect(contour(values, k, 99)).toEqual([]);
});

it('a neuron is told by its components, its length, its way and its speed', async () => {
  const { problem, encoding } = await prepare(
    resolveConfig({ preset: 'tanh-curve', model: { width: 4 } }),
    NO_FILES,
  );
  const theta = Float32Array.from(problem.theta.slice(6, 9), (value, k) => value + [0, 3, 4][k]);
  const sample = { theta, speed: Float32Array.of(0.25), rows: Uint32Array.of(2), n: 1, c: 1, d: 2, weights: 1 };
  const facts = Object.fromEntries(factsOf(sample, 0, problem, encoding, [1, 2, 0]));
  expect(Object.keys(facts)).toEqual([
    'output weight w1',
    'weight of x',
    'bias',
    '|w0|',
    'way from its start',
    'speed |b|',
  ]);
  expect(facts['way from its start']).toBe('5');
  expect(Number(facts['|w0|'])).toBeCloseTo(Math.hypot(theta[1], theta[2]), 3);
  expect(facts['speed |b|']).toBe('0.25');
});

it('notes say what f is of the ridges, and how many neurons answer', () => {
  const path = { since: 12, length: 3 };
  expect(notesOf({ n: 100, outer: 0.01 }, 25, path, 'drawn at 1/2 of its height').join(' ')).toBe(
    'Its path since step 12. Over f its ridge w1 Φ, drawn at 1/2 of its height; f is the mean of all ridges. One in 4 neurons answers.',
  );
  expect(notesOf({ n: 100, outer: 0.1 }, 100, path, '')[1]).toContain('0.1 times the sum');
  expect(inputText(Float64Array.of(1, -2, 3), { inputs: ['a', 'b', 'c'] })).toBe('a = 1, b = −2 and 1 more');
});
