/** The folder of results: one process at a time, nothing half written, nothing lost. */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { folder, history, json, mckean, names, NODE, put, start, text } from '../support/cli.ts';
import { WAIT } from '../support/patience.ts';

const home = folder();
const ENDLESS = 2 ** 40;
const config = (steps: number): object => ({
  data: { dataset: 'curve', samples: 20 },
  model: { width: 30 },
  dynamics: { steps },
  record: { every: 3 },
  engine: 'cpu',
});
put(home, 'endless.json', config(ENDLESS));
put(home, 'short.json', config(9));
const run = (name: string, out: string, ...flags: string[]) =>
  mckean(['run', name, '--out', out, '--quiet', ...flags], { cwd: home });

/** A run without end, once rows of its history are on disk. */
async function begun(out: string) {
  const child = start(['run', 'endless.json', '--out', out], { cwd: home });
  onTestFinished(() => void child.process.kill('SIGKILL'));
  await vi.waitUntil(() => existsSync(join(home, out, 'history.csv')), WAIT);
  return child;
}

describe('a folder that a process writes', () => {
  it('is refused to others, with and without --force and --resume; a killed one does not block', async () => {
    const first = await begun('held');
    for (const flags of [[], ['--force'], ['--resume']]) {
      const { status, stderr } = await run('endless.json', 'held', ...flags);
      expect([status, stderr]).toEqual([
        2,
        `mckean: --out ${join(home, 'held')}: process ${first.process.pid} is writing it, wait for its end or give another folder\n`,
      ]);
    }
    first.process.kill('SIGKILL');
    await first.ended;
    expect(names(home, 'held')).toContain('.mckean.lock');
    const at = json<{ step: number }>(home, 'held', 'checkpoint.json').step;
    put(home, 'on.json', config(at + 5));
    expect((await run('on.json', 'held', '--resume')).status).toBe(0);
    expect(names(home, 'held').filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('has one of two that start at once', async () => {
    const both = [1, 2].map(() => start(['run', 'endless.json', '--out', 'two'], { cwd: home }));
    for (const { process } of both) onTestFinished(() => void process.kill('SIGKILL'));
    const refused = await Promise.race(both.map(({ ended }) => ended));
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/^mckean: .* is writing it, /)]);
    await vi.waitUntil(() => existsSync(join(home, 'two', 'history.csv')), WAIT);
    for (const { process } of both) process.kill('SIGTERM');
    const ends = await Promise.all(both.map(({ ended }) => ended));
    expect(ends.map(({ status }) => status).sort()).toEqual([143, 2]);
  });

  it('shows its history while it grows, whole rows alone', async () => {
    await begun('grows');
    const rows = (): number => text(home, 'grows', 'history.csv').split('\n').length;
    const seen = rows();
    await vi.waitUntil(() => rows() > seen, WAIT);
    expect(text(home, 'grows', 'history.csv')).toMatch(/^step,t,loss\n(\d+,[^,\n]+,[^,\n]+\n)+$/);
    expect(history(home, 'grows').step.every((step, k) => step === 3 * k)).toBe(true);
  });

  it.each([
    ['removed', (path: string) => rmSync(path, { recursive: true })],
    ['moved away', (path: string) => renameSync(path, `${path}-moved`)],
  ])('ends with a sentence when it is %s', async (what, vanish) => {
    const { ended } = await begun(what);
    vanish(join(home, what));
    const { status, stderr } = await ended;
    expect([status, stderr.split('\n').slice(1).join('\n')]).toEqual([
      1,
      expect.stringMatching(/^mckean: \/[^\n]*: its folder is gone, it was moved or removed: [^\n]*\n$/),
    ]);
  });
});

it('files of the system and of a start that was killed do not count', async () => {
  mkdirSync(join(home, 'hidden'));
  const left = ['.theta.npy.part', 'checkpoint-0.npy', 'checkpoint-0-velocity.npy'];
  for (const name of ['.DS_Store', 'Thumbs.db', '._c.json', ...left]) put(join(home, 'hidden'), name, 'x');
  put(join(home, 'hidden'), '.mckean.lock', { pid: process.pid, started: 'earlier', host: hostname() });
  expect((await run('short.json', 'hidden')).status).toBe(0);
  expect(names(home, 'hidden')).toEqual([
    '.DS_Store',
    '._c.json',
    'Thumbs.db',
    'f.npy',
    'history.csv',
    'summary.json',
    'theta.npy',
  ]);
  mkdirSync(join(home, 'other'));
  put(join(home, 'other'), '.gitignore', '*');
  expect((await run('short.json', 'other')).status).toBe(2);
});

/** A disk of 200 kB, where one may be had. */
const DISK = join(home, 'disk');
mkdirSync(DISK);
const isDisk =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', DISK]).status === 0;
afterAll(() => void (isDisk && spawnSync('umount', [DISK])));

describe.skipIf(process.platform === 'win32')('where no more can be written', () => {
  it('a run ends with a sentence and nothing half, and goes on when it can', async () => {
    put(home, 'wide.json', { ...config(2000), model: { width: 900 }, record: { every: 1 } });
    const limited = await mckean(['run', 'wide.json', '--out', 'limited', '--quiet'], {
      cwd: home,
      command: ['bash', '-c', `ulimit -f 24; exec ${NODE} "$@"`, 'bash'],
    });
    expect([limited.status, limited.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^mckean: \/[^\n]*: the file is larger than may be here[^\n]*; --resume goes on from the checkpoint\n$/,
      ),
    ]);
    expect(names(home, 'limited').filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(text(home, 'limited', 'history.csv')).toMatch(/\d\n$/);
    expect((await run('wide.json', 'limited', '--resume')).status).toBe(0);
    expect((await run('wide.json', 'unlimited')).status).toBe(0);
    for (const name of ['theta.npy', 'history.csv'])
      expect(
        readFileSync(join(home, 'limited', name)).equals(readFileSync(join(home, 'unlimited', name))),
      ).toBe(true);
  });

  it.skipIf(!isDisk)(
    'a full disk is said whichever file meets it, what was there stays, and the run goes on',
    async () => {
      const steps = { ...config(60), record: { every: 1, theta: [10] }, model: { width: 900 } };
      put(home, 'full.json', { ...steps, dynamics: { steps: 60, momentum: { beta: 0.5 } } });
      // kB that are free → the file for which they are too few
      for (const [free, file, left] of [
        [0, '--out .*disk/run', []],
        [52, '.*/checkpoint.json', ['checkpoint-0-velocity.npy', 'checkpoint-0.npy']],
        [
          76,
          '.*/theta-10.npy',
          ['checkpoint-0-velocity.npy', 'checkpoint-0.npy', 'checkpoint.json', 'history.csv'],
        ],
      ] as const) {
        rmSync(join(DISK, 'run'), { recursive: true, force: true });
        writeFileSync(join(DISK, 'fill'), new Uint8Array(1024 * (200 - free)));
        const { status, stderr } = await run('full.json', join(DISK, 'run'));
        expect([status, stderr]).toEqual([
          1,
          expect.stringMatching(new RegExp(`^mckean: ${file}: the disk is full, free some of it[^\\n]*\\n$`)),
        ]);
        expect(existsSync(join(DISK, 'run')) ? names(DISK, 'run') : []).toEqual(left);
      }
      rmSync(join(DISK, 'fill'));
      expect((await run('full.json', join(DISK, 'run'), '--resume')).status).toBe(0);
      expect((await run('full.json', 'roomy')).status).toBe(0);
      for (const name of ['theta.npy', 'velocity.npy', 'theta-10.npy', 'f.npy', 'history.csv'])
        expect(readFileSync(join(DISK, 'run', name)).equals(readFileSync(join(home, 'roomy', name)))).toBe(
          true,
        );
    },
  );

  it.skipIf(!existsSync('/dev/full'))('stdout that is full is said; one that nobody reads is not', () => {
    const into = (target: string) =>
      spawnSync('bash', ['-c', `${NODE} presets ${target}`], { cwd: home, encoding: 'utf8' });
    expect(into('> /dev/full')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^mckean: stdout: the disk is full[^\n]*\n$/) as string,
    });
    expect(into('| true; exit ${PIPESTATUS[0]}')).toMatchObject({ status: 0, stderr: '' });
  });
});

/** Whether a process has a file open. */
const isOpen = (pid: number, name: string): boolean =>
  readdirSync(`/proc/${pid}/fd`).some((fd) => readLink(`/proc/${pid}/fd/${fd}`).endsWith(`/${name}`));
function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}

describe.skipIf(process.platform !== 'linux')('a file that never ends', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('without a writer is left on %s', async (signal, status) => {
    const pipe = `${signal}.json`;
    spawnSync('mkfifo', [join(home, pipe)]);
    const { process: child, ended } = start(['run', pipe, '--out', 'never'], { cwd: home });
    await vi.waitUntil(() => isOpen(child.pid!, pipe), WAIT);
    child.kill(signal);
    expect(await ended).toEqual({
      status,
      stdout: '',
      stderr: 'stopped before the first step: nothing was written\n',
    });
    expect(names(home)).not.toContain('never');
  });

  it.skipIf(!existsSync('/dev/zero'))('is read no further than a limit', async () => {
    const { status, stderr } = await run('/dev/zero', 'zero');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^mckean: \/dev\/zero: it has more than \d+ bytes/),
    ]);
  });

  it('is read to its end where there is one', async () => {
    spawnSync('mkfifo', [join(home, 'piped.json')]);
    const writer = spawn('bash', ['-c', 'cat short.json > piped.json'], { cwd: home });
    onTestFinished(() => void writer.kill());
    expect((await run('piped.json', 'piped')).status).toBe(0);
  });
});
