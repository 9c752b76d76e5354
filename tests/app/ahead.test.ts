/** A run on an engine that answers later than it is asked: all of its steps are told of, whoever else asks it meanwhile. */
import { expect, it } from 'vitest';
import { Opener, type Running } from '../../src/app/run/opening.ts';
import { Session } from '../../src/app/run/session.ts';
import type { AdvanceOptions, Engine, LossRecord } from '../../src/engines/engine.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

const NO_GPU = { gpu: async () => ({ gpu: null, reason: 'none' }), cpu: {}, autoTakesSoftware: false };
const CONFIG = resolveConfig({ preset: 'tanh-curve', model: { width: 16 } });

/** The engine, as one that does the steps of a call when it is called again, or asked for anything else. */
class Late {
  asked = 0;
  private known: LossRecord[] = [];

  constructor(private readonly engine: Engine) {}

  get step(): number {
    return this.engine.step;
  }

  get loss(): number {
    return this.engine.loss;
  }

  get info(): Engine['info'] {
    return this.engine.info;
  }

  get problem(): Engine['problem'] {
    return this.engine.problem;
  }

  async advance(k: number, { ahead = false }: AdvanceOptions = {}): Promise<LossRecord[]> {
    await this.arrive();
    this.asked += k;
    if (!ahead) await this.arrive();
    return this.known.splice(0);
  }

  async theta(): Promise<Awaited<ReturnType<Engine['theta']>>> {
    await this.arrive();
    return this.engine.theta();
  }

  destroy(): void {
    this.engine.destroy();
  }

  private async arrive(): Promise<void> {
    const left = this.asked - this.engine.step;
    if (left > 0) this.known.push(...(await this.engine.advance(left, { every: 1 })));
  }
}

class LateOpener extends Opener {
  override async open(...given: Parameters<Opener['open']>): Promise<Running> {
    const running = await super.open(...given);
    return { ...running, engine: new Late(running.engine) as unknown as Engine };
  }
}

it.each([
  ['nobody asks', [false, false, false, false]],
  ['somebody asks after each batch', [true, true, true, true]],
  ['somebody asks in between', [false, true, false, false]],
  ['somebody asks before the pause', [false, false, false, true]],
])('a run that is paused where %s has told of each of its steps once', async (_, asks) => {
  const session = new Session(new LateOpener(NO_GPU));
  await session.open(CONFIG);
  const steps: number[] = [];
  let seen = session.losses;
  session.events.addEventListener('advanced', () => {
    if (session.losses !== seen) steps.push(...session.losses.map(({ step }) => step));
    seen = session.losses;
  });
  await session.play();
  for (const ask of asks) {
    await session.tick();
    if (ask) await session.ask((engine) => engine.theta());
  }
  await session.pause();
  const { step } = session.metrics();
  expect(step).toBeGreaterThanOrEqual(4);
  expect(steps).toEqual(Array.from({ length: step }, (_, k) => k + 1));
});
