import { describe, expect, it, vi } from 'vitest';
import { MOST_WIDTH } from '../../shaders/particle.ts';
import { openDawn } from '../../src/cli/machine/dawn.ts';
import { openEngine } from '../../src/engines/select.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { checkCapacity } from '../../src/engines/webgpu/capacity.ts';
import { expectRejection } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf } from '../support/problems.ts';
import { WAIT } from '../support/patience.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import type { DivergedError, Problem } from '../../src/engines/engine.ts';

const problem = problemOf(draw({ n: 65, m: 20, d: 2 }, 1));
/** Steps that take days: a call that ends does not end by having done them. */
const ENDLESS = 1e9;

/** Resolves once `work` has begun on the GPU. */
async function begun(gpu: GpuContext, work: () => void): Promise<void> {
  const submit = vi.spyOn(gpu.device.queue, 'submit');
  work();
  await vi.waitUntil(() => submit.mock.calls.length > 2, WAIT);
  submit.mockRestore();
}

describe('a problem too large for the adapter', () => {
  it('is refused with the number, the limit and the remedy (12)', () => {
    const limits = { maxStorageBufferBindingSize: 32e6, maxBufferSize: 1e9 } as GPUSupportedLimits;
    expect(() => checkCapacity({ n: 64, m: 3_000_000, d: 2 }, limits)).toThrow(
      'm = 3 000 000 needs 48 MB in one buffer, this adapter allows 32 MB: choose m ≤ 2 000 000',
    );
    expect(() => checkCapacity({ n: 64, m: 2_000_000, d: 2 }, limits)).not.toThrow();
    expect(() => checkCapacity({ n: 64, m: 2_000_001, d: 2 }, limits)).toThrow('m = 2 000 001');
    // neurons may be in several buffers
    expect(() => checkCapacity({ n: 2 ** 30, m: 64, d: 2 }, limits)).not.toThrow();
    expect(() => checkCapacity({ n: 64, m: 500_000, d: 16 }, limits)).toThrow(
      /^m = 500 000 needs .* choose m ≤ 400 000$/,
    );
  });

  it('is refused for the sums of its replicas, with the most that fit', () => {
    const limits = { maxStorageBufferBindingSize: 32e6, maxBufferSize: 1e9 } as GPUSupportedLimits;
    expect(() => checkCapacity({ n: 10, m: 1000, d: 2, replicas: 8001 }, limits)).toThrow(
      /^R = 8 001 needs .* choose R ≤ 8 000$/,
    );
    expect(() => checkCapacity({ n: 10, m: 1000, d: 2, replicas: 8000 }, limits)).not.toThrow();
  });

  it('is left to the CPU where neurons are wider than a shader bears', async () => {
    const platform = { gpu: openDawn, cpu: {}, autoTakesSoftware: true };
    const wide = problemOf(draw({ n: 2, m: 1, d: MOST_WIDTH }, 1));
    const { engine, reason } = await openEngine({ engine: 'auto', method: 'direct' }, wide, platform);
    expect([engine.info.name, reason]).toEqual(['cpu', expect.stringContaining(`d = ${MOST_WIDTH} inputs`)]);
    await expect(openEngine({ engine: 'webgpu', method: 'direct' }, wide, platform)).rejects.toThrow(
      'a shader of WebGPU holds 16368: use the cpu engine, or leave columns out',
    );
  });

  it('is refused before its θ is looked at', async () => {
    const gpu = await openGpu();
    const huge: Problem = { ...problem, m: 2 ** 29, theta: new Float32Array(0) };
    const error = await expectRejection('m = 2^29', createWebGpuEngine(gpu, huge), 'CapacityError');
    expect(error.message).toContain('m = 536 870 912 needs 8 590 MB in one buffer');
  });

  it('is refused when the memory is too small, and what was allocated is freed (14)', async () => {
    const gpu = await openGpu();
    const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy');
    const created = vi.spyOn(gpu.device, 'createBuffer');
    const pop = vi
      .spyOn(gpu.device, 'popErrorScope')
      .mockResolvedValueOnce(new GPUOutOfMemoryError('injected'));
    const error = await expectRejection('out of memory', createWebGpuEngine(gpu, problem), 'CapacityError');
    expect(error.message).toContain('injected');
    expect(destroyed.mock.calls.length).toBe(created.mock.calls.length);
    pop.mockRestore();
    created.mockRestore();
    destroyed.mockRestore();
  });
});

describe('a neuron that is not finite', () => {
  it('is dated by the step that moved it, where φ hides it from the loss (19)', async () => {
    const engine = await createWebGpuEngine(await openGpu(), problem);
    const theta = problem.theta.slice();
    theta[3 * 40 + 1] = Infinity;
    await engine.restore(theta, 6);
    expect(engine.loss).toBeLessThan(10);
    const error = await expectRejection('advance', engine.advance(5), 'DivergedError');
    expect((error as DivergedError).step).toBe(7);
    engine.destroy();
  });
});

describe('a lost device', () => {
  it('rejects what is under way and what comes later with DeviceLostError, at once (5)', async () => {
    const gpu = await openGpu();
    const engine = await createWebGpuEngine(gpu, problem);
    let ends: Promise<Error>[] = [];
    await begun(gpu, () => {
      const pending: Promise<unknown>[] = [
        engine.advance(ENDLESS),
        engine.theta(),
        engine.f(),
        engine.predict(problem.x),
      ];
      ends = pending.map((work, i) => expectRejection(`pending call ${i}`, work, 'DeviceLostError'));
    });
    gpu.device.destroy();
    await Promise.all(ends);
    await expectRejection('advance', engine.advance(1), 'DeviceLostError');
    await expectRejection('theta', engine.theta(), 'DeviceLostError');
    await expectRejection('restore', engine.restore(problem.theta, 0), 'DeviceLostError');
    await expectRejection('a new engine', createWebGpuEngine(gpu, problem), 'DeviceLostError');
    engine.destroy();
  });

  it('ends waits that nothing else would end', async () => {
    const gpu = await openGpu();
    const never = new Promise<void>(() => undefined);
    const early = expectRejection('a wait before', gpu.guard(never), 'GpuLost');
    gpu.device.destroy();
    await early;
    await expectRejection('a wait after', gpu.guard(never), 'GpuLost');
  });

  it('does not touch an engine on another device: the run goes on from the last θ to the same bits (1)', async () => {
    const first = await openGpu();
    const engine = await createWebGpuEngine(first, problem);
    await engine.advance(7);
    const middle = await engine.theta();
    await engine.advance(5);
    const end = await engine.theta();
    first.device.destroy();
    const other = await createWebGpuEngine(await openGpu(), problem);
    await other.restore(middle, 7);
    await other.advance(5);
    expect(await other.theta()).toEqual(end);
    other.destroy();
  });
});

describe('an unexpected WebGPU error', () => {
  it('stops the engine: nothing it computes afterwards is handed out (16)', async () => {
    const gpu = await openGpu();
    const engine = await createWebGpuEngine(gpu, problem);
    await engine.advance(3);
    gpu.device.createBuffer({ size: 16, usage: 0 });
    await gpu.device.queue.onSubmittedWorkDone();
    const error = await expectRejection('advance', engine.advance(3), 'GpuFault');
    expect(error.message).toContain('the GPU reported an error on ');
    await expectRejection('theta', engine.theta(), 'GpuFault');
    engine.destroy();
  });
});

describe('destroy', () => {
  it('frees every buffer, also in the middle of an advance, and the device stays usable (32)', async () => {
    const gpu = await openGpu();
    const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy');
    const created = vi.spyOn(gpu.device, 'createBuffer');
    const engine = await createWebGpuEngine(gpu, problem, { recordSpeed: true });
    await engine.predict(problem.x);
    await engine.field(10);
    let ends: Promise<Error> | undefined;
    await begun(gpu, () => void (ends = expectRejection('advance', engine.advance(ENDLESS), 'Error')));
    engine.destroy();
    await ends;
    await vi.waitFor(() => expect(new Set(destroyed.mock.contexts).size).toBe(created.mock.calls.length), WAIT);
    created.mockRestore();
    destroyed.mockRestore();
    const next = await createWebGpuEngine(gpu, problem);
    expect((await next.advance(2)).at(-1)?.step).toBe(2);
    expect(gpu.failed).toBeNull();
    next.destroy();
  });
});
