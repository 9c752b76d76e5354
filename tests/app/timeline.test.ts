/** Looking back: what is kept of a run, how it is shown again, and what is said of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLink } from '../../src/app/links/link.ts';
import { Keeper, MOST, neuronsKept, type Kept } from '../../src/app/timeline/kept.ts';
import { momentLink } from '../../src/app/timeline/link.ts';
import { momentsOf } from '../../src/app/timeline/moments.ts';
import { PastRun } from '../../src/app/timeline/past.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { NO_FILES } from '../support/no-files.ts';
import { generated } from '../support/generated.ts';

const problemOf = async (input: ConfigInput): Promise<Problem> =>
  (await prepare(resolveConfig({ preset: 'tanh-curve', ...input }), NO_FILES)).problem;

async function keptOf(engine: Engine, neurons: number, f = true): Promise<Kept> {
  const { problem, step, loss } = engine;
  const sample = await engine.sample(neurons);
  return { step, t: step * problem.dt, loss, sample, f: f ? await engine.f() : null, problem };
}

describe('kept moments', () => {
  it('are at most 64, the first among them, and evenly spaced to a factor of two, however the steps come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 900 }), (strides) => {
        const keeper = new Keeper<{ step: number }>();
        let step = 0;
        for (const stride of [0, ...strides]) {
          step += stride;
          if (keeper.wants(step)) keeper.add({ step });
        }
        const steps = keeper.all.map((moment) => moment.step);
        expect(steps.length).toBeLessThanOrEqual(MOST);
        expect(steps[0]).toBe(0);
        const gaps = steps.slice(1).map((at, k) => at - steps[k]);
        const longest = Math.max(...strides);
        // a gap is the spacing at least, and below it by no more than one stride, or one spacing once they are thinned
        expect(Math.max(...gaps)).toBeLessThan(2 * Math.min(...gaps) + longest);
        expect(step - steps.at(-1)!).toBeLessThan(2 * Math.max(...gaps, 1) + longest);
      }),
      generated(60),
    );
  });
  it('take 32 MB at most, whatever the width of a neuron', () => {
    expect(neuronsKept({ d: 2 })).toBe(4096);
    for (const d of [2, 40, 785, 100_000]) {
      const bytes = MOST * neuronsKept({ d }) * (d + 1) * 4;
      expect(bytes).toBeLessThan(2 ** 25 + 1);
    }
  });
});

describe('an earlier state', () => {
  it('of all its neurons predicts as the run did then, and has its loss, f, neurons and observables', async () => {
    const engine = await createCpuEngine(await problemOf({ model: { width: 48 } }), { method: 'direct' });
    await engine.advance(7);
    const points = Float64Array.of(0.3, 1, -1.2, 1);
    const then = {
      loss: engine.loss,
      f: await engine.f(),
      at: await engine.predict(points),
      means: await engine.observables(),
    };
    const past = new PastRun(await keptOf(engine, 4096), engine.info);
    await engine.advance(30);
    expect([past.step, past.t, past.loss]).toEqual([7, 7 * engine.problem.dt, then.loss]);
    expect(await past.f()).toEqual(then.f);
    // its neurons are float32
    (await past.predict(points)).forEach((value, k) => expect(value).toBeCloseTo(then.at[k], 6));
    for (const [name, mean] of Object.entries(await past.observables()))
      expect(mean).toBeCloseTo(then.means[name], 6);
    expect((await past.sample(10)).rows).toEqual(Uint32Array.from({ length: 10 }, (_, i) => 5 * i));
    await expect(past.advance()).rejects.toThrow(/stands still/);
    engine.destroy();
  });

  it('of some of them counts each for as many as there are more of', async () => {
    const engine = await createCpuEngine(await problemOf({ model: { width: 64 } }), { method: 'direct' });
    const past = new PastRun(await keptOf(engine, 16, false), engine.info);
    const { x, m } = engine.problem;
    const theta = await engine.theta();
    const expected = Float64Array.from({ length: m }, (_, a) => {
      let sum = 0;
      for (let j = 0; j < 64; j += 4)
        sum += theta[3 * j] * Math.tanh(theta[3 * j + 1] * x[2 * a] + theta[3 * j + 2] * x[2 * a + 1]);
      return sum / 16;
    });
    (await past.f()).forEach((value, a) => expect(value).toBeCloseTo(expected[a], 6));
    engine.destroy();
  });
});

describe('moments', () => {
  it('of a run that stands from the start on are none', async () => {
    const problem = await problemOf({ model: { width: 8 } });
    const engine = await createCpuEngine(problem, { method: 'direct' });
    const still = await keptOf(engine, 64);
    const kept = [0, 1, 2, 3, 4, 5].map((step) => ({ ...still, step, t: step }));
    expect(momentsOf(kept)).toEqual([]);
    engine.destroy();
  });

  it('are where the loss falls fastest, is half down, and where cloud and K come to rest', async () => {
    const problem = await problemOf({ model: { width: 8 } });
    const engine = await createCpuEngine(problem, { method: 'direct' });
    const still = await keptOf(engine, 64);
    engine.destroy();
    const losses = [1, 0.95, 0.9, 0.3, 0.2, 0.18, 0.175, 0.174];
    // every neuron goes on by as much as the cloud has left to go
    const shifts = [0, 1, 2, 3, 3.01, 3.011, 3.012, 3.013];
    const kept = losses.map((loss, step) => ({
      ...still,
      loss,
      step: 10 * step,
      t: step,
      sample: { ...still.sample, theta: still.sample.theta.map((value) => value + shifts[step]) },
    }));
    expect(Object.fromEntries(momentsOf(kept).map(({ name, step }) => [name, step]))).toEqual({
      'the loss falls fastest': 20,
      'half of the fall is done': 30,
      'the cloud comes to rest': 30,
      'the kernel K settles': 30,
    });
  });

  it('of a real run: the kernel of a mean-field run settles after its loss has fallen fastest', async () => {
    const engine = await createCpuEngine(await problemOf({ model: { width: 256 } }), { method: 'direct' });
    const kept = [await keptOf(engine, 256)];
    for (let k = 0; k < 30; k++) {
      await engine.advance(20);
      kept.push(await keptOf(engine, 256));
    }
    const step = Object.fromEntries(momentsOf(kept).map((moment) => [moment.name, moment.step]));
    expect(step['the loss falls fastest']).toBeLessThan(step['the kernel K settles']);
    engine.destroy();
  });
});

it('a link to a moment is the page’s own, and stops there', () => {
  const address = 'https://example.org/mckean/#preset=moons&model.width=512&stop=r2%3A0.9';
  const link = momentLink(address, 120);
  expect(link).toMatch(/^https:\/\/example\.org\/mckean\/#/);
  const { view, input, notice } = parseLink(new URL(link).hash);
  expect(notice).toBe('');
  expect(view.stop).toEqual({ condition: 'step', value: 120 });
  expect(input).toMatchObject({ preset: 'moons', model: { width: 512 } });
});
