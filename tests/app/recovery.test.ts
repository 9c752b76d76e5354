/** A run whose device is lost, and lost again while it is mended: on engines that die when they are told to. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Opener, type Running } from '../../src/app/run/opening.ts';
import type { State } from '../../src/app/run/announcer.ts';
import { Session } from '../../src/app/run/session.ts';
import { CapacityError, DeviceLostError, type Engine, type EngineInfo } from '../../src/engines/engine.ts';
import { UnavailableError } from '../../src/engines/select.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { expectRejection } from '../support/close.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const CONFIG = resolveConfig({ preset: 'tanh-curve', model: { width: 16 } });
const NO_GPU = { gpu: async () => ({ gpu: null, reason: 'none' }), cpu: {}, autoTakesSoftware: false };
const LOST = new DeviceLostError('the GPU device is lost (reset)');
const NO_ADAPTER = new UnavailableError('engine = "webgpu" cannot be used: no adapter');

/** What comes of a device: an error in place of an engine, or the calls of `advance` that it outlives. */
type Fate = Error | number;

/** Opens engines on devices of such fates, in their order, and then on a CPU alone. */
class Machine extends Opener {
  readonly opened: string[] = [];

  constructor(private readonly fates: Fate[]) {
    super(NO_GPU);
  }

  override async reopen(given: Pick<Running, 'input' | 'prepared' | 'origin'>, named = 'webgpu') {
    this.opened.push(named);
    const fate = named === 'cpu' ? Infinity : (this.fates.shift() ?? NO_ADAPTER);
    if (fate instanceof Error) throw fate;
    const running = await super.reopen(given, 'cpu');
    return { ...running, engine: named === 'cpu' ? running.engine : mortal(running.engine, fate) };
  }
}

/** The engine, as one on a device that is lost under a call of `advance`. */
function mortal(engine: Engine, outlives: number): Engine {
  const info: EngineInfo = { ...engine.info, name: 'webgpu' };
  let left = outlives;
  const advance: Engine['advance'] = (...given) =>
    left-- > 0 ? engine.advance(...given) : Promise.reject(LOST);
  const own: Partial<Engine> = { info, advance };
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
  ])('again %s is mended all the same', async (_, second) => {
    const run = await runOn(1, second, second, Infinity);
    await run.session.play();
    for (let k = 0; k < 6; k++) await through(run.session.tick());
    const { step } = run.session.metrics();
    expect(run.states).toEqual(['running', 'recovering', 'running']);
    expect(run.session.metrics().engine).toBe('webgpu');
    expect(await run.session.theta()).toEqual(await undisturbed(step));
    expect(run.machine.opened).toHaveLength(4);
  });

  it('by two calls at a time is mended once', async () => {
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
  ])('%s leave the run to the CPU, which says so in one sentence', async (_, fate) => {
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

  it('of an hour do not: the device is tried as often as it is lost', async () => {
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
