/** When a grid is checked, refined and left alone: on a grid whose error is known. */
import { describe, expect, it } from 'vitest';
import { TOLERANCE } from '../../src/core/methods/accuracy.ts';
import type { Extent } from '../../src/core/mesh/grid.ts';
import { FIRST_SPACING, gridFor, MOST_NODES } from '../../src/core/methods/methods.ts';
import {
  checked,
  FIRST_ACCURACY,
  LIMIT,
  POLICIES,
  Resolution,
  type Gridded,
  type Policy,
} from '../../src/engines/accuracy.ts';
import { CapacityError } from '../../src/engines/engine.ts';

interface Fake {
  /** The error of a drift by the spacings of its grid. */
  readonly error: (spacing: readonly [number, number]) => number;
  readonly rounding?: number;
  readonly extent?: Extent;
  readonly n?: number;
}

const problem = { m: 1, d: 2, x: Float64Array.of(1, 1), y: Float64Array.of(0) };

/** A grid that notes what is asked of it. */
function fake({ error, rounding = 0, extent = [-1, 1, -1, 1], n = 10 }: Fake, policy: Policy = POLICIES.cpu) {
  const asked: string[] = [];
  const phases: number[] = [];
  let spacing = FIRST_SPACING;
  const note = async (what: string): Promise<void> => void asked.push(what);
  const grids: Gridded = {
    problem: { ...problem, n },
    extent: async () => extent,
    lay: async (laid, over) => {
      checked(gridFor(problem, laid, over));
      await note('lay');
      spacing = laid;
    },
    leave: () => note('leave'),
    settle: () => note('settle'),
    measured: async (phase) => {
      await note('measure');
      phases.push(phase);
      const total = error(spacing);
      return { parts: [total, total], total, rounding };
    },
  };
  return { resolution: new Resolution(grids, policy), asked, phases };
}

/** A finer grid over it would have no room. */
const WIDE: Extent = [-76.8, 76.8, -76.8, 76.8];

/** As a cubic spline's. */
const cubic = ([u]: readonly [number, number]): number => 0.05 * u ** 3;

describe.each(Object.entries(POLICIES))('on %s', (name, policy) => {
  it('step 0 gets a grid of the tolerance, which is not measured to be worse', async () => {
    const { resolution } = fake({ error: cubic }, policy);
    await resolution.suit(0);
    expect(cubic(resolution.accuracy.spacing)).toBeLessThanOrEqual(LIMIT);
    expect(resolution.accuracy.error).toBe(cubic(resolution.accuracy.spacing));
    expect(resolution.first).toEqual({ spacing: resolution.accuracy.spacing, error: 0 });
  });

  it('two grids are tried at step 0, and residuals follow as the policy says', async () => {
    const { resolution, asked } = fake({ error: cubic }, policy);
    await resolution.suit(0);
    const first = name === 'cpu' ? ['measure', 'lay', 'settle'] : ['measure', 'lay'];
    expect(asked).toEqual([...first, 'measure', 'lay', 'settle', 'measure']);
  });

  it('a check of a grid that is good enough measures once and lays none', async () => {
    const { resolution, asked } = fake({ error: () => LIMIT }, policy);
    await resolution.keep(0);
    expect(asked).toEqual(['measure']);
  });

  it('a grid that is not is refined four times at most, each time over settled residuals', async () => {
    const { resolution, asked } = fake({ error: () => 2 * TOLERANCE }, policy);
    await resolution.keep(0);
    const again = ['lay', 'settle', 'measure'];
    expect(asked).toEqual(['measure', ...again, ...again, ...again, ...again]);
    expect(resolution.accuracy.error).toBe(2 * TOLERANCE);
  });

  it('checks come at multiples of the same number of steps, whatever step one starts from', () => {
    const { resolution } = fake({ error: cubic }, policy);
    for (let step = 0; step < 100; step++)
      expect(resolution.isDue(step + resolution.untilCheck(step))).toBe(true);
    expect([0, 1, policy.every].map((step) => resolution.untilCheck(step))).toEqual([
      policy.every,
      policy.every - 1,
      policy.every,
    ]);
  });
});

it('an error that is rounding is not refined away', async () => {
  const { resolution, asked } = fake({ error: () => 50 * TOLERANCE, rounding: 30 * TOLERANCE });
  await resolution.keep(0);
  expect(asked).toEqual(['measure']);
});

it('no grid is laid that would leave particles no room to move', async () => {
  const { resolution, asked } = fake({ error: () => 1, extent: WIDE, n: 1e7 });
  await resolution.keep(0);
  expect(asked).toEqual(['measure']);
  expect(resolution.accuracy.spacing).toEqual(FIRST_SPACING);
  expect(resolution.accuracy.error).toBe(1);
});

it('a cloud of fewer particles than such a grid has nodes goes on by direct sums, and is checked no more', async () => {
  const { resolution, asked } = fake({ error: () => 1, extent: WIDE, n: 1e4 });
  await resolution.keep(0);
  expect(asked).toEqual(['measure', 'leave', 'settle']);
  expect(resolution.accuracy).toMatchObject({ error: 1, outgrown: true });
  expect([resolution.isDue(32), resolution.untilCheck(5)]).toEqual([false, Infinity]);
  await resolution.keep(32);
  expect(await resolution.bound(32)).toBe(0);
  expect(asked).toHaveLength(3);
});

it('a cloud that outgrows every grid goes on by direct sums, after a restart, too', async () => {
  const { resolution, asked } = fake({ error: cubic, extent: [-1e9, 1e9, -1, 1] });
  await resolution.grow();
  expect(asked).toEqual(['leave']);
  expect(resolution.accuracy).toEqual({ ...FIRST_ACCURACY, outgrown: true });
  const other = fake({ error: cubic });
  await other.resolution.place(resolution.accuracy);
  expect(other.asked).toEqual(['leave']);
});

it('a grid that cannot be laid leaves the accuracy of the one that there is', async () => {
  const { resolution } = fake({ error: cubic, extent: [-1e9, 1e9, -1, 1] });
  await expect(resolution.place({ spacing: [1, 1], error: 1 }, [-1e9, 1e9, -1, 1])).rejects.toThrow(
    CapacityError,
  );
  expect(resolution.accuracy).toEqual(FIRST_ACCURACY);
});

it('the greatest error is remembered', async () => {
  const errors = [2e-5, 3e-5, 1e-5];
  const { resolution } = fake({ error: () => errors.shift()! });
  for (let step = 0; step < 3; step++) await resolution.keep(step);
  expect(resolution.accuracy).toMatchObject({ error: 3e-5, recent: 1e-5 });
});

it('an error that steps were taken with is remembered, though a finer grid has mended it', async () => {
  const errors = [2 * TOLERANCE, 0.1 * TOLERANCE];
  const { resolution } = fake({ error: () => errors.shift()! });
  await resolution.keep(16);
  expect(resolution.accuracy).toMatchObject({ error: 2 * TOLERANCE, recent: 0.1 * TOLERANCE });
});

it('an error that grows is mended before it is too large', async () => {
  const growing = [0.3, 0.6, 0.3, 0.4].map((share) => share * LIMIT);
  const { resolution, asked } = fake({ error: () => growing.shift()! });
  await resolution.keep(0);
  await resolution.keep(16); // it has doubled: beyond the limit by the next check
  expect(asked).toEqual(['measure', 'measure', 'lay', 'settle', 'measure']);
  await resolution.keep(32);
  expect(asked).toHaveLength(6);
});

it('the bound at the current θ changes nothing', async () => {
  const { resolution, asked } = fake({ error: () => 3 * TOLERANCE });
  const before = resolution.accuracy;
  expect(await resolution.bound(5)).toBe(3 * TOLERANCE);
  expect(asked).toEqual(['measure']);
  expect(resolution.accuracy).toBe(before);
});

it('no check looks at the particles of another one', async () => {
  const { resolution, phases } = fake({ error: () => 0 });
  for (let check = 0; check < 30; check++) await resolution.keep(16 * check);
  const sorted = [...phases].sort((p, q) => p - q);
  const gaps = sorted.slice(1).map((phase, k) => phase - sorted[k]);
  expect(Math.min(...gaps)).toBeGreaterThan(1e-3);
  expect(phases.every((phase) => phase >= 0 && phase < 1)).toBe(true);
});

it('a grid of too many nodes is refused with the number, the limit and the remedy', () => {
  const grid = { hu: 1, hv: 1, iFirst: 0, iLast: 2 ** 10, jFirst: 0, jLast: 2 ** 10 };
  expect(() => checked(grid)).toThrow(CapacityError);
  expect(() => checked(grid)).toThrow(new RegExp(`needs \\d+ nodes, and ${MOST_NODES} are allowed: choose`));
  expect(checked({ ...grid, iLast: 9 }).iLast).toBe(9);
});
