/**
 * The laws of every engine (tests/support/contracts/engine-contract.ts) on the GPU's fast methods, wherever the method applies
 * to the law's problem.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDawn } from '../../src/cli/machine/dawn.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { refusalOf } from '../../src/core/methods/methods.ts';
import { replicasOf, type Engine, type Problem } from '../../src/engines/engine.ts';
import { openEngine, type Choice, type Wish } from '../../src/engines/select.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { Scheduler } from '../../src/gpu/schedule.ts';
import { LAWS } from '../support/contracts/engine-contract.ts';
import type { Open } from '../support/contracts/with-engine.ts';
import { cloud, samplesOf } from '../support/fast-sums.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();
/**
 * Laws whose tolerance is float32's rounding: an approximation with an error of up to 1e-4 keeps
 * tests/gpu/mesh.test.ts instead.
 */
const OF_ROUNDING =
  /follow the float64 oracle|^f is the sum|^one Euler step|^setStepSize|^three copies|^batches: θ is/;
/**
 * The ring of losses is the engine's own, and thousands of steps take minutes on a software adapter. The rest are laws
 * of what direct sums alone serve, streams among them: tests/gpu/engine.test.ts has them.
 */
const OF_DIRECT =
  /9000 steps|replica|three outputs|other feature maps|without output weights|^streams|^a sample is|^targets|^dt over the loss|with relu/;

/** Laws of problems that each method serves: some, and the sector with relu in place of tanh. */
const SERVED = {
  mesh: (title: string): boolean => !OF_ROUNDING.test(title) && !OF_DIRECT.test(title),
  sector: (title: string): boolean =>
    !/three outputs|other feature maps|^streams/.test(title) &&
    /with (linear|relu) follow|with noise, decay|bits|two runs|aborted|(relu|tanh), which|^one advance|temperature/.test(
      title,
    ),
} as const;

/** A law that is given another title would drop out without a word. */
const LEAST = { mesh: 20, sector: 10 } as const;

describe.each(['mesh', 'sector'] as const)(`webgpu engine with %s on ${gpu.adapter}`, (method) => {
  let used = 0;
  const open: Open = (problem) => {
    const pairs = { samples: problem, feature: featureOf(problem) };
    const applies = replicasOf(problem) === 1 && refusalOf(method, pairs) === null;
    if (applies) used++;
    return createWebGpuEngine(gpu, problem, { method: applies ? method : 'direct' });
  };
  const relu: Open = (problem) =>
    open(problem.activation === 'tanh' && method === 'sector' ? { ...problem, activation: 'relu' } : problem);
  const exact = (title: string): boolean => OF_ROUNDING.test(title);

  const served = LAWS.filter((law) => SERVED[method](law.title));
  it('laws are left', () => expect(served.length).toBeGreaterThan(LEAST[method]));
  for (const { title, holds } of served)
    it(title, async () => {
      used = 0;
      await holds(exact(title) ? open : relu);
      expect(used, 'the method is meant').toBeGreaterThan(0);
    });
});

describe('auto', () => {
  const platform = { gpu: openDawn, cpu: {}, autoTakesSoftware: true };
  const problem = (n: number, m: number, activation: 'tanh' | 'relu', d = 2): Problem => {
    const { x, y } = samplesOf(m, d, true, 1);
    return {
      n,
      m,
      d,
      x,
      y,
      theta: cloud(n, d, 1, 2),
      activation,
      loss: 'squared',
      integrator: 'euler',
      dt: 0.1,
      outer: 1 / n,
      speed: 1,
    };
  };
  const open = async (of: Problem, method: Wish['method'] = 'auto'): Promise<Choice> => {
    const choice = await openEngine({ engine: 'webgpu', method }, of, platform);
    onTestFinished(() => choice.engine.destroy());
    return choice;
  };

  /** Of a step, in pairs; how long it takes: bench/auto.ts. */
  const workOf = async (engine: Engine): Promise<number> => {
    const add = vi.spyOn(Scheduler.prototype, 'add');
    await engine.advance(1);
    const work = add.mock.calls.reduce((sum, [{ cost }]) => sum + cost, 0);
    add.mockRestore();
    return work;
  };

  it.each([
    [200_000, 128, 'tanh', 'mesh'],
    [100_000, 64, 'relu', 'sector'],
    [1000, 64, 'tanh', 'direct'],
  ] as const)(
    'at n = %d, m = %d, %s it is %s, says why, and has much less to do than direct sums wherever it is not those',
    async (n, m, activation, method) => {
      const { engine, why } = await open(problem(n, m, activation));
      expect(engine.info).toMatchObject({ name: 'webgpu', method });
      if (method === 'direct') return expect(why).toMatch(/direct sums: so few pairs/);
      expect(why).toMatch(new RegExp(`${method} sums: about [\\d.]+ times as fast`));
      const direct = (await open(problem(n, m, activation), 'direct')).engine;
      expect((await workOf(direct)) / (await workOf(engine))).toBeGreaterThan(1.5);
    },
  );

  it('with replicas it is direct; a method on a mesh is refused where WebGPU is asked for, and the CPU has it otherwise', async () => {
    const of = problem(1000, 64, 'tanh');
    const replicas = { ...of, replicas: 2, theta: Float64Array.from([...of.theta, ...of.theta]) };
    expect(await open(replicas)).toMatchObject({
      engine: { info: { name: 'webgpu', method: 'direct' } },
      why: expect.stringMatching(/direct sums: replicas are moved together/) as string,
    });
    await expect(open(replicas, 'mesh')).rejects.toThrow(
      'on WebGPU method = "mesh" is for one system, not for R = 2 replicas: choose "direct", or engine "cpu"',
    );
    const { engine, why } = await openEngine({ engine: 'auto', method: 'mesh' }, replicas, platform);
    expect([engine.info.name, engine.info.method, why]).toEqual([
      'cpu',
      'mesh',
      'on WebGPU method = "mesh" is for one system, not for R = 2 replicas; mesh sums: asked for',
    ]);
    engine.destroy();
  });

  it('a method that does not apply is refused with the reason', async () => {
    await expect(open(problem(100, 10, 'relu'), 'mesh')).rejects.toThrow(/relu has a kink/);
    await expect(open(problem(100, 10, 'tanh', 3), 'mesh')).rejects.toThrow(/d ≤ 2/);
  });
});
