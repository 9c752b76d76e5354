/**
 * Whenever a process is killed, the next one goes on to the same bits. A few moments: more with MCKEAN_KILLS=50.
 */
import { expect, it } from 'vitest';
import { differing, folder, mckean } from '../support/cli.ts';
import { survive } from '../support/kills.ts';

const KILLS = Number(process.env.MCKEAN_KILLS ?? 4);
const config = {
  data: { dataset: 'curve', samples: 64 },
  model: { width: 200 },
  dynamics: {
    steps: 4000,
    dt: 0.2,
    momentum: { beta: 0.5 },
    schedule: { dt: { law: 'power', k0: 50, exponent: 0.5 } },
  },
  record: { every: 9, theta: [0, 1, 50, 700, 2500, 4000] },
  engine: 'cpu',
};

it.each([
  ['SIGKILL', ['SIGKILL']],
  ['any signal', ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']],
] as const)(`nothing is lost by %s at up to ${KILLS} moments`, async (_, signals) => {
  const cwd = folder();
  const { last, strange, killed } = await survive({ cwd, seed: 5, kills: KILLS, config, longest: 20, signals });
  expect([last.status, last.stderr, strange]).toEqual([0, '', []]);
  expect(killed).toBeGreaterThan(0); // a fast machine may be done before the last
  expect((await mckean(['run', 'killed.json', '--out', 'whole', '--quiet'], { cwd })).status).toBe(0);
  expect(differing(cwd, 'killed', 'whole')).toEqual([]);
});
