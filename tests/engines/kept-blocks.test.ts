import { expect, it } from 'vitest';
import { KeptBlocks } from '../../src/engines/cpu/simd/kept.ts';

const [p, q] = [new Float64Array(8), new Float64Array(8)];

it('what was kept of a block is there once, for the same particles of the same θ', () => {
  const kept = new KeptBlocks(2);
  const slot = kept.keep(p, 0, 4);
  expect(kept.take(q, 0, 4)).toBeNull();
  expect(kept.take(p, 0, 3)).toBeNull();
  expect(kept.take(p, 4, 8)).toBeNull();
  expect(kept.take(p, 0, 4)).toBe(slot);
  expect(kept.take(p, 0, 4)).toBeNull();
});

it('blocks have slots of their own; one that is kept anew takes the place of what was kept of it', () => {
  const kept = new KeptBlocks(2);
  const slots = [kept.keep(p, 0, 4), kept.keep(p, 4, 8)];
  expect(new Set(slots).size).toBe(2);
  expect(kept.keep(p, 0, 4)).not.toBe(slots[1]);
  expect(kept.take(p, 4, 8)).toBe(slots[1]);
});

it('where there is no room, blocks of the same θ are not kept, and those of another make room', () => {
  const kept = new KeptBlocks(1);
  expect(kept.keep(p, 0, 4)).not.toBeNull();
  expect(kept.keep(p, 4, 8)).toBeNull();
  expect(kept.take(p, 4, 8)).toBeNull();
  expect(kept.keep(q, 0, 4)).not.toBeNull();
  expect(kept.take(p, 0, 4)).toBeNull();
});

it('a spare slot is nobody’s: whose it was is not found any more', () => {
  const kept = new KeptBlocks(1);
  const slot = kept.keep(p, 0, 4);
  expect(kept.spare()).toBe(slot);
  expect(kept.take(p, 0, 4)).toBeNull();
  expect(kept.keep(p, 0, 4)).toBe(slot);
});
