/**
 * SIGINT, SIGTERM and SIGHUP end a run between two steps, with a checkpoint, and before its first one at once; the
 * first signal decides the exit status.
 */
import { EXIT } from './errors.ts';

const STATUS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp } as const;
const SIGNALS = Object.keys(STATUS) as (keyof typeof STATUS)[];

export class Interruption {
  private readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  status: number = EXIT.interrupted;
  private begun = false;
  private readonly listener = (name: NodeJS.Signals): void => {
    if (this.signal.aborted) return;
    this.status = STATUS[name as keyof typeof STATUS];
    this.abort.abort();
    if (this.begun) return;
    process.stderr.write('stopped before the first step: nothing was written\n');
    process.exit(this.status); // what is being read may never end
  };

  constructor() {
    for (const name of SIGNALS) process.on(name, this.listener);
  }

  /** From now on who works looks at the signal. */
  begin(): void {
    this.begun = true;
  }

  release(): void {
    for (const name of SIGNALS) process.off(name, this.listener);
  }
}
