/** Libraries can say one thing in several ways: each is tried, and the fastest stands for the library. */
import type { Problem } from '../../src/engines/engine.ts';
import type { Runner } from '../race/runner.ts';

export interface Form {
  readonly name: string;
  readonly open: (problem: Problem) => Promise<Runner>;
}

/**
 * A first trial is this small; forms that lose it by this factor are out before they meet the problem itself.
 */
const SMALL = 2048;
const HOPELESS = 2;

export async function fastest(problem: Problem, forms: readonly Form[]): Promise<Runner> {
  const failures: string[] = [];
  const race = async (some: readonly Form[], on: Problem): Promise<{ form: Form; ms: number }[]> => {
    const times: { form: Form; ms: number }[] = [];
    for (const form of some) {
      const ms = await tried(form, on).catch(
        (error: unknown) => void failures.push(`${form.name}: ${String(error)}`),
      );
      if (ms !== undefined) times.push({ form, ms });
    }
    return times.sort((a, b) => a.ms - b.ms);
  };
  let field = await race(forms, firstOf(problem, SMALL));
  field = field.filter(({ ms }) => ms <= HOPELESS * field[0].ms);
  if (field.length > 1)
    field = await race(
      field.map(({ form }) => form),
      problem,
    );
  if (field.length === 0) throw new Error(failures.join('; '));
  return field[0].form.open(problem);
}

/** Milliseconds of a step, once another has compiled what it needs. */
async function tried({ open }: Form, problem: Problem): Promise<number> {
  const runner = await open(problem);
  try {
    await runner.advance(1);
    return Math.min(await runner.advance(1), await runner.advance(1));
  } finally {
    await runner.destroy();
  }
}

function firstOf(problem: Problem, most: number): Problem {
  const n = Math.min(problem.n, most);
  return { ...problem, n, outer: 1 / n, theta: problem.theta.slice(0, n * (1 + problem.d)) };
}

/** Particles of a block, so that an array of `width` numbers for each stays within `most`. */
export function blocksOf(n: number, width: number, most: number): [first: number, last: number][] {
  const size = Math.max(1, Math.min(n, Math.floor(most / width)));
  const count = Math.ceil(n / size);
  return Array.from({ length: count }, (_, i) => [i * size, Math.min(n, (i + 1) * size)]);
}
