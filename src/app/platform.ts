/** The browser as a platform of engines: WebGPU where it is, web workers for the CPU engine. */
import { isAlive, pooled, watched, watchLife, type Platform, type Restful } from '../engines/select.ts';
import type { Store } from '../engines/store.ts';
import { quietly } from './quietly.ts';
import { say } from '../words/say.ts';

/** Read where there may be no page, too: whoever bundles this for a server. */
const WORKERS = Math.max(1, globalThis.navigator?.hardwareConcurrency || 2);

export const PAGE_PLATFORM: Platform = {
  gpu: findGpu,
  cpu: { spawn: pooled(() => watched(openWorker()), WORKERS), workers: WORKERS },
  autoTakesSoftware: true,
  autoTakesFloat32: true,
  tunings: pageStore('mckean tunings'),
  recordSpeed: true,
};

async function findGpu(): ReturnType<Platform['gpu']> {
  if (!('gpu' in navigator) || !navigator.gpu) {
    const reason = isSecureContext
      ? say('this browser has no WebGPU')
      : say('WebGPU needs https:// or localhost, and this page came over plain http');
    return { gpu: null, reason };
  }
  return {
    gpu: navigator.gpu,
    reason: '',
    noAdapter: say(
      'this browser offers no WebGPU adapter here (on Linux it may need chrome://flags/#enable-unsafe-webgpu)',
    ),
  };
}

/** The page's local storage; a browser that denies it keeps nothing. */
function pageStore(key: string): Store {
  return {
    get: () => quietly(() => JSON.parse(localStorage.getItem(key) ?? 'null') as unknown),
    set: (document) => void quietly(() => localStorage.setItem(key, JSON.stringify(document))),
  };
}

function openWorker(): Restful {
  try {
    const worker = new Worker(new URL('../engines/workers/web.ts', import.meta.url), { type: 'module' });
    const failures: ((reason: string) => void)[] = [];
    const fail = (reason: string): void => failures.forEach((listener) => listener(reason));
    worker.addEventListener('error', (event) => fail(event.message || say('it could not be started')));
    return {
      post: (message, transfer) => worker.postMessage(message, transfer),
      onMessage: (listener) =>
        worker.addEventListener('message', ({ data }) =>
          isAlive(data) ? watchLife(data, () => fail(say('it has ended'))) : listener(data),
        ),
      onFailure: (listener) => void failures.push(listener),
      close: () => {
        failures.length = 0;
        worker.terminate();
      },
    };
  } catch (error) {
    return stillborn(String(error)); // a frame without an origin may have none
  }
}

/** A worker that ended before it began. */
const stillborn = (reason: string): Restful => ({
  post: () => undefined,
  onMessage: () => undefined,
  onFailure: (listener) => queueMicrotask(() => listener(reason)),
  close: () => undefined,
});
