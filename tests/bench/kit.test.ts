/** `npm run kit`: what is cut is joined, what is broken is named, and a stage that hangs takes no other with it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MANIFEST, split } from '../../bench/kit/parts.ts';
import { filesOf, planOf, SECONDS } from '../../bench/kit/plan.ts';
import { speedLines, writeReport } from '../../bench/kit/report.ts';
import { GRACE, LEAST, program, runStages, type Outcome, type Stage } from '../../bench/kit/stages.ts';
import type { Row } from '../../bench/table.ts';
import { folder, json, text } from '../support/cli.ts';
import { WAIT } from '../support/patience.ts';
import { generator } from '../support/problems.ts';

const RUN = fileURLToPath(new URL('../../bench/kit/run.sh', import.meta.url));

describe('the parts', () => {
  it.each([
    [1000, 300, [300, 300, 300, 100]],
    [900, 300, [300, 300, 300]],
    [5, 300, [5]],
  ])('%i bytes in parts of %i are all there, in order', (bytes, most, sizes) => {
    const home = folder();
    const whole = Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 7919) % 251));
    writeFileSync(join(home, 'whole'), whole);
    const parts = split(join(home, 'whole'), home, most).map((name) => readFileSync(join(home, name)));
    expect(parts.map(({ length }) => length)).toEqual(sizes);
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    expect(text(home, MANIFEST).split('\n')).toHaveLength(sizes.length + 1);
  });
});

describe.skipIf(process.platform !== 'linux')('run.sh', () => {
  /** A kit whose Node says what it is asked, and which kit it is. */
  function kitIn(home: string, name: string): string[] {
    const kit = folder();
    mkdirSync(join(kit, 'bin'));
    writeFileSync(join(kit, 'bin/node'), `#!/bin/sh\necho ${name} "$(basename "$1")" "$2" "$(pwd)"\n`);
    chmodSync(join(kit, 'bin/node'), 0o755);
    writeFileSync(
      join(kit, 'noise'),
      Buffer.from(Array.from({ length: 999 }, generator(1)).map((x) => 256 * x)),
    );
    const archive = join(folder(), 'kit.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', kit, '.']);
    copyFileSync(RUN, join(home, 'run.sh'));
    return split(archive, home, 200);
  }
  function run(home: string): [number | null, string, string] {
    const env = { PATH: '/usr/bin:/bin' };
    const script = [join(home, 'run.sh'), '--tiny'];
    const { status, stdout, stderr } = spawnSync('sh', script, { cwd: '/', env, encoding: 'utf8' });
    return [status, stdout, stderr];
  }

  it('joins them, once, and starts what is within where it was called', () => {
    const home = folder();
    const parts = kitIn(home, 'first');
    expect(parts.length).toBeGreaterThan(2);
    expect(run(home)).toEqual([0, 'first run.js --tiny /\n', '']);
    for (const part of parts) rmSync(join(home, part));
    expect(run(home)).toEqual([0, 'first run.js --tiny /\n', '']);
    kitIn(home, 'second');
    expect(run(home)).toEqual([0, 'second run.js --tiny /\n', '']);
  });

  it('names what is missing and what is broken, and starts nothing', () => {
    const home = folder();
    const [first, second, third] = kitIn(home, 'first');
    rmSync(join(home, second));
    const bytes = readFileSync(join(home, third));
    bytes[17] ^= 1;
    writeFileSync(join(home, third), bytes);
    const [status, stdout, stderr] = run(home);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      new RegExp(`^kit: ${second} is missing: .*\nkit: ${third} has another SHA-256 than .*\n$`),
    );
    expect(stderr).not.toContain(first);
  });
});

describe('stages', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const takes =
    (seconds: number, fault: string | null = null): Stage['work'] =>
    () =>
      new Promise((resolve) => setTimeout(() => resolve(fault), 1000 * seconds));
  /** Stops where it is told. */
  const endless: Stage['work'] = (signal) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve('told')));
  const deaf: Stage['work'] = () => new Promise(() => undefined);

  async function outcomesOf(stages: Stage[], seconds: number): Promise<[Outcome[], number]> {
    const kept: string[][] = [];
    const all = runStages(stages, seconds, (soFar) => kept.push(soFar.map(({ name }) => name)));
    await vi.runAllTimersAsync();
    const outcomes = await all;
    expect(kept).toEqual(stages.map((_, i) => stages.slice(0, i + 1).map(({ name }) => name)));
    return [outcomes, outcomes.reduce((sum, one) => sum + one.seconds, 0)];
  }
  const verdicts = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ verdict }) => verdict);

  it('are each kept as they end, whatever becomes of the others', async () => {
    const [outcomes, spent] = await outcomesOf(
      [
        { name: 'a', limit: 10, work: takes(2) },
        { name: 'b', limit: 10, work: takes(1, 'two are off') },
        { name: 'c', limit: 10, work: () => Promise.reject(new Error('no such program')) },
        { name: 'd', limit: 7, work: endless },
        { name: 'e', limit: 7, work: deaf },
        { name: 'f', limit: 10, work: takes(3) },
      ],
      100,
    );
    expect(verdicts(outcomes)).toEqual(['done', 'fails', 'fails', 'stopped', 'stopped', 'done']);
    expect(outcomes.slice(0, 4).map(({ reason }) => reason)).toEqual([
      null,
      'two are off',
      'no such program',
      'it took longer than 7 s',
    ]);
    expect(spent).toBeCloseTo(2 + 1 + 7 + 7 + GRACE + 3, 6);
  });

  it('stay within their time together, and say what there was none for', async () => {
    const stages = ['a', 'b', 'c', 'd'].map((name) => ({ name, limit: 30, work: deaf }));
    const [outcomes, spent] = await outcomesOf(stages, 70 + LEAST);
    expect(verdicts(outcomes)).toEqual(['stopped', 'stopped', 'left out', 'left out']);
    expect(spent).toBeLessThanOrEqual(70 + LEAST);
  });

  it('of a kit have names of their own, and end within eight minutes', () => {
    const names = planOf({ node: 'node', lib: 'lib', out: 'out', tiny: false }).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of ['holdouts', 'checks', 'repeats', 'laws', 'kernels', 'photographs'])
      expect(names).toContain(name);
    expect(SECONDS).toBeLessThanOrEqual(480);
  });
});

describe.skipIf(process.platform === 'win32')('a program', () => {
  const files = { stdout: join(folder(), 'stdout'), stderr: join(folder(), 'stderr') };
  const run = (script: string, signal: AbortSignal): Promise<string | null> =>
    program(['sh', '-c', script], files)(signal);

  it('leaves what it printed, and says how it ended', async () => {
    const { signal } = new AbortController();
    expect(await run('echo seen', signal)).toBe(null);
    expect(text(files.stdout)).toBe('seen\n');
    expect(await run('echo lost >&2; exit 3', signal)).toBe(`it ended with status 3: see ${files.stderr}`);
    expect(text(files.stderr)).toBe('lost\n');
    expect(await program(['/no/such/program'], files)(signal)).toContain('ENOENT');
  });

  it('ends when it is told to, and keeps what it had', async () => {
    const stopper = new AbortController();
    const ended = run('echo begun; sleep 600; echo done', stopper.signal);
    await vi.waitFor(() => expect(text(files.stdout)).toBe('begun\n'), WAIT);
    stopper.abort();
    expect(await ended).toContain('SIGTERM');
    expect(text(files.stdout)).toBe('begun\n');
  });
});

describe('the report', () => {
  const row = (ours: boolean, name: string, ms: number, more: Partial<Row> = {}): Row =>
    ({
      case: { activation: 'tanh', n: 1000, m: 10, d: 2 },
      where: ours ? 'node' : 'python',
      ours,
      info: { name, method: 'direct', precision: 'float32' },
      measured: { ms },
      ...more,
    }) as Row;
  const rows: Row[] = [row(true, 'mckean webgpu', 0.4), row(false, 'Triton', 1.2), row(false, 'JAX', 0.8)];

  const { measured: _, ...skipped } = row(false, 'torch', 0);
  rows.push(skipped);

  it('has ours over the best of the others, with card, driver and commit', () => {
    const where = 'a card, driver 1, abc';
    expect(speedLines(rows, where)).toEqual([
      ['tanh, d = 2, n = 1e3, m = 10, in Node', 'direct 0.4', 'JAX direct 0.8, Triton direct 1.2', '2×', where],
    ]);
    expect(speedLines([rows[0]], where)[0]).toContain('–');
  });

  it('knows the card from doctor where nothing else has told it', () => {
    const out = folder();
    writeFileSync(filesOf(out, 'doctor').stdout, 'cores       2\nadapter     a card\nadapters    0 others\n');
    writeReport(out, { version: '1', commit: 'abc' }, []);
    expect(json(out, 'report.json')).toMatchObject({ card: 'a card' });
  });

  it('is there after a stage that left half a file', () => {
    const out = folder();
    const outcome = (name: string): Outcome => ({ name, verdict: 'done', seconds: 1, reason: null });
    const head = { adapter: 'a card', driver: 'driver 1', software: false };
    writeFileSync(join(out, 'methods.json'), JSON.stringify(head));
    writeFileSync(join(out, 'peers.json'), JSON.stringify({ rows }));
    writeFileSync(join(out, 'half.json'), '{"rows": [');
    writeFileSync(filesOf(out, 'doctor').stdout, 'all is well\n');
    const names = ['doctor', 'methods', 'peers', 'half'];
    writeReport(out, { version: '1', commit: 'abc' }, names.map(outcome));
    expect(text(out, 'report.md')).toContain('| 2× | a card, driver 1, abc |');
    expect(text(out, 'report.md')).toContain('```\nall is well\n```');
    expect(json(out, 'report.json')).toMatchObject({
      card: 'a card, driver 1',
      commit: 'abc',
      software: false,
    });
  });
});
