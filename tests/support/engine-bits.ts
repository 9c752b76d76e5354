/** What a choice of kernels must not change, forced on whatever adapter there is. */
import type { Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import type { GpuContext } from '../../src/gpu/device.ts';

type Choices = Parameters<typeof createWebGpuEngine>[2];

/** All that an engine says after some steps; `predicts`: at points that are handed to it, too. */
export async function bitsOf(
  gpu: GpuContext,
  problem: Problem,
  choices: Choices,
  { steps, predicts = false }: { readonly steps: number; readonly predicts?: boolean },
): Promise<number[]> {
  const engine = await createWebGpuEngine(gpu, problem, { ...choices, recordSpeed: true });
  const losses = await engine.advance(steps, { every: 1 });
  const { speed } = await engine.sample(problem.n);
  const bits = [
    ...losses.map(({ loss }) => loss),
    ...(await engine.theta()),
    ...(await engine.f()),
    await engine.driftError(),
    ...(predicts ? await engine.predict(problem.x) : []),
    ...speed,
  ];
  engine.destroy();
  return bits;
}

/** So many replicas of a problem, each with particles of its own. */
export const several = (problem: Problem, replicas: number): Problem => ({
  ...problem,
  replicas,
  theta: Float64Array.from({ length: replicas * problem.theta.length }, (_, i) => Math.sin(i + 1)),
});
