/** The benchmark in any number of inputs: its problem, its yardstick, its check, and numpy where it is here. */
import { afterAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS_TIMED, problemOf, workOf, type Case } from '../../bench/race/cases.ts';
import { Checker, WrongError } from '../../bench/race/check.ts';
import { bytesPerStep } from '../../bench/race/limits.ts';
import { Plain } from '../../bench/race/plain.ts';
import { openPython } from '../../bench/python/python.ts';
import { plainRunner } from '../../bench/race/runner.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { addOutputs, drift } from '../../src/core/model.ts';

const CASE = { n: 300, m: 20, d: 2, activation: 'tanh' } as const;

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe('a case', () => {
  it('has h = ⟨w0, x⟩ of the same size for any number of inputs', () => {
    const spread = (d: number): number => {
      const { x, theta } = problemOf({ ...CASE, d });
      let square = 0;
      for (let j = 0; j < CASE.n; j++)
        for (let a = 0; a < CASE.m; a++) {
          let h = 0;
          for (let c = 0; c < d; c++) h += theta[j * (1 + d) + 1 + c] * x[a * d + c];
          square += h * h;
        }
      return Math.sqrt(square / (CASE.n * CASE.m));
    };
    // Var h = d · 2/d · 1/3; what 20 samples leave of it varies by some 10 %.
    for (const d of [2, 20, 100]) expect(Math.abs(spread(d) / Math.sqrt(2 / 3) - 1)).toBeLessThan(0.25);
  });

  it('has 1 as its last input where that is the bias, and the other inputs as without', () => {
    const [bias, free] = [true, false].map((has) => problemOf({ ...CASE, d: 3, bias: has }).x);
    expect([...bias]).toEqual([...free].map((value, i) => (i % 3 === 2 ? 1 : value)));
  });

  it('costs its inputs once they are many', () => {
    expect(workOf(CASE)).toBe(6000);
    expect(workOf({ ...CASE, d: 160 })).toBe(60_000);
    const bytes = (name: string, d: number): number =>
      bytesPerStep({ ...CASE, n: 1, d }, { name, precision: 'float32' });
    expect([bytes('cpu', 2), bytes('webgpu', 2), bytes('cpu', 100), bytes('webgpu', 100)]).toEqual(
      [3, 4, 101, 104].map((width) => 3 * 4 * width),
    );
  });
});

describe.each(ACTIVATIONS_TIMED)('%s', (activation) => {
  it.each([2, 3, 7, 100])("d = %d: the yardstick's residuals and step are the definition's", (d) => {
    const problem = problemOf({ n: 50, m: 9, d, activation });
    const { n, x, y, theta, outer, dt } = problem;
    const plain = new Plain(problem);
    const feature = featureOf(problem);
    const sums = new Float64Array(9);
    addOutputs(sums, theta, 0, n, x, problem, feature);
    const r = plain.residual();
    // float64 sums of 50 terms of size 1, and of 9
    expect(
      largest(
        r,
        sums.map((sum, a) => outer * sum - y[a]),
      ),
    ).toBeLessThan(1e-14);
    plain.move(r);
    const b = new Float64Array(theta.length);
    for (let j = 0; j < n; j++) drift(b, theta, j * (1 + d), problem, r, feature, j * (1 + d));
    expect(
      largest(
        plain.theta,
        Float64Array.from(theta).map((value, i) => value + dt * b[i]),
      ),
    ).toBeLessThan(1e-14);
  });
});

describe('the check', () => {
  const wide: Case = { ...CASE, d: 20, activation: 'relu' };

  it('passes the right result, and refuses one entry of w0 that is off', async () => {
    const right = plainRunner(problemOf(wide));
    expect(await new Checker(problemOf(wide)).check(right)).toMatchObject({ error: 0, steps: 2 });
    const other = plainRunner(problemOf(wide));
    const spoiled = {
      ...other,
      rows: async (ranges: Parameters<typeof other.rows>[0]) =>
        Array.from(await other.rows(ranges), (value, i) => (i === 21 * 299 + 20 ? value + 1e-8 : value)),
    };
    await expect(new Checker(problemOf(wide)).check(spoiled)).rejects.toThrow(WrongError);
  });
});

describe('python', async () => {
  const python = await openPython();
  afterAll(() => python.close());

  it('says in one sentence that an interpreter is not there', async () => {
    const { entrants, missing } = await openPython(['no-such-python', 'no-such-python-either']);
    expect(entrants).toEqual([]);
    expect(missing).toMatchObject([
      { name: 'no-such-python', reason: expect.stringMatching(/^there is no no-such-python here/) },
    ]);
  });

  it('has numpy take the right steps in both precisions, and name its BLAS; or says how to get it', async () => {
    const numpy = python.entrants.filter(({ name }) => name.startsWith('numpy'));
    if (numpy.length === 0)
      expect(python.missing[0].reason).toMatch(/there is no python3|apt install python3-numpy/);
    for (const entrant of numpy)
      for (const activation of ACTIVATIONS_TIMED)
        for (const d of [2, 3, 50]) {
          const given = { ...CASE, d, activation };
          const runner = await entrant.open(given, problemOf(given));
          expect(`numpy ${runner.info.precision}`).toBe(entrant.name);
          expect(runner.info.device).toMatch(/^CPU, \S/);
          await new Checker(problemOf(given)).check(runner);
          await runner.destroy();
        }
  });
});
