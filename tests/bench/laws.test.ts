/** What many seeds came to: kept line by line, counted as it is asked. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSound, keepSeen, readSeen, remarksOn, tableOf, type Seen } from '../../bench/laws/seen.ts';
import { folder } from '../support/cli.ts';

const home = folder();
const seen = (law: string, seed: number, verdict: Seen['verdict'], control = false): Seen => ({
  law,
  seed,
  control,
  order: `${law}-${seed}-${control}`,
  commit: 'c0ffee',
  verdict,
  seconds: seed,
  r2: seed === 2 ? null : 0.9 + seed / 1000,
  off: verdict === 'holds' ? [] : [{ name: 'Δf', verdict, value: -1.5 }],
});

it('goes on after a line that was cut off', () => {
  const file = join(home, 'seen.jsonl');
  expect(readSeen(file)).toEqual([]);
  keepSeen(file, seen('clt', 2, 'holds'));
  appendFileSync(file, '{"law": "cl');
  expect(readSeen(file)).toEqual([seen('clt', 2, 'holds')]);
  keepSeen(file, seen('clt', 3, 'fails'));
  expect(readSeen(file)).toEqual([seen('clt', 2, 'holds'), seen('clt', 3, 'fails')]);
});

const MANY = Array.from({ length: 40 }, (_, k) => seen('clt', k + 2, 'holds'));

it('counts verdicts, and controls apart, a row a law', () => {
  const all = [...MANY, seen('energy', 2, 'undecided'), seen('energy', 1, 'fails', true)];
  expect(tableOf(all, ['clt', 'energy']).split('\n').slice(2)).toEqual([
    '| `clt` | 40 | 0 | 0 | 22.0 | 0.903 | 0 of 0 |',
    '| `energy` | 0 | 0 | 1 | 2.0 | – | 1 of 1 |',
    '| all | 40 | 0 | 1 | 21.0 | 0.903 | 1 of 1 |',
  ]);
  expect(remarksOn(all)).toEqual(['- energy, seed 2: undecided (Δf: -1.5)']);
});

it('is sound where 97 in 100 hold, 5 in 100 are undecided at most and every control fails', () => {
  const plus = (...others: Seen[]): boolean => isSound([...MANY, ...others]);
  expect(plus(seen('clt', 1, 'fails', true))).toBe(true);
  expect(plus(seen('clt', 50, 'fails'))).toBe(true); // 40 of 41
  expect(plus(seen('clt', 50, 'fails'), seen('clt', 51, 'fails'))).toBe(false);
  expect(plus(seen('clt', 50, 'undecided'), seen('clt', 51, 'undecided'))).toBe(true); // 2 of 42
  expect(plus(...[50, 51, 52].map((seed) => seen('clt', seed, 'undecided')))).toBe(false);
  for (const verdict of ['holds', 'undecided'] as const)
    expect(plus(seen('clt', 1, verdict, true))).toBe(false);
});
