/** Choices that come faster than they can be carried out: on a CPU that opens a run when it is told to. */
import { describe, expect, it, vi } from 'vitest';
import { Opener, type Origin } from '../../src/app/run/opening.ts';
import { Session } from '../../src/app/run/session.ts';
import { mergeConfig, type ConfigInput } from '../../src/core/config/config.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { expectRejection } from '../support/close.ts';
import { seeded } from '../support/seeded.ts';
import { WAIT } from '../support/patience.ts';

const NO_GPU = { gpu: async () => ({ gpu: null, reason: 'none' }), cpu: {}, autoTakesSoftware: false };
const START: ConfigInput = { preset: 'tanh-curve', model: { width: 16 } };
const PRESETS = ['moons', 'relu-teacher', 'lazy-curve', 'tanh-curve'] as const;

class Slow extends Opener {
  readonly asked: ConfigInput[] = [];
  readonly alive = new Set<object>();
  /** Opening waits for it, unless it is given up. */
  gate: Promise<unknown> = Promise.resolve();

  constructor() {
    super(NO_GPU);
  }

  override async open(input: ConfigInput, going: Origin | null, options: { signal?: AbortSignal } = {}) {
    const { signal } = options;
    this.asked.push(input);
    const givenUp = new Promise((done) => signal?.addEventListener('abort', done));
    await Promise.race([this.gate, givenUp]);
    const small = { ...input, model: { width: 16, ...input.model } };
    const running = await super.open(small, going, options);
    this.alive.add(running.engine);
    const destroy = running.engine.destroy.bind(running.engine);
    running.engine.destroy = () => {
      this.alive.delete(running.engine);
      destroy();
    };
    return running;
  }
}

async function opened() {
  const slow = new Slow();
  const session = new Session(slow);
  await session.open(START);
  slow.asked.length = 0;
  return { slow, session, config: () => session.config() };
}

describe('a choice while another is carried out', () => {
  it('supersedes it: of five presets the first is given up, the last opened, the others never', async () => {
    const { slow, session, config } = await opened();
    slow.gate = new Promise(() => undefined);
    const five = ['moons', 'lazy-curve', 'moons', 'lazy-curve', 'relu-teacher'].map((preset) =>
      session.configure({ preset }),
    );
    await vi.waitFor(() => expect(slow.asked).toHaveLength(1), WAIT);
    const sixth = session.configure({ preset: 'moons' });
    expect(session.choosing).toBe(true); // the menu is left alone
    await vi.waitFor(() => expect(slow.asked).toHaveLength(2), WAIT);
    slow.gate = Promise.resolve();
    await Promise.all([...five, sixth, session.configure({ preset: 'relu-teacher' })]);
    expect(slow.asked.map(({ preset }) => preset)).toEqual(['relu-teacher', 'moons', 'relu-teacher']);
    expect([config().preset, session.choosing, slow.alive.size]).toEqual(['relu-teacher', false, 1]);
  });

  it('is laid on it: a preset, and then n', async () => {
    const { slow, session, config } = await opened();
    slow.gate = new Promise(() => undefined);
    const preset = session.configure({ preset: 'moons' });
    await vi.waitFor(() => expect(slow.asked).toHaveLength(1), WAIT);
    slow.gate = Promise.resolve();
    await Promise.all([preset, session.configure({ model: { width: 24 } })]);
    expect(config()).toMatchObject({ preset: 'moons', model: { width: 24 } });
  });

  it('that does not fit is refused alone', async () => {
    const { session, config } = await opened();
    await Promise.all([
      session.configure({ preset: 'moons' }),
      expectRejection('sector', session.configure({ method: 'sector' }), 'UnavailableError'),
      expectRejection('verlet', session.configure({ dynamics: { dt: -1 } }), 'ConfigError'),
      session.configure({ dynamics: { dt: 0.5 } }),
    ]);
    expect(config()).toMatchObject({ preset: 'moons', method: 'auto', dynamics: { dt: 0.5 } });
  });

  it('leaves what stands between them in its place', async () => {
    const { session } = await opened();
    await Promise.all([
      session.configure({ preset: 'moons' }),
      session.step(3),
      session.configure({ dynamics: { dt: 0.5 } }),
    ]);
    expect(session.metrics().step).toBe(3);
    expect(session.config()).toMatchObject({ preset: 'moons', dynamics: { dt: 0.5 } });
  });
});

it('of 300 choices at random the last of each kind runs, on one engine; none waits for those before it', async () => {
  const random = seeded(15);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const { slow, session, config } = await opened();
  const kinds: (() => ConfigInput)[] = [
    () => ({ preset: one(PRESETS) }),
    () => ({ model: { width: 8 + 2 * Math.floor(12 * random()) } }),
    () => ({ dynamics: { dt: 0.01 + random() } }),
    () => ({ parameterization: one(['ntk', 'mean-field', 'naive'] as const) }),
    () => ({ initial: { seed: 1 + Math.floor(99 * random()) } }),
  ];
  let wanted = START;
  const all: Promise<unknown>[] = [];
  for (let k = 0; k < 300; k++) {
    const over = one(kinds)();
    wanted = over.preset === undefined ? mergeConfig(wanted, over) : over;
    all.push(session.configure(over));
    if (random() < 0.1) all.push(session.reset());
    for (let turns = Math.floor(9 * random()); turns > 0; turns--) await Promise.resolve();
    if (random() < 0.05) await all.at(-1);
  }
  await Promise.all(all);
  const { model, ...rest } = resolveConfig(wanted);
  expect(config()).toEqual({ ...rest, model: { ...model, width: wanted.model?.width ?? 16 } });
  expect(slow.alive).toEqual(new Set([session.engine]));
  expect(slow.asked.length).toBeLessThan(250);
});
