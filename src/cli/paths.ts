/**
 * Paths on the command line are the caller's: npm changes the folder before it runs a script and keeps the old
 * one in INIT_CWD.
 */
import { dirname, resolve } from 'node:path';

const CALLER =
  process.env.npm_lifecycle_event === 'mckean' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd();

export const callerPath = (path: string): string => resolve(CALLER, path);
/** Paths inside a config are relative to the config. */
export const besideConfig = (config: string, path: string): string => resolve(dirname(config), path);
