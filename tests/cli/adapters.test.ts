/**
 * --gpu N: adapters by their numbers. Two drivers in software, one of which calls itself otherwise, stand for a machine
 * with two cards; two that are called the same for one with equal cards.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { adapterOf, adaptersIn, optionsFor, wishedAdapter } from '../../src/cli/machine/adapters.ts';
import { softwareFolder } from '../../src/cli/machine/dawn.ts';
import { folder, json, mckean, put, type Outcome } from '../support/cli.ts';

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

  it('lets the first of a name be chosen, of each backend', () => {
    expect(optionsFor(0, all)).toEqual(['backend=vulkan', 'adapter=NVIDIA H100 80GB HBM3']);
    expect(optionsFor(2, all)).toEqual(['backend=vulkan', 'adapter=Intel(R) Graphics']);
    expect(optionsFor(4, all)).toEqual(['backend=opengl', 'adapter=Intel(R) Graphics']);
  });

  it.each([
    [1, /adapter 0 has that of adapter 1.*one card/], // its name is a part of another's, and Dawn looks for parts
    [3, /adapter 2 has that of adapter 3.*one card/],
    [5, /--gpu 5: the adapters here are 0 NVIDIA.*4 Intel/],
  ])('and refuses number %i rather than to take another', (index, words) => {
    expect(() => optionsFor(index, all)).toThrow(words);
    expect(() => optionsFor(index, all)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });

  it('is found again as WebGPU spells it', () => {
    expect(adapterOf('nvidia-h100', all)?.index).toBe(1);
    expect(adapterOf('intel-r-graphics', all)?.index).toBe(2);
    expect(adapterOf('apple-m1', all)).toBe(null);
  });

  it('MCKEAN_GPU is a number, or nothing', () => {
    expect([wishedAdapter({}), wishedAdapter({ MCKEAN_GPU: '' }), wishedAdapter({ MCKEAN_GPU: '7' })]).toEqual([
      null,
      null,
      7,
    ]);
    for (const MCKEAN_GPU of ['-1', 'all', '1.5', '0,1', '4096'])
      expect(() => wishedAdapter({ MCKEAN_GPU })).toThrow(/MCKEAN_GPU.*0 to 1023/);
  });
});

describe('on a machine with two adapters', () => {
  const cwd = folder();
  const LIBRARY = 'libvk_swiftshader.so';
  const [OWN, OTHER] = ['SwiftShader Device', 'OtherSoftware Card'];
  let drivers: string[] = [];

  /** A copy of the software driver with its manifest; `called`: as many letters. */
  function driver(name: string, called: string): string {
    const library = join(cwd, `${name}.so`);
    copyFileSync(join(softwareFolder()!, LIBRARY), library);
    const text = readFileSync(library, 'latin1');
    expect(called.length).toBe(OWN.length);
    writeFileSync(library, text.replaceAll(OWN, called), 'latin1');
    const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.0.5' } };
    return join(cwd, put(cwd, `${name}.json`, manifest));
  }

  beforeAll(() => {
    drivers = [driver('first', OWN), driver('second', OTHER)];
    put(cwd, 'c.json', { ...CONFIG, engine: 'webgpu' });
  });

  const CONFIG = { data: { dataset: 'curve', samples: 8 }, model: { width: 64 }, dynamics: { steps: 2 } };
  const on = (
    files: readonly string[],
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Outcome> => mckean(args, { cwd, env: { VK_DRIVER_FILES: files.join(':'), ...env } });
  interface Doctor {
    readonly adapters: { name: string }[];
    readonly gpu: number;
  }
  const doctor = async (...args: string[]): Promise<Doctor> =>
    JSON.parse((await on(drivers, ['doctor', '--json', ...args])).stdout) as Doctor;
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

  it.each([
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

  it('the second of two equal ones is refused: Dawn would take the first', async () => {
    const equal = [drivers[0], driver('third', OWN)];
    const flags = ['run', 'c.json', '--out', 'equal', '--gpu'];
    expect(await on(equal, [...flags, '0'])).toMatchObject({ status: 0 });
    const { status, stderr } = await on(equal, [...flags, '1', '--force']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/show this process one card alone/);
  });
});
