/** SIGINT and SIGTERM end a run between two steps, with a checkpoint; the first one decides the exit status. */
import { EXIT } from './errors.ts';

const STATUS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

export class Interruption {
  private readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  status: number = EXIT.interrupted;
  private readonly listener = (name: NodeJS.Signals): void => {
    if (this.signal.aborted) return;
    this.status = STATUS[name as keyof typeof STATUS];
    this.abort.abort();
  };

  constructor() {
    process.on('SIGINT', this.listener).on('SIGTERM', this.listener);
  }

  release(): void {
    process.off('SIGINT', this.listener).off('SIGTERM', this.listener);
  }
}
