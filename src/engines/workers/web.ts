/** Entry of a web worker of the CPU engine. */
import { keepTurns } from './calls.ts';
import { serve } from './host.ts';
import { holdLife } from './life.ts';

const post = (message: unknown, transfer: Transferable[]): void =>
  (self as unknown as Worker).postMessage(message, transfer);

keepTurns();
holdLife((message) => post(message, []));
serve({
  post,
  onMessage: (listener) => self.addEventListener('message', (event) => listener(event.data)),
});
