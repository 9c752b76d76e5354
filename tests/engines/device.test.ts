/** What a device's failures become: on stand-ins that fail when they are told to. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GpuContext, openDevice } from '../../src/gpu/device.ts';
import { keptDevice } from '../../src/gpu/kept-device.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { expectRejection } from '../support/close.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A device that is lost when it is told to, and announces it then. */
class Device extends EventTarget {
  lose!: (info: { reason: string; message: string }) => void;
  readonly lost = new Promise((resolve) => (this.lose = resolve));
  readonly context: GpuContext;
  readonly destroy = vi.fn();

  constructor(isFallbackAdapter = false) {
    super();
    const info = {
      vendor: 'stand-in',
      architecture: '',
      device: '',
      description: '',
      isFallbackAdapter,
    };
    this.context = new GpuContext({ info } as unknown as GPUAdapter, this as unknown as GPUDevice);
  }

  report(message: string): void {
    this.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } }));
  }
}

const rejecting = (name: string): Promise<never> => Promise.reject(new DOMException('the call failed', name));
const pipelineError = (reason: GPUPipelineErrorReason): Error =>
  Object.assign(new Error('no pipeline'), { name: 'GPUPipelineError', reason });
const LOSS = { reason: 'unknown', message: 'reset' };

describe('a call that fails', () => {
  it.each(['AbortError', 'OperationError'])(
    'with %s ends in the loss, though it is announced seconds later (5)',
    async (name) => {
      const device = new Device();
      const ended = vi.fn();
      const end = expectRejection('the call', device.context.guard(rejecting(name)), 'GpuLost');
      void end.finally(ended);
      await vi.advanceTimersByTimeAsync(4000);
      expect(ended).not.toHaveBeenCalled();
      device.lose(LOSS);
      expect((await end).message).toBe('the GPU device is lost (unknown: reset)');
      expect(vi.getTimerCount()).toBe(0); // nothing keeps a process from ending
    },
  );

  it('while a buffer is read ends in the loss, too', async () => {
    const device = new Device();
    const destroy = vi.fn();
    Object.assign(device, {
      queue: { submit: () => undefined },
      createBuffer: () => ({ mapAsync: () => rejecting('AbortError'), destroy }),
      createCommandEncoder: () => ({ copyBufferToBuffer: () => undefined, finish: () => ({}) }),
    });
    vi.stubGlobal('GPUBufferUsage', { MAP_READ: 1, COPY_DST: 8 });
    vi.stubGlobal('GPUMapMode', { READ: 1 });
    const buffer = {} as GPUBuffer;
    const read = new Readback(device.context).read([{ buffer, offset: 0, size: 16 }]);
    const end = expectRejection('the read', read, 'GpuLost');
    await vi.advanceTimersByTimeAsync(971);
    device.lose(LOSS);
    await end;
    expect(destroy).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('together with others ends them all at the same loss', async () => {
    const device = new Device();
    const never = new Promise<never>(() => undefined);
    const calls = [rejecting('AbortError'), never, rejecting('OperationError')];
    const ends = calls.map((work, i) => expectRejection(`call ${i}`, device.context.guard(work), 'GpuLost'));
    await vi.advanceTimersByTimeAsync(1000);
    device.lose(LOSS);
    const [first, ...others] = await Promise.all(ends);
    for (const other of others) expect(other).toBe(first);
  });

  it('because of an error that is reported ends at once in that (16)', async () => {
    const device = new Device();
    const end = expectRejection('the call', device.context.guard(rejecting('OperationError')), 'GpuFault');
    await Promise.resolve();
    device.report('mapping range does not fit');
    expect((await end).message).toContain('mapping range does not fit');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('on a device that is not lost makes it one at fault, which nobody is handed again', async () => {
    const device = new Device();
    const end = expectRejection('the call', device.context.guard(rejecting('AbortError')), 'GpuFault');
    await vi.advanceTimersToNextTimerAsync();
    expect((await end).message).toBe('the GPU failed a call on stand-in, and is not lost: the call failed');
    expect(device.context.failed).toBe(await end);
  });

  it.each([
    ['a pipeline that is not valid', pipelineError('validation'), 'GPUPipelineError'],
    ['a mistake of the program', new TypeError('undefined'), 'TypeError'],
    ['numbers out of range', new RangeError('−1'), 'RangeError'],
  ])('for %s is not waited for, and the device stays in use', async (_, error, name) => {
    const { context } = new Device();
    expect(await expectRejection('the call', context.guard(Promise.reject(error)), name)).toBe(error);
    expect([vi.getTimerCount(), context.failed]).toEqual([0, null]);
  });

  it('for a pipeline that the driver cannot make is that, once no loss has come', async () => {
    const { context } = new Device();
    const error = pipelineError('internal');
    const end = expectRejection('the call', context.guard(Promise.reject(error)), 'GPUPipelineError');
    await vi.advanceTimersToNextTimerAsync();
    expect([await end, context.failed]).toEqual([error, null]);
  });
});

it('a browser that throws for a small buffer has lost the device, not its memory (15)', async () => {
  const device = new Device();
  const refuse = (): never => {
    throw new RangeError('createBuffer failed, size (64) is too large');
  };
  Object.assign(device, { createBuffer: refuse });
  const waiting = expectRejection('a call', device.context.guard(never()), 'GpuLost');
  expect(() => device.context.createBuffer({ size: 64, usage: 1 })).toThrow(
    'the GPU device is lost (it gives no buffer: createBuffer failed',
  );
  expect((await waiting).name).toBe('GpuLost');
  expect(device.destroy).toHaveBeenCalledOnce();
});

const never = (): Promise<never> => new Promise(() => undefined);

describe('a device that does not answer', () => {
  it.each([
    ['work on a GPU', 10, false, 'work'],
    ['a compiler', 60, false, 'compiler'],
    ['work in software', 60, true, 'work'],
  ] as const)('is given up as lost, and destroyed: %s after %i s (28)', async (_, seconds, software, asked) => {
    const device = new Device(software);
    const end = expectRejection('the call', device.context.guard(never(), asked), 'GpuLost');
    await vi.advanceTimersByTimeAsync(1000 * seconds - 1);
    expect(device.context.failed).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect((await end).message).toBe(`the GPU has not answered for ${seconds} s`);
    expect(device.destroy).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is patient with one that answers again and again, however long all takes', async () => {
    const { context } = new Device();
    for (let k = 0; k < 30; k++) {
      const call = context.guard(new Promise((answer) => setTimeout(answer, 9000)));
      await vi.advanceTimersByTimeAsync(9000);
      await call;
    }
    expect([context.failed, vi.getTimerCount()]).toEqual([null, 0]);
  });
});

/** WebGPU of which nothing answers but what is given; counts what is asked. */
function entry(given: Partial<Record<'requestAdapter' | 'requestDevice', () => Promise<unknown>>>) {
  const requestDevice = vi.fn(given.requestDevice ?? never);
  const adapter = { info: { vendor: 'stand-in' }, limits: {}, requestDevice };
  const requestAdapter = vi.fn(given.requestAdapter ?? (() => Promise.resolve(adapter)));
  return { gpu: { requestAdapter } as unknown as GPU, requestAdapter, requestDevice };
}

describe('a browser that does not answer', () => {
  it('is asked for an adapter once, for 5 s; who asks later is told at once (10)', async () => {
    const { gpu, requestAdapter } = entry({ requestAdapter: never });
    const first = expectRejection('the first', keptDevice(gpu), 'LateError');
    await vi.advanceTimersByTimeAsync(5000);
    expect((await first).message).toBe('the browser did not name a WebGPU adapter within 5 s');
    expect(await expectRejection('the second', keptDevice(gpu), 'LateError')).toBe(await first);
    expect(requestAdapter).toHaveBeenCalledOnce();
  });

  it('is asked for a device for 10 s; one that comes later is destroyed (10)', async () => {
    let grant!: (device: unknown) => void;
    const { gpu } = entry({ requestDevice: () => new Promise((granted) => (grant = granted)) });
    const end = expectRejection('the device', openDevice(gpu), 'LateError');
    await vi.advanceTimersByTimeAsync(10_000);
    await end;
    const late = { destroy: vi.fn() };
    grant(late);
    await vi.advanceTimersByTimeAsync(0);
    expect(late.destroy).toHaveBeenCalledOnce();
  });

  it('is asked for no optional feature: an adapter without any computes the same (13)', async () => {
    const { gpu, requestDevice } = entry({ requestDevice: () => Promise.resolve(new Device()) });
    await openDevice(gpu);
    const [[asked]] = requestDevice.mock.calls as unknown as [[GPUDeviceDescriptor]];
    expect(Object.keys(asked)).toEqual(['requiredLimits']);
  });

  it('but refuses is asked again', async () => {
    const { gpu, requestAdapter } = entry({ requestAdapter: () => Promise.reject(new Error('busy')) });
    for (let k = 0; k < 2; k++) await expectRejection('the adapter', keptDevice(gpu), 'Error');
    expect(requestAdapter).toHaveBeenCalledTimes(2);
  });

  it('any more once a device of it hung is not asked for another', async () => {
    const device = new Device();
    const { gpu, requestDevice } = entry({ requestDevice: () => Promise.resolve(device) });
    const context = (await keptDevice(gpu))!;
    const end = expectRejection('the call', context.guard(never()), 'GpuLost');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await expectRejection('the next', keptDevice(gpu), 'GpuLost')).toBe(await end);
    expect(requestDevice).toHaveBeenCalledOnce();
  });
});
