/** What `auto` compares methods by. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../bench/race/cases.ts';
import { COSTS_FILE, costsText, measured, seenOf } from '../../../bench/gpu/costs.ts';
import { classOf, COST_NAMES, costOf, COSTS } from '../../../src/core/methods/costs.ts';
import { fitted } from '../../../src/core/methods/fit-costs.ts';
import { featureOf } from '../../../src/core/features/features.ts';
import { fastest } from '../../../src/core/methods/methods.ts';
import { adapterCosts, rememberCosts } from '../../../src/engines/adapter-costs.ts';
import type { Store } from '../../../src/engines/store.ts';

describe('the costs of a GPU', () => {
  it('are those that the script makes of what was measured, and tell each step within 10 %', () => {
    expect(readFileSync(COSTS_FILE, 'utf8')).toBe(costsText(measured()));
    for (const { work, nanoseconds } of seenOf(measured())) {
      const share = costOf(work, COSTS.discrete.costs) / nanoseconds;
      expect([share > 0.9, share < 1.1]).toEqual([true, true]);
    }
  });

  it.each([
    ['tanh', 100_000, 256],
    ['tanh', 2 ** 20, 96],
    ['tanh', 2 ** 20, 256],
    ['tanh', 2 ** 20, 1024],
    ['tanh', 10_000_000, 96],
    ['relu', 2 ** 20, 96],
    ['relu', 2 ** 20, 256],
    ['relu', 2 ** 20, 1024],
  ] as const)(
    'make auto take direct sums where they are faster, or not 1.5 times slower: %s, n = %d, m = %d',
    (activation, n, m) => {
      const problem = problemOf({ activation, n: 4096, m, d: 2 });
      const chosen = fastest(
        { samples: problem, feature: featureOf(problem) },
        problem.theta,
        COSTS.discrete,
        n,
      );
      expect(chosen.method).toBe('direct');
      expect(chosen.why).toMatch(
        /^so few pairs that nothing else pays \(about [\d.]+ ms a step, (mesh|sector) [\d.]+ ms\)$/,
      );
    },
  );

  it('make it take the mesh where samples are many', () => {
    const problem = problemOf({ activation: 'tanh', n: 4096, m: 4096, d: 2 });
    const chosen = fastest(
      { samples: problem, feature: featureOf(problem) },
      problem.theta,
      COSTS.discrete,
      2 ** 20,
    );
    expect(chosen).toMatchObject({
      method: 'mesh',
      why: expect.stringMatching(/^about [\d.]+ times as fast as direct sums here \(about/) as string,
    });
  });
});

describe('a fit', () => {
  it('finds the costs that steps were made of, and leaves alone what they do not tell', () => {
    const from = COSTS.discrete.costs;
    const true_ = Object.fromEntries(
      COST_NAMES.map((name, i) => [name, from[name] * (1 + (i % 3))]),
    ) as typeof from;
    const works = [
      { 'direct.step': 1, 'pair.smooth': 1e6, coordinate: 2e6 },
      { 'direct.step': 1, 'pair.smooth': 1e9, coordinate: 2e9 },
      { 'direct.step': 1, 'pair.plain': 1e9, coordinate: 5e9 },
    ];
    const found = fitted(
      from,
      works.map((work) => ({ work, nanoseconds: costOf(work, true_) })),
    );
    for (const work of works) expect(costOf(work, found) / costOf(work, true_)).toBeCloseTo(1, 1);
    expect(found['mesh.particle']).toBeCloseTo(from['mesh.particle'], 12);
  });
});

describe('an adapter', () => {
  const gpu = { adapter: 'nvidia hopper', driver: '580', software: false };
  const memory = (document: unknown = null): Store => ({
    get: () => document,
    set: (value) => void (document = value),
  });

  it('is of a class by its maker', () => {
    const of = (adapter: string, software = false) => classOf({ ...gpu, adapter, software });
    expect([
      of('nvidia hopper'),
      of('amd rdna-3'),
      of('intel gen-12lp'),
      of('apple metal-3'),
      of('google swiftshader', true),
    ]).toEqual(['discrete', 'discrete', 'integrated', 'integrated', 'software']);
  });

  it('has the costs that were measured on it by this driver, and else those of its class', () => {
    const store = memory();
    const own = { ...COSTS.discrete.costs, 'mesh.particle': 0.1 };
    rememberCosts(gpu, own, store);
    rememberCosts({ ...gpu, adapter: 'another' }, COSTS.discrete.costs, store);
    expect(adapterCosts(gpu, store)).toMatchObject({ costs: own, timed: true });
    expect(adapterCosts({ ...gpu, driver: '581' }, store)).toBe(COSTS.discrete);
    expect(adapterCosts(gpu, undefined)).toBe(COSTS.discrete);
    for (const costs of [{}, null, { ...own, coordinate: -1 }, { ...own, coordinate: 'x' }])
      expect(adapterCosts(gpu, memory([{ ...gpu, when: '', costs }, 7]))).toBe(COSTS.discrete);
  });
});
