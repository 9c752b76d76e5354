/** Activations with parameters, and feature maps with noise, on a GPU beside the float64 engine. */
import { expect, it } from 'vitest';
import type { ActivationChoice } from '../../src/core/activations/parametric.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { featuresProblem, onSpheres } from '../support/contracts/features-contract.ts';
import { openGpu } from '../support/gpu.ts';
import { trajectoryError } from '../support/oracles/oracle.ts';
import { draw, problemOf, termsOf } from '../support/problems.ts';

const gpu = await openGpu();

async function thetaOf(engine: Engine): Promise<number[]> {
  await engine.advance(40);
  const theta = Array.from(await engine.theta());
  engine.destroy();
  return theta;
}

/** docs/model.md, Errors of a method. */
async function agree(problem: Problem): Promise<void> {
  const want = await thetaOf(await createCpuEngine(problem));
  expect(trajectoryError(await thetaOf(await createWebGpuEngine(gpu, problem)), [want])).toBeLessThan(1.5e-5);
}

const KNOTS: ActivationChoice = { knots: [[-1.5, -1], [-0.5, 0.25], [0.25, -0.5], [2, 1]] }; // prettier-ignore

it.each<[ActivationChoice, number]>([
  [KNOTS, 2],
  [KNOTS, 18],
  [{ hermite: 0 }, 2],
  [{ hermite: 2 }, 3],
  [{ hermite: 3 }, 18],
])('%j in d = %i moves neurons as in float64 over 40 steps', async (activation, d) => {
  await agree(
    problemOf(draw({ n: 300, m: 21, d }, 3, 1 / Math.sqrt(d)), 'mean-field', { activation, dt: 0.1 }),
  );
});

it('noise, decay and rates move bumps along the sphere as in float64', async () => {
  const terms = termsOf({ rates: [0.5, 2], decay: 0.2, temperature: 0.05, seed: 7 });
  await agree(featuresProblem(onSpheres({ n: 300, m: 21, c: 2, d: 3 }, 9), { terms }));
});
