/**
 * θ after 40 steps from the command line against an implementation that shares no code with it, on random
 * problems.
 */
import { describe, expect, it } from 'vitest';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { folder, mckean, npy, put, rowsOf } from '../support/cli.ts';
import { encodeNpy } from '../../src/io/npy.ts';
import { PHI, trajectory, trajectoryError, type Form } from '../support/oracles/oracle.ts';
import { FORMS, generator, matrix } from '../support/problems.ts';

const home = folder();
const next = generator(2024);
const upTo = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
const ACTIVATIONS = Object.keys(PHI);
const INTEGRATORS = ['euler', 'heun', 'rk4'];
const STEPS = 40;
const DT = 0.1;
/** docs/model.md, Errors of a method: error of a trajectory that each engine may have. */
const ALLOWED = { cpu: 1e-9, webgpu: 1.5e-5 } as const;

/**
 * Every activation with every kind of everything else at least once; the input dimension from 1 to 8, bias
 * included.
 */
const CASES = Array.from({ length: 14 }, (_, i) => {
  const bias = i % 3 !== 0;
  const inputs = i === 2 ? 8 - Number(bias) : upTo(1, 8 - Number(bias));
  return {
    activation: ACTIVATIONS[i % ACTIVATIONS.length],
    integrator: INTEGRATORS[Math.floor(i / 2) % 3],
    form: FORMS[i % FORMS.length] as Form,
    bias,
    inputs,
    n: upTo(1, 90),
    m: upTo(2, 40),
    target: upTo(0, inputs),
    standardize: i % 4 === 3,
    drawn: i % 2 === 0,
  };
});

/** CSV text whose target stands among the inputs, and the rows of numbers. */
function table({ inputs, m, target }: (typeof CASES)[number]): { csv: string; x: number[][]; y: number[] } {
  const x = matrix(m, inputs, next);
  const y = matrix(m, 1, next).flat();
  const header = x[0].map((_, c) => `x${c}`);
  const insert = <T>(list: readonly T[], value: T): T[] => [
    ...list.slice(0, target),
    value,
    ...list.slice(target),
  ];
  return {
    x,
    y,
    csv: [insert(header, 'goal'), ...x.map((row, a) => insert(row, y[a]))]
      .map((row) => row.join(','))
      .join('\r\n'),
  };
}

const standardized = (values: number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / std);
};
const transposed = (rows: number[][]): number[][] => rows[0].map((_, c) => rows.map((row) => row[c]));

const engines = (await NODE_PLATFORM.gpu()).gpu ? (['cpu', 'webgpu'] as const) : (['cpu'] as const);

it('the cases cover every activation, integrator and form, and d = 8', () => {
  expect(new Set(CASES.map(({ activation }) => activation)).size).toBe(9);
  expect(new Set(CASES.map(({ integrator }) => integrator)).size).toBe(3);
  expect(new Set(CASES.map(({ form }) => form)).size).toBe(FORMS.length);
  expect(Math.max(...CASES.map(({ inputs, bias }) => inputs + Number(bias)))).toBe(8);
});

describe.each(
  CASES.map(
    (one, i) =>
      [
        `${one.activation}, ${one.integrator}, ${JSON.stringify(one.form)}, n = ${one.n}, m = ${one.m}`,
        i,
        one,
      ] as const,
  ),
)('%s', (_, i, one) => {
  const { csv, x, y } = table(one);
  const d = one.inputs + Number(one.bias);
  const theta0 = matrix(one.n, 1 + d, next).map((row) => row.map(Math.fround));
  put(home, `${i}.csv`, csv);
  put(home, `${i}.npy`, encodeNpy(Float32Array.from(theta0.flat()), [one.n, 1 + d]));
  put(home, `${i}.json`, {
    data: {
      csv: `${i}.csv`,
      ...(one.target < one.inputs ? { target: 'goal' } : {}),
      standardize: one.standardize,
    },
    model: { activation: one.activation, bias: one.bias, ...(one.drawn ? { width: one.n } : {}) },
    parameterization: one.form,
    initial: one.drawn
      ? { seed: i, w1: { law: 'uniform' }, w0: { law: 'normal', std: 0.5 } }
      : { npy: `${i}.npy` },
    dynamics: { integrator: one.integrator, dt: DT, steps: STEPS },
    record: { theta: [0] },
  });

  // every other problem on the GPU too, whose own laws are in tests/gpu/engine.test.ts
  it.each(engines.slice(0, 1 + (i % 2)))('on %s', async (engine) => {
    const out = `${i}-${engine}`;
    const { status, stderr } = await mckean(['run', `${i}.json`, '--out', out, '--engine', engine], {
      cwd: home,
    });
    expect([status, stderr]).toEqual([0, expect.stringMatching(new RegExp(`^engine ${engine}`, 'm'))]);
    const start = npy(home, out, 'theta-0.npy');
    const rows = rowsOf(start);
    expect(start.shape).toEqual([one.n, 1 + d]);
    if (!one.drawn) expect(rows).toEqual(theta0);
    const scaled = one.standardize ? transposed(transposed(x).map(standardized)) : x;
    const want = trajectory(
      {
        activation: one.activation,
        parameterization: one.form,
        integrator: one.integrator,
        dt: DT,
        x: scaled.map((row) => (one.bias ? [...row, 1] : row)),
        y: one.standardize ? standardized(y) : y,
        theta: rows,
      },
      STEPS,
    );
    const error = trajectoryError(npy(home, out, 'theta.npy').data, want);
    const moved = trajectoryError(start.data, want);
    expect(error).toBeLessThanOrEqual(ALLOWED[engine]);
    expect(moved, 'θ hardly moved: nothing would be tested').toBeGreaterThan(1e-3);
  });
});
