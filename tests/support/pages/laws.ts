/** The engines' laws and the pointwise tables in a browser; tests/page/laws.test.ts calls them one by one. */
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../../src/engines/cpu/replicas.ts';
import { createWebGpuEngine } from '../../../src/engines/webgpu/opening/open.ts';
import { PAGE_PLATFORM } from '../../../src/app/platform.ts';
import { openDevice } from '../../../src/gpu/device.ts';
import { replicasOf, type Problem } from '../../../src/engines/engine.ts';
import { LAWS } from '../contracts/engine-contract.ts';
import type { Open } from '../contracts/with-engine.ts';
import { TABLES } from '../pointwise.ts';

const gpu = await openDevice(navigator.gpu);
if (!gpu) throw new Error('this browser has no WebGPU adapter');

const OPEN: Readonly<Record<string, Open>> = {
  webgpu: (problem: Problem) => createWebGpuEngine(gpu, problem),
  'cpu with web workers': (problem: Problem) =>
    (replicasOf(problem) > 1 ? createCpuReplicas : createCpuEngine)(problem, {
      ...PAGE_PLATFORM.cpu,
      workers: 2,
    }),
};

export interface Laws {
  readonly adapter: string;
  check(table: number): Promise<string>;
  hold(law: number, engine: string): Promise<void>;
}

declare global {
  var laws: Laws;
}

globalThis.laws = {
  adapter: gpu.adapter,
  check: (table) => TABLES[table].check(gpu.device),
  hold: (law, engine) => LAWS[law].holds(OPEN[engine]),
};
