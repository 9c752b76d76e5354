import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from '../../src/app/run/turns.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const LEAST = 500;
const now = (work: () => Promise<void>): Promise<void> => work();

it('of what is asked for out of turn, the last is done when its turn comes, and nothing else', async () => {
  const turns = new Turns(0.1, LEAST);
  const done: string[] = [];
  const ask = (name: string): Promise<void> => turns.take(now, () => Promise.resolve(void done.push(name)));
  for (const name of ['first', 'second', 'third']) await ask(name);
  expect(done).toEqual(['first']);
  await vi.advanceTimersByTimeAsync(LEAST - 1);
  expect(done).toEqual(['first']);
  await vi.advanceTimersByTimeAsync(10 * LEAST);
  expect(done).toEqual(['first', 'third']);
});

it('work takes no more than its share of the time, however often it is asked for', async () => {
  const share = 0.2;
  const cost = 400;
  const turns = new Turns(share, LEAST);
  let spent = 0;
  for (let time = 0; time < 40_000; time += 50) {
    void turns.take(now, async () => {
      await new Promise((resolve) => setTimeout(resolve, cost));
      spent += cost;
    });
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(spent / 40_000).toBeLessThanOrEqual(share);
  expect(spent / 40_000).toBeGreaterThan(share / 2); // and it does get its turns
});

it('who is in a hurry while work is under way has the next turn when that is over', async () => {
  const turns = new Turns(0.1, LEAST);
  const done: string[] = [];
  const ask = (name: string): Promise<void> =>
    turns.take(now, async () => {
      await new Promise((resolve) => setTimeout(resolve, LEAST));
      done.push(name);
    });
  void ask('of the run before');
  turns.hurry();
  void ask('of this run');
  await vi.advanceTimersByTimeAsync(3 * LEAST);
  expect(done).toEqual(['of the run before', 'of this run']);
});
