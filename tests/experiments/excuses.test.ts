/** A law is not refuted by steps that oscillate: the result says that they are too long, and which would not be. */
import { describe, expect, it } from 'vitest';
import { complete, type Config } from '../../src/core/config/config.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { labOf, type Means } from '../../src/experiments/measure/lab.ts';
import { Learned } from '../../src/experiments/measure/learned.ts';
import { measure, plan, type Result } from '../../src/experiments/measure/measure.ts';
import { driftRate } from '../../src/experiments/measure/laws/kernel.ts';
import { notYet } from '../../src/experiments/measure/excuses.ts';
import type { Series } from '../../src/experiments/measure/measurement.ts';
import { steadied, tooLong } from '../../src/experiments/measure/steady.ts';

const MEANS: Means = {
  open: (problem) => createCpuReplicas(problem),
  density: () => Promise.reject(new Error('no density is asked for')),
  files: { readBytes: () => Promise.reject(new Error('no file is read')), note: () => undefined },
  onProgress: () => undefined,
};
const N = 64;
const moons = (activation: string, dynamics: Partial<Config['dynamics']> = {}): Config =>
  complete({
    data: { dataset: 'moons', samples: 8 },
    model: { activation, width: N },
    dynamics: { dt: 1, steps: 48, ...dynamics },
  } as Parameters<typeof complete>[0]);
const lab = labOf(MEANS, new Learned());
const reasonOf = (config: Config): Promise<string | null> => tooLong(lab, config, N);

describe('steps', () => {
  it('are too long where features grow until they are, though not at first', async () => {
    expect(await reasonOf(moons('tanh'))).toBeNull();
    expect(await reasonOf(moons('gelu', { steps: 4 }))).toBeNull();
    expect(await reasonOf(moons('gelu'))).toMatch(/^steps of 1 are longer than 0\.\d+, .*: give a smaller dt$/);
  });

  it('are halved until they are not, over the same time', async () => {
    expect(await steadied(lab, moons('tanh'), N)).toEqual(moons('tanh'));
    const { dynamics } = await steadied(lab, moons('gelu'), N);
    expect(dynamics.dt).toBeLessThan(1);
    expect(dynamics.dt * dynamics.steps).toBe(48);
    expect(await reasonOf(moons('gelu', dynamics))).toBeNull();
  });

  it('of RK4 are not judged', async () => {
    expect(await reasonOf(moons('gelu', { integrator: 'rk4' }))).toBeNull();
  });
});

describe('a law that does not show', () => {
  const found = (dt: number, control = false): Promise<Result> =>
    measure(
      plan('law-of-large-numbers', {
        given: {
          data: { dataset: 'moons', samples: 8 },
          model: { activation: 'gelu' },
          dynamics: { dt, steps: 24 / dt },
        },
        widths: [8, 12, 16, 24, 32],
        replicas: 64,
        control,
      }),
      MEANS,
    );

  it('in steps that are too long is undecided, each slope for that reason', async () => {
    const { verdict, fits } = await found(1.5);
    expect(verdict).toBe('undecided');
    const excused = fits!.filter(({ caveat }) => caveat !== undefined);
    expect(excused.length).toBeGreaterThan(0);
    for (const { caveat, verdict } of excused) {
      expect(caveat).toMatch(/^steps of 1\.5 are longer than/);
      expect(verdict).toBe('undecided');
    }
  });

  it('has failed where it is a control', async () => {
    expect((await found(1.5, true)).verdict).toBe('fails');
  });
});

describe('a rate', () => {
  const series = (...values: number[]): Series => ({
    name: 'rate',
    abscissa: 'n',
    expected: -1,
    tolerance: 0.1,
    levels: values.map((value, i) => ({ n: 2 ** i, x: 2 ** i, values: [value, value] })),
  });

  it('that is there at the end of the widths alone is not there yet', () => {
    expect(notYet(series(100, 30, 12, 5.9, 3))).toMatch(/have -1, the first do not yet: give larger widths$/);
    const inTime = { ...series(100, 30, 12, 5.9, 3), abscissa: 't' };
    expect(notYet(inTime)).toMatch(/give more steps$/);
    const { levels, ...rest } = series(100, 30, 12, 5.9, 3);
    const steps = levels.map((level) => ({ ...level, x: 1 / level.x }));
    expect(notYet({ ...rest, expected: 1, levels: steps })).toMatch(/give a smaller dt$/);
  });

  it('that is not there at the end, or of three points alone, has no such excuse', () => {
    expect(notYet(series(100, 80, 64, 50, 40))).toBeNull();
    expect(notYet(series(16, 8, 4, 3, 2.4))).toBeNull();
    expect(notYet(series(4, 2, 1))).toBeNull();
  });

  it('of a frozen kernel is far off where f falls slowly, and nowhere else', () => {
    expect(driftRate({ a: 0.75, kappa: 0.25 }, true).caveat).toMatch(/^f moves by n\^-0\.25, /);
    for (const [a, kappa] of [
      [0.5, 0],
      [0.75, 0.5],
      [1, 1],
      [1, 0],
    ])
      expect(driftRate({ a, kappa }, false).caveat).toBeUndefined();
  });
});
