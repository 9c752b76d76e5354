/** The browser as a platform of engines: WebGPU where it is, web workers for the CPU engine. */
import { pooled, type Platform, type Port } from '../engines/select.ts';
import type { Store } from '../engines/store.ts';

const ADAPTER_TIMEOUT = 5000;
const WORKERS = Math.max(1, navigator.hardwareConcurrency || 2);

export const PAGE_PLATFORM: Platform = {
  gpu: findGpu,
  cpu: { spawn: pooled(openWorker, WORKERS), workers: WORKERS },
  autoTakesSoftware: true,
  autoTakesFloat32: true,
  tunings: pageStore('mckean tunings'),
  recordSpeed: true,
};

async function findGpu(): Promise<{ gpu: GPU | null; reason: string }> {
  if (!('gpu' in navigator) || !navigator.gpu) {
    const reason = isSecureContext
      ? 'this browser has no WebGPU'
      : 'WebGPU needs https:// or localhost, and this page came over plain http';
    return { gpu: null, reason };
  }
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), ADAPTER_TIMEOUT));
  const adapter = await Promise.race([navigator.gpu.requestAdapter().catch(() => null), late]);
  if (adapter === 'late')
    return {
      gpu: null,
      reason: `the browser did not name a WebGPU adapter within ${ADAPTER_TIMEOUT / 1000} s`,
    };
  if (!adapter)
    return {
      gpu: null,
      reason:
        'this browser offers no WebGPU adapter here (on Linux it may need chrome://flags/#enable-unsafe-webgpu)',
    };
  return { gpu: navigator.gpu, reason: '' };
}

/** The page's local storage; a browser that denies it keeps nothing. */
function pageStore(key: string): Store {
  const quietly = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return {
    get: () => quietly(() => JSON.parse(localStorage.getItem(key) ?? 'null') as unknown),
    set: (document) => void quietly(() => localStorage.setItem(key, JSON.stringify(document))),
  };
}

function openWorker(): Port {
  const worker = new Worker(new URL('../engines/workers/web.ts', import.meta.url), { type: 'module' });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onFailure: (listener) =>
      worker.addEventListener('error', (event) => listener(event.message || 'it could not be started')),
    close: () => worker.terminate(),
  };
}
