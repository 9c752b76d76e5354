/** R² of what a measurement trained, against sums that are written out. */
import { expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { complete } from '../../src/core/config/config.ts';
import { Learned } from '../../src/experiments/measure/learned.ts';
import { prepare, type Prepared } from '../../src/experiments/prepare.ts';
import { NO_FILES } from '../support/no-files.ts';

/** A curve, a quarter of its rows held out. */
const prepared = (width: number, extra = {}): Promise<Prepared> =>
  prepare(
    complete({
      data: { dataset: 'curve', samples: 24, test: 0.25 },
      model: { width },
      dynamics: { dt: 0.5, steps: 10 },
      ...extra,
    }),
    NO_FILES,
  );

function explained(f: Float64Array, y: Float64Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  let [left, all] = [0, 0];
  y.forEach((value, i) => {
    left += (f[i] - value) ** 2;
    all += (value - mean) ** 2;
  });
  return 1 - left / all;
}

it('is of the widest of those that ran longest', async () => {
  const learned = new Learned();
  const expected: number[] = [];
  for (const [width, steps] of [
    [64, 10],
    [32, 10],
    [128, 9],
  ] as const) {
    const { problem, test } = await prepared(width);
    const engine = learned.watch(await createCpuEngine(problem));
    await engine.advance(steps);
    if (width === 64)
      expected.push(explained(await engine.f(), problem.y), explained(await engine.predict(test!.x), test!.y));
    await learned.test(engine, test);
    engine.destroy();
  }
  const { r2, testR2 } = learned.howMuch;
  expect(r2).toBeCloseTo(expected[0], 12);
  expect(testR2).toBeCloseTo(expected[1], 12);
});

it('is the mean over replicas', async () => {
  const learned = new Learned();
  const { problem, test } = await prepared(32);
  const replicas = 2;
  const theta = new Float64Array([...problem.theta, ...Float64Array.from(problem.theta, (value) => value / 2)]);
  const engine = learned.watch(await createCpuReplicas({ ...problem, theta, replicas }));
  await engine.advance(10);
  const { m } = problem;
  const f = await engine.f();
  const own = [0, 1].map((k) => explained(f.subarray(k * m, (k + 1) * m), problem.y));
  const g = await engine.predict(test!.x);
  const size = test!.y.length;
  const held = [0, 1].map((k) => explained(g.subarray(k * size, (k + 1) * size), test!.y));
  await learned.test(engine, test);
  engine.destroy();
  expect(own[0]).not.toBeCloseTo(own[1], 3);
  expect(learned.howMuch.r2).toBeCloseTo((own[0] + own[1]) / 2, 12);
  expect(learned.howMuch.testR2).toBeCloseTo((held[0] + held[1]) / 2, 12);
});

it('is null where nothing was trained or held out, and where the loss is no square', async () => {
  const learned = new Learned();
  const { problem, test } = await prepared(32);
  const still = learned.watch(await createCpuEngine(problem));
  await learned.test(still, test);
  still.destroy();
  const huber = learned.watch(
    await createCpuEngine((await prepared(32, { model: { width: 32, loss: 'huber' } })).problem),
  );
  await huber.advance(2);
  await learned.test(huber, test);
  huber.destroy();
  expect(learned.howMuch).toEqual({ r2: null, testR2: null });
  const trained = learned.watch(await createCpuEngine(problem));
  await trained.advance(2);
  trained.destroy();
  expect(learned.howMuch.r2).not.toBe(null);
  expect(learned.howMuch.testR2).toBe(null);
});
