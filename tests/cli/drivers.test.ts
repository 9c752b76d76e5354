/**
 * Dawn is asked only where there may be a driver, and Mesa's are kept silent: elsewhere complaints would be lines on
 * stderr.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayHaveDriver, silence } from '../../src/cli/machine/drivers.ts';
import { folder, mckean, put } from '../support/cli.ts';
import { softwareDriver } from './software-driver.ts';

const home = folder();
put(home, 'driver.json', {});
const there = (...paths: string[]) =>
  ((path: string) => paths.includes(path)) as Parameters<typeof mayHaveDriver>[1];

it('a driver may be chosen, added, shown by the system, or nowhere', () => {
  const driver = join(home, 'driver.json');
  expect(mayHaveDriver({ VK_ICD_FILENAMES: `/none.json:${driver}` })).toBe(true);
  expect(mayHaveDriver({ VK_DRIVER_FILES: '/none.json' })).toBe(false);
  expect(mayHaveDriver({ VK_ADD_DRIVER_FILES: driver })).toBe(true);
  expect(mayHaveDriver({}, there('/dev/dri'))).toBe(true);
  expect(mayHaveDriver({}, there())).toBe(false);
});

describe('chatter', () => {
  it('of screens and spare drivers is kept off, but not where somebody chose', () => {
    expect(silence({}, false)).toEqual({ WAYLAND_DISPLAY: '/dev/null' });
    expect(silence({ XDG_RUNTIME_DIR: '/run/user/1' }, false)).toEqual({});
    expect(silence({ WAYLAND_DISPLAY: 'wayland-1' }, true)).toEqual({ VK_LOADER_DRIVERS_DISABLE: 'lvp_icd*' });
    expect(silence({ WAYLAND_DISPLAY: '', VK_LOADER_DRIVERS_DISABLE: '' }, true)).toEqual({});
  });

  // a copy of the software driver under the name of Mesa's stands for it, and is seen where nothing keeps it off
  it('of a second software driver is not there, as the loader leaves it out', async () => {
    const file = softwareDriver(home, 'lvp_icd.test');
    const adapters = async (env: NodeJS.ProcessEnv): Promise<[number, string]> => {
      const doctor = await mckean(['doctor', '--json'], {
        cwd: home,
        env: { ...env, VK_ADD_DRIVER_FILES: file },
      });
      return [(JSON.parse(doctor.stdout) as { adapters: [] }).adapters.length, doctor.stderr];
    };
    const [alone] = await adapters({ VK_LOADER_DRIVERS_DISABLE: '*' });
    expect(alone).toBe(0);
    const [both] = await adapters({ VK_LOADER_DRIVERS_DISABLE: 'none' });
    const [one, said] = await adapters({});
    expect([both - one, said]).toEqual([1, '']);
  });
});
