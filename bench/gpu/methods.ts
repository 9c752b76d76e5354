/** Every method that serves a problem, by the engine itself, and what `auto` takes beside them. */
import { featureOf } from '../../src/core/features/features.ts';
import { METHOD_NAMES, refusalOf, type MethodName } from '../../src/core/methods/methods.ts';
import type { Engine, Problem } from '../../src/engines/engine.ts';
import { openEngine, type Platform, type Wish } from '../../src/engines/select.ts';
import { median } from '../race/measure.ts';

export interface MethodTimes {
  readonly auto: MethodName;
  readonly why: string;
  readonly times: Partial<Record<MethodName, number>>;
  /** The error that an approximate method has measured. */
  readonly errors: Partial<Record<MethodName, number>>;
}

const ROUNDS = 5;

async function timeOf(engine: Engine, batch: number): Promise<number> {
  const run = async (steps: number): Promise<number> => {
    const started = performance.now();
    await engine.advance(steps);
    return (performance.now() - started) / steps;
  };
  await run(1);
  const steps = Math.max(1, Math.min(2000, Math.round(batch / (await run(1)))));
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await run(steps));
  return median(rounds);
}

export async function timeMethods(platform: Platform, problem: Problem, batch: number): Promise<MethodTimes> {
  const open = (method: Wish['method']) => openEngine({ engine: 'webgpu', method }, problem, platform);
  const { engine, why } = await open('auto');
  const auto = engine.info.method;
  engine.destroy();
  const times: Partial<Record<MethodName, number>> = {};
  const errors: Partial<Record<MethodName, number>> = {};
  const pairs = { samples: problem, feature: featureOf(problem) };
  for (const method of METHOD_NAMES.filter((name) => refusalOf(name, pairs) === null)) {
    const { engine: one } = await open(method);
    times[method] = await timeOf(one, batch);
    if (one.accuracy) errors[method] = one.accuracy.error;
    one.destroy();
  }
  return { auto, why, times, errors };
}
