/** What a device's failures become: on stand-ins that fail when they are told to. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GpuContext } from '../../src/gpu/device.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { expectRejection } from '../support/close.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A device that is lost when it is told to, and announces it then. */
class Device extends EventTarget {
  lose!: (info: { reason: string; message: string }) => void;
  readonly lost = new Promise((resolve) => (this.lose = resolve));
  readonly context: GpuContext;

  constructor() {
    super();
    const info = {
      vendor: 'stand-in',
      architecture: '',
      device: '',
      description: '',
      isFallbackAdapter: false,
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
    'with %s ends in the loss, though it is announced seconds later',
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

  it('because of an error that is reported ends at once in that', async () => {
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
