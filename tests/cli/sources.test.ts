/** How a configuration may be named, and what of the command line is only a shell's or a browser's. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, mckean, names, npy, put, text } from '../support/cli.ts';

const home = folder();
const CONFIG = {
  data: { csv: 'points.csv' },
  model: { width: 12 },
  dynamics: { steps: 4 },
  engine: 'cpu',
};
put(home, 'points.csv', 'u,v\n0,1\n1,3\n2,2\n');
put(home, 'c.json', CONFIG);
const run = (word: string, out: string, input?: string, ...flags: string[]) =>
  mckean(['run', word, '--out', out, '--quiet', ...flags], {
    cwd: home,
    ...(input !== undefined && { input }),
  });

describe('a configuration is', () => {
  it('a file, standard input beside the same files, or that of a finished run, by its folder or its summary', async () => {
    expect((await run('c.json', 'file')).status).toBe(0);
    expect((await run('-', 'input', JSON.stringify(CONFIG))).status).toBe(0);
    expect((await run('file', 'of-folder')).status).toBe(0);
    mkdirSync(join(home, 'elsewhere'));
    put(join(home, 'elsewhere'), 'renamed.json', text(home, 'file', 'summary.json'));
    expect((await run('elsewhere/renamed.json', 'of-summary')).status).toBe(0);
    for (const out of ['input', 'of-folder', 'of-summary'])
      expect(npy(home, out, 'theta.npy')).toEqual(npy(home, 'file', 'theta.npy'));
  });

  it('a preset by its name, even where a folder is called so', async () => {
    mkdirSync(join(home, 'moons'));
    const { status, stderr } = await run('moons', 'preset', undefined, '--method', 'sector', '--engine', 'cpu');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/method = "sector" does not apply: .*tanh/)]);
    const file = await run('./moons', 'preset');
    expect([file.status, file.stderr]).toEqual([2, expect.stringContaining("a folder without a run's")]);
  });
});

describe('is refused by what it is', () => {
  it.each([
    ['a preset that is none', 'moonz', /no such file, and no preset of that name: did you mean "moons"\?/],
    ['a folder without a run', 'empty', /empty: it is a folder without a run's summary\.json/],
    ['a URL', 'https://example.org/c.json', /https:\/\/example\.org\/c\.json: it is a URL/],
    [
      'a home folder that no shell has seen',
      '~/c.json',
      /~\/c\.json: only a shell knows ~.*give "\/.*c\.json"/,
    ],
    ['a name with a line break and a quotation mark', 'a"b\nc.json', /a"b\\nc\.json: there is no such file/],
  ])('%s', async (_, word, line) => {
    mkdirSync(join(home, 'empty'), { recursive: true });
    const { status, stderr } = await run(word, 'refused');
    expect([status, stderr]).toEqual([2, expect.stringMatching(line)]);
    expect(stderr).toMatch(/^mckean: [^\n]+\n$/);
  });

  it.each([
    ['data.csv', { data: { csv: 'ftp://example.org/p.csv' } }, /ftp:.*it is a URL/],
    ['initial.npy', { initial: { npy: '~/t.npy' } }, /only a shell knows ~/],
  ])('in the configuration: %s', async (field, change, line) => {
    put(home, `${field}.json`, { ...CONFIG, ...change });
    const { status, stderr } = await run(`${field}.json`, 'refused');
    expect([status, stderr]).toEqual([2, expect.stringMatching(line)]);
    expect(names(home)).not.toContain('refused');
  });

  it('--out with ~', async () => {
    const { status, stderr } = await run('c.json', '~/out');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/~\/out: only a shell knows ~/)]);
  });

  it('standard input that is no JSON, at its place', async () => {
    const { status, stderr } = await run('-', 'refused', '{\n "data": None }');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^mckean: stdin, line 2, column 10: .*None/)]);
  });
});

it('-h, -V and help COMMAND', async () => {
  const said = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await mckean(args, { cwd: home });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  expect(await said('-h')).toBe(await said('--help'));
  expect(await said('-V')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await said('help', 'run')).toBe(await said('run', '-h'));
  expect(await said('help', 'run')).toContain('--resume');
});

it('a start from another run’s θ with its seed and noise says that the noise repeats', async () => {
  const dynamics = { steps: 4, temperature: 0.01 };
  put(home, 'noisy.json', { ...CONFIG, dynamics });
  expect((await run('noisy.json', 'noisy')).status).toBe(0);
  const from = (more: object) => ({
    ...CONFIG,
    model: {},
    dynamics,
    initial: { npy: 'noisy/theta.npy', ...more },
  });
  put(home, 'same.json', from({}));
  expect((await run('same.json', 'same')).stderr).toMatch(
    /theta\.npy comes from a run with noise of the same seed 1, .*give another initial\.seed, or .*--resume/,
  );
  put(home, 'other.json', from({ seed: 2 }));
  expect((await run('other.json', 'other')).stderr).not.toMatch(/noise/);
});
