/** What the reproductions have in common. */
import { ConfigError } from '../../core/config/config.ts';
import type { Engine, Problem } from '../../engines/engine.ts';
import { advance } from '../measure/ensemble.ts';
import type { Lab, Check } from '../measure/measurement.ts';

/** What `work` makes of an engine, which is gone afterwards. */
export async function onEngine<T>(
  reproduction: Lab,
  problem: Problem,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await reproduction.open(problem);
  try {
    return await work(engine);
  } finally {
    engine.destroy();
  }
}

/** A run that is looked at where its t is one of `times`, in their order; from all of them what `look` finds. */
export async function alongRun<T>(
  reproduction: Lab,
  engine: Engine,
  times: readonly number[],
  look: (t: number) => Promise<T>,
): Promise<T[]> {
  const { dt, n } = engine.problem;
  const found: T[] = [];
  for (const t of times) {
    const steps = Math.round(t / dt) - engine.step;
    await advanced(reproduction, engine, steps, n);
    found.push(await look(engine.step * dt));
  }
  return found;
}

/** Steps in pieces, so that one sees how far it is: `expect` counts particles times steps. */
export async function advanced(reproduction: Lab, engine: Engine, steps: number, n: number): Promise<void> {
  for (let left = steps; left > 0;) {
    const some = Math.min(left, 100);
    await advance(reproduction, engine, some);
    reproduction.done(n * some);
    left -= some;
  }
}

/** Throws a ConfigError at the first field, [name, value, what it may be], that the theory is not of. */
export function checkOnly(
  fields: readonly (readonly [string, unknown, unknown])[],
  theory: string,
  written: (value: unknown) => string,
): void {
  for (const [name, value, only] of fields)
    if (value !== only)
      throw new ConfigError(`${name} = ${written(value)}: the ${theory} is that of ${written(only)}, give it`);
}

/** A number over what theory says of it: 1, but for a share `tolerance`. */
export const ratio = (
  name: string,
  value: number,
  expected: number,
  tolerance: number,
  theory: string,
): Check => ({
  name: `${name} over theory's`,
  value: value / expected,
  expected: 1,
  tolerance,
  theory,
});
