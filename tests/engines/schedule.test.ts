/** How long submits are, on adapters of any speed: a fake queue with known prices is the oracle. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Forecast } from '../../src/gpu/forecast.ts';
import { divide, Scheduler, type Dispatch } from '../../src/gpu/schedule.ts';
import { dispatchOf, FakeQueue, finish } from '../support/fake-queue.ts';

const SIZE = { first: 1000, target: 50 };
/** Milliseconds a unit that is supposed before anything is measured. */
const SUPPOSED = SIZE.target / SIZE.first;
/** Beside rounding. */
const MOST = SIZE.target * (1 + 1e-9);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Runs the dispatches; what each submit was expected to take. */
async function run(queue: FakeQueue, scheduler: Scheduler, dispatches: Iterable<Dispatch>): Promise<number[]> {
  const expected: number[] = [];
  const submit = vi.spyOn(scheduler, 'submit');
  submit.mockImplementation(function (this: Scheduler) {
    if (this.expected > 0) expected.push(this.expected);
    return Scheduler.prototype.submit.call(this);
  });
  await finish(scheduler.run(dispatches).then(() => scheduler.submit()));
  await finish(queue.context.device.queue.onSubmittedWorkDone());
  submit.mockRestore();
  return expected;
}

const many = (count: number, make: (i: number) => Dispatch): Dispatch[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe.each([1 / 100, 1 / 10, 1, 10, 100])('on an adapter that is %f times as slow as supposed', (factor) => {
  const start = (): { queue: FakeQueue; scheduler: Scheduler; pipeline: GPUComputePipeline } => {
    const queue = new FakeQueue();
    return {
      queue,
      scheduler: new Scheduler(queue.context, SIZE),
      pipeline: queue.pipeline(SUPPOSED * factor),
    };
  };

  it('no submit takes longer than the target, but for two that are under way before the first is measured (27)', async () => {
    const { queue, scheduler, pipeline } = start();
    const cost = 0.8 / Math.max(SUPPOSED * factor, 1 / 50); // a dispatch takes no more than 0.8 ms
    const expected = await run(
      queue,
      scheduler,
      many(5000, () => dispatchOf(pipeline, cost)),
    );
    expect(Math.max(...expected)).toBeLessThanOrEqual(SIZE.target);
    expect(Math.max(...queue.taken.slice(2))).toBeLessThanOrEqual(MOST);
    expect(Math.max(...queue.taken.slice(0, 2))).toBeLessThanOrEqual(MOST * Math.max(1, factor));
  });

  it('a pass of many targets goes in parts, all of its work once, and as much at a time as the target allows', async () => {
    const { queue, scheduler, pipeline } = start();
    const cost = SIZE.first * Math.max(100, 100 / factor);
    const leaf = SIZE.first / Math.max(1, factor) / 4;
    await run(queue, scheduler, [dispatchOf(pipeline, cost, leaf)]);
    expect(queue.taken.reduce((sum, milliseconds) => sum + milliseconds)).toBeCloseTo(
      cost * SUPPOSED * factor,
      3,
    );
    expect(Math.max(...queue.taken.slice(2))).toBeLessThanOrEqual(MOST);
    // a part may be a quarter of the target or more, and half of the next one may be too much
    expect(Math.max(...queue.taken.slice(2))).toBeGreaterThan(0.5 * SIZE.target);
  });
});

describe('the forecast', () => {
  it('knows each pipeline by its own price: passes of 1 and 50 in turns stay below the target', async () => {
    const queue = new FakeQueue();
    const scheduler = new Scheduler(queue.context, SIZE);
    const [cheap, dear] = [queue.pipeline(SUPPOSED / 10), queue.pipeline(SUPPOSED * 5)];
    const stretches = (count: number): Dispatch[] =>
      many(600 * count, (i) => dispatchOf(Math.floor(i / 600) % 2 === 0 ? cheap : dear, 10));
    await run(queue, scheduler, stretches(2));
    const met = queue.taken.length;
    const expected = await run(queue, scheduler, stretches(6));
    // a submit of both kinds, at their seam, lends one a little of the other's price
    expect(Math.max(...queue.taken.slice(met))).toBeLessThanOrEqual(1.1 * SIZE.target);
    expect(Math.max(...expected)).toBeLessThanOrEqual(SIZE.target);
  });

  it('of two kinds that were always measured together is right for the mix', () => {
    const forecast = new Forecast<string>({ work: 1000, time: 50 });
    const mix = new Map([
      ['a', 300],
      ['b', 20],
    ]);
    for (let i = 0; i < 40; i++) forecast.learn(mix, 7, false);
    expect(forecast.of('a', 300) + forecast.of('b', 20)).toBeCloseTo(7, 3);
  });

  it('follows an adapter that turns ten times as slow within two submits, one that turns as fast again within twelve', async () => {
    const queue = new FakeQueue();
    const scheduler = new Scheduler(queue.context, SIZE);
    const pipeline = queue.pipeline(SUPPOSED);
    const some = (): Dispatch[] => many(500, () => dispatchOf(pipeline, 20));
    await run(queue, scheduler, some());
    queue.prices.set(pipeline, 10 * SUPPOSED);
    const before = queue.taken.length;
    await run(queue, scheduler, some());
    expect(Math.max(...queue.taken.slice(before + 3))).toBeLessThanOrEqual(SIZE.target * 1.001);
    queue.prices.set(pipeline, SUPPOSED);
    const slow = queue.taken.length;
    await run(
      queue,
      scheduler,
      many(2000, () => dispatchOf(pipeline, 20)),
    );
    expect(queue.taken[slow + 12]).toBeGreaterThan(0.8 * SIZE.target);
  });

  it('believes no single delay of a known pipeline by more than a factor of four', () => {
    const forecast = new Forecast<string>({ work: 1000, time: 50 });
    const mix = new Map([['a', 1000]]);
    forecast.learn(mix, 40, false);
    const before = forecast.of('a', 1000);
    forecast.learn(mix, 4000, true);
    expect(forecast.of('a', 1000)).toBeCloseTo(4 * before, 9);
  });
});

it('what others do in the queue is waited for, and is no part of the price', async () => {
  const queue = new FakeQueue();
  const scheduler = new Scheduler(queue.context, SIZE);
  const pipeline = queue.pipeline(SUPPOSED);
  for (let frame = 0; frame < 20; frame++) {
    queue.occupy(30);
    await run(queue, scheduler, [dispatchOf(pipeline, 100)]);
    await finish(scheduler.idle());
  }
  expect(scheduler.spent.busy).toBeCloseTo(20 * 100 * SUPPOSED, 6);
  expect(scheduler.spent.waited).toBeCloseTo(20 * 30, 6);
  expect(scheduler.spent.apart).toBeCloseTo(20 * 30, 6);
  scheduler.add(dispatchOf(pipeline, 100));
  expect(scheduler.expected).toBeCloseTo(100 * SUPPOSED, 6);
});

it('a share is divided into whole workgroups, each thread once', () => {
  for (const [first, end] of [
    [0, 64],
    [0, 65],
    [128, 1000],
    [64, 64 * 100],
  ]) {
    const parts = divide({ first, end }, 64, 8);
    if (end - first <= 64) expect(parts).toEqual([]);
    else {
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.length).toBeLessThanOrEqual(8);
      expect([parts[0].first, parts.at(-1)!.end]).toEqual([first, end]);
      expect(
        parts.every(
          (part, i) =>
            part.end > part.first &&
            (i === 0 || (part.first === parts[i - 1].end && (part.first - first) % 64 === 0)),
        ),
      ).toBe(true);
    }
  }
});
