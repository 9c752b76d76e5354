/** `npm run bench -- --quick` from a checkout, without the peers' packages. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Row } from '../../bench/table.ts';
import { folder, json, mckean, TYPESCRIPT } from '../support/cli.ts';

const BENCH = fileURLToPath(new URL('../../bench/bench.ts', import.meta.url));
const command = [process.execPath, ...TYPESCRIPT, BENCH];
const home = folder();

it('checks, times and reports a small case in seconds', async () => {
  const { status, stdout, stderr } = await mckean(
    ['--quick', '--activation', 'tanh,relu', '--json', 'out.json'],
    { cwd: home, command },
  );
  expect([status, stderr.replace(/^.*: (checking|timing) .*\n/gm, '')]).toEqual([0, '']);
  expect(stdout).toMatch(/^mckean \S+ .*cores.*Node.*load average/);
  expect(stdout).toMatch(/^tanh +2e3 +32 +2 +mckean cpu /m);
  const { rows, machine, load } = json<{ rows: Row[]; machine: { cpu: string }; load: object }>(
    join(home, 'out.json'),
  );
  expect([typeof machine.cpu, Object.keys(load)]).toEqual(['string', ['before', 'after']]);
  const timed = rows.filter((row) => row.measured);
  expect(new Set(timed.map((row) => row.case.activation))).toEqual(new Set(['tanh', 'relu']));
  for (const { measured } of timed) {
    expect(measured!.error).toBeLessThanOrEqual(measured!.tolerance);
    expect((measured!.pairsPerSecond * measured!.ms) / 1000).toBeCloseTo(2000 * 32, 6);
    expect(measured!.low).toBeLessThanOrEqual(measured!.ms);
    expect(measured!.ms).toBeLessThanOrEqual(measured!.high);
  }
});

it('--faults holds what is asked for against its limit', async () => {
  const { status, stdout } = await mckean(['--faults', '--only', '(36)'], { cwd: home, command });
  const [line] = /^\(36\) .* (holds|FAILS) *$/m.exec(stdout)!;
  expect(line).toMatch(/ ms +≤ 5\.00 ms /);
  expect(status).toBe(line.includes('holds') ? 0 : 1); // by the machine's speed
});

it('refuses a wrong flag with one line and status 2', async () => {
  const { status, stdout, stderr } = await mckean(['--n', 'many'], { cwd: home, command });
  expect([status, stdout, stderr]).toEqual([
    2,
    '',
    'bench: --n many is not valid: give numbers from 1 to 100000000\n',
  ]);
});
