/** mckean reproduce as a person meets it. */
import { describe, expect, it } from 'vitest';
import { PAPER_NAMES } from '../../../src/experiments/papers/registry.ts';
import { folder, json, mckean, names, text } from '../../support/cli.ts';

const home = folder();
const SMALL = ['--set', 'model.width=200', '--set', 'dynamics.steps=20', '--set', 'data.testSamples=100'];
const reproduce = (...words: string[]) => mckean(['reproduce', ...words], { cwd: home });

it('lists the names, one a line', async () => {
  const { status, stdout } = await reproduce('--list');
  expect([status, stdout]).toEqual([0, PAPER_NAMES.map((name) => `${name}\n`).join('')]);
});

it('writes result, points and figure, with the values that were set and the seed in everything drawn', async () => {
  const { status, stdout } = await reproduce('mmn-isotropic', '--out', 'small', '--seed', '7', ...SMALL);
  expect(names(home, 'small')).toEqual(['figure.svg', 'points.csv', 'result.json']);
  const result = json(home, 'small', 'result.json');
  expect(result).toMatchObject({
    name: 'mmn-isotropic',
    seed: 7,
    engine: 'cpu',
    config: { preset: 'mmn-isotropic', model: { width: 200 }, dynamics: { steps: 20 } },
  });
  expect(result.config).toMatchObject({
    initial: { seed: 7 },
    data: { seed: 7, testSeed: 7, testSamples: 100 },
  });
  expect(result.provenance).toMatchObject({ seeds: { initial: 7, data: 7, test: 7 } });
  expect(status).toBe({ holds: 0, fails: 1, undecided: 3 }[result.verdict as 'holds']);
  expect(result.passed).toBe(result.verdict === 'holds');
  expect(stdout).toMatch(/risk at t = 0.02 over theory's/);
  expect(text(home, 'small', 'figure.svg')).toMatch(/^<svg.*reduced dynamics/s);
  expect(text(home, 'small', 'points.csv').split('\n')[0]).toBe('panel,curve,x,y');
});

describe('refuses in one line', () => {
  it.each([
    [[], /PRESET is missing, give one of mmn-isotropic/],
    [['mmn-isotropc'], /is not a paper’s: did you mean "mmn-isotropic"\?/],
    [['mmn-isotropic', '--set', 'model.width'], /--set: "model.width" is not valid, give PATH=VALUE/],
    [['mmn-isotropic', '--set', 'model.wdth=3'], /model.wdth.*did you mean "width"/],
    [['mmn-isotropic', '--set', '__proto__.x=3'], /"__proto__" is no field/],
    [['mmn-isotropic', '--set', 'data.parameters.delta=2'], /data.parameters.delta = 2/],
    [['mmn-isotropic', '--set', 'initial.w0={"law":"uniform"}'], /isotropic/],
    [['mmn-isotropic', '--seed', '1.5'], /--seed: "1.5" is not valid, give a whole number/],
    [['mmn-isotropic', 'more'], /one argument too many/],
  ] as const)('%j', async (words, sentence) => {
    const { status, stderr } = await reproduce(...words, '--out', 'none');
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toMatch(sentence);
    expect(names(home)).not.toContain('none');
  });
});
