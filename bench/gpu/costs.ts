/** npm run costs: the costs of a discrete GPU (src/core/methods/adapter-costs.ts), fitted to the steps of measured.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runTool } from '../../src/cli/tool.ts';
import { COST_NAMES, type Costs } from '../../src/core/methods/costs.ts';
import { fitted, type Seen } from '../../src/core/methods/fit-costs.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { extentOf } from '../../src/core/mesh/grid.ts';
import { METHODS, type Method, type MethodName } from '../../src/core/methods/methods.ts';
import { problemOf, type Case } from '../race/cases.ts';

interface Measured {
  readonly adapter: string;
  readonly steps: readonly (Case & { readonly method: MethodName; readonly ms: number })[];
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const COSTS_FILE = at('../../src/core/methods/adapter-costs.ts');
export const measured = (): Measured => JSON.parse(readFileSync(at('measured.json'), 'utf8')) as Measured;

/** Particles that stand for all: the grid depends on how far they go. */
const SAMPLE = 2 ** 15;

/** What a fit starts from, and keeps the proportions of where nothing tells them. */
const START: Costs = {
  'direct.step': 1e5,
  'pair.smooth': 1e-3,
  'pair.plain': 3e-4,
  coordinate: 2e-4,
  'sector.step': 1e4,
  'sector.particle': 0.1,
  'sector.sample': 2e3,
  'mesh.step': 2e5,
  'mesh.particle': 1,
  'mesh.node': 1e-2,
  'mesh.pair': 1e-4,
  'mesh.bias.sample': 1e-2,
  'mesh.bias.node': 1e-4,
};

export function seenOf({ steps }: Measured): Seen[] {
  return steps.map(({ method, ms, ...given }) => {
    const problem = problemOf({ ...given, n: Math.min(given.n, SAMPLE) });
    const { work }: Method = METHODS[method];
    const pairs = { samples: problem, feature: featureOf(problem) };
    return { work: work(pairs, given.n, extentOf(problem.theta, problem))!, nanoseconds: 1e6 * ms };
  });
}

export function costsText(from: Measured): string {
  const costs = fitted(START, seenOf(from));
  const lines = COST_NAMES.map(
    (name) => `  ${name.includes('.') ? `'${name}'` : name}: ${Number(costs[name].toPrecision(3))},`,
  );
  return `/** Made by \`npm run costs\` from bench/gpu/measured.json: ${from.adapter}. Nanoseconds. */
export const DISCRETE = {
${lines.join('\n')}
};
`;
}

async function run(): Promise<number> {
  writeFileSync(COSTS_FILE, costsText(measured()));
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runTool('costs', {
    summary:
      'Fits the costs of a discrete GPU to the steps of bench/gpu/measured.json and writes them into the engine.',
    positionals: [],
    flags: {},
    run,
  });
