/** python/mckean_widget.py as a kernel has it, where there is a Python with ipywidgets and numpy (Debian: python3-ipywidgets). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pythonWith, saysWhether } from './python.ts';

const NEEDS = ['traitlets', 'ipywidgets', 'ipykernel', 'numpy'];
const python = pythonWith(...NEEDS);
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

it.skipIf(python === null)(
  `takes data and gives θ and history in binary (${saysWhether(python, ...NEEDS)})`,
  () => {
    const { stdout, stderr } = spawnSync(python!, [at('host.py')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const seen = JSON.parse(stdout) as Record<string, unknown>;
    expect(seen).toEqual({
      esm: at('../../lib/widget.js'),
      state: {
        preset: 'moons',
        configuration: { model: { width: 8 } },
        engine: 'auto',
        theme: 'light',
        playing: true,
      },
      rows: 3,
      sent: { x: [0, 1, 2, 3, 4, 5], y: [7, 8, 9] },
      empty: [
        [0, 0],
        [0, 3],
      ],
      theta: [
        [0, 1, 2],
        [3, 4, 5],
      ],
      history: [
        [0, 0, 1],
        [2, 0.5, 0.25],
      ],
      told: [false, 'no such field'],
      column: [4, [0, 2, 4, 6], [1, 2, 3, 4, 5, 6, 7, 8]],
      apart: 'x has 3 rows and y 2: give as many',
      cube: 'x has 3 axes: give rows, [m, columns] or [m]',
      nan: 'x has a value that is no finite number: leave its row out',
    });
  },
);

it('has no trait of a name that ipywidgets 7 keeps for itself', () => {
  const source = readFileSync(at('../../python/mckean_widget.py'), 'utf8');
  const names = [...source.matchAll(/^ {4}(\w+) = (?:traitlets\.|binary\()/gm)].map(([, name]) => name);
  expect(names).toContain('configuration');
  for (const kept of ['config', 'parent', 'log', 'comm', 'keys', 'layout']) expect(names).not.toContain(kept);
});
