/** A run whose shards lie on several adapters: which of them has which changes no bit. Two devices stand for two cards. */
import { expect, it, onTestFinished } from 'vitest';
import { BLOCK } from '../../src/core/dynamics/flow.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { openOn } from '../../src/engines/split/open.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import { expectSameBits, TRAJECTORY } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf } from '../support/problems.ts';

const [gpu, other] = [await openGpu(), await openGpu()];

const PROBLEM: Problem = problemOf(draw({ n: 4 * BLOCK + 30, m: 11, d: 2 }, 4), 'mean-field', {
  integrator: 'euler',
  dt: 0.2,
  terms: { decay: 0.1, momentum: { beta: 0.5, nesterov: false } },
});

async function shared(...contexts: readonly GpuContext[]): Promise<Engine> {
  const { engine } = await openOn(contexts, 'auto', PROBLEM);
  onTestFinished(() => engine.destroy());
  return engine;
}

it('one adapter or two, in either order: the same bits, and those of the true path up to float32', async () => {
  const engines = [await shared(gpu), await shared(gpu, other), await shared(other, gpu)];
  const [first, ...more] = engines;
  const losses = await first.advance(40, { every: 10 });
  const [theta, f] = [await first.theta(), await first.f()];
  for (const engine of more) {
    expect(await engine.advance(40, { every: 10 })).toEqual(losses);
    expectSameBits('θ', await engine.theta(), theta);
    expectSameBits('f', await engine.f(), f);
  }
  const truth = await createCpuEngine(PROBLEM);
  await truth.advance(40);
  const known = await truth.theta();
  const rms = Math.sqrt(known.reduce((sum, value) => sum + value ** 2, 0) / known.length);
  const worst = known.reduce((most, value, k) => Math.max(most, Math.abs(value - theta[k])), 0);
  expect(worst / rms).toBeLessThan(TRAJECTORY.float32);
});

it('says how many shards there are, and refuses what one grid has for all', async () => {
  expect((await shared(gpu, other)).info).toMatchObject({
    name: 'webgpu',
    method: 'direct',
    precision: 'float32',
    adapter: expect.stringMatching(/, 5 shards on 2 adapters$/),
  });
  await expect(openOn([gpu, other], 'mesh', PROBLEM)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/2 adapters cannot share this run, method = "mesh"/),
  });
});
