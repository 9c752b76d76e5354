/** Runs beside runs: their names, their history, and what differs between two. */
import { describe, expect, it } from 'vitest';
import { differences } from '../src/app/compare/difference.ts';
import { History } from '../src/app/compare/history.ts';
import { LiveRun } from '../src/app/compare/live-run.ts';
import { Opener } from '../src/app/opening.ts';
import { Session } from '../src/app/session.ts';
import type { ConfigInput } from '../src/core/config.ts';
import { resolveConfig } from '../src/experiments/presets.ts';
import type { Curve } from '../src/views/decimate.ts';

const config = (more: ConfigInput = {}): ReturnType<typeof resolveConfig> => resolveConfig({ preset: 'tanh-curve', model: { width: 64 }, ...more });
const curve = (last: number): Curve => ({ x: [0, last], y: [1, 0.5] });

describe('what differs', () => {
  it('is named shortly, from the one’s side', () => {
    const other = config({ parameterization: 'ntk', model: { width: 1024 }, initial: { seed: 2 }, dynamics: { dt: 0.25 } });
    expect(differences(other, config())).toEqual(['ntk', 'n = 1,024', 'seed 2', 'dt = 0.25']);
    expect(differences(config(), other)).toEqual(['mean-field', 'n = 64', 'seed 1', 'dt = 1']);
  });
  it('is nothing where two spellings move particles alike', () => {
    expect(differences(config({ parameterization: { a: 1, kappa: 1 }, dynamics: { steps: 7 }, record: { every: 3 } }), config())).toEqual([]);
  });
});

describe('earlier runs', () => {
  it('are at most eight, the last ones', () => {
    const history = new History();
    for (let seed = 2; seed < 14; seed++) history.keep(config({ initial: { seed } }), curve(5));
    expect(history.beside(config()).map(({ name }) => name)).toEqual([6, 7, 8, 9, 10, 11, 12, 13].map((seed) => `seed ${seed}`));
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
    const history = new History(), many = (decay: number): ConfigInput => ({ parameterization: 'ntk', model: { width: 32 }, dynamics: { decay } });
    history.keep(config(many(0.1)), curve(2));
    history.keep(config(many(0.2)), curve(2));
    expect(history.beside(config()).map(({ name }) => name)).toEqual(['ntk, n = 32 +1', 'ntk, n = 32 +1 (2)']);
  });
});

describe('a run that is followed', () => {
  const follow = async (): Promise<{ session: Session; live: LiveRun; over: Curve[]; taken: { points: Curve; fresh: boolean }[] }> => {
    const session = new Session(new Opener({ gpu: async () => ({ gpu: null, reason: 'none here' }), cpu: {}, autoTakesSoftware: false }));
    const over: Curve[] = [], taken: { points: Curve; fresh: boolean }[] = [];
    const live = new LiveRun(session, (points, fresh) => taken.push({ points, fresh }), (_, ended) => over.push(ended));
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
    expect(over.map(({ x }) => x)).toEqual([[0, 1, 2], [0, 1]]);
    expect(taken.at(-1)).toMatchObject({ fresh: true, points: { x: [0] } });
  });
});
