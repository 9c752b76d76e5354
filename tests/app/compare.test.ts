/** Runs beside runs: their names, their history, and what differs between two. */
import { describe, expect, it } from 'vitest';
import { History } from '../../src/app/compare/history.ts';
import { choiceOf, COMPARISONS } from '../../src/app/compare/comparisons.ts';
import { COMPARISON_IDS, FIELDS } from '../../src/app/compare/ids.ts';
import { LiveRun } from '../../src/app/compare/live-run.ts';
import { Twin } from '../../src/app/compare/twin.ts';
import type { Page } from '../../src/app/page.ts';
import { formatLink, parseLink } from '../../src/app/links/link.ts';
import { Opener } from '../../src/app/run/opening.ts';
import { Pace } from '../../src/app/run/steps/pace.ts';
import { Session } from '../../src/app/run/session.ts';
import { mergeConfig, type ConfigInput } from '../../src/core/config/config.ts';
import { differences } from '../../src/app/compare/difference.ts';
import { PRESET_NAMES, resolveConfig } from '../../src/experiments/presets.ts';
import { logTicks } from '../../src/views/plots/log-ticks.ts';
import type { Curve } from '../../src/views/plots/decimate.ts';
import { turn } from '../support/turn.ts';

const PLATFORM = { gpu: async () => ({ gpu: null, reason: 'none here' }), cpu: {}, autoTakesSoftware: false };
const config = (more: ConfigInput = {}): ReturnType<typeof resolveConfig> =>
  resolveConfig({ preset: 'tanh-curve', model: { width: 64 }, ...more });
const curve = (last: number): Curve => ({ x: [0, last], y: [1, 0.5] });

describe('earlier runs', () => {
  it('are at most eight, the last ones', () => {
    const history = new History();
    for (let seed = 2; seed < 14; seed++) history.keep(config({ initial: { seed } }), curve(5));
    expect(history.beside(config()).map(({ name }) => name)).toEqual(
      [6, 7, 8, 9, 10, 11, 12, 13].map((seed) => `seed ${seed}`),
    );
  });
  it('with the same settings are one, that which went furthest', () => {
    const history = new History();
    for (const last of [3, 9, 4]) history.keep(config(), curve(last));
    expect(history.beside(config()).map((run) => run.curve.x)).toEqual([[0, 9]]);
  });
  it('on other data are out of sight until those data are back', () => {
    const history = new History();
    history.keep(config(), curve(2));
    expect(history.beside(resolveConfig({ preset: 'moons' }))).toEqual([]);
    expect(history.beside(config({ initial: { seed: 3 } }))).toHaveLength(1);
  });
  it('have names of their own, though the clauses that tell them apart are too many', () => {
    const history = new History();
    const many = (decay: number): ConfigInput => ({
      parameterization: 'ntk',
      model: { width: 32 },
      initial: { seed: 2 },
      dynamics: { decay },
    });
    history.keep(config(many(0.1)), curve(2));
    history.keep(config(many(0.2)), curve(2));
    expect(history.beside(config()).map(({ name }) => name)).toEqual([
      'ntk, n = 32, seed 2 +1',
      'ntk, n = 32, seed 2 +1 (2)',
    ]);
  });
});

describe('a run that is followed', () => {
  const follow = async (): Promise<{
    session: Session;
    live: LiveRun;
    over: Curve[];
    taken: { points: Curve; fresh: boolean }[];
  }> => {
    const session = new Session(new Opener(PLATFORM));
    const over: Curve[] = [];
    const taken: { points: Curve; fresh: boolean }[] = [];
    const live = new LiveRun(
      session,
      (points, fresh) => taken.push({ points, fresh }),
      (_, ended) => over.push(ended),
    );
    await session.open(config());
    return { session, live, over, taken };
  };

  it('goes over t, through a change of dt, and knows the step of each t', async () => {
    const { session, live, taken } = await follow();
    await session.step(3);
    await session.configure({ dynamics: { dt: 0.25 } });
    await session.step(2);
    const t = taken.flatMap(({ points }) => points.x);
    expect(t).toEqual([0, 1, 2, 3, 3.25, 3.5]);
    expect(t.map((time) => live.stepOf(time))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(taken.filter(({ fresh }) => fresh)).toHaveLength(1);
  });
  it('ends at a reset and at a new draw, each of which begins another', async () => {
    const { session, over, taken } = await follow();
    await session.step(2);
    await session.reset();
    await session.step(1);
    await session.configure({ initial: { seed: 5 } });
    expect(over.map(({ x }) => x)).toEqual([
      [0, 1, 2],
      [0, 1],
    ]);
    expect(taken.at(-1)).toMatchObject({ fresh: true, points: { x: [0] } });
  });
});

describe.each(COMPARISON_IDS)('comparison %s', (id) => {
  it.each(PRESET_NAMES)(
    'has one difference beside preset %s, which its setting names, and the same draws unless the seed differs',
    (preset) => {
      const first = resolveConfig({ preset });
      const own = resolveConfig(mergeConfig(first, COMPARISONS[id].own(first) ?? {}));
      const { field, value } = choiceOf(id, own);
      const other = resolveConfig(mergeConfig(own, FIELDS[field].over(own, value)));
      expect(FIELDS[field].refuse(value)).toBeNull();
      expect(differences(other, own)).toHaveLength(1);
      expect(COMPARISONS[id].own(own)).toBeNull();
      expect(other.initial.seed === own.initial.seed).toBe(field !== 'seed');
    },
  );
  it('is what a link says it is', () => {
    const link = parseLink(formatLink(config(), { compare: id }));
    expect([link.view.compare, link.notice]).toEqual([id, '']);
  });
});

it.each([
  ['twins', 'is not one of lazy'],
  ['width:0', '0 is not a factor > 0'],
  ['seed:1.5', '1.5 is not a whole number'],
  ['activation:tan', 'tan is not one of'],
  ['dt:', 'an empty value is not a factor'],
])('a link to the comparison %s says what is wrong', (text, why) => {
  expect(parseLink(`#compare=${text}`)).toMatchObject({
    view: { compare: null },
    notice: expect.stringContaining(why),
  });
});

it.each([
  [0.99e-3, 10],
  [0.95e-6, 1],
  [3e-7, 8e-7],
  [1.1e-12, 4],
  [2.1e-5, 2.9e-5],
])('ticks of a rate on [%d, %d] are round, in order and not too many', (min, max) => {
  const ticks = logTicks(min, max);
  expect(ticks).toEqual([...ticks].sort((p, q) => p - q));
  expect(ticks.every((value) => value >= min && value <= max && value === Number(value.toPrecision(1)))).toBe(
    true,
  );
  expect(ticks.length).toBeLessThan(40);
});

it('a run that another follows takes no more steps at a time than the other can', () => {
  const pace = new Pace();
  pace.followed = 3;
  for (let k = 0; k < 10; k++) pace.note({ steps: pace.steps, period: 0.1, busy: 0.1, apart: 0, waited: 0 });
  expect(pace.steps).toBe(3);
});

describe('a run beside the page’s own', () => {
  /** How often it has asked for its turn, after so many moves of the page's run while it waits for the first. */
  async function asked(moves: number, answers: boolean): Promise<number> {
    const events = new EventTarget();
    let count = 0;
    const ask = async (): Promise<void> => {
      count++;
      await turn();
      if (!answers) throw new Error('there is no run');
    };
    const page = { session: { events, ask } } as unknown as Page;
    new Twin(page, () => ({}));
    for (let move = 0; move < moves; move++) events.dispatchEvent(new Event('advanced'));
    for (let wait = 0; wait < 10; wait++) await turn();
    return count;
  }

  it.each([true, false])(
    'asks once more for what moved meanwhile, and no more; answered: %s',
    async (answers) => {
      expect(await asked(1, answers)).toBe(1);
      expect(await asked(3, answers)).toBe(2);
    },
  );
});
