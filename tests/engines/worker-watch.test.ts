/** Workers that end or fall silent, on a fake clock: what is asked of them is rejected, never left to wait. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pooled } from '../../src/engines/workers/pool.ts';
import { remote, type Opening, type Request } from '../../src/engines/workers/remote.ts';
import { watched } from '../../src/engines/workers/watch.ts';
import { expectRejection } from '../support/close.ts';
import { FakeWorker } from '../support/fake-worker.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Answers each request after so many milliseconds; Infinity: never. */
class Worker extends FakeWorker {
  takes = 10;

  post(message: unknown): void {
    const value = 'method' in (message as Request) ? 'done' : undefined;
    if (Number.isFinite(this.takes)) setTimeout(() => this.listener({ value }), this.takes);
  }
}

function hired(kind: Opening['kind']) {
  const worker = new Worker();
  const spawn = pooled(() => watched(worker), 1);
  const host = remote(spawn(), kind as 'shards', {} as never);
  return { worker, host, step: () => (host.advance as () => Promise<unknown>)() };
}

describe('a worker', () => {
  it('that ends rejects what it was asked, and what it is asked later (33)', async () => {
    const { worker, step } = hired('shards');
    const pending = expectRejection('the step', step(), 'DeviceLostError');
    worker.fail('out of memory');
    expect((await pending).message).toBe('a CPU worker stopped: out of memory');
    await expectRejection('the next', step(), 'DeviceLostError');
  });

  it('that falls silent after a step of 10 ms is given up after 2 s, and not hired again (33)', async () => {
    const { worker, host, step } = hired('shards');
    const first = step();
    await vi.advanceTimersByTimeAsync(20);
    expect(await first).toBe('done');
    worker.takes = Infinity;
    const pending = expectRejection('the step', step(), 'DeviceLostError');
    await vi.advanceTimersByTimeAsync(1999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await pending).message).toBe('a CPU worker stopped: it has not answered for 2 s');
    host.destroy();
    expect(worker.closed).toBe(true);
  });

  it('that takes long for its steps has twenty times that', async () => {
    const { worker, step } = hired('shards');
    worker.takes = 900;
    const first = step();
    await vi.advanceTimersByTimeAsync(2000);
    await first;
    worker.takes = 17_000;
    const second = step();
    await vi.advanceTimersByTimeAsync(17_000);
    expect(await second).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['density', 'kernel', 'replicas'] as const)('that hosts a %s may take its time', async (kind) => {
    const { worker, step } = hired(kind);
    worker.takes = 600_000;
    const call = step();
    await vi.advanceTimersByTimeAsync(1_200_000);
    expect(await call).toBe('done');
  });

  it('that never begins is given up after a minute', async () => {
    const { worker, step } = hired('shards');
    worker.takes = Infinity;
    const first = expectRejection('the step', step(), 'DeviceLostError');
    await vi.advanceTimersByTimeAsync(61_000);
    await first;
  });
});
