import { describe, expect, it } from 'vitest';
import { complete, type ConfigInput } from '../../src/core/config/config.ts';
import {
  abcOf,
  featureExponent,
  isMeanField,
  PARAMETERIZATIONS,
  power,
  scalesOf,
  type Abc,
  type Parameterization,
} from '../../src/core/parameterizations.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { NO_FILES } from '../support/no-files.ts';
import { draw, problemOf, slope } from '../support/problems.ts';

/** θ, f after some steps of a small run in the given parameterization, drawn from its laws. */
async function run(
  parameterization: Parameterization,
  more: ConfigInput = {},
): Promise<{ theta: Float64Array; f: number[] }> {
  const config = complete({
    data: { dataset: 'moons', samples: 12 },
    model: { width: 30, activation: 'gelu' },
    dynamics: { dt: 0.05 },
    ...more,
    parameterization,
  });
  const engine = await createCpuEngine((await prepare(config, NO_FILES)).problem);
  await engine.advance(20);
  return { theta: await engine.theta(), f: [...(await engine.f())] };
}

const apart = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  Math.max(...Array.from(p, (value, i) => Math.abs(value - q[i])));

describe('a name, its (a, κ) and its abc form are one parameterization, to the bit', () => {
  it.each(Object.entries(PARAMETERIZATIONS))('%s', async (name, { a, kappa }) => {
    const named = await run(name as keyof typeof PARAMETERIZATIONS);
    expect(await run({ a, kappa })).toEqual(named);
    expect(await run({ abc: { a: [0, a], b: [0, 0], c: -kappa } })).toEqual(named);
  });
});

it('the table of the model: (a, κ) of each name', () => {
  const table = Object.fromEntries(
    Object.entries(PARAMETERIZATIONS).map(([name, { a, kappa }]) => [name, [a, kappa]]),
  );
  expect(table).toEqual({
    ntk: [1 / 2, 0],
    naive: [1 / 2, 1 / 2],
    compensated: [1, 1 / 2],
    'mean-field': [1, 1],
  });
});

describe('shifting (a, b, c) to (a + s, b − s, c − 2s) in all layers leaves f_t as it was', () => {
  const shifted = ({ a, b, c }: Abc, s: number): Abc => ({
    a: [a[0] + s, a[1] + s],
    b: [b[0] - s, b[1] - s],
    c: c - 2 * s,
  });
  const bases: Abc[] = [abcOf('mean-field'), abcOf('ntk'), { a: [0.2, 0.7], b: [0.1, 0.2], c: -0.4 }];

  it.each(bases.flatMap((abc) => [-0.5, 0.3, 1].map((s) => [JSON.stringify(abc), s, abc] as const)))(
    '%s, s = %d',
    async (_, s, abc) => {
      const before = await run({ abc });
      const after = await run({ abc: shifted(abc, s) });
      // rounding of n^s
      expect(apart(after.f, before.f) / Math.max(...before.f.map(Math.abs))).toBeLessThan(1e-12);
      expect(apart(after.theta, before.theta)).toBeGreaterThan(1e-3); // w itself is n^s w
    },
  );

  it('one layer alone does change it: a control', async () => {
    const abc = abcOf('mean-field');
    expect(
      apart((await run({ abc: { ...abc, a: [0.3, 1], b: [-0.3, 0] } })).f, (await run({ abc })).f),
    ).toBeGreaterThan(1e-4);
  });
});

describe('the first step moves neurons and f by the powers of n that the model says', () => {
  const WIDTHS = [64, 256, 1024, 4096];
  /**
   * Root mean squares of Δθ and Δf over one step, in a cloud whose law does not depend on n: every particle
   * copied.
   */
  async function firstStep(a: number, kappa: number, n: number): Promise<[number, number]> {
    const rows = draw({ n: 16, m: 5, d: 2 }, 13);
    const theta = Array.from({ length: n }, (_, j) => [...rows.theta[(j >> 1) % 16]]);
    theta.forEach((row, j) => (row[0] = Math.abs(row[0]) * (j % 2 ? -1 : 1))); // f_0 = 0 at any prefactor
    const engine = await createCpuEngine(problemOf({ ...rows, theta }, { a, kappa }, { dt: 1e-3 }));
    const before = [await engine.theta(), await engine.f()];
    await engine.advance(1);
    const after = [await engine.theta(), await engine.f()];
    return before.map((values, i) =>
      Math.sqrt(values.reduce((sum, value, k) => sum + (value - after[i][k]) ** 2, 0) / values.length),
    ) as [number, number];
  }

  it.each([
    ...Object.entries(PARAMETERIZATIONS).map(([name, { a, kappa }]) => [name, a, kappa] as const),
    ['general', 0.9, 0.7] as const,
  ])('%s', async (_, a, kappa) => {
    const moves = await Promise.all(WIDTHS.map((n) => firstStep(a, kappa, n)));
    expect(
      slope(
        WIDTHS,
        moves.map(([neurons]) => neurons),
      ),
    ).toBeCloseTo(kappa - a, 6);
    expect(
      slope(
        WIDTHS,
        moves.map(([, f]) => f),
      ),
    ).toBeCloseTo(kappa - 2 * a + 1, 2); // first order in η0
  });
});

it('powers of n are exact where n is a power of 4 and the exponent a half-integer', () => {
  for (let k = 0; k <= 15; k++)
    for (const e of [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5]) expect(power(4 ** k, e)).toBe(2 ** (2 * k * e));
  expect(power(10, 0.3)).toBe(10 ** 0.3);
});

it('every factor is 1 at width 1', () => {
  expect(scalesOf({ a: [0.3, 0.7], b: [0.2, -0.4], c: 1.1 }, 1)).toEqual({
    inner: 1,
    outer: 1,
    speed: 1,
    spread: [1, 1],
  });
});

it('mean field is told by what neurons do, not by its name', () => {
  const same: Parameterization[] = ['mean-field', { a: 1, kappa: 1 }, { abc: abcOf('mean-field') }];
  const others: Parameterization[] = ['ntk', 'naive', 'compensated', { a: 1, kappa: 0.9 }];
  expect(same.map(isMeanField)).toEqual([true, true, true]);
  expect(others.map(isMeanField)).toEqual([false, false, false, false]);
});

it('the exponent of features is that of Yang and Hu’s table, 1 − a on the slider, and no shift changes it', () => {
  const table: readonly (readonly [Abc, number])[] = [
    [{ a: [0, 1 / 2], b: [0, 0], c: 0 }, 1 / 2], // NTP
    [{ a: [0, 1], b: [0, 0], c: -1 }, 0], // MFP
    [{ a: [-1 / 2, 1 / 2], b: [1 / 2, 1 / 2], c: 0 }, 0], // μP
    [{ a: [0, 0], b: [0, 1 / 2], c: 1 }, 3 / 2], // SP at a rate of 1/n
  ];
  for (const [abc, r] of table) expect(featureExponent(abc)).toBe(r);
  for (const a of [0.5, 0.6, 0.75, 1]) {
    const { a: exponents, b, c } = abcOf({ a, kappa: 2 * a - 1 });
    for (const s of [-1, 0, 0.3])
      expect(
        featureExponent({
          a: [exponents[0] + s, exponents[1] + s],
          b: [b[0] - s, b[1] - s],
          c: c - 2 * s,
        }),
      ).toBeCloseTo(1 - a, 12);
  }
});
