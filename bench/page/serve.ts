/** A page's side of the benchmark: opens entrants by name and hands out their runners by number. */
import { openEngine } from '../../src/engines/select.ts';
import { METHOD_CHOICES } from '../../src/core/config/config.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { PAGE_PLATFORM } from '../../src/app/platform.ts';
import { problemOf, type Case } from '../race/cases.ts';
import { ENGINES } from '../race/engines.ts';
import { engineRunner, plainRunner, type Range, type Runner, type RunnerInfo } from '../race/runner.ts';

export type Open = (problem: Problem) => Promise<Runner>;

export interface PageBench {
  open(name: string, given: Case): Promise<{ id: number; info: RunnerInfo }>;
  advance(id: number, steps: number): Promise<number>;
  rows(id: number, ranges: readonly Range[]): Promise<number[]>;
  /** Null where a sum over all pairs would be needed. */
  f(id: number): Promise<number[] | null>;
  close(id: number): Promise<void>;
}

declare global {
  var bench: PageBench;
}

export const OURS: Readonly<Record<string, Open>> = {
  'plain JavaScript': async (problem) => plainRunner(problem),
  ...Object.fromEntries(
    ENGINES.flatMap((engine) =>
      METHOD_CHOICES.map((method) => [
        `mckean ${engine} ${method}`,
        async (problem: Problem) => {
          const { engine: opened } = await openEngine({ engine, method }, problem, {
            ...PAGE_PLATFORM,
            recordSpeed: false,
          });
          return engineRunner(opened, method);
        },
      ]),
    ),
  ),
};

/** The WebGPU adapter that libraries get here. */
export async function adapterInfo(): Promise<{ device: string; software: boolean }> {
  const info = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!.info;
  return {
    device: `${info.vendor} ${info.architecture}`,
    software: info.isFallbackAdapter || /swiftshader/i.test(info.architecture),
  };
}

export function serve(entrants: Readonly<Record<string, Open>>): void {
  const runners: Runner[] = [];
  globalThis.bench = {
    open: async (name, given) => {
      const runner = await entrants[name](problemOf(given));
      return { id: runners.push(runner) - 1, info: runner.info };
    },
    advance: (id, steps) => runners[id].advance(steps),
    rows: async (id, ranges) => Array.from(await runners[id].rows(ranges)),
    f: async (id) => (runners[id].f ? Array.from(await runners[id].f()) : null),
    close: async (id) => {
      await runners[id].destroy();
      delete runners[id];
    },
  };
}
