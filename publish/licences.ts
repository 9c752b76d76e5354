/** The licences of what the built modules hold of other people's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** …/node_modules/NAME or …/node_modules/@SCOPE/NAME, the innermost. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/**
 * Text for people; throws where a package says nothing of its licence. `modules`: paths of what was built in; `data`: what is
 * said of shipped data.
 */
export function licencesOf(modules: Iterable<string>, data: string): string {
  const folders = new Set([...modules].flatMap((path) => PACKAGE.exec(path)?.[0] ?? []));
  const parts = [...folders].map(partOf).sort();
  return `# Licences of what is built into mckean\n\n${parts.join('\n')}\n${data}`;
}

function partOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e\b/i.test(entry));
  if (license === undefined)
    throw new Error(`${name} ${version} names no licence: leave it out of the package`);
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `## ${name} ${version} (${license})\n${text}`;
}
