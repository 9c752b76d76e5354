/**
 * Bad input and bad usage: status 2, one line on stderr that says what, where and what to do, and nothing
 * written.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../src/io/npy.ts';
import { folder, mckean, names, put } from '../support/cli.ts';

const home = folder();
const DATA = { data: { csv: 'p.csv' } };
const GOOD = 'x,y\n1,2\n3,4\n5,7\n';
const ones = (rows: number, columns: number): Uint8Array =>
  encodeNpy(new Float64Array(rows * columns).fill(1), [rows, columns]);
const NPY = { initial: { npy: 't.npy' }, ...DATA };

/** [what, CONFIG.json, other files, flags, what the line must say]. */
const RUNS: [string, unknown, Record<string, string | Uint8Array>, string[], RegExp][] = [
  [
    'an unknown field',
    { ...DATA, model: { widht: 3 } },
    {},
    [],
    /c\.json: model\.widht is not a field of a configuration: did you mean "width"\?/,
  ],
  [
    'n = 1e12',
    '{"data":{"csv":"p.csv"},"model":{"width":1e12}}',
    {},
    [],
    /c\.json: model\.width = 1000000000000 .*from 1 to 1073741824/,
  ],
  [
    'n = 2^30 where memory does not allow it',
    { ...DATA, model: { width: 2 ** 30 } },
    {},
    [],
    /model\.width = 1073741824: .* choose a width ≤ \d+/,
  ],
  [
    'dt = 1e999',
    '{"data":{"csv":"p.csv"},"dynamics":{"dt":1e999}}',
    {},
    [],
    /c\.json: dynamics\.dt = Infinity .*give a number > 0/,
  ],
  ['steps = −1', { ...DATA, dynamics: { steps: -1 } }, {}, [], /dynamics\.steps = -1 .*integer from 0/],
  ['__proto__', '{"data":{"csv":"p.csv"},"__proto__":{"steps":1}}', {}, [], /__proto__ is not a field/],
  [
    'broken JSON',
    '{\n  "data": {"csv" "p.csv"}\n}',
    {},
    [],
    /c\.json, line 2, column \d+: it is not valid JSON/,
  ],
  ['an empty configuration', '', {}, [], /c\.json: it is empty, give a JSON object/],
  [
    'a method for another φ',
    DATA,
    {},
    ['--method', 'sector', '--engine', 'cpu'],
    /method = "sector" does not apply: .*not for tanh; choose "direct" or "auto"/,
  ],
  [
    'a method for another d',
    DATA,
    { 'p.csv': 'u,v,y\n1,2,3\n4,5,6\n' },
    ['--method', 'mesh', '--engine', 'cpu'],
    /method = "mesh" does not apply: .*d = 3 here/,
  ],
  [
    'NaN in a CSV',
    DATA,
    { 'p.csv': 'x,y\n1,2\nNaN,4\n' },
    [],
    /p\.csv: line 3, column "x": "NaN" stands for a missing value, set "missing": "drop"/,
  ],
  [
    'a ragged row',
    DATA,
    { 'p.csv': 'x,y\r\n1,2\r\n\r\n3\r\n' },
    [],
    /p\.csv: line 4 has 1 column, the header has 2/,
  ],
  ['an empty CSV', DATA, { 'p.csv': '' }, [], /p\.csv: it is empty: give a header/],
  [
    'UTF-16 without its mark',
    DATA,
    { 'p.csv': Uint8Array.from(Buffer.from('x,y\n1,2\n', 'utf16le')) },
    [],
    /p\.csv: it is UTF-16 without its byte order mark/,
  ],
  [
    'a last column of text',
    DATA,
    { 'p.csv': 'x,kind\n1,a\n2,b\n' },
    [],
    /p\.csv: the last column, "kind", is text .*"labels": true.*"target"/,
  ],
  [
    'another target',
    { data: { csv: 'p.csv', target: 'Y' } },
    { 'p.csv': 'name,x,y\nskipped,1,2\n' },
    [],
    /data\.target = "Y" is not a column of it: did you mean "y"\?/,
  ],
  [
    'θ of another width',
    NPY,
    { 't.npy': ones(4, 5) },
    [],
    /initial\.npy: \S*t\.npy has shape \(4, 5\), give \(n, 3\)/,
  ],
  [
    'an unknown flag',
    DATA,
    {},
    ['--egnine', 'cpu'],
    /--egnine is not a flag of mckean run: did you mean --engine\?/,
  ],
  [
    'an unknown engine',
    DATA,
    {},
    ['--engine', 'gpu'],
    /--engine gpu is not valid: give one of auto, webgpu, cpu/,
  ],
  ['a flag without its value', DATA, {}, ['--engine'], /--engine/],
  ['an argument too many', DATA, {}, ['more'], /"more" is one argument too many/],
  ['--resume with nothing to resume', DATA, {}, ['--resume'], /holds no checkpoint, start without --resume/],
  ['--resume with --force', DATA, {}, ['--resume', '--force'], /contradict each other/],
  [
    'a folder that cannot be made',
    DATA,
    {},
    ['--out', '/proc/none/out'],
    /--out \/proc\/none\/out: it cannot be made/,
  ],
];

/** [what, arguments, what the line must say]. */
const OTHERS: [string, string[], RegExp][] = [
  ['no command', [], /a command is missing: give one of run, eval, presets/],
  ['an unknown command', ['rum'], /"rum" is not a command of mckean: did you mean "run"\?/],
  ['no configuration', ['run', '--out', 'out'], /CONFIG\.json is missing; usage: mckean run CONFIG\.json/],
  [
    'a configuration that is not there',
    ['run', 'none.json', '--out', 'out'],
    /none\.json: there is no such file/,
  ],
  ['no folder', ['run', 'none.json'], /--out DIR is missing/],
  ['an unknown schema', ['schema', 'swep'], /"swep" has no schema: did you mean "sweep"\?/],
  ['an unknown preset', ['presets', 'moonz'], /NAME = "moonz" is not a preset: did you mean "moons"\?/],
  [
    'eval of nothing',
    ['eval', 'none', 'p.csv'],
    /there is no summary\.json in it, give the folder of a finished run/,
  ],
];

async function refused(args: string[], cwd: string, line: RegExp): Promise<void> {
  const before = names(cwd);
  const { status, stdout, stderr } = await mckean(args, { cwd });
  expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/give|did you mean|choose|save|put|see|usage|leave|mend|start|add|set/);
  expect([status, stdout, names(cwd)]).toEqual([2, '', before]);
}

describe.concurrent('run refuses', () => {
  it.each(RUNS.map((row, i) => [...row, i] as const))('%s', async (_, config, files, flags, line, i) => {
    const cwd = join(home, `run-${i}`);
    mkdirSync(cwd);
    for (const [name, content] of Object.entries({ 'p.csv': GOOD, ...files })) put(cwd, name, content);
    put(cwd, 'c.json', config);
    await refused(['run', 'c.json', '--out', 'out', ...flags], cwd, line);
  });
});

describe.concurrent('mckean refuses', () => {
  it.each(OTHERS.map((row, i) => [...row, i] as const))('%s', async (_, args, line, i) => {
    const cwd = join(home, `other-${i}`);
    mkdirSync(cwd);
    await refused(args, cwd, line);
  });
});
