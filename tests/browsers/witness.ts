/**
 * The built site with a witness before its first script, which keeps whatever goes wrong, in any browser: drivers tell of
 * errors each in its own way, or not at all.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

declare global {
  var problems: string[];
}

const WITNESS = `
globalThis.problems = [];
addEventListener('error', ({ message }) => problems.push('error: ' + message));
addEventListener('unhandledrejection', ({ reason }) => problems.push('rejection: ' + reason));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  problems.push('policy: ' + violatedDirective + ' ' + blockedURI));
const said = console.error;
console.error = (...all) => { problems.push('console: ' + all.join(' ')); said(...all); };
`;

/** A copy of the folder; the page's script is among the files that a service worker keeps, and the witness with it. */
export function witnessed(site: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mckean-tour-'));
  cpSync(site, folder, { recursive: true });
  const assets = join(folder, 'assets');
  const start = readFileSync(join(folder, 'index.html'), 'utf8').match(/src="\.\/assets\/([^"]+\.js)"/)![1];
  if (!readdirSync(assets).includes(start)) throw new Error(`${site} has no ${start}: run npm run build`);
  writeFileSync(join(assets, start), WITNESS + readFileSync(join(assets, start), 'utf8'));
  return folder;
}
