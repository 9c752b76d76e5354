/** Long work of one thread, with others having their turn between two pieces of it. */
import type { Work } from '../core/work.ts';
import type { Files } from './data/table.ts';

/** Does it; `task` names it for people, as what is being done. */
export async function inTurns<T>(work: Work<T>, task: string, files: Pick<Files, 'turn'>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await (files.turn ? files.turn(task, value) : turn());
  }
}

/** One turn of the event loop; timers would wait for milliseconds. */
export function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
