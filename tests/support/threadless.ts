import { MessageChannel } from 'node:worker_threads';
import { serve } from '../../src/engines/workers/host.ts';
import type { Port } from '../../src/engines/workers/remote.ts';

/**
 * A worker in this thread: the protocol and its copies are real, only the thread is not, which takes a second
 * to start.
 */
export function threadless(): Port {
  const { port1, port2 } = new MessageChannel();
  serve({
    post: (message, transfer) => port2.postMessage(message, transfer),
    onMessage: (listener) => void port2.on('message', listener),
  });
  return {
    post: (message, transfer) => port1.postMessage(message, transfer),
    onMessage: (listener) => void port1.on('message', listener),
    onFailure: (listener) => void port1.on('close', () => listener('closed')),
    close: () => port1.close(),
  };
}
