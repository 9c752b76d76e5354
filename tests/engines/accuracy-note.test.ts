/** What a run says of an approximate method's error. */
import { expect, it } from 'vitest';
import { accuracyNote, statedError } from '../../src/cli/run/accuracy-note.ts';
import { TOLERANCE } from '../../src/core/methods/accuracy.ts';
import type { Engine } from '../../src/engines/engine.ts';

const spacing = [0.1, 0.1] as const;

it('nothing is said of an exact method, nor of an error as it should be', () => {
  expect(accuracyNote(null, null)).toBeNull();
  expect(accuracyNote({ spacing, error: TOLERANCE }, TOLERANCE)).toBeNull();
});

it('a larger error is named with what is aimed at and the remedy, and so is the end of the grid', () => {
  expect(accuracyNote({ spacing, error: 2e-4 }, 1.97e-4)).toMatch(/0\.00020? .*0\.0001 .*"direct" is exact/);
  expect(accuracyNote({ spacing, error: 1e-5, outgrown: true }, 1e-5)).toMatch(/direct ones/);
});

it('what is stated is the largest bound of checks and of the end', async () => {
  const of = (error: number, now: number): Engine =>
    ({ accuracy: { spacing, error }, driftError: async () => now }) as unknown as Engine;
  expect(await statedError(of(3e-5, 5e-5))).toBe(5e-5);
  expect(await statedError(of(7e-5, 5e-5))).toBe(7e-5);
  expect(await statedError({} as Engine)).toBeNull();
});
