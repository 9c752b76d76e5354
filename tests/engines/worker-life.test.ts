/** A web worker's life as a lock, on a browser's locks that are simulated: who started it hears that it has ended. */
import { afterEach, expect, it, vi } from 'vitest';
import { holdLife, isAlive, watchLife, type Alive } from '../../src/engines/workers/life.ts';

/** Each lock is held for good, and whoever asks for one that is held waits until its worker ends. */
class Locks {
  readonly waiting = new Map<string, (() => void)[]>();

  request(name: string, work: () => unknown): Promise<unknown> {
    const others = this.waiting.get(name);
    if (others) return new Promise((resolve) => others.push(() => resolve(work())));
    this.waiting.set(name, []);
    return Promise.resolve(work());
  }

  /** As the browser does when a worker is gone. */
  end = (name: string): void => this.waiting.get(name)!.forEach((next) => next());
}

const browser = (locks: unknown): unknown => vi.stubGlobal('navigator', { locks });
afterEach(() => {
  vi.unstubAllGlobals();
});

function born(): Alive {
  const said: Alive[] = [];
  holdLife((message) => said.push(message));
  expect(said).toHaveLength(1);
  expect(isAlive(said[0])).toBe(true);
  return said[0];
}

it('whoever started a worker hears that it has ended, and of no other (33)', () => {
  const locks = new Locks();
  browser(locks);
  const ended: string[] = [];
  const lives = [born(), born()];
  lives.forEach((life, i) => watchLife(life, () => ended.push(`worker ${i}`)));
  expect(ended).toEqual([]);
  locks.end(lives[1].alive);
  expect(ended).toEqual(['worker 1']);
});

it.each([
  ['has no locks', undefined],
  ['denies them', { request: () => Promise.reject(new Error('no')) }],
])('a browser that %s keeps no worker from its work', (_, locks) => {
  browser(locks);
  const say = vi.fn();
  holdLife(say);
  expect(say).not.toHaveBeenCalled();
});

it.each([undefined, null, 3, { value: 1 }, { error: 'no' }])('an answer is no sign of life: %j', (answer) =>
  expect(isAlive(answer)).toBe(false),
);
