/** Libraries can say one thing in several ways: each is tried on the problem itself, and the fastest stands for the library. */
import type { Runner } from '../runner.ts';

export interface Form {
  readonly name: string;
  readonly open: () => Promise<Runner>;
}

/** Steps tried: the first compiles. */
const WARM_UP = 2, TRIES = 3;

export async function fastest(forms: readonly Form[]): Promise<Runner> {
  const times: number[] = [], failures: string[] = [];
  for (const form of forms) times.push(await tried(form).catch((error: unknown) => (failures.push(`${form.name}: ${String(error)}`), Infinity)));
  const best = Math.min(...times);
  if (best === Infinity) throw new Error(failures.join('; '));
  return forms[times.indexOf(best)].open();
}

async function tried({ open }: Form): Promise<number> {
  const runner = await open();
  try {
    await runner.advance(WARM_UP);
    return await runner.advance(TRIES);
  } finally {
    await runner.destroy();
  }
}

/** Particles of a block, so that an array over all its pairs stays within `pairs`. */
export function blocksOf(n: number, m: number, pairs: number): [first: number, last: number][] {
  const size = Math.max(1, Math.min(n, Math.floor(pairs / m))), count = Math.ceil(n / size);
  return Array.from({ length: count }, (_, i) => [i * size, Math.min(n, (i + 1) * size)]);
}
