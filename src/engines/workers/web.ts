/** Entry of a web worker of the CPU engine. */
import { keepTurns } from './calls.ts';
import { serve } from './host.ts';

keepTurns();
serve({
  post: (message, transfer) => (self as unknown as Worker).postMessage(message, transfer),
  onMessage: (listener) => self.addEventListener('message', (event) => listener(event.data)),
});
