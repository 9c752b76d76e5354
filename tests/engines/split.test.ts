/** One system whose shards have an engine each: it moves as one engine moves it, and tells the same of it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { BLOCK } from '../../src/core/dynamics/flow.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { shardRanges } from '../../src/engines/cpu/shards.ts';
import { DivergedError, replicasOf, type Engine, type Problem } from '../../src/engines/engine.ts';
import { openSplit, splitFault } from '../../src/engines/split/engine.ts';
import { LAWS } from '../support/contracts/engine-contract.ts';
import { expectClose, expectSameBits } from '../support/close.ts';
import { draw, problemOf } from '../support/problems.ts';

/** Shards of unequal size, the last of no whole number of blocks. */
const SIZES = { n: 5 * BLOCK + 7, m: 9, d: 2 };
const wide = (more: Partial<Problem> = {}): Problem =>
  problemOf(draw(SIZES, 5), 'mean-field', { integrator: 'euler', dt: 0.2, ...more });

/** Sums are divided by a number and multiplied by it again, and added in another order. */
const ROUNDING = 1e-12;

async function kept(opening: Promise<Engine>): Promise<Engine> {
  const engine = await opening;
  onTestFinished(() => engine.destroy());
  return engine;
}
const whole = (problem: Problem): Promise<Engine> => kept(createCpuEngine(problem));
const split = (problem: Problem): Promise<Engine> =>
  kept(openSplit(problem, (shard) => createCpuEngine(shard)));

it('there are several shards, of which none knows all particles', async () => {
  const sizes: number[] = [];
  await kept(
    openSplit(wide(), (shard) => {
      sizes.push(shard.n);
      return createCpuEngine(shard);
    }),
  );
  expect(sizes).toEqual(shardRanges(SIZES.n).map(({ first, last }) => last - first));
  expect(sizes.length).toBeGreaterThan(3);
});

describe.each<[string, Partial<Problem>]>([
  ['as it is', {}],
  ['with decay and penalties', { terms: { decay: 0.1, ridge: [0.1, 0.2], l1: 0.05, variation: 0.1 } }],
  ['with momentum', { terms: { momentum: { beta: 0.8, nesterov: true } } }],
  ['with a schedule', { schedules: { dt: { law: 'power', k0: 3, exponent: 0.5 } } }],
  ['with another loss', { loss: 'huber' }],
  ['with layers of their own rates', { terms: { rates: [2, 0.5] } }],
])('%s', (_, more) => {
  it('it goes where one engine goes', async () => {
    const problem = wide(more);
    const [one, several] = [await whole(problem), await split(problem)];
    expectClose('loss at step 0', [several.loss], [one.loss], ROUNDING);
    const [known, losses] = [await one.advance(6, { every: 2 }), await several.advance(6, { every: 2 })];
    expect(losses.map(({ step }) => step)).toEqual(known.map(({ step }) => step));
    expectClose(
      'losses',
      losses.map(({ loss }) => loss),
      known.map(({ loss }) => loss),
      ROUNDING,
    );
    expectClose('θ', await several.theta(), await one.theta(), ROUNDING);
    expectClose('f', await several.f(), await one.f(), ROUNDING);
    const at = Float64Array.from([1, -2, 0.3, 0.4]);
    expectClose('f elsewhere', await several.predict(at), await one.predict(at), ROUNDING);
    const [means, expected] = [await several.observables(), await one.observables()];
    expect(Object.keys(means)).toEqual(Object.keys(expected));
    expectClose('observables', Object.values(means), Object.values(expected), ROUNDING);
  });
});

describe('bits', () => {
  it('do not depend on how steps are grouped, nor on a return to them', async () => {
    const problem = wide({ terms: { momentum: { beta: 0.5, nesterov: false } } });
    const [one, other] = [await split(problem), await split(problem)];
    await one.advance(5);
    await other.advance(2);
    const [theta, velocity] = [await other.theta(), (await other.velocity!())!];
    await other.advance(7);
    await other.restore(theta, 2, undefined, velocity);
    expect([other.step, one.step]).toEqual([2, 5]);
    await other.advance(3);
    expectSameBits('θ', await other.theta(), await one.theta());
    expectSameBits('f', await other.f(), await one.f());
  });
});

it('a picture has particles of every shard, by their numbers', async () => {
  const engine = await split(wide());
  const [{ theta, rows, n }, all] = [await engine.sample(40), await engine.theta()];
  expect(n).toBeLessThanOrEqual(40 + shardRanges(SIZES.n).length);
  for (const { first, last } of shardRanges(SIZES.n))
    expect(rows.some((row) => row >= first && row < last)).toBe(true);
  for (const [k, row] of rows.entries())
    expectSameBits(
      `particle ${row}`,
      theta.slice(3 * k, 3 * k + 3),
      Float32Array.from(all.slice(3 * row, 3 * row + 3)),
    );
});

it('a path of residuals drives it, and f stays its own', async () => {
  const problem = wide();
  const path = Float64Array.from({ length: 3 * SIZES.m }, (_, k) => Math.sin(k));
  const [one, several] = [await whole(problem), await split(problem)];
  await one.advance(3, { drive: path });
  await several.advance(3, { drive: path });
  expectClose('θ', await several.theta(), await one.theta(), ROUNDING);
  expectClose('f', await several.f(), await one.f(), ROUNDING);
});

it('a run that diverges is dated, with the losses before', async () => {
  const engine = await split(wide({ activation: 'quadratic', dt: 1e6 }));
  const error: unknown = await engine.advance(200, { every: 1 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DivergedError);
  const { step, losses } = error as DivergedError;
  expect(losses.map((record) => record.step)).toEqual(Array.from({ length: step - 1 }, (_, k) => k + 1));
});

it('one call of advance at a time', async () => {
  const engine = await split(wide());
  const first = engine.advance(1);
  await expect(engine.advance(1)).rejects.toThrow(/already running/);
  await first;
});

it('shards that stand are freed where one cannot be opened', async () => {
  const freed: number[] = [];
  const opening = openSplit(wide(), async (shard, k) => {
    if (k === 2) throw new Error('no room');
    const engine = await createCpuEngine(shard);
    const { destroy } = engine;
    engine.destroy = () => {
      freed.push(k);
      destroy.call(engine);
    };
    return engine;
  });
  await expect(opening).rejects.toThrow('no room');
  expect(freed).toEqual([0, 1]);
});

describe('what cannot be shared is said', () => {
  it.each<[RegExp, Partial<Problem>]>([
    [/heun/, { integrator: 'heun' }],
    [/dynamics\.batch/, { batch: { size: 3, replacement: false, seed: 1 } }],
    [/temperature/, { terms: { noise: { temperature: 0.1, seed: 1 } } }],
    [/R = 2 replicas/, { replicas: 2 }],
    [/dt over the loss/, { schedules: { dt: { law: 'over-loss' } } }],
  ])('%s', (words, more) => expect(splitFault(wide(more))).toMatch(words));
  it('and what can be is', () => expect(splitFault(wide({ terms: { decay: 1 } }))).toBe(null));
});

/** Of one system, and not of where an engine goes in 40 steps: that is where one engine goes, above. */
const SYSTEM = LAWS.filter(({ title }) => !/replica|^(?:40|100) steps/.test(title));

describe('where it can be, the laws of engines hold', () => {
  const shared = { count: 0 };
  for (const law of SYSTEM)
    it(law.title, () =>
      law.holds(async (problem) => {
        if (splitFault(problem) !== null)
          return (replicasOf(problem) > 1 ? createCpuReplicas : createCpuEngine)(problem);
        shared.count++;
        return openSplit(problem, (shard) => createCpuEngine(shard));
      }),
    );
  it('which many are', () => expect(shared.count).toBeGreaterThan(10));
});
