/** Configurations as nobody should write them: MCKEAN_CASES=10000 for many. What is taken has each value that was given, and no other field. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConfigError, WIDTH_OF_FILE } from '../../src/core/config/config.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { JsonError, parseJson } from '../../src/io/json.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { generated } from '../support/generated.ts';
import { hostileTexts, WHOLE } from '../support/hostile/configs.ts';
import { taken } from '../support/hostile/input.ts';

/** Values that were given and are not there: as paths. Null takes a field away; what a section means is the section's. */
function lost(given: unknown, found: unknown, path = ''): string[] {
  if (given === null || Object.is(given, found) || (given === 0 && found === 0)) return [];
  if (typeof given !== 'object' || typeof found !== 'object' || found === null)
    return [`${path}: ${JSON.stringify(given)}`];
  return Object.entries(given).flatMap(([key, value]) =>
    value !== null && !Object.hasOwn(found, key)
      ? [`${path}.${key}`]
      : lost(value, (found as Record<string, unknown>)[key], `${path}.${key}`),
  );
}

it.each(WHOLE)('what is spoilt below is right: %#', (text) => {
  expect(lost(JSON.parse(text), resolveConfig(readConfig(parseJson(text))))).toEqual([]);
});

it('a configuration is taken with all that it says, or refused in one sentence (36, 38)', () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const value = taken(() => parseJson(text), JsonError);
      if (value === null) return;
      const config = taken(() => resolveConfig(readConfig(value)), ConfigError);
      if (!config) return void counts.refused++;
      counts.taken++;
      expect([text, lost(value, config)]).toEqual([text, []]);
      if (config.model.width === WIDTH_OF_FILE) return;
      const again = resolveConfig(readConfig(parseJson(JSON.stringify(config))));
      expect([text, JSON.stringify(again)]).toEqual([text, JSON.stringify(config)]); // which has no −0
      expect(JSON.stringify(config)).not.toMatch(/"(__proto__|constructor|hasOwnProperty)":/);
    }),
    generated(400),
  );
  expect(counts.taken).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(100);
});
