/** Entry of a web worker of the CPU engine. */
import { serve } from './host.ts';

serve({
  post: (message, transfer) => (self as unknown as Worker).postMessage(message, transfer),
  onMessage: (listener) => self.addEventListener('message', (event) => listener(event.data)),
});
