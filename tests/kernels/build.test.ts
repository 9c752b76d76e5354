import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUILT, MODULES } from '../../kernels/build.ts';
import { KERNELS } from '../../src/engines/cpu/simd/built/index.ts';
import { differing } from '../support/rebuilt.ts';

it('a table and a rational form, built anew, are the bytes that are there', async () => {
  expect(await differing(['tanh-f64', 'sin-f32'])).toEqual([]);
});

it('what is built is what has vector code, and nothing else lies there', () => {
  expect(Object.keys(KERNELS)).toEqual(MODULES);
  expect(readdirSync(BUILT).sort()).toEqual([...MODULES, 'index'].map((name) => `${name}.ts`).sort());
});
