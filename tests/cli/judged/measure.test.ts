/** mckean measure as a person meets it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/io/csv.ts';
import { MEASUREMENT_NAMES } from '../../../src/experiments/measure/registry.ts';
import type { Provenance } from '../../../src/cli/machine/provenance.ts';
import { folder, json, mckean, names, npy, put, rowsOf, text } from '../../support/cli.ts';

const home = folder();
const SMALL = { data: { dataset: 'curve', samples: 8 }, engine: 'cpu' };
const measure = (out: string, ...flags: string[]) =>
  mckean(['measure', 'energy', put(home, `${out}.json`, SMALL), '--out', out, '--widths', '32', ...flags], {
    cwd: home,
  });

interface Result {
  readonly points: readonly { fit: string; n: number; x: number; value: number; values: number[] }[];
  readonly fit: Record<string, number>;
  readonly [field: string]: unknown;
}

describe('a measurement', () => {
  it('leaves result.json, points.csv and a figure, says its rates on stdout and the rest on stderr', async () => {
    const { status, stdout, stderr } = await measure('plain');
    expect(stderr).toMatch(/^engine cpu, direct sums, .*\n$/);
    expect(status).toBe(0);
    expect(names(home, 'plain')).toEqual(['figure.svg', 'points.csv', 'replicas-64.npy', 'result.json']);
    expect(stdout).toMatch(
      /^holds {2}defect, rk4, n = 32 +slope \S+ in \[.*\] +expected 4 ± 0\.1(, bias \S+)?$/m,
    );
    const result = json<Result>(home, 'plain', 'result.json');
    for (const field of ['name', 'config', 'points', 'fit', 'passed', 'seconds', 'version'])
      expect(result).toHaveProperty(field);
    expect(Object.keys(result.fit)).toEqual(
      expect.arrayContaining(['slope', 'low', 'high', 'expected', 'tolerance']),
    );
    expect(result).toMatchObject({
      name: 'energy',
      passed: true,
      engine: 'cpu',
      widths: [32],
      replicas: 64,
      seed: 1,
      config: { data: { samples: 8 }, engine: 'cpu' },
    });
    const { names: columns, values } = parseCsv(text(home, 'plain', 'points.csv').replace(/"[^"]*"/g, '0'));
    expect([...values[columns.indexOf('value')]]).toEqual(result.points.map(({ value }) => value));
    expect(text(home, 'plain', 'figure.svg')).toMatch(
      /^<svg [\s\S]*heun, n = \d+: slope 2\.0\d, expected 2[\s\S]*<\/svg>$/,
    );
  });

  it('says where it comes from, and what every replica gave', () => {
    const { provenance, raw, points } = json<Result>(home, 'plain', 'result.json') as Result & {
      readonly provenance: Provenance;
      readonly raw: readonly { file: string; shape: number[]; rows: { fit: string; n: number; x: number }[] }[];
    };
    const { date, commit, ...place } = provenance;
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(commit ?? '0'.repeat(40)).toMatch(/^[0-9a-f]{40}$/);
    expect(place).toMatchObject({
      node: process.version.slice(1),
      adapter: expect.stringContaining('CPU') as string,
      seeds: { initial: 1, bootstrap: 1 },
      command: expect.stringMatching(/^mckean measure energy plain\.json --out plain/) as string,
    });
    expect(raw).toHaveLength(1);
    const values = rowsOf(npy(home, 'plain', raw[0].file));
    expect(raw[0].shape).toEqual([values.length, 64]);
    expect(raw[0].rows).toEqual(points.map(({ fit, n, x }) => ({ fit, n, x })));
    expect(values).toEqual(points.map((point) => point.values));
  });

  it('prints result.json with --json, in the same numbers for the same seed, and others for another', async () => {
    const [one, other] = await Promise.all([
      measure('json', '--json', '--quiet'),
      measure('seed', '--json', '--quiet', '--seed', '5'),
    ]);
    expect(one.stderr).toBe('');
    const { seconds: _, provenance: _p, ...result } = JSON.parse(one.stdout) as Result;
    const { seconds: __, provenance: __p, ...again } = json<Result>(home, 'plain', 'result.json');
    expect(result).toEqual(again);
    expect((JSON.parse(other.stdout) as Result).seed).toBe(5);
    expect((JSON.parse(other.stdout) as Result).points[0].value).not.toBe(result.points[0].value);
  });

  it('whose law does not hold ends with status 1, its result on disk', async () => {
    const { status, stdout } = await measure('control', '--control');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAILS .*[\s\S]*energy did not pass/);
    expect(json(home, 'control', 'result.json')).toMatchObject({
      passed: false,
      control: expect.stringContaining('misprint') as string,
    });
  });

  it('that is interrupted ends with status 130 and leaves no result', async () => {
    // So many replicas take hours: the signal comes before the end.
    const { status, stderr } = await mckean(
      ['measure', 'exponents', '--out', 'stopped', '--engine', 'cpu', '--replicas', '1000000'],
      { cwd: home, signal: 'SIGINT' },
    );
    expect([status, stderr]).toEqual([130, expect.stringMatching(/stopped before the end/)]);
    expect(names(home, 'stopped')).toEqual([]);
  });

  it('replaces what an earlier one left with --force alone, and nothing else', async () => {
    put(join(home, 'plain'), 'mine.txt', 'keep');
    expect((await measure('plain')).status).toBe(2);
    expect((await measure('plain', '--force', '--control')).status).toBe(1);
    expect(names(home, 'plain')).toEqual([
      'figure.svg',
      'mine.txt',
      'points.csv',
      'replicas-64.npy',
      'result.json',
    ]);
  });
});

it('measure --list prints the names, one a line; with --json their laws and defaults', async () => {
  const [plain, full] = await Promise.all(
    [[], ['--json']].map((flags) => mckean(['measure', '--list', ...flags], { cwd: home })),
  );
  expect([plain.status, plain.stderr, plain.stdout]).toEqual([
    0,
    '',
    MEASUREMENT_NAMES.map((name) => `${name}\n`).join(''),
  ]);
  expect((JSON.parse(full.stdout) as { name: string }[]).map(({ name }) => name)).toEqual(MEASUREMENT_NAMES);
});

describe.concurrent('measure refuses', () => {
  it.each([
    ['no name', ['--out', 'o'], /NAME is missing, give one of exponents/],
    ['an unknown name', ['enrgy', '--out', 'o'], /"enrgy" is not a measurement: did you mean "energy"\?/],
    ['no folder', ['energy'], /--out DIR is missing/],
    [
      'widths that are none',
      ['energy', '--out', 'o', '--widths', '16,x'],
      /--widths: "x" is not valid, give a whole number from 1 to/,
    ],
    [
      'too few widths',
      ['exponents', '--out', 'o', '--widths', '16,32'],
      /widths = 16,32 are 2: give at least 5/,
    ],
    [
      'too few replicas',
      ['energy', '--out', 'o', '--replicas', '3'],
      /replicas = 3: an interval needs at least 64/,
    ],
    [
      'a precision that is none',
      ['energy', '--out', 'o', '--precision', 'x'],
      /precision = x: give the half-width that the intervals of slopes should have, from 0\.0001 to 1/,
    ],
    [
      'a law that does not suit',
      ['energy', 'relu.json', '--out', 'o'],
      /relu\.json: measure energy: model\.activation = "relu" has a kink/,
    ],
    ['an unknown field', ['energy', 'bad.json', '--out', 'o'], /bad\.json: modle is not a field/],
    ['a file that is not there', ['energy', 'none.json', '--out', 'o'], /none\.json: there is no such file/],
  ] as [string, string[], RegExp][])('%s', async (what, args, line) => {
    const cwd = join(home, what.replaceAll(' ', '-'));
    mkdirSync(cwd);
    put(cwd, 'relu.json', { model: { activation: 'relu' } });
    put(cwd, 'bad.json', { modle: {} });
    const { status, stdout, stderr } = await mckean(['measure', ...args], { cwd });
    expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
    expect(stderr).toMatch(line);
    expect([status, stdout, names(cwd)]).toEqual([2, '', ['bad.json', 'relu.json']]);
  });
});
