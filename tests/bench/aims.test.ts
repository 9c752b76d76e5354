/** What is asked of our speeds: which race each aim is, what is read off it, and what is said where there is none. */
import { describe, expect, it } from 'vitest';
import { AIMS, holdAims, type Aim, type Field } from '../../bench/aims.ts';
import { ENGINES } from '../../bench/race/engines.ts';
import { holds } from '../../bench/held.ts';
import { plainRunner } from '../../bench/race/runner.ts';
import type { Entrant } from '../../bench/race/session.ts';

const SMALL = { n: 20, m: 5, d: 3, activation: 'relu' } as const;
const AGAINST_PLAIN: Aim = { case: SMALL, engine: 'cpu', method: 'direct', least: 8 };
const AGAINST_NUMPY: Aim = { ...AGAINST_PLAIN, peer: 'numpy float64', least: 1 };

/** The yardstick's steps under another name, each said to take so many milliseconds; `off` by how much they are wrong. */
const entrant = (name: string, ms: number, off = 0): Entrant => ({
  name,
  where: 'here',
  ours: name.startsWith('mckean'),
  open: async (_, problem) => {
    const runner = plainRunner(problem);
    return {
      ...runner,
      info: { ...runner.info, name },
      advance: async (steps) => {
        await runner.advance(Math.min(steps, 2));
        return steps * ms;
      },
      rows: async (ranges) => Array.from(await runner.rows(ranges), (value) => value + off),
    };
  },
});

const field = (change: Partial<Field> = {}): Field => ({
  ours: (engine) => entrant(`mckean ${engine}`, 100),
  peers: [entrant('numpy float64', 300), entrant('numpy float32', 1)],
  missing: [],
  pace: { seconds: 0, longest: 10, log: () => undefined },
  ...change,
});

describe('an aim', () => {
  it("against a peer is how many times the peer's time is ours", async () => {
    const { held, rows, leftOut } = await holdAims([AGAINST_NUMPY], field());
    expect(held).toEqual([
      {
        what: 'relu, d = 3, n = 20, m = 5: cpu direct against numpy float64',
        measured: 3,
        limit: 1,
        least: true,
        unit: '×',
      },
    ]);
    expect([held.every(holds), rows.length, leftOut]).toEqual([true, 2, []]);
  });

  it("against the plain loop is the yardstick's time over ours, alone in the race", async () => {
    const { held, rows } = await holdAims([AGAINST_PLAIN], field());
    expect(held[0].measured).toBe(rows[0].measured!.yardsticks);
    expect(rows.map(({ info }) => info.name)).toEqual(['mckean cpu']);
  });

  it.each<[string, Aim, Partial<Field>, RegExp]>([
    [
      'an engine that is not there',
      { ...AGAINST_PLAIN, engine: 'abacus' },
      {},
      /: there is no engine abacus here$/,
    ],
    [
      'no numpy',
      AGAINST_NUMPY,
      { peers: [], missing: [{ name: 'python3', reason: 'no numpy' }] },
      /: no numpy$/,
    ],
    ['no such peer', { ...AGAINST_NUMPY, peer: 'an abacus' }, {}, /: there is no an abacus here$/],
    [
      'a wrong result',
      AGAINST_PLAIN,
      { ours: () => entrant('mckean cpu', 1, 1e-3) },
      /: mckean cpu: θ after 2 steps is off by/,
    ],
  ])('is left out with the reason: %s', async (_, aim, change, reason) => {
    const { held, leftOut } = await holdAims([aim], field(change));
    expect(held).toEqual([]);
    expect(leftOut).toHaveLength(1);
    expect(leftOut[0]).toMatch(/^left out: relu, d = 3, n = 20, m = 5: /);
    expect(leftOut[0]).toMatch(reason);
  });

  it('names an engine and a peer that can be there', () => {
    for (const { engine, peer = 'numpy float64' } of AIMS) {
      expect([...ENGINES, 'cpu32']).toContain(engine);
      expect(peer).toMatch(/^numpy float(64|32)$/);
    }
  });
});
