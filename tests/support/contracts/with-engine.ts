import type { Engine, Problem } from '../../../src/engines/engine.ts';

/** Opens an engine for a problem, as the engine under test does. */
export type Open = (problem: Problem) => Promise<Engine>;

/** What comes of work with an engine, which is gone afterwards whatever came of it. */
export async function withEngine<T>(
  open: Open,
  problem: Problem,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await open(problem);
  try {
    return await work(engine);
  } finally {
    engine.destroy();
  }
}
