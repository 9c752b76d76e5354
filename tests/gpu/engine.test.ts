import { describe, expect, it } from 'vitest';
import { createWebGpuEngine } from '../../src/engines/webgpu/open.ts';
import { LAWS, UNCOVERED } from '../support/engine-contract.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();

describe(`webgpu engine on ${gpu.adapter}`, () => {
  for (const law of LAWS) it(law.title, () => law.holds((problem) => createWebGpuEngine(gpu, problem)));
  it('the laws cover every activation', () => expect(UNCOVERED).toEqual([]));
});
