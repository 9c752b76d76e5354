/** Node as a platform of engines: Dawn for WebGPU, worker threads for the CPU engine. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { pooled, type Platform, type Restful } from '../../engines/select.ts';
import { openDawn } from './dawn.ts';
import { fileStore } from './store.ts';

export const NODE_PLATFORM: Platform = {
  gpu: openDawn,
  share: async (...wish) => (await import('../../engines/split/open.ts')).openShared(...wish),
  cpu: { spawn: pooled(openWorker, availableParallelism()), workers: availableParallelism() },
  autoTakesSoftware: false,
  tunings: fileStore('tunings.json'),
  costs: fileStore('costs.json'),
};

function openWorker(): Restful {
  const worker = new Worker(new URL('../../engines/workers/node.mjs', import.meta.url));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => void worker.on('message', listener),
    onFailure: (listener) => {
      worker.on('error', (error) => listener(String(error)));
      worker.on('exit', (code) => listener(`it ended with status ${code}`));
    },
    close: () => void worker.terminate(),
    rest: (on) => (on ? worker.unref() : worker.ref()),
  };
}
