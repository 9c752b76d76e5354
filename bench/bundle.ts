/**
 * Entry of the single file dist/bench.js: `node dist/bench.js --engine webgpu …` needs node_modules/webgpu
 * beside it and nothing else. The CPU engine's workers are this same file.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread } from 'node:worker_threads';
import { openDawn } from '../src/cli/machine/dawn.ts';
import type { Port } from '../src/engines/workers/remote.ts';
import { main } from './main.ts';

function openWorker(): Port {
  const worker = new Worker(fileURLToPath(import.meta.url));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => void worker.on('message', listener),
    onFailure: (listener) => void worker.on('error', (error) => listener(String(error))),
    close: () => void worker.terminate(),
  };
}

if (isMainThread) {
  const { openPython } = await import('./python/python.ts');
  process.exitCode = await main(process.argv.slice(2), {
    platform: {
      gpu: openDawn,
      cpu: { spawn: openWorker, workers: availableParallelism() },
      autoTakesSoftware: true,
    },
    openPython,
  });
} else {
  await import('../src/engines/workers/node.ts');
}
