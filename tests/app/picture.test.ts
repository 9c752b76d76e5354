/** How a preset's cloud is seen: its axes, how far out neurons are drawn, and what is drawn over them. */
import { describe, expect, it } from 'vitest';
import {
  axisOf,
  firstAxes,
  fitting,
  NO_PICTURE,
  pictureOf,
  reachOf,
  spelledOf,
} from '../../src/app/cloud/picture.ts';
import { stretched } from '../../src/app/cloud/stretch.ts';
import { readAxes } from '../../src/app/links/axes.ts';
import type { ConfigInput } from '../../src/core/config/config.ts';
import type { Ray } from '../../src/core/ray.ts';
import { shapeOf } from '../../src/core/shape.ts';
import { PAPER_NAMES } from '../../src/experiments/papers/registry.ts';
import { prepare, type Prepared } from '../../src/experiments/prepare.ts';
import { resolveConfig, type PresetName } from '../../src/experiments/presets.ts';
import { Camera } from '../../src/views/cloud/camera.ts';
import { coordinate, defaultAxes, keyOfAxes, type Axes } from '../../src/views/cloud/cloud.ts';
import { drawOverlay, pixelOf, type Pixel } from '../../src/views/cloud/overlay.ts';
import { seeded } from '../support/seeded.ts';

const NO_FILES = { readBytes: () => Promise.reject(new Error('none')), note: () => undefined };
const preparedOf = (input: ConfigInput): Promise<Prepared> => prepare(resolveConfig(input), NO_FILES);

const placeOf = (axes: Axes, theta: ArrayLike<number>, row = 0): number[] =>
  axes.map((axis) => coordinate(theta, row, axis));

describe('the picture of a paper’s preset', () => {
  it.each(PAPER_NAMES)(
    '%s has axes that its neurons have, and what it draws over them there is',
    async (preset) => {
      const { problem, config, encoding } = await preparedOf({ preset, model: { width: 4 } });
      const picture = pictureOf(config);
      expect(firstAxes(picture, problem).map(spelledOf).join()).toBe(picture.axes);
      if (picture.stretch === 'w1') expect(shapeOf(problem).weights).toBe(1);
      if (picture.teacher) expect(encoding.rays.length > 0 || picture.shell !== null).toBe(true);
    },
  );

  it('gives way to the usual axes where the network is another, and is none of a preset without one', async () => {
    const { problem, config } = await preparedOf({
      preset: 'saad-solla',
      data: { dataset: 'teacher', dimension: 3, parameters: { units: 1, activation: 'erf' } },
      model: { width: 4 },
    });
    expect(firstAxes(pictureOf(config), problem)).toEqual(defaultAxes(problem));
    expect(pictureOf(resolveConfig({ preset: 'moons' }))).toBe(NO_PICTURE);
  });

  it('says how far it reaches, for each of its own axes or for any', () => {
    const of = (preset: PresetName, axes: Axes): unknown => reachOf(pictureOf(resolveConfig({ preset })), axes);
    expect(of('chizat-bach-deconvolution', [1, 0, -1])).toEqual([0.9, 14, 14]);
    expect(of('chizat-bach-deconvolution', [0, 1, -1])).toBeNull();
    expect(of('relu-teacher', [2, 1, 0])).toEqual([4, 4, 4]);
    expect(of('moons', [1, 2, 0])).toBeNull();
  });

  it('mmn-transition: no shell is better than the one that its theory draws', async () => {
    const { Reduced } = await import('../../src/experiments/papers/two-gaussians.ts');
    const config = resolveConfig({
      preset: 'mmn-transition',
      data: { dataset: 'two-gaussians', dimension: 8, parameters: { delta: 0.2 } },
    });
    const radius = await pictureOf(config).shell!();
    const { flow } = new Reduced(config);
    const risk = (r: number): number => flow.risk(Float64Array.of(r));
    for (let r = 0.1; r < 6; r += 0.1) expect(risk(radius)).toBeLessThanOrEqual(risk(r) + 1e-9);
  });
});

describe('an axis along a direction of the target', () => {
  it.each([
    ['with a bias', { data: { dataset: 'multi-index', dimension: 5, samples: 4 } }],
    ['without output weights', { preset: 'saad-solla', model: { width: 4 } }],
  ])('%s is ⟨w0, u⟩, whatever else a neuron has', async (_name, input) => {
    const { problem } = await preparedOf(input as ConfigInput);
    const { w0, d, width } = shapeOf(problem);
    const random = seeded(3);
    const u = problem.directions![1];
    const axis = axisOf({ target: 1 }, problem)!;
    for (let k = 0; k < 100; k++) {
      const theta = Array.from({ length: 2 * width }, () => 4 * random() - 2);
      let product = 0;
      for (let i = 0; i < d; i++) product += u[i] * theta[width + w0 + i];
      expect(coordinate(theta, width, axis)).toBeCloseTo(product, 12);
    }
    expect(fitting([axis, 0, -1], problem)).toEqual([axis, 0, -1]);
    expect(fitting([axis, 0, -1], { d: 1 })).toEqual(defaultAxes({ d: 1 }));
  });

  it('is none where the target has no such direction, nor is a component beyond the last', async () => {
    const { problem } = await preparedOf({ preset: 'saad-solla', model: { width: 4 } });
    expect([{ target: 2 }, 200, { place: 0, step: 0 }].map((choice) => axisOf(choice, problem))).toEqual([
      null,
      null,
      null,
    ]);
    expect(axisOf({ target: 0 }, { d: 2 })).toBeNull();
  });
});

describe('neurons that are drawn farther out', () => {
  const problem = { d: 3, directions: [[0.6, 0, 0.8]] };
  const plain: Axes = [1, axisOf({ target: 0 }, problem)!, 0];

  it('stay on their ray from 0: at |w1| times their distance, or at the distance |w0|', () => {
    const random = seeded(5);
    for (let k = 0; k < 200; k++) {
      const theta = Array.from({ length: 8 }, () => 4 * random() - 2);
      const place = placeOf(plain, theta, 4);
      const [w1, ...w0] = theta.slice(4);
      const length = Math.hypot(...place);
      const to = (factor: number): number[] => place.map((value) => factor * value);
      const near = (found: number[], wanted: number[]): void =>
        found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 10));
      near(placeOf(stretched(plain, 'w1', problem), theta, 4), to(Math.abs(w1)));
      near(placeOf(stretched(plain, 'w0', problem), theta, 4), to(Math.hypot(...w0) / length));
    }
    expect(placeOf(stretched(plain, 'w0', problem), [0, 0, 0, 0])).toEqual([0, 0, 0]);
  });

  it('have axes of other names, so that a picture is drawn anew; as they lie, and without w1, they have the same', () => {
    const keys = (['none', 'w1', 'w0'] as const).map((by) => keyOfAxes(stretched(plain, by, problem)));
    expect(new Set(keys).size).toBe(3);
    expect(stretched(plain, 'none', problem)).toBe(plain);
    expect(stretched([0, 1, -1], 'w1', { d: 3, weights: 0 })).toEqual([0, 1, -1]);
    expect(stretched([0, 1, -1], 'w0', { d: 3, weights: 0 })[2]).toBe(-1);
  });
});

describe('rays', () => {
  it('of a teacher are lines from 0 through its neurons, of spikes rays from their places towards their weights', async () => {
    const teacher = (await preparedOf({ data: { dataset: 'circle-teacher' } })).encoding;
    expect(teacher.rays).toEqual(
      teacher.teacher.map((through) => ({ from: [0, 0, 0, 0], through, isLine: true })),
    );
    const { encoding, table } = await preparedOf({ preset: 'chizat-bach-deconvolution', model: { width: 4 } });
    expect(encoding.rays).toHaveLength(5);
    const kernel = (x: number): number => {
      let sum = 1;
      for (let k = 1; k <= 7; k++) sum += 2 * Math.cos(2 * Math.PI * k * x);
      return sum;
    };
    for (const [i, x] of table.x.entries()) {
      const y = encoding.rays.reduce((sum, { through: [w, place] }) => sum + w * kernel(x - place), 0);
      expect(table.y[i]).toBeCloseTo(y, 9);
    }
    for (const { from, through, isLine } of encoding.rays)
      expect([from, isLine]).toEqual([[0, through[1]], false]);
    const other = await preparedOf({ data: { dataset: 'spikes' }, model: { activation: 'tanh' } });
    expect(other.encoding.rays).toEqual([]); // w0 of a tanh neuron is no place
  });

  /** Ends of the strokes on a sheet. */
  function strokes(rays: readonly Ray[], axes: Axes, camera: Camera): Pixel[][] {
    const all: Pixel[][] = [];
    const context = {
      save: () => undefined,
      restore: () => undefined,
      setLineDash: () => undefined,
      beginPath: () => all.push([]),
      moveTo: (x: number, y: number) => all.at(-1)!.push([x, y]),
      lineTo: (x: number, y: number) => all.at(-1)!.push([x, y]),
      stroke: () => undefined,
    } as unknown as CanvasRenderingContext2D;
    const sheet = { context, width: 300, height: 200 };
    drawOverlay(sheet, camera, camera.matrix(1.5), axes, { rays, rings: [], paths: null }, 'dark');
    return all;
  }

  it('begin at their first row, go through the second, and as lines on behind the first', () => {
    const camera = new Camera();
    camera.setScale(2);
    const ray = { from: [0.3, 0, 0.5], through: [0.4, 0.2, 0.9], isLine: false };
    const axes: Axes = [1, 2, 0];
    const [from, through] = [ray.from, ray.through].map((row) =>
      pixelOf({ width: 300, height: 200 }, camera.matrix(1.5), axes, row)!,
    );
    const cross = ([x, y]: Pixel): number =>
      (x - from[0]) * (through[1] - from[1]) - (y - from[1]) * (through[0] - from[0]);
    const along = ([x, y]: Pixel): number =>
      (x - from[0]) * (through[0] - from[0]) + (y - from[1]) * (through[1] - from[1]);
    const [[start, end], ...others] = strokes([ray], axes, camera);
    expect(start).toEqual(from);
    expect(cross(end)).toBeCloseTo(0, 3); // float32 of the matrix, times pixels
    expect(along(end)).toBeGreaterThan(along(through));
    expect(others).toEqual([]);
    const line = strokes([{ ...ray, isLine: true }], axes, camera);
    expect(line).toHaveLength(2);
    expect(along(line[1][1])).toBeLessThan(0);
  });
});

it('principal directions are not of a picture: their step is a run’s own', () => {
  for (const preset of PAPER_NAMES)
    expect(
      readAxes(pictureOf(resolveConfig({ preset })).axes!).every(
        (axis) => typeof axis === 'number' || 'target' in axis,
      ),
    ).toBe(true);
});
