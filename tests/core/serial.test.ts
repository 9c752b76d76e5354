import { expect, it } from 'vitest';
import { sameJson } from '../../src/core/words/json.ts';
import { Serial } from '../../src/core/serial.ts';

it('work in a queue runs alone and in the order of the calls, and a failure stops none behind it', async () => {
  const queue = new Serial();
  const told: string[] = [];
  const piece = (name: string, turns: number) => async (): Promise<string> => {
    told.push(`${name} begins`);
    for (let k = 0; k < turns; k++) await Promise.resolve();
    told.push(`${name} ends`);
    if (name === 'b') throw new Error('b fails');
    return name;
  };
  const all = await Promise.allSettled([
    queue.run(piece('a', 9)),
    queue.run(piece('b', 3)),
    queue.run(piece('c', 0)),
    queue.run(() => 'd'),
  ]);
  expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    'a',
    'Error: b fails',
    'c',
    'd',
  ]);
});

it('plain values are the same where all their fields are', () => {
  expect(sameJson({ a: [1, { b: 'c' }] }, { a: [1, { b: 'c' }] })).toBe(true);
  for (const other of [{ a: [1, { b: 'd' }] }, { a: [1] }, {}, null, undefined])
    expect(sameJson({ a: [1, { b: 'c' }] }, other)).toBe(false);
});
