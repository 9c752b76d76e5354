/**
 * What `auto` takes, held against the clock: run alone, since other work on the machine would be measured too.
 */
import { featureOf } from '../../src/core/features.ts';
import { expect, it } from 'vitest';
import type { ActivationName } from '../../src/core/activations.ts';
import { fastest, METHODS, type MethodName } from '../../src/core/methods.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { cloud, samplesOf } from '../support/fast-sums.ts';

interface Shape {
  readonly n: number;
  readonly m: number;
  readonly d?: number;
  readonly bias?: boolean;
}

function problem(activation: ActivationName, { n, m, d = 2, bias = true }: Shape): Problem {
  const { x } = samplesOf(m, d, bias, 3);
  const y = Float64Array.from({ length: m }, (_, a) => Math.sin(3 * x[a * d]));
  return {
    n,
    m,
    d,
    x,
    y,
    theta: cloud(n, d, 1.5, 4),
    activation,
    loss: 'squared',
    integrator: 'euler',
    dt: 0.2,
    outer: 1 / n,
    speed: 1,
  };
}

/** Milliseconds of a step, best of three. */
async function timeOf(of: Problem, method: MethodName): Promise<number> {
  const engine = await createCpuEngine(of, { method });
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await engine.advance(1);
    best = Math.min(best, performance.now() - start);
  }
  engine.destroy();
  return best;
}

it.each([
  ['tanh', { n: 2000, m: 64 }],
  ['tanh', { n: 100_000, m: 64 }],
  ['tanh', { n: 100_000, m: 64, bias: false }],
  ['relu', { n: 500, m: 300 }],
  ['relu', { n: 60_000, m: 64 }],
] as [ActivationName, Shape][])(
  'what auto takes is as fast as the fastest, or short enough: %s %o',
  async (activation, shape) => {
    const of = problem(activation, shape);
    const pairs = { samples: of, feature: featureOf({ activation }) };
    const { method } = fastest(pairs, of.theta);
    const times: Partial<Record<MethodName, number>> = {};
    for (const name of Object.keys(METHODS) as MethodName[])
      if (METHODS[name].refusal(pairs) === null) times[name] = await timeOf(of, name);
    // An approximate method is not taken for a gain below 3, nor where exact steps take 0.1 s; other work on
    // the machine may double a time.
    const time = times[method]!;
    const least = Math.min(...Object.values(times));
    expect(time < 5 * least || (method === 'direct' && time < 200), `${method}: ${JSON.stringify(times)}`).toBe(
      true,
    );
  },
);
