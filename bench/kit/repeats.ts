/**
 * The same run twice by each method, in engines of their own: equal bits of θ, f and losses. A Markdown table on stdout; exit
 * status 1 where they differ. `--tiny` for a software adapter.
 */
import { createHash } from 'node:crypto';
import { openEngine } from '../../src/engines/select.ts';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import type { MethodName } from '../../src/core/methods/methods.ts';
import { caseText, problemOf, type Timed } from '../race/cases.ts';
import { markdown } from '../words.ts';

const tiny = process.argv.includes('--tiny');
const [n, m, steps] = tiny ? [3001, 32, 20] : [2 ** 20, 96, 300];
const RUNS: readonly (readonly [MethodName, Timed])[] = [
  ['direct', 'tanh'],
  ['mesh', 'tanh'],
  ['sector', 'relu'],
];

async function sha(method: MethodName, activation: Timed): Promise<string> {
  const problem = problemOf({ activation, n, m, d: 2 });
  const { engine } = await openEngine({ engine: 'webgpu', method }, problem, NODE_PLATFORM);
  const hash = createHash('sha256');
  for (let part = 0; part < 4; part++) {
    await engine.advance(steps / 4);
    hash.update(Float64Array.of(engine.loss));
  }
  hash.update(Float32Array.from(await engine.theta())).update(Float64Array.from(await engine.f()));
  engine.destroy();
  return hash.digest('hex').slice(0, 16);
}

let faults = 0;
const lines: string[][] = [];
for (const [method, activation] of RUNS) {
  const [first, second] = [await sha(method, activation), await sha(method, activation)];
  if (first !== second) faults++;
  const verdict = first === second ? 'equal' : `OTHER: ${second}`;
  lines.push([caseText({ activation, n, m, d: 2 }), method, String(steps), first, verdict]);
}
process.stdout.write(`${markdown([['run', 'method', 'steps', 'SHA-256', 'again'], ...lines])}\n`);
process.exitCode = faults > 0 ? 1 : 0;
