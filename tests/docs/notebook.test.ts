/** The notebook of the documentation, where there is a Python with numpy and pandas. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folder, NODE } from '../support/cli.ts';
import { pythonWith, saysWhether } from '../python/python.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));
const home = folder();

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly outputs?: readonly { readonly text: readonly string[] }[];
}
const { cells } = JSON.parse(readFileSync(at('run.ipynb'), 'utf8')) as { cells: readonly Cell[] };
const written = cells
  .filter(({ cell_type: type }) => type === 'code')
  .map(({ outputs = [] }) => outputs.flatMap(({ text }) => text).join(''));

it('has been executed, and found f and L to be what they should', () => {
  expect(written.join('')).toMatch(/f by hand: True\nL by hand: True/);
});

const NEEDS = ['numpy', 'pandas'];
const python = pythonWith(...NEEDS);

it.skipIf(python === null)(`says what is written in it (${saysWhether(python, ...NEEDS)})`, () => {
  const { stdout, stderr } = spawnSync(python!, [at('execute.py')], {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, MCKEAN: NODE },
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(written);
});
