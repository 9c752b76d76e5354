/** A small JSON document in the user's cache folder, shared by all runs. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Store } from '../../engines/store.ts';

/** Where this kind of system keeps what programs can find again by themselves. */
export function cacheFolder({ platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'mckean');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'mckean');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mckean');
}

/** `mode`: who may read it; by default everyone. */
export function fileStore(name: string, folder = cacheFolder(), mode = 0o644): Store {
  const path = join(folder, name);
  return {
    get: () => quietly(() => JSON.parse(readFileSync(path, 'utf8')) as unknown),
    set: (document) => {
      quietly(() => {
        mkdirSync(dirname(path), { recursive: true });
        const whole = `${path}.${process.pid}`; // two runs may write at once: each moves a whole file into place
        writeFileSync(whole, `${JSON.stringify(document, null, 2)}\n`, { mode });
        renameSync(whole, path);
      });
    },
  };
}

/** Null where it fails: a cache that cannot be had is no error. */
function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
