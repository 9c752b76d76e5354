/** The last state of a run that is kept in memory: from there it goes on, to the same bits, where its engine is gone. */
import type { Engine } from '../../engines/engine.ts';
import type { Origin } from './opening.ts';

/** Milliseconds of steps that are computed again at most, and times what a copy costs. */
const LEAST = 1000;
const TIMES = 50;

export class Checkpoints {
  private worked = 0;
  private interval = LEAST;

  constructor(private latest: Origin) {}

  get last(): Origin {
    return this.latest;
  }

  /** Steps took so many milliseconds: a copy of where they have led, if it is due. */
  async note(engine: Engine, milliseconds: number): Promise<void> {
    this.worked += milliseconds;
    if (this.worked < this.interval) return;
    const started = performance.now();
    this.latest = await stateOf(engine);
    this.interval = Math.max(LEAST, TIMES * (performance.now() - started));
    this.worked = 0;
  }
}

/** All that decides the bits of later steps. */
async function stateOf(engine: Engine): Promise<Origin> {
  const theta = await engine.theta(); // when steps that are under way are done
  const velocity = await engine.velocity?.();
  const { step, accuracy } = engine;
  return { theta, step, ...(accuracy && { accuracy }), ...(velocity && { velocity }) };
}

/** An engine goes to a state that was kept. */
export const restored = (engine: Engine, { theta, step, accuracy, velocity }: Origin): Promise<void> =>
  engine.restore(theta, step, accuracy, velocity);
