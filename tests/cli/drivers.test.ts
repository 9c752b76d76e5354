/** Dawn is asked only where there may be a driver: elsewhere its complaints would be lines on stderr. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mayHaveDriver } from '../../src/cli/machine/drivers.ts';
import { folder, put } from '../support/cli.ts';

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
