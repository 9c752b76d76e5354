/** Costs of an adapter, from steps: `doctor --tune` times them, a test makes them up. */
import { expect, it } from 'vitest';
import { costOf, COSTS, type Costs } from '../../src/core/methods/costs.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { extentOf } from '../../src/core/mesh/grid.ts';
import { METHODS, type Method } from '../../src/core/methods/methods.ts';
import { adapterCosts, costsRemembered } from '../../src/engines/adapter-costs.ts';
import { measureCosts, type StepTimer } from '../../src/engines/webgpu/opening/measure-costs.ts';
import type { Problem } from '../../src/engines/engine.ts';
import type { MethodName } from '../../src/core/methods/methods.ts';
import type { Store } from '../../src/engines/store.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();

function memoryStore(): Store {
  let document: unknown = null;
  return { get: () => document, set: (value) => void (document = JSON.parse(JSON.stringify(value))) };
}

function needed(problem: Problem, method: MethodName) {
  const { work }: Method = METHODS[method];
  return work({ samples: problem, feature: featureOf(problem) }, problem.n, extentOf(problem.theta, problem))!;
}

it('are remembered as what tells the times of every method that was timed', async () => {
  const known = COSTS.software.costs;
  const own: Costs = { ...known, 'pair.smooth': 100, 'mesh.particle': 10, 'sector.sample': 500 };
  const tried: [Problem, MethodName][] = [];
  const time: StepTimer = (problem, method) => {
    tried.push([problem, method]);
    return Promise.resolve(costOf(needed(problem, method), own));
  };
  const store = memoryStore();
  await measureCosts(gpu, { store, time });
  expect(new Set(tried.map(([, method]) => method))).toEqual(new Set(['direct', 'sector', 'mesh']));
  const { costs } = adapterCosts(gpu, store);
  const share = ([problem, method]: [Problem, MethodName], by: Costs): number =>
    costOf(needed(problem, method), by) / costOf(needed(problem, method), own);
  // what is supposed of the class has a little weight
  for (const step of tried) expect(Math.abs(share(step, costs) - 1)).toBeLessThan(0.15);
  expect(tried.filter((step) => Math.abs(share(step, known) - 1) > 0.5).length).toBeGreaterThan(3);
});

it('come from the clock where nobody makes them up', async () => {
  const store = memoryStore();
  await measureCosts(gpu, { store });
  const costs = costsRemembered(gpu, store)!.costs;
  expect(costs['pair.smooth']).toBeGreaterThan(0);
  expect(costs).not.toEqual(COSTS.software.costs);
});
