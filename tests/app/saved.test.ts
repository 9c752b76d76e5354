import { describe, expect, it } from 'vitest';
import { isolatedName, shortName } from '../../src/core/words/cut.ts';
import { oneLine } from '../../src/cli/errors.ts';
import { csv } from '../../src/app/save/csv.ts';
import { runName } from '../../src/app/save/files.ts';
import { checkPlan, type FilmPlan } from '../../src/app/save/film.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

describe('a saved file is called by what its run learns', () => {
  const own = { x: [[0], [1]], y: [0, 1] };
  it.each([
    ['a preset', { preset: 'moons' }, 'moons'],
    ['a preset with more samples', { preset: 'tanh-curve', model: { width: 64 } }, 'tanh-curve'],
    ['own rows laid on a preset', { preset: 'tanh-curve', data: { inline: own } }, 'own-data'],
    ['a formula', { data: { inline: { ...own, title: 'y = sin 6x + x/2' } } }, 'y-sin-6x-x-2'],
    ['a table', { preset: 'tanh-curve', data: { csv: 'Grüße 2024.csv' } }, 'Grüße-2024'],
    ['a table in a folder', { data: { csv: 'C:\\data\\points.v2.csv' } }, 'points-v2'],
    ['a generator', { preset: 'tanh-curve', data: { dataset: 'moons', samples: 40 } }, 'moons'],
    ['signs alone', { data: { inline: { ...own, title: '…/…' } } }, 'own-data'],
  ])('%s', (_, input, name) => expect(runName(resolveConfig(input as never))).toBe(name));
});

it('a film that no codec takes is refused before anything is drawn', () => {
  const plan: FilmPlan = {
    width: 7680,
    height: 4320,
    seconds: 1,
    rate: 30,
    steps: 1,
    axes: true,
    format: 'webm',
  };
  expect(() => checkPlan(plan)).not.toThrow();
  expect(() => checkPlan({ ...plan, width: 8192, height: 8192 })).toThrow(/67108864.*35651584.*smaller/);
});

describe('a name that is read from right to left', () => {
  const name = 'גובה';

  it('is set apart on the page, and one that is not is as it is', () => {
    expect(isolatedName(name)).toBe('\u2068גובה\u2069');
    expect(isolatedName('height')).toBe('height');
  });

  it('is what it is in files and in lines of the command line', async () => {
    const text = await csv({ [`weight of ${isolatedName(name)}`]: [1, 2] }).text();
    expect(text).toBe('weight of גובה\n1\n2\n');
    expect(oneLine(`the target is "${shortName(name)}"`)).toBe('the target is "גובה"');
  });
});
