/** Who is raced: our engines in Node and in the page, and the page's peers. */
import { openEngine, type Platform } from '../../src/engines/select.ts';
import type { BenchPage } from '../browser.ts';
import type { Case } from './cases.ts';
import type { Options } from '../flags.ts';
import { engineRunner } from './runner.ts';
import type { Entrant } from './session.ts';

const PAGE_PEERS = ['plain JavaScript', 'jax-js wasm', 'jax-js webgpu', 'tfjs wasm', 'tfjs webgpu'];

export function fromPage(page: BenchPage, { engines, methods, peers }: Options): Entrant[] {
  const ours = engines.flatMap((engine) => methods.map((method) => page.entrant(`mckean ${engine}`, method)));
  return [...ours, ...(peers ? PAGE_PEERS.map((name) => page.entrant(name)) : [])];
}

export function fromNode(
  platform: Platform,
  { engines, methods }: Pick<Options, 'engines' | 'methods'>,
): Entrant[] {
  return engines.flatMap((engine) =>
    methods.map(
      (method) =>
        ({
          name: `mckean ${engine}`,
          method,
          where: 'node',
          ours: true,
          open: async (_: Case, problem) => {
            const runner = engineRunner(
              (await openEngine({ engine, method }, problem, platform)).engine,
              method,
            );
            return engine !== 'webgpu' || runner.info.software
              ? runner
              : { ...runner, info: { ...runner.info, device: await cardOf(platform, runner.info.device) } };
          },
        }) satisfies Entrant,
    ),
  );
}

/** A card's name with its model, which only Node is told. */
async function cardOf(platform: Platform, named: string): Promise<string> {
  const info = (await (await platform.gpu()).gpu?.requestAdapter({ powerPreference: 'high-performance' }))
    ?.info;
  return info && !named.includes(info.device) ? `${named}, ${info.device}` : named;
}
