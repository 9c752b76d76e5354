/** mckean measure --all as a person meets it, on a problem that one law alone is about. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, type Arguments } from '../../../src/cli/args.ts';
import { MEASURE } from '../../../src/cli/commands/measure.ts';
import { UsageError } from '../../../src/cli/errors.ts';
import type { Provenance } from '../../../src/cli/machine/provenance.ts';
import { MEASUREMENT_NAMES } from '../../../src/experiments/measure/registry.ts';
import { folder, json, mckean, names, put, text, type Outcome } from '../../support/cli.ts';

const home = folder();
const NOISY = {
  data: { dataset: 'curve', samples: 2 },
  dynamics: { temperature: 0.01, decay: 0.02, dt: 0.2, steps: 12 },
  engine: 'cpu',
};
const LAW = 'uniform-in-time';
const all = (...flags: string[]): Promise<Outcome> =>
  mckean(['measure', '--all', put(home, 'noisy.json', NOISY), ...flags], { cwd: home });
const result = () =>
  json<{ verdict: string; seed: number; provenance: Provenance }>(home, 'laws', LAW, 'result.json');

describe('all laws', () => {
  let first: Outcome;
  beforeAll(async () => void (first = await all('--out', 'laws')));

  it('are each in a folder of its own, those that are about the problem, and the others say why not', () => {
    expect(names(home, 'laws')).toEqual(['report.html', LAW]);
    expect(names(home, 'laws', LAW)).toEqual(['figure.svg', 'points.csv', 'replicas-512.npy', 'result.json']);
    for (const name of MEASUREMENT_NAMES)
      expect(first.stdout).toMatch(
        new RegExp(`^(${name === LAW ? '(holds|FAILS|undecided) +' : 'refused +'}${name})[: ]`, 'm'),
      );
    expect(first.stdout).toMatch(/^refused +energy: measure energy: dynamics has temperature/m);
    expect(first.status).toBe({ holds: 0, fails: 1, undecided: 3 }[result().verdict]);
  });

  it('stand on one page that needs nothing else: statement, figure, verdict, numbers, where it comes from', () => {
    const page = text(home, 'laws', 'report.html');
    for (const name of MEASUREMENT_NAMES) expect(page).toContain(`<h2 id="${name}">`);
    expect(page).toMatch(/<em>dθ = .*sup<sub>t<\/sub> E \|f<sup>\(n\)<\/sup><sub>t<\/sub>/);
    expect(page).toContain(text(home, 'laws', LAW, 'figure.svg').slice(0, 200));
    expect(page).toMatch(new RegExp(`<a href="#${LAW}">.*<span class="${result().verdict}">`));
    expect(page).toContain(`Node ${process.version.slice(1)}`);
    expect(page).not.toMatch(/(?:src|href)="(?!#)|@import|url\((?!#)/);
  });

  it('are kept by --resume with the same settings, and measured anew with others', async () => {
    const { provenance } = result();
    const again = await all('--out', 'laws', '--resume');
    expect([again.status, again.stdout]).toEqual([first.status, first.stdout]);
    expect(result().provenance).toEqual(provenance);
    await all('--out', 'laws', '--resume', '--seed', '2');
    expect(result().seed).toBe(2);
    expect(result().provenance.date).not.toBe(provenance.date);
  });
});

it('that are interrupted keep what is done and say how to go on', async () => {
  const { status, stderr } = await mckean(['measure', '--all', '--out', 'stopped', '--engine', 'cpu'], {
    cwd: home,
    signal: 'SIGINT',
  });
  expect(stderr).toMatch(/^stopped with 0 of \d+ laws done; --resume goes on$/m);
  expect(status).toBe(130);
  expect(names(home, 'stopped').filter((name) => name.endsWith('.json'))).toEqual([]);
});

describe('measure --all refuses', () => {
  const out = ['--out', join(home, 'o')];
  it.each([
    ['widths', ['--all', ...out, '--widths', '4,8'], /--widths: with --all each law has its own, leave it out/],
    ['replicas', ['--all', ...out, '--replicas', '64'], /--replicas: with --all each law has its own/],
    ['two configurations', ['--all', 'a.json', 'b.json', ...out], /"b\.json" is one argument too many/],
    ['to go on with one law', ['energy', ...out, '--resume'], /--resume goes on with all laws: give --all/],
    ['a full folder', ['--all', '--out', home], /it holds files already, give .* folder, --resume or --force/],
  ] as [string, string[], RegExp][])('%s', async (_, words, line) => {
    put(home, 'full.txt', '');
    const args = parse('mckean measure', MEASURE, words) as Arguments;
    await expect(MEASURE.run(args)).rejects.toThrow(line);
    await expect(MEASURE.run(args)).rejects.toThrow(UsageError);
    expect(names(home)).not.toContain('o');
  });
});
