/** The end of a worker that its thread never sees: tests say what is answered, and when it stops. */
import type { Restful } from '../../src/engines/workers/pool.ts';

export abstract class FakeWorker implements Restful {
  closed = false;
  fail: (reason: string) => void = () => undefined;
  protected listener: (message: unknown) => void = () => undefined;

  abstract post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void {
    this.listener = listener;
  }
  onFailure(listener: (reason: string) => void): void {
    this.fail = listener;
  }
  close(): void {
    this.closed = true;
  }
}
