/** The desk as the page sees it: calls that are answered in order, and may be stopped. */
import { ConfigError, type Config } from '../../../core/config/config.ts';
import type { CsvChoice } from '../../../core/config/data.ts';
import type { Prepared } from '../../../experiments/prepare.ts';
import { TableError } from '../../../io/table/error.ts';
import { stamped, type OwnFiles } from '../own-files.ts';
import { StoppedError } from '../long-work.ts';
import type { Chosen, Look } from './desk.ts';
import type { Answer, Call } from './messages.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class RemoteDesk {
  private worker: Worker | null = null;
  private waiting: Waiting[] = [];

  /** `told` hears how far a call has come. */
  constructor(
    private readonly files: OwnFiles,
    private readonly told: (task: string, share: number) => void,
  ) {}

  look = (file: File, choice: CsvChoice): Promise<Look> =>
    this.call('look', [file.name, choice], file) as Promise<Look>;
  choose = (file: File, choice: CsvChoice): Promise<Chosen> =>
    this.call('choose', [file.name, choice], file) as Promise<Chosen>;
  prepare = (config: Config, mostBytes: number): Promise<Prepared> =>
    this.call('prepare', [config, mostBytes]) as Promise<Prepared>;

  /** Nothing of what is under way is kept. */
  stop(): void {
    this.end(new StoppedError());
  }

  /** `own`: a file that is asked about before it is one of a configuration's. */
  private call(method: Call['method'], args: readonly unknown[], own?: File): Promise<unknown> {
    const files = new Map(this.files.all);
    if (own) files.set(own.name, stamped(own));
    this.worker ??= this.open();
    this.worker.postMessage({ method, args, files } satisfies Call);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private open(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<Answer>) => this.take(event.data));
    worker.addEventListener('error', (event) =>
      this.end(new Error(`the data could not be read in a worker: ${event.message || 'it did not start'}`)),
    );
    return worker;
  }

  private take(answer: Answer): void {
    if ('task' in answer) return this.told(answer.task, answer.share);
    const { resolve, reject } = this.waiting.shift()!;
    if (!('value' in answer)) return reject(errorOf(answer));
    for (const note of answer.notes) this.files.note(note);
    resolve(answer.value);
  }

  private end(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

function errorOf({ message, remedies, isOurs }: Extract<Answer, { message: string }>): Error {
  return isOurs ? new ConfigError(message, { cause: new TableError(message, remedies) }) : new Error(message);
}
