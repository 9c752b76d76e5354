/**
 * --gpu N: adapters by their numbers. Two drivers in software, one of which calls itself otherwise, stand for a machine
 * with two cards; two that are called the same for one with equal cards.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { adaptersIn, adaptersOf, choiceOf, wishedAdapters } from '../../src/cli/machine/adapters.ts';
import { MOST_IN_CHUNK } from '../../src/experiments/sweep/chunks.ts';
import { differing, folder, json, mckean, put, type Outcome } from '../support/cli.ts';
import { softwareDriver } from './software-driver.ts';

describe('what Dawn says', () => {
  const COMPLAINT = [
    "no adapter with name 'x'",
    'Available adapters:',
    " * backend: 'vulkan', name: 'NVIDIA H100 80GB HBM3'",
    " * backend: 'vulkan', name: 'NVIDIA H100'",
    " * backend: 'vulkan', name: 'Intel(R) Graphics'",
    " * backend: 'vulkan', name: 'Intel(R) Graphics'",
    " * backend: 'opengl', name: 'Intel(R) Graphics'",
  ].join('\n');
  const all = adaptersIn(COMPLAINT);

  it('is a list, in its order', () => {
    expect(all.map(({ index, name }) => `${index} ${name}`)).toEqual([
      '0 NVIDIA H100 80GB HBM3',
      '1 NVIDIA H100',
      '2 Intel(R) Graphics',
      '3 Intel(R) Graphics',
      '4 Intel(R) Graphics',
    ]);
    expect(adaptersIn('the device is lost')).toEqual([]);
  });

  it('lets the first that has a name be chosen by it, of each backend', () => {
    expect(choiceOf(0, all)).toEqual({
      options: ['backend=vulkan', 'adapter=NVIDIA H100 80GB HBM3'],
      alone: null,
    });
    expect(choiceOf(2, all)).toEqual({
      options: ['backend=vulkan', 'adapter=Intel(R) Graphics'],
      alone: null,
    });
    expect(choiceOf(4, all).options[0]).toBe('backend=opengl');
    expect(choiceOf(4, all).alone).toBe(null);
  });

  it('and another be shown alone: by its name, which others may hold, and its place among those called the same', () => {
    expect(choiceOf(1, all).alone).toEqual({ name: 'NVIDIA H100', place: 0 });
    expect(choiceOf(3, all).alone).toEqual({ name: 'Intel(R) Graphics', place: 1 });
    expect(() => choiceOf(5, all)).toThrow(/--gpu 5: the adapters here are 0 NVIDIA.*4 Intel/);
    expect(() => choiceOf(5, all)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });

  it('is found again as WebGPU spells it', () => {
    expect(adaptersOf('nvidia-h100', all)).toEqual([all[1]]);
    expect(adaptersOf('intel-r-graphics', all)).toEqual([all[2]]);
    expect(adaptersOf('apple-m1', all)).toEqual([]);
  });

  it('MCKEAN_GPU is a number, several different ones, or nothing', () => {
    expect([wishedAdapters({}), wishedAdapters({ MCKEAN_GPU: '' })]).toEqual([[], []]);
    expect(wishedAdapters({ MCKEAN_GPU: '7' })).toEqual([7]);
    expect(wishedAdapters({ MCKEAN_GPU: '2,0' })).toEqual([2, 0]);
    for (const MCKEAN_GPU of ['-1', 'all', '1.5', '0;1', '0,', ',', '0,0', '1,01', '4096'])
      expect(() => wishedAdapters({ MCKEAN_GPU })).toThrow(/MCKEAN_GPU.*0 to 1023/);
  });
});

describe('on a machine with two adapters', () => {
  const cwd = folder();
  const [OWN, OTHER] = ['SwiftShader Device', 'OtherSoftware Card'];
  const [DRIVER, OTHER_DRIVER] = ['SwiftShader driver', 'EqualShader driver'];
  let drivers: string[] = [];

  /** What it calls its device, and itself. */
  const driver = (name: string, called: string, itself = DRIVER): string =>
    softwareDriver(cwd, name, [
      [OWN, called],
      [DRIVER, itself],
    ]);

  beforeAll(() => {
    drivers = [driver('first', OWN), driver('second', OTHER)];
    put(cwd, 'c.json', { ...CONFIG, engine: 'webgpu' });
    put(cwd, 'wide.json', { ...CONFIG, engine: 'webgpu', model: { width: 1000 } });
  });

  const CACHE = { XDG_CACHE_HOME: join(cwd, 'cache') };
  const CONFIG = { data: { dataset: 'curve', samples: 8 }, model: { width: 64 }, dynamics: { steps: 2 } };
  const on = (
    files: readonly string[],
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Outcome> => mckean(args, { cwd, env: { VK_DRIVER_FILES: files.join(':'), ...env } });
  interface Doctor {
    readonly adapters: { name: string }[];
    readonly gpu: number;
    /** What the driver calls itself. */
    readonly driver: string;
  }
  const doctorOn = async (files: readonly string[], ...args: string[]): Promise<Doctor> =>
    JSON.parse((await on(files, ['doctor', '--json', ...args], CACHE)).stdout) as Doctor;
  const doctor = (...args: string[]): Promise<Doctor> => doctorOn(drivers, ...args);
  const taken = (out: string) =>
    json<{ gpu: { index: number; name: string } | null }>(cwd, out, 'summary.json').gpu;

  it('doctor numbers them, and says which one is taken', async () => {
    const { adapters, gpu } = await doctor();
    expect(adapters.map(({ name }) => name.startsWith(OWN)).sort()).toEqual([false, true]);
    const other = 1 - gpu;
    expect((await doctor('--gpu', String(other))).gpu).toBe(other);
  });

  it('a run takes the one whose number is said, by flag or variable, and keeps it in summary.json', async () => {
    const { adapters } = await doctor();
    for (const index of [0, 1])
      expect(await on(drivers, ['run', 'c.json', '--out', `f${index}`, '--gpu', String(index)])).toMatchObject({
        status: 0,
      });
    await on(drivers, ['run', 'c.json', '--out', 'v1'], { MCKEAN_GPU: '1' });
    const expected = (index: number) => ({ index, backend: 'vulkan', name: adapters[index].name });
    expect([taken('f0'), taken('f1'), taken('v1')]).toEqual([expected(0), expected(1), expected(1)]);
  });

  it('says by itself which one it has taken, and nothing where the CPU computes', async () => {
    await on(drivers, ['run', 'c.json', '--out', 'default']);
    expect(taken('default')?.index).toBe((await doctor()).gpu);
    await on(drivers, ['run', 'c.json', '--out', 'cpu', '--engine', 'cpu']);
    expect(taken('cpu')).toBe(null);
  });

  it('several share a run, and whichever has which shard, the bits are the same', async () => {
    for (const numbers of ['0,1', '1,0'])
      expect(await on(drivers, ['run', 'wide.json', '--out', numbers, '--gpu', numbers])).toMatchObject({
        status: 0,
      });
    expect(differing(cwd, '0,1', '1,0')).toEqual([]);
    interface Summary {
      readonly gpu: readonly { readonly index: number; readonly name: string }[];
      readonly adapter: string;
    }
    const { gpu, adapter } = json<Summary>(cwd, '1,0', 'summary.json');
    expect(gpu.map(({ index }) => index)).toEqual([1, 0]);
    expect(gpu.map(({ name }) => name.startsWith(OWN)).sort()).toEqual([false, true]);
    expect(adapter).toMatch(/, 4 shards on 2 adapters$/);
  });

  it('the chunks of a sweep each take one of several, and say which', async () => {
    put(cwd, 'sweep.json', {
      base: { ...CONFIG, engine: 'webgpu', model: { width: 4 } },
      grid: { 'initial.seed': Array.from({ length: MOST_IN_CHUNK + 1 }, (_, k) => k + 1) },
    });
    await mckean(['sweep', 'plan', 'sweep.json', '--out', 'sweep', '--quiet'], { cwd });
    expect(await on(drivers, ['sweep', 'run', 'sweep', '--gpu', '1,0'])).toMatchObject({ status: 0 });
    const number = (k: number) =>
      json<{ gpu: { index: number } }>(cwd, 'sweep', `chunks/${k}/log-001.json`).gpu.index;
    expect([number(1), number(2)]).toEqual([1, 0]);
  });

  it.each([
    ['an adapter twice', ['--gpu', '1,1'], {}, /--gpu 1,1 has 1 twice/],
    ['what adapters cannot share', ['--gpu', '0,1', '--method', 'mesh'], {}, /2 adapters cannot share/],
    ['a number that is none of theirs', ['--gpu', '2'], {}, /--gpu 2: the adapters here are 0 .*, 1 /],
    ['a word', ['--gpu', 'two'], {}, /--gpu: "two".*0 to 1023/],
    ['a number beside the CPU', ['--gpu', '1', '--engine', 'cpu'], {}, /--gpu 1 beside engine "cpu"/],
    ['a variable that is no number', [], { MCKEAN_GPU: 'one' }, /MCKEAN_GPU = "one"/],
  ])('%s is refused, and nothing is written', async (_, flags, env, words) => {
    const { status, stderr } = await on(drivers, ['run', 'c.json', '--out', 'refused', ...flags], env);
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toMatch(words);
    expect(() => json(cwd, 'refused', 'summary.json')).toThrow();
  });

  describe('that are called the same', () => {
    let equal: string[] = [];
    beforeAll(() => {
      equal = [drivers[0], driver('third', OWN, OTHER_DRIVER)];
    });
    const run = (out: string, gpu: string, env: NodeJS.ProcessEnv = CACHE) =>
      on(equal, ['run', 'wide.json', '--out', out, '--gpu', gpu], env);

    it('each is taken by its number', async () => {
      const [first, second] = [await doctorOn(equal, '--gpu', '0'), await doctorOn(equal, '--gpu', '1')];
      expect(first.adapters.map(({ name }) => name)).toEqual(second.adapters.map(({ name }) => name));
      expect(first.adapters[0].name).toBe(first.adapters[1].name);
      expect([first.gpu, second.gpu]).toEqual([0, 1]);
      expect([first.driver, second.driver].map((text) => text.slice(0, DRIVER.length)).sort()).toEqual(
        [DRIVER, OTHER_DRIVER].sort(),
      );
    });

    it('a run keeps which it took, and both share one to the bits of one', async () => {
      for (const gpu of ['0', '1', '0,1']) expect(await run(`equal-${gpu}`, gpu)).toMatchObject({ status: 0 });
      expect(taken('equal-1')?.index).toBe(1);
      expect(differing(cwd, 'equal-0', 'equal-1')).toEqual([]);
      expect(differing(cwd, 'equal-0,1', '0,1')).toEqual([]);
    });

    it('is refused where nothing can be built that shows it alone', async () => {
      const { status, stderr } = await run('unbuilt', '1', { CC: 'no-compiler', XDG_CACHE_HOME: cwd });
      expect([status, stderr.split('\n').length]).toEqual([2, 2]);
      expect(stderr).toMatch(/adapter 1 cannot be shown alone \(no-compiler: .*show this process one card/);
      expect(() => json(cwd, 'unbuilt', 'summary.json')).toThrow();
    });
  });
});
