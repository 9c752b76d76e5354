/** Pythons of this machine; the system's may have Debian's packages where another stands before it. */
import { spawnSync } from 'node:child_process';

/** The first that has all of the modules; null where there is none. */
export function pythonWith(...modules: readonly string[]): string | null {
  const has = (program: string): boolean =>
    spawnSync(program, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0;
  return ['python3', '/usr/bin/python3'].find(has) ?? null;
}

/** For a test's name: whether it runs here, and what it would take. */
export const saysWhether = (python: string | null, ...modules: readonly string[]): string =>
  python === null
    ? `not executed: there is no Python with ${modules.join(', ')} here`
    : `executed by ${python}`;
