/** Entry of the desk's worker. */
import { ConfigError } from '../../../core/config/config.ts';
import { Serial } from '../../../core/serial.ts';
import { OwnFiles } from '../own-files.ts';
import { remediesOf } from '../remedies.ts';
import { Desk } from './desk.ts';
import type { Answer, Call } from './messages.ts';

const page = self as unknown as Worker;
const desk = new Desk();
const queue = new Serial();

async function answer({ method, args, files: all }: Call): Promise<void> {
  const say = (message: Answer, transfer: ArrayBuffer[] = []): void => page.postMessage(message, transfer);
  const files = new OwnFiles((task, share) => say({ task, share }), all);
  try {
    const work = desk[method].bind(desk) as (...given: unknown[]) => Promise<unknown>;
    // a copy of its own to give away: the desk keeps what it has read
    const value = structuredClone(await work(...args, files));
    say({ value, notes: files.noted() }, buffersOf(value));
  } catch (error) {
    const { message } = error as Error;
    say({ message, remedies: remediesOf(error), isOurs: error instanceof ConfigError });
  }
}

/** Arrays, wherever they are in it. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const field of Object.values(value)) buffersOf(field, found);
  return [...found];
}

page.addEventListener('message', (event: MessageEvent<Call>) => void queue.run(() => answer(event.data)));
