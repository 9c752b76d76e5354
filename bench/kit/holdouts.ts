/**
 * θ after some steps by this adapter, against float64 that shares no code with it (tests/support/oracles): every activation,
 * some d, every method that serves them. A Markdown table on stdout; exit status 1 where one is off.
 */
import { featureOf } from '../../src/core/features/features.ts';
import { METHOD_NAMES, refusalOf } from '../../src/core/methods/methods.ts';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import { openEngine } from '../../src/engines/select.ts';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { PHI, trajectory, trajectoryError } from '../../tests/support/oracles/oracle.ts';
import { draw, problemOf } from '../../tests/support/problems.ts';
import { mostOf } from '../gpu/checks.ts';
import { markdown } from '../words.ts';

const DIMENSIONS = [1, 2, 3, 7, 8, 100];
const STEPS = 5;
let faults = 0;
const lines: string[][] = [];
for (const [k, activation] of (Object.keys(PHI) as ActivationName[]).entries()) {
  for (const d of new Set([2, DIMENSIONS[k % DIMENSIONS.length]])) {
    const [n, m] = [257 + 64 * k, 33 + k];
    const drawn = draw({ n, m, d }, 100 + k);
    const problem = problemOf(drawn, 'mean-field', { activation });
    const oracle = { activation, parameterization: 'mean-field', integrator: 'euler', dt: problem.dt } as const;
    const want = trajectory({ ...oracle, ...drawn }, STEPS);
    const pairs = { samples: problem, feature: featureOf(problem) };
    for (const method of METHOD_NAMES.filter((name) => refusalOf(name, pairs) === null)) {
      const { engine } = await openEngine({ engine: 'webgpu', method }, problem, NODE_PLATFORM);
      await engine.advance(STEPS);
      const error = trajectoryError(await engine.theta(), want);
      engine.destroy();
      const holds = error <= mostOf(method);
      if (!holds) faults++;
      lines.push([
        ...[activation, String(d), String(n), String(m), method, error.toExponential(1)],
        `${holds ? '≤' : 'OFF:'} ${mostOf(method)}`,
      ]);
    }
  }
}
process.stdout.write(`${markdown([['φ', 'd', 'n', 'm', 'method', 'error', 'bound'], ...lines])}\n`);
process.exitCode = faults > 0 ? 1 : 0;
