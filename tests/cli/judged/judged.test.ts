/** What commands that end in a verdict share. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Arguments } from '../../../src/cli/args.ts';
import { judged } from '../../../src/cli/judged.ts';
import { resolveConfig } from '../../../src/experiments/presets.ts';
import { folder, json, names } from '../../support/cli.ts';

const home = folder();
const argumentsWith = (out: string): Arguments => ({
  positionals: [],
  text: (flag) => (flag === 'out' ? join(home, out) : undefined),
  texts: () => [],
  on: (flag) => flag === 'quiet',
});

it.each([
  ['holds', 0],
  ['fails', 1],
  ['undecided', 3],
] as const)('a result that needs no engine is written, too; %s is status %i', async (verdict, status) => {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const result = {
    name: 'closed',
    config: resolveConfig({ preset: 'moons' }),
    seconds: 0,
    r2: null,
    testR2: null,
    points: [],
    verdict,
  };
  const found = await judged('reproduce', argumentsWith(verdict), async () => ({
    ...result,
    known: {},
    run: async () => ({ ...result, passed: verdict === 'holds' }),
    drawing: async () => ({ subtitle: 'Nothing moves.' }),
  }));
  said.mockRestore();
  expect(found).toBe(status);
  expect(names(home, verdict)).toEqual(['figure.svg', 'points.csv', 'result.json']);
  expect(json(home, verdict, 'result.json')).toMatchObject({ name: 'closed', verdict });
});
