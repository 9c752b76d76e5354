/** mckean for programs, from its sources: runs are those of the definition, and what is wrong is told by its code. */
import { afterAll, describe, expect, it } from 'vitest';
import { cpu } from '../../src/library/cpu.node.ts';
import {
  isMckeanError,
  measure,
  measurements,
  openRun,
  presets,
  resolveConfig,
  type Computer,
  type ConfigInput,
  type Run,
} from '../../src/library/core.ts';
import { trajectory, trajectoryError } from '../support/oracles/oracle.ts';

const X = [-1, -0.5, 0.2, 0.7, 1];
const Y = [3, 1, 0, 2, 5];
const DATA = { inline: { x: X.map((x) => [x]), y: Y } };
const CONFIG: ConfigInput = {
  data: DATA,
  model: { activation: 'tanh', width: 32 },
  dynamics: { dt: 0.1, steps: 6 },
  record: { every: 3, theta: [] },
};

const open: Run[] = [];
async function run(input: string | ConfigInput, computer = cpu()): Promise<Run> {
  const opened = await openRun(input, computer);
  open.push(opened);
  return opened;
}
afterAll(() => open.forEach((one) => one.close()));

const rows = (data: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, j) =>
    Array.from({ length: width }, (_, c) => data[j * width + c]),
  );

/** f of tanh neurons with a bias in mean field. */
const outputAt = (theta: number[][], x: number): number =>
  theta.reduce((sum, [w1, w, bias]) => sum + w1 * Math.tanh(w * x + bias), 0) / theta.length;

function momentsOf(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
  };
}

describe('a run', () => {
  it('moves θ as the definition does, and f is that of its θ', async () => {
    const one = await run(CONFIG);
    const start = await one.theta();
    expect(start.shape).toEqual([32, 3]);
    await one.step(2);
    await one.step();
    const problem = {
      activation: 'tanh',
      parameterization: 'mean-field' as const,
      integrator: 'euler',
      dt: 0.1,
      x: X.map((x) => [x, 1]),
      y: Y,
    };
    const theta = trajectory({ ...problem, theta: rows(start.data, 3) }, 3);
    expect(trajectoryError((await one.theta()).data, theta)).toBeLessThan(1e-13); // rounding of three steps
    const f = await one.predict([[0.3], [-2]]);
    expect(f.shape).toEqual([2, 1]);
    [0.3, -2].forEach((x, k) => expect(f.data[k]).toBeCloseTo(outputAt(theta, x), 12));
    expect([...(await one.f()).data]).toEqual([...(await one.predict(DATA.inline.x)).data]);
    expect(one.metrics()).toMatchObject({
      step: 3,
      n: 32,
      m: 5,
      c: 1,
      d: 2,
      engine: 'cpu',
      precision: 'float64',
    });
    expect(one.metrics().t).toBeCloseTo(0.3, 14);
  });

  it('has f in the units of the target, at inputs as they were given', async () => {
    const one = await run({ ...CONFIG, data: { ...DATA, standardize: true } });
    await one.step(2);
    const [inputs, targets] = [momentsOf(X), momentsOf(Y)];
    const scaled = (0.3 - inputs.mean) / inputs.deviation;
    const f = targets.mean + targets.deviation * outputAt(rows((await one.theta()).data, 3), scaled);
    expect((await one.predict([[0.3]])).data[0]).toBeCloseTo(f, 12);
  });

  it('goes on to its last step with the rows of history.csv, stops where it is told, and starts again', async () => {
    const one = await run(CONFIG);
    const first = (await one.theta()).data;
    const stop = new AbortController();
    const heard: number[] = [];
    const before = await one.finish({
      signal: stop.signal,
      onRow: ({ step }) => {
        heard.push(step);
        if (step === 3) stop.abort();
      },
    });
    expect(before.map(({ step }) => step)).toEqual(heard);
    const after = await one.finish();
    expect([...before, ...after].map(({ step }) => step)).toEqual([0, 3, 6]);
    expect(after.at(-1)).toMatchObject({ step: 6, loss: one.metrics().loss });
    const last = (await one.theta()).data;
    expect(last).not.toEqual(first);
    await one.reset();
    expect([one.metrics().step, (await one.theta()).data]).toEqual([0, first]);
    await one.step(6);
    expect((await one.theta()).data).toEqual(last);
  });

  it('says by a configuration of its own what it is: the same run, bit for bit', async () => {
    const one = await run({ ...CONFIG, engine: 'auto' }, cpu({ precision: 'float32' }));
    const other = await run(
      JSON.parse(JSON.stringify(one.config())) as ConfigInput,
      cpu({ precision: 'float32' }),
    );
    expect(one.config()).toMatchObject({ engine: 'cpu32', method: 'direct', data: DATA });
    await Promise.all([one.step(3), other.step(3)]);
    expect((await other.theta()).data).toEqual((await one.theta()).data);
  });

  it('has the same bits on any number of workers', async () => {
    const wide: ConfigInput = { preset: 'moons', model: { width: 1024 } };
    const thetas = [0, 2].map(async (workers) => {
      const one = await run(wide, cpu({ workers }));
      await one.step(2);
      return (await one.theta()).data;
    });
    const [none, two] = await Promise.all(thetas);
    expect(two).toEqual(none);
  });
});

describe('lists', () => {
  it('every preset resolves, and every measurement has its law', () => {
    expect(presets().length).toBeGreaterThan(5);
    for (const { name, title, summary } of presets()) {
      expect(resolveConfig(name).preset).toBe(name);
      expect(title.length * summary.length).toBeGreaterThan(0);
    }
    for (const { summary, law } of measurements()) expect(summary.length * law.length).toBeGreaterThan(0);
  });
});

describe('a measurement', () => {
  const SMALL = { widths: [16], replicas: 64 };

  it('holds, fails where it is spoiled, and says how far it is', async () => {
    const shares: number[] = [];
    const held = await measure('invariants', cpu(), {
      ...SMALL,
      onProgress: (share) => void shares.push(share),
    });
    expect(held).toMatchObject({ passed: true, precision: 'float64', seed: 1, replicas: 64 });
    expect(held.halfWidths).toBeUndefined();
    expect(shares.at(-1)).toBe(1);
    const { halfWidths } = await measure('invariants', cpu(), { ...SMALL, precision: 1 });
    expect(halfWidths).toMatchObject({ asked: 1, rounds: [{ replicas: 64 }] });
    expect(await measure('invariants', cpu(), { ...SMALL, control: true, seed: 5 })).toMatchObject({
      passed: false,
      seed: 5,
    });
  });

  it('ends where its signal is aborted', async () => {
    await expect(measure('invariants', cpu(), { ...SMALL, signal: AbortSignal.abort() })).rejects.toMatchObject(
      {
        code: 'interrupted',
      },
    );
  });
});

describe('what is wrong has a code', () => {
  const never = {} as Computer;
  it.each([
    ['an unknown preset', 'config', /moon.*moons/, () => openRun('moon', cpu())],
    ['an unknown field', 'config', /dtt/, () => openRun({ ...CONFIG, dynamics: { dtt: 1 } as object }, cpu())],
    ['a file that nobody reads', 'config', /p\.csv/, () => openRun({ data: { csv: 'p.csv' } }, cpu())],
    ['a computer that is none', 'config', /cpu\(\)/, () => openRun(CONFIG, never)],
    ['half a worker', 'config', /0\.5/, async () => cpu({ workers: 0.5 })],
    ['half a step', 'config', /0\.5/, async () => (await run(CONFIG)).step(0.5)],
    ['two coordinates for one', 'config', /x\[1\]/, async () => (await run(CONFIG)).predict([[1], [1, 2]])],
    ['no such law', 'config', /energi.*energy/, () => measure('energi', cpu())],
    ['no half-width', 'config', /precision = 0: give/, () => measure('invariants', cpu(), { precision: 0 })],
    [
      'a method that does not apply',
      'unavailable',
      /sector/,
      () => openRun({ ...CONFIG, method: 'sector' }, cpu()),
    ],
    [
      'a step too large',
      'diverged',
      /dt/,
      async () =>
        (await run({ ...CONFIG, model: { activation: 'quadratic' }, dynamics: { dt: 1e9 } })).step(40),
    ],
  ] as const)('%s: %s', async (_, code, words, work) => {
    const error: unknown = await work().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(isMckeanError(error)).toBe(true);
  });

  it('and what nobody foresees has none', () => {
    const foreign = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    expect([new Error('x'), foreign, null, { code: 'config' }].map(isMckeanError)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
