/**
 * Paths on the command line are the caller's: npm changes the folder before it runs a script and keeps the old
 * one in INIT_CWD.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

export const CALLER =
  process.env.npm_lifecycle_event === 'mckean' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd();

export const callerPath = (path: string): string => pathIn(CALLER, path);

/** A path as somebody wrote it in a folder: what only a shell or a browser understands is refused. */
export function pathIn(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path))
    throw new UsageError(`${path}: it is a URL, and nothing is fetched here: give the path of a file`);
  const home = /^~(?:\/|$)/.exec(path);
  if (home && !existsSync(absolute))
    throw new UsageError(
      `${path}: only a shell knows ~ as the home folder: give ${JSON.stringify(join(homedir(), path.slice(home[0].length)))}`,
    );
  return absolute;
}
