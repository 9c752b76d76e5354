import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { comparable, differences } from '../../src/app/compare/difference.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

const config = (more: ConfigInput = {}): ReturnType<typeof resolveConfig> =>
  resolveConfig({ preset: 'tanh-curve', model: { width: 64 }, ...more });

describe('what differs', () => {
  it('is named shortly, from the one’s side', () => {
    const other = config({
      parameterization: 'ntk',
      model: { width: 1024 },
      initial: { seed: 2 },
      dynamics: { dt: 0.25 },
    });
    expect(differences(other, config())).toEqual(['ntk', 'n = 1,024', 'seed 2', 'dt = 0.25']);
    expect(differences(config(), other)).toEqual(['mean-field', 'n = 64', 'seed 1', 'dt = 1']);
  });
  it('is nothing where two spellings move particles alike', () => {
    expect(
      differences(
        config({ parameterization: { a: 1, kappa: 1 }, dynamics: { steps: 7 }, record: { every: 3 } }),
        config(),
      ),
    ).toEqual([]);
  });
});

it('losses compare on the same data with the same loss', () => {
  expect(comparable(config(), config({ parameterization: 'ntk', model: { width: 8 } }))).toBe(true);
  expect(comparable(config(), resolveConfig({ preset: 'moons' }))).toBe(false);
});
