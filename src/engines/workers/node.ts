/** Entry of a worker thread of the CPU engine in Node. */
import { parentPort } from 'node:worker_threads';
import { keepTurns } from './calls.ts';
import { serve } from './host.ts';

keepTurns();
serve({
  post: (message, transfer) => parentPort!.postMessage(message, transfer),
  onMessage: (listener) => void parentPort!.on('message', listener),
});
