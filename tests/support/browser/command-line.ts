/** The command line on a configuration of the page. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MCKEAN = ['--import', './src/loader/register.mjs', 'src/cli/main.ts'];

/** Runs it on the float64 engine; the folder that it wrote. */
export function commandLineRun(config: object): string {
  const directory = mkdtempSync(join(tmpdir(), 'mckean-page-'));
  const [path, out] = [join(directory, 'config.json'), join(directory, 'out')];
  writeFileSync(path, JSON.stringify(config));
  execFileSync(process.execPath, [...MCKEAN, 'run', path, '--out', out, '--engine', 'cpu', '--quiet'], {
    stdio: 'pipe',
  });
  return out;
}
