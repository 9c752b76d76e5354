/** Hosted objects: their methods, written once, are what both a worker and this thread answer to. */
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { featureOf } from '../../src/core/features/features.ts';
import { tangentKernel } from '../../src/core/features/kernel.ts';
import { HostedKernel } from '../../src/engines/cpu/kernel.ts';
import type { KernelSetup, KernelState } from '../../src/engines/kernel.ts';
import { HostedReplicas, type ReplicasSetup } from '../../src/engines/cpu/hosted-replicas.ts';
import { local, type Hosted } from '../../src/engines/workers/calls.ts';
import { remote } from '../../src/engines/workers/remote.ts';
import { draw, problemOf } from '../support/problems.ts';
import { threadless } from '../support/threadless.ts';

const SETUP: KernelSetup = { x: Float64Array.of(1, -0.5), d: 1, activation: 'tanh', outer: 0.5 };
const THETA = Float32Array.of(1, 2, -0.5, 0.25);
const START = Float32Array.of(1, 1, -0.5, 0.5);

const PLACES: Record<string, () => Hosted<HostedKernel>> = {
  'a worker': () => remote(threadless(), 'kernel', SETUP),
  'this thread': () => local(new HostedKernel(SETUP)),
};

describe.each(Object.entries(PLACES))('a kernel hosted by %s', (_, open) => {
  const opened = (): Hosted<HostedKernel> => {
    const kernel = open();
    onTestFinished(() => kernel.destroy());
    return kernel;
  };

  it('answers with what its class computes', async () => {
    const { K, drift } = await opened().measure(THETA, START);
    const samples = { x: SETUP.x, y: new Float64Array(2), m: 2, d: 1 };
    expect(K).toEqual(tangentKernel(THETA, samples, SETUP.outer, featureOf({ activation: 'tanh' })));
    expect(drift).toBeGreaterThan(0);
  });

  it('is no promise: who awaits it gets itself', async () => {
    const kernel = opened();
    expect((await Promise.resolve(kernel)) === kernel).toBe(true);
  });
});

it.each([
  ['a worker', (setup: ReplicasSetup) => remote(threadless(), 'replicas', setup)],
  ['this thread', (setup: ReplicasSetup) => local(new HostedReplicas(setup))],
])('a call that fails is rejected with the reason, and the next is answered: %s', async (_, open) => {
  const problem = problemOf(draw({ n: 3, m: 2, d: 2 }, 1));
  const replicas = open({
    problem,
    thetas: [Float64Array.of(1)],
    numbers: [0],
    method: 'direct',
    kernels: null,
  });
  onTestFinished(() => replicas.destroy());
  await expect(replicas.open()).rejects.toThrow('θ has 1 numbers');
  expect(await replicas.theta()).toEqual([]);
});

it('methods and setups have the types of the hosted class', () => {
  expectTypeOf<Hosted<HostedKernel>['measure']>().toEqualTypeOf<
    (theta: Float32Array, start: Float32Array) => Promise<KernelState>
  >();
  expectTypeOf<keyof Hosted<HostedKernel>>().toEqualTypeOf<'measure' | 'destroy'>();
  expectTypeOf<ReturnType<Hosted<HostedReplicas>['theta']>>().toEqualTypeOf<Promise<Float64Array[]>>();
  const port = threadless();
  onTestFinished(() => port.close());
  const refused = [
    // @ts-expect-error a kernel is not made from numbers of replicas
    () => remote(port, 'kernel', { numbers: [] }),
    // @ts-expect-error there is no such thing to host
    () => remote(port, 'kernels', SETUP),
    // @ts-expect-error a kernel has no θ
    () => remote(port, 'kernel', SETUP).theta(),
  ];
  expect(refused.length).toBe(3);
});
