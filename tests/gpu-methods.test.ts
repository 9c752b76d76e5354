/** The laws of every engine (tests/engine-contract.ts) on the GPU's fast methods, wherever the method applies to the law's problem. */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../src/core/activations.ts';
import { METHODS } from '../src/core/methods.ts';
import { createWebGpuEngine } from '../src/engines/webgpu.ts';
import { LAWS, type Open } from './engine-contract.ts';
import { openGpu } from './gpu/open.ts';

const gpu = await openGpu();
/** Laws whose tolerance is float32's rounding: an approximation with an error of up to 1e-4 keeps tests/gpu-mesh.test.ts instead. */
const OF_ROUNDING = /follow the float64 oracle|^f is the sum|^one Euler step|^setStepSize|^three copies/;

describe.each(['mesh', 'sector'] as const)(`webgpu engine with %s on ${gpu.adapter}`, (method) => {
  let used = 0;
  const open: Open = (problem) => {
    const { activation, ...samples } = problem;
    const applies = METHODS[method].refusal({ samples, activation: ACTIVATIONS[activation], activationName: activation }) === null;
    if (applies) used++;
    return createWebGpuEngine(gpu, problem, { method: applies ? method : 'direct' });
  };
  const relu: Open = (problem) => open(problem.activation === 'tanh' && method === 'sector' ? { ...problem, activation: 'relu' } : problem);
  const laws = LAWS.filter(({ title }) => method === 'sector' || !OF_ROUNDING.test(title));
  const exact = (title: string): boolean => OF_ROUNDING.test(title) || /predict/.test(title);

  for (const law of laws) it(law.title, () => law.holds(exact(law.title) ? open : relu));
  it('the method was meant', () => expect(used).toBeGreaterThan(method === 'mesh' ? 20 : 10));
});
