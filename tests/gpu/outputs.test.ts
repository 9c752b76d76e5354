/** Several outputs on a GPU beside the float64 engine: terms, and particles in several buffers. */
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { openGpu } from '../support/gpu.ts';
import { drawnFor, outputsProblem } from '../support/contracts/outputs-contract.ts';
import { expectSameBits } from '../support/close.ts';
import { trajectoryError } from '../support/oracles/oracle.ts';
import { termsOf } from '../support/problems.ts';

const gpu = await openGpu();
const STEPS = 40;

async function thetaOf(engine: Engine): Promise<ArrayLike<number>> {
  await engine.advance(STEPS);
  const theta = await engine.theta();
  engine.destroy();
  return theta;
}

/** Rows that end within a vec4f and with it, narrow and wide. */
describe.each([
  { c: 3, d: 2 },
  { c: 2, d: 6 },
  { c: 10, d: 20 },
])('c = $c, d = $d', ({ c, d }) => {
  const problem = (more: Partial<Problem>): Problem =>
    outputsProblem(drawnFor('cross-entropy', { n: 700, m: 21, c, d }, 5), more);

  const carried = {
    ridge: [0.2, 0.1],
    variation: 0.02,
    l1: 0.05,
    momentum: { beta: 0.8, nesterov: true },
    rates: [0.5, 1],
  } as const;

  it.each([
    ['noise, decay and rates', termsOf({ rates: [0.5, 2], decay: 0.2, temperature: 0.05, seed: 7 })],
    ['output weights that stay', termsOf({ rates: [0, 1], decay: 0.1 })],
    ['penalties and momentum', carried],
  ] as const)('%s move every number of a row as in float64', async (_, terms) => {
    const stirred = problem({ terms });
    const want = Array.from(await thetaOf(await createCpuEngine(stirred)));
    // docs/model.md, Errors of a method
    expect(trajectoryError(await thetaOf(await createWebGpuEngine(gpu, stirred)), [want])).toBeLessThan(1.5e-5);
  });

  it.each([{}, { terms: carried }])('in several buffers they have the bits of one, %j', async (more) => {
    const bytes = 16 * Math.ceil((c + d) / 4) * 128;
    const cut = await createWebGpuEngine(gpu, problem(more), { mostBytes: bytes });
    expect(cut.cloud().parts.length).toBeGreaterThan(1);
    expectSameBits('θ', await thetaOf(cut), await thetaOf(await createWebGpuEngine(gpu, problem(more))));
  });
});
