/** A run whose device is lost, and lost again while it is mended: on engines that die when they are told to. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Opener, type Running, type Way } from '../../src/app/run/opening.ts';
import type { State } from '../../src/app/run/announcer.ts';
import { Session } from '../../src/app/run/session.ts';
import { CapacityError, DeviceLostError, type Engine } from '../../src/engines/engine.ts';
import { UnavailableError } from '../../src/engines/select.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { expectRejection } from '../support/close.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const CONFIG = resolveConfig({ preset: 'tanh-curve', model: { width: 16 } });
const NO_GPU = { gpu: async () => ({ gpu: null, reason: 'none' }), cpu: {}, autoTakesSoftware: false };
const LOST = new DeviceLostError('the GPU device is lost (reset)');
const NO_ADAPTER = new UnavailableError('engine = "webgpu" cannot be used: no adapter');

/**
 * What comes of a device: an error in place of an engine, or the calls of `advance` that it outlives, and what it dies
 * of.
 */
type Fate = Error | number | readonly [outlives: number, of: Error];

/** Opens engines on devices of such fates, in their order, and then on a CPU alone. */
class Machine extends Opener {
  readonly opened: string[] = [];
  /** Steps that were taken, engine by engine. */
  readonly steps: number[] = [];
  /** Milliseconds of a step. */
  pace = 0;

  constructor(private readonly fates: Fate[]) {
    super(NO_GPU);
  }

  override async reopen(given: Pick<Running, 'input' | 'prepared' | 'origin'>, way: Way = {}) {
    const { engine: named = 'webgpu' } = way;
    this.opened.push(way.threads === false ? `${named} alone` : named);
    const fate = named === 'cpu' ? Infinity : (this.fates.shift() ?? NO_ADAPTER);
    if (fate instanceof Error) throw fate;
    const running = await super.reopen(given, { ...way, engine: 'cpu' });
    return { ...running, engine: named === 'cpu' ? running.engine : this.mortal(running.engine, fate) };
  }

  /** The engine, as one on a device that is lost under a call of `advance`. */
  private mortal(engine: Engine, fate: number | readonly [number, Error]): Engine {
    const [outlives, death] = typeof fate === 'number' ? [fate, LOST] : fate;
    const at = this.steps.push(0) - 1;
    let left = outlives;
    return as(engine, {
      info: { ...engine.info, name: 'webgpu' },
      advance: async (k, ...given) => {
        if (left-- <= 0) throw death;
        this.steps[at] += k;
        vi.advanceTimersByTime(this.pace * k);
        return engine.advance(k, ...given);
      },
    });
  }
}

/** The engine with some of its members replaced. */
function as(engine: Engine, own: Partial<Engine>): Engine {
  return new Proxy(engine, {
    get: (target, name) => {
      if (name in own) return Reflect.get(own, name) as unknown;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

interface Run {
  readonly session: Session;
  readonly machine: Machine;
  /** The states it went through. */
  readonly states: State[];
}

async function runOn(...fates: Fate[]): Promise<Run> {
  const machine = new Machine(fates);
  const session = new Session(machine);
  const states: State[] = [];
  session.events.addEventListener('state', () => {
    if (session.state !== states.at(-1)) states.push(session.state);
  });
  await session.open(CONFIG);
  return { session, machine, states };
}

/** To its end, however long it waits for a device. */
async function through<T>(work: Promise<T>): Promise<T> {
  const ended = work.then(
    () => true,
    () => true,
  );
  const tick = (): Promise<boolean> => vi.advanceTimersByTimeAsync(1000).then(() => false);
  while (!(await Promise.race([ended, tick()])));
  return work;
}

const steps = async ({ session }: Run, ...counts: number[]): Promise<void> => {
  for (const k of counts) await through(session.step(k));
};

/** θ where no device is lost. */
async function undisturbed(count: number): Promise<ArrayLike<number>> {
  const run = await runOn(Infinity);
  await steps(run, count);
  return run.session.theta();
}

describe('a device that is lost', () => {
  it('once leaves the run at the same step with the same θ', async () => {
    const run = await runOn(1, Infinity);
    await steps(run, 4, 3);
    expect(run.session.metrics()).toMatchObject({ step: 7, engine: 'webgpu' });
    expect(await run.session.theta()).toEqual(await undisturbed(7));
    expect(run.states).toEqual(['paused', 'recovering', 'paused']);
    expect(run.session.notice).toBe('The graphics device was lost; the run was computed again up to here.');
  });

  it.each([
    ['while the run is computed again', 0],
    ['while the engine is opened', LOST],
    ['and has no adapter for a moment', NO_ADAPTER],
  ])('again %s is mended all the same (7)', async (_, second) => {
    const run = await runOn(1, second, second, Infinity);
    await run.session.play();
    for (let k = 0; k < 6; k++) await through(run.session.tick());
    const { step } = run.session.metrics();
    expect(run.states).toEqual(['running', 'recovering', 'running']);
    expect(run.session.metrics().engine).toBe('webgpu');
    expect(await run.session.theta()).toEqual(await undisturbed(step));
    expect(run.machine.opened).toHaveLength(4);
  });

  it('by two calls at a time is mended once (7)', async () => {
    const run = await runOn(0, Infinity);
    await through(Promise.all([run.session.step(2), run.session.step(3), run.session.theta()]));
    expect(run.machine.opened).toHaveLength(2);
    expect(run.session.metrics().step).toBe(5);
  });
});

describe('three tries within a minute', () => {
  it.each([
    ['that end in a loss', 0],
    ['that find no adapter', NO_ADAPTER],
  ])('%s leave the run to the CPU, which says so in one sentence (4)', async (_, fate) => {
    const run = await runOn(0, fate, fate, fate, Infinity);
    await steps(run, 5);
    expect(run.machine.opened).toEqual(['webgpu', 'webgpu', 'webgpu', 'webgpu', 'cpu']);
    expect(run.session.metrics()).toMatchObject({ step: 5, engine: 'cpu' });
    expect(await run.session.theta()).toEqual(await undisturbed(5));
    expect(run.states).toEqual(['recovering', 'paused']);
    expect([run.session.notice, run.session.fallback]).toEqual([
      '',
      'The CPU computes: the graphics device was lost, and 3 tries within a minute to go on with it did not last.',
    ]);
    await steps(run, 2);
    expect(run.session.metrics().step).toBe(7);
  });

  it('count together, though each mended the run', async () => {
    const run = await runOn(0, 1, 1, 1, Infinity);
    await steps(run, 1, 1, 1, 1);
    expect(run.session.metrics()).toMatchObject({ step: 4, engine: 'cpu' });
  });

  it('of an hour do not: the device is tried as often as it is lost (4)', async () => {
    const run = await runOn(0, ...Array.from({ length: 8 }, () => 1), Infinity);
    for (let k = 0; k < 9; k++) {
      await steps(run, 1);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(run.session.metrics()).toMatchObject({ step: 9, engine: 'webgpu' });
  });

  it('and a run too long for the CPU: a pause ends its computing again, and it goes on from there', async () => {
    const run = await runOn(0);
    const many = 10_000_000;
    const reopen = run.machine.reopen.bind(run.machine);
    vi.spyOn(run.machine, 'reopen').mockImplementation(async (...given) => {
      const running = await reopen(...given);
      const advance = running.engine.advance.bind(running.engine);
      vi.spyOn(running.engine, 'advance').mockImplementationOnce((...asked) => {
        const work = advance(...asked);
        void run.session.pause();
        return work;
      });
      return running;
    });
    await steps(run, many);
    const { step, engine } = run.session.metrics();
    expect([engine, run.session.state]).toEqual(['cpu', 'paused']);
    expect(step).toBeLessThan(many);
    await steps(run, 2);
    expect(run.session.metrics().step).toBe(step + 2);
  });
});

it('what is no loss ends the recovery in its own sentence', async () => {
  const run = await runOn(0, new CapacityError('n = 16 is too much: choose n ≤ 8'));
  await expectRejection('the step', through(run.session.step(1)), 'CapacityError');
  expect(run.states).toEqual(['recovering', 'error']);
  expect(run.session.notice).toBe('N = 16 is too much: choose n ≤ 8.');
});

describe('what is gone while the page opens', () => {
  it.each([
    ['once, is tried again', [LOST, Infinity], ['webgpu', 'webgpu'], 'webgpu'],
    [
      'four times, leaves the run to the CPU',
      [LOST, LOST, LOST, LOST],
      [...'1234'].map(() => 'webgpu').concat('cpu'),
      'cpu',
    ],
  ])('%s', async (_, fates, opened, engine) => {
    const run = await runOn(...fates);
    expect(run.machine.opened).toEqual(opened);
    await steps(run, 3);
    expect(run.session.metrics()).toMatchObject({ step: 3, engine });
  });
});

it('a device that does not answer is not tried again: the CPU goes on, and says why (28)', async () => {
  const hung = new DeviceLostError('the GPU has not answered for 10 s', 'GPU', true);
  const run = await runOn([2, hung], Infinity);
  await steps(run, 3, 3, 3);
  expect(run.machine.opened).toEqual(['webgpu', 'cpu']);
  expect(run.session.fallback).toBe('The CPU computes: the GPU has not answered for 10 s.');
  expect(await run.session.theta()).toEqual(await undisturbed(9));
});

it('workers that stop again and again leave the run to the page itself (33)', async () => {
  const stopped = new DeviceLostError('a CPU worker stopped: out of memory', 'thread');
  const run = await runOn(...Array.from({ length: 4 }, () => [0, stopped] as const), Infinity);
  await steps(run, 4);
  expect(run.machine.opened).toEqual([...[...'1234'].map(() => 'webgpu'), 'webgpu alone']);
  expect(await run.session.theta()).toEqual(await undisturbed(4));
});

it('after a loss at step 3 000 no more than the last second is computed again, to the same θ (1)', async () => {
  const run = await runOn(60, Infinity);
  run.machine.pace = 2.9;
  for (let k = 0; k < 60; k++) await steps(run, 50);
  await steps(run, 1);
  expect(run.session.metrics().step).toBe(3001);
  expect(run.machine.steps[0]).toBe(3000);
  expect(run.machine.steps[1]).toBeLessThan(400);
  expect(await run.session.theta()).toEqual(await undisturbed(3001));
});

it.each(['reset', 'play', 'step', 'configure'] as const)(
  'a device at fault stops the run in its own sentence; %s goes on with another (16)',
  async (choice) => {
    const run = await runOn([1, new Error('the GPU reported an error: no such buffer')], Infinity, Infinity);
    await steps(run, 2);
    await expectRejection('the step', through(run.session.step(1)), 'Error');
    expect([run.session.state, run.session.notice]).toEqual([
      'error',
      'The GPU reported an error: no such buffer.',
    ]);
    const { session } = run;
    if (choice === 'configure') await through(session.configure({ parameterization: 'ntk' }));
    else await through(session[choice]());
    await through(session.tick());
    await through(session.step(1));
    expect([session.state, session.metrics().step > 0]).toEqual(['paused', true]);
  },
);

describe('a run that diverges', () => {
  const wild = { dynamics: { dt: 50 }, model: { activation: 'quadratic' } } as const;

  it('keeps and shows its last finite state; the notice goes with its cause (19, 21)', async () => {
    const { session } = await runOn(Infinity, Infinity);
    await session.configure(wild);
    const error = await expectRejection('the steps', session.step(400), 'DivergedError');
    const { step } = session.metrics();
    expect(error.message).toContain(`at step ${step + 1}:`);
    expect(step).toBeGreaterThan(0);
    expect((await session.theta()).every(Number.isFinite)).toBe(true);
    expect(session.notice).toMatch(/^The run diverged at step/);
    await expectRejection('another', session.step(1), 'DivergedError');
    expect([session.state, session.notice !== '']).toEqual(['error', true]);
    await session.configure({ dynamics: { dt: 1e-300 } });
    expect([session.state, session.notice]).toEqual(['paused', '']);
    await session.step(20);
    expect(session.metrics().step).toBe(step + 20);
    await session.configure({ dynamics: { dt: 50 } });
    await expectRejection('the same', session.step(400), 'DivergedError');
    await session.reset();
    session.notice = 'Said since.';
    await session.step(1);
    expect(session.notice).toBe('Said since.');
  });
});

it('a run whose tab is hidden is paused until it is seen again, whatever is asked meanwhile (29)', async () => {
  const { session, states } = await runOn(Infinity);
  await session.play();
  session.hide(true);
  await session.play();
  expect([session.state, states.at(-1)]).toEqual(['paused', 'paused']);
  session.hide(false);
  expect(session.state).toBe('running');
  await session.pause();
  session.hide(true);
  session.hide(false);
  expect(session.state).toBe('paused');
});
