import { describe, expect, it } from 'vitest';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { LAWS, UNCOVERED } from '../support/contracts/engine-contract.ts';
import { objectiveOf } from '../../src/experiments/run.ts';
import { draw, problemOf } from '../support/problems.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();

describe(`webgpu engine on ${gpu.adapter}`, () => {
  for (const law of LAWS) it(law.title, () => law.holds((problem) => createWebGpuEngine(gpu, problem)));
  it('the objective leaves θ on the GPU, however many neurons there are', async () => {
    const bytes = async (n: number): Promise<number> => {
      const terms = { ridge: [0.1, 0.2], l1: 0.1, variation: 0.3 } as const;
      const engine = await createWebGpuEngine(
        gpu,
        problemOf(draw({ n, m: 2, d: 2 }, 6), 'mean-field', { terms }),
      );
      const before = engine.bytesRead;
      await objectiveOf(engine, engine.loss);
      engine.destroy();
      return engine.bytesRead - before;
    };
    expect(await bytes(40_000)).toBe(await bytes(10));
  });

  it('the laws cover every activation', () => expect(UNCOVERED).toEqual([]));
});
