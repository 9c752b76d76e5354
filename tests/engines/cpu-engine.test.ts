import { describe, expect, it, onTestFinished } from 'vitest';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { INTEGRATORS, type IntegratorName } from '../../src/core/dynamics/integrators.ts';
import { BLOCK } from '../../src/core/dynamics/flow.ts';
import { createCpuEngine, type CpuEngine, type CpuOptions } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { DivergedError, replicasOf, type Problem } from '../../src/engines/engine.ts';
import type { Port } from '../../src/engines/workers/remote.ts';
import { shardRanges } from '../../src/engines/cpu/shards.ts';
import { LAWS, UNCOVERED } from '../support/contracts/engine-contract.ts';
import { streamOf } from '../support/contracts/feed-laws.ts';
import { draw, problemOf } from '../support/problems.ts';
import { threadless } from '../support/threadless.ts';
import { turn } from '../support/turn.ts';

const withWorkers = (workers: number): CpuOptions => ({ spawn: threadless, workers });

describe('cpu engine on one thread', () => {
  for (const law of LAWS)
    it(law.title, () =>
      law.holds((problem) => (replicasOf(problem) > 1 ? createCpuReplicas : createCpuEngine)(problem)),
    );
  it('the laws cover every activation', () => expect(UNCOVERED).toEqual([]));
});

/** A problem that is worth workers: more than 2¹⁵ pairs, and particles that fill no whole number of blocks. */
const wide = (integrator: IntegratorName = 'rk4', more: Partial<Problem> = {}): Problem =>
  problemOf(draw({ n: 3 * BLOCK + 11, m: 45, d: 2 }, 5), 'mean-field', { integrator, dt: 0.2, ...more });

const STREAM = streamOf(45, { dimension: 2, seed: 3, reuse: 2, labelNoise: 0.1, bias: false });

async function open(problem: Problem, options?: CpuOptions): Promise<CpuEngine> {
  const engine = await createCpuEngine(problem, options);
  onTestFinished(() => engine.destroy());
  return engine;
}

/** Everything that an engine says after some steps. */
async function story(engine: CpuEngine): Promise<object> {
  const losses = await engine.advance(7, { every: 1 });
  return {
    theta: await engine.theta(),
    f: await engine.f(),
    speeds: await engine.speeds(),
    at: await engine.predict(Float64Array.from([1, 2, 3, 4])),
    losses,
  };
}

describe('workers', () => {
  it.each(Object.keys(INTEGRATORS) as IntegratorName[])(
    '0, 1, 2 or 3 of them give the same bits, and the losses too: %s',
    async (integrator) => {
      const runs = await Promise.all(
        [0, 1, 2, 3].map(async (workers) => story(await open(wide(integrator), withWorkers(workers)))),
      );
      for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
    },
  );

  it.each([
    ['batches', { batch: { size: 45, replacement: true, seed: 2 } }],
    ['streams', { stream: STREAM }],
  ])('and so with %s', async (_, feed) => {
    const runs = await Promise.all(
      [0, 3].map(async (workers) => story(await open(wide('heun', feed), withWorkers(workers)))),
    );
    expect(runs[1]).toEqual(runs[0]);
  });

  it.each([0, 2])(
    '%i of them gather every k-th particle for a picture, whatever the shards',
    async (workers) => {
      const engine = await open(wide(), withWorkers(workers));
      await engine.advance(2);
      const theta = await engine.theta();
      const speeds = await engine.speeds();
      const { n, d } = engine.problem;
      for (const most of [1, 7, 1000, n, 2 * n]) {
        const every = Math.ceil(n / most);
        const numbers = Array.from(speeds.keys()).filter((j) => j % every === 0);
        const sample = await engine.sample(most);
        expect(sample.n).toBeLessThanOrEqual(most);
        expect(sample).toEqual({
          n: numbers.length,
          c: 1,
          weights: 1,
          d,
          rows: Uint32Array.from(numbers),
          speed: Float32Array.from(numbers, (j) => speeds[j]),
          theta: Float32Array.from(numbers.flatMap((j) => [...theta.subarray(j * (1 + d), (j + 1) * (1 + d))])),
        });
      }
    },
  );

  it('that are threads give them, too', async () => {
    const threads = await open(wide(), { spawn: NODE_PLATFORM.cpu.spawn!, workers: 2 });
    expect(await story(threads)).toEqual(await story(await open(wide())));
    const call = threads.advance(10_000);
    threads.destroy();
    await expect(call).rejects.toThrow(/destroyed/);
  });

  it('are used where the problem is large enough, and said', async () => {
    expect((await open(wide(), withWorkers(3))).info.adapter).toBe('CPU, 3 workers');
    expect((await open(wide(), withWorkers(9))).info.adapter).toBe('CPU, 4 workers'); // there are four shards
    expect((await open(problemOf(draw({ n: 10, m: 5, d: 2 }, 1)), withWorkers(3))).info.adapter).toBe(
      'CPU, 1 thread',
    );
  });

  it('take θ back and go on to the same bits', async () => {
    const engine = await open(wide(), withWorkers(2));
    await engine.advance(3);
    const [theta, step] = [await engine.theta(), engine.step];
    await engine.advance(4);
    const want = await engine.theta();
    await engine.restore(theta, step);
    expect(engine.step).toBe(3);
    await engine.advance(4);
    expect(await engine.theta()).toEqual(want);
  });

  it('that die reject the call in hand and all later ones, with the reason', async () => {
    const ports: Port[] = [];
    const engine = await open(wide(), { spawn: () => (ports[ports.length] = threadless()), workers: 2 });
    const call = engine.advance(10_000);
    ports[1].close();
    await expect(call).rejects.toThrow(/a CPU worker stopped/);
    await expect(engine.theta()).rejects.toThrow(/a CPU worker stopped/);
  });
});

it('replicas in workers give a sample of the first one, as it would alone', async () => {
  const { theta, ...whole } = wide('euler');
  const two = { ...whole, theta: Float64Array.from([...theta, ...theta.map((value) => -value)]), replicas: 2 };
  const engine = await createCpuReplicas(two, withWorkers(2));
  onTestFinished(() => engine.destroy());
  expect(engine.info.adapter).toBe('CPU, 2 workers');
  const alone = await open({ ...whole, theta });
  for (const one of [engine, alone]) await one.advance(2);
  expect(await engine.sample(100)).toEqual(await alone.sample(100));
});

describe('shards', () => {
  it.each([1, 255, 256, 257, 4095, 4096, 4097, 100_000])(
    'cover n = %d once, in whole blocks, at most 16 of them',
    (n) => {
      const ranges = shardRanges(n);
      expect(ranges[0].first).toBe(0);
      expect(ranges.at(-1)!.last).toBe(n);
      expect(ranges.length).toBe(Math.min(16, Math.ceil(n / BLOCK)));
      ranges.slice(1).forEach(({ first }, k) => {
        expect(first).toBe(ranges[k].last);
        expect(first % BLOCK).toBe(0);
      });
      expect(ranges.every(({ first, last }) => last > first)).toBe(true);
    },
  );
});

describe('one call of 40 steps is 40 calls of one', () => {
  it.each(Object.keys(INTEGRATORS) as IntegratorName[])('to the bit: %s', async (integrator) => {
    const whole = await open(wide(integrator));
    const pieces = await open(wide(integrator));
    await whole.advance(40);
    for (let k = 0; k < 40; k++) await pieces.advance(1);
    expect(await pieces.theta()).toEqual(await whole.theta());
    expect([pieces.step, pieces.loss]).toEqual([40, whole.loss]);
  });
});

describe('what goes wrong', () => {
  it('a run that blows up ends with the step at which it did, and keeps the losses before it', async () => {
    const engine = await open(wide('euler', { activation: 'quadratic', dt: 50 }));
    const error = await engine.advance(1000, { every: 1 }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DivergedError);
    const { step, losses } = error as DivergedError;
    expect(step).toBe(engine.step);
    expect(losses.map((record) => record.step)).toEqual(Array.from({ length: step - 1 }, (_, k) => k + 1));
    expect(losses.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  it('θ that is not finite is found though φ saturates and the loss looks well', async () => {
    const problem = wide();
    const theta = Float64Array.from(problem.theta, (value, i) => (i === 1 ? Infinity : value));
    await expect(createCpuEngine({ ...problem, theta })).rejects.toThrow(DivergedError);
  });

  it('a second advance beside a running one is refused, and the first goes on', async () => {
    const engine = await open(wide());
    const first = engine.advance(5);
    await expect(engine.advance(1)).rejects.toThrow(/already running/);
    await first;
    expect(engine.step).toBe(5);
  });

  it('an aborted signal stops between two steps; the steps done count', async () => {
    const engine = await open(wide());
    const abort = new AbortController();
    const work = engine.advance(1e6, { signal: abort.signal });
    while (engine.step === 0) await turn();
    abort.abort();
    const losses = await work;
    expect(engine.step).toBeLessThan(1e6);
    expect(losses.at(-1)).toEqual({ step: engine.step, loss: engine.loss });
  });
});
