/** Links of all kinds of nonsense: MCKEAN_CASES=10000 for many; in a page, tests/page/links.test.ts. */
import { expect, it } from 'vitest';
import { formatLink, parseLink } from '../../src/app/links/link.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { hostileLink } from '../support/hostile/links.ts';
import { seeded } from '../support/seeded.ts';
import { refusedWell } from '../support/hostile/input.ts';

const CASES = Number(process.env.MCKEAN_CASES ?? 300);

/** A link of the grammar's own words, or of any characters. */
function anyLink(random: () => number): string {
  if (random() < 0.8) return hostileLink(random);
  const code = (): number => Math.floor(random() * [128, 0x300, 0x10000][Math.floor(3 * random())]);
  return String.fromCharCode(...Array.from({ length: 1 + Math.floor(60 * random()) }, code));
}

it('whatever a link says, there is a run to open, which has what the link says and was not left out (36)', () => {
  const random = seeded(9);
  let kept = 0;
  for (let k = 0; k < CASES; k++) {
    const width = 2 * Math.ceil(500 * random());
    const nonsense = anyLink(random);
    const link = `#model.width=${width}&${nonsense}`;
    const { input, notice, view } = parseLink(link);
    if (notice) refusedWell(notice);
    const config = resolveConfig(input);
    if (config.initial.npy !== undefined) continue; // its width is the file's, which no link brings
    const again = parseLink(formatLink(config, view));
    expect([link, again.notice, resolveConfig(again.input), again.view]).toEqual([link, '', config, view]);
    if (/model/.test(nonsense) || /^The link could not be used/.test(notice)) continue;
    kept++;
    expect([link, config.model.width]).toEqual([link, width]);
  }
  expect(kept).toBeGreaterThan(CASES / 10);
  for (const name of [
    'model.width.foo=64',
    'model.width=1e12',
    'model.width=0x10',
    'model.width=-1',
    'dynamics.dt=1e999',
  ])
    expect([name, parseLink(`#${name}`)]).toMatchObject([
      name,
      { input: { preset: 'tanh-curve' }, notice: expect.stringContaining('could not be used') as string },
    ]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
