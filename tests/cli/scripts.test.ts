/** Every program that package.json starts says what it does, and refuses what it does not know in a sentence. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};
/** Programs of the project; the command line itself has tests of its own. */
const OWN = Object.entries(scripts)
  .filter(([name, command]) => command.startsWith('node --import') && name !== 'mckean')
  .map(([name, command]) => [name, command.split(' ').slice(1)] as const);

/** As npm starts it. */
function says(
  words: readonly string[],
  flag: string,
): Promise<[status: number | null, out: string, err: string]> {
  const child = spawn(process.execPath, [...words, flag], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (status) => resolve([status, out, err])));
}

it('there are some', () => expect(OWN.length).toBeGreaterThan(15));

it.each(OWN)('npm run %s says what it does, and refuses a flag that it does not know', async (_, words) => {
  const [help, refusal] = await Promise.all(['--help', '--nonsense'].map((flag) => says(words, flag)));
  expect([help[0], help[2]]).toEqual([0, '']);
  expect(help[1]).toMatch(/^npm (run [a-z:]+|start) -- [^]*^ {2}--help /m);
  expect([refusal[0], refusal[1]]).toEqual([2, '']);
  expect(refusal[2]).toMatch(/^[a-z:]+: [^\n]*--nonsense[^\n]*--help[^\n]*\n$/);
});
