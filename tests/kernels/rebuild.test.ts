/** Compiles every kernel, a second or two each. */
import { expect, it } from 'vitest';
import { differing } from '../support/rebuilt.ts';

it('npm run kernels gives the bytes that are there', async () => {
  expect(await differing()).toEqual([]);
});
