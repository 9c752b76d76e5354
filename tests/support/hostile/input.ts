/** What any reader owes to input that nobody should make: it takes it as it is, or refuses it in one sentence. */
import fc from 'fast-check';
import { expect } from 'vitest';

/** What JavaScript says of itself where a program has not looked. */
const RAW =
  /undefined|\[object|TypeError|RangeError|SyntaxError|Cannot |is not a function|not iterable|Maximum call|Invalid (array|typed|string)/;
const LONGEST = 1200;

/** What is taken, or null where it was refused in one sentence by an error of that kind. */
export function taken<T>(read: () => T, Kind: new (...given: never[]) => Error): T | null {
  const keys = [Object.prototype, Array.prototype, Function.prototype].map(
    (one) => Reflect.ownKeys(one).length,
  );
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Kind)) throw error;
    refusedWell(error.message);
    return null;
  } finally {
    expect(
      [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).length),
    ).toEqual(keys);
  }
}

export function refusedWell(sentence: string): void {
  expect(sentence.trim()).not.toBe('');
  expect(sentence.length).toBeLessThanOrEqual(LONGEST);
  expect(sentence).not.toMatch(RAW);
  expect(sentence).not.toContain('\n');
}

/** Bytes or characters that go, come or change at some places: shares of the length. */
export interface Edit {
  readonly kind: 'change' | 'insert' | 'remove' | 'cut' | 'repeat';
  readonly at: number;
  readonly by: string;
}

export const edits = (marks: fc.Arbitrary<string>, most = 3): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('change', 'change', 'insert', 'insert', 'remove', 'cut', 'repeat'),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      by: marks,
    }),
    { minLength: 1, maxLength: most },
  ) as fc.Arbitrary<Edit[]>;

/** The text after the edits; bytes are characters up to 255. */
export function edited(text: string, list: readonly Edit[]): string {
  let now = text;
  for (const { kind, at, by } of list) {
    const place = Math.floor(at * now.length);
    const [before, after] = [now.slice(0, place), now.slice(place)];
    now = {
      change: before + by + after.slice(by.length),
      insert: before + by + after,
      remove: before + after.slice(1 + Math.floor(by.length / 2)),
      cut: before,
      repeat: before + after.slice(0, 40) + after,
    }[kind];
  }
  return now;
}

export const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
