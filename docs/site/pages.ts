/**
 * The pages of the site, in order, and what they are made of: parts of the repository's own pages, whose links are
 * turned to where things lie on the site.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gallery } from './gallery.ts';
import { notebook } from './notebook.ts';
import { reference } from './reference.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** As they stand beside each page. */
export const GROUPS = ['Guide', 'Reference', 'Theory', 'Trust', 'Project'] as const;

/** Has a page, and is had as a file. */
const NOTEBOOK = 'docs/run.ipynb';

export interface SitePage {
  readonly title: string;
  readonly group: (typeof GROUPS)[number];
  readonly parts: readonly Part[];
}

/** Markdown; the first one of a page begins with its heading. */
interface Part {
  readonly text: () => string;
  /** The file of which it is a part, or all; null where its links are the site's own. */
  readonly of: string | null;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The README's sections by their titles, headings a level up. */
const SECTIONS = new Map(
  read('README.md')
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), `# ${text}`.replace(/^###/gm, '##')] as const),
);

/** Sections of the README that are no page's: whoever forgets a new one is told. */
export const UNUSED = new Set(SECTIONS.keys());

function section(title: string): Part {
  const text = SECTIONS.get(title);
  if (text === undefined) throw new Error(`README.md has no section "${title}": name one that is there`);
  UNUSED.delete(title);
  return { text: () => text, of: 'README.md' };
}
/** As a part of another's page. */
const below = (title: string): Part => {
  const { text, of } = section(title);
  return { text: () => text().replace(/^#/gm, '##'), of };
};
const whole = (of: string): Part => ({ text: () => read(of), of });
/** Without its heading, below another's. */
const rest = (of: string): Part => ({ text: () => read(of).replace(/^# .*\n/, ''), of });
const made = (text: () => string): Part => ({ text, of: null });

/** A section of docs/model.md that has a page of its own, too. */
function errata(): string {
  const found = /^#(# Errata[^]*?)(?=^## )/m.exec(read('docs/model.md'));
  if (!found) throw new Error('docs/model.md has no section of errata');
  return found[1];
}

const page = (title: string, group: SitePage['group'], ...parts: readonly Part[]): SitePage => ({
  title,
  group,
  parts,
});

/** Its name on the site → page. Titles are names of files, too. */
export const SITE: Readonly<Record<string, SitePage>> = {
  picture: page('What the picture shows', 'Guide', section('What the picture shows')),
  page: page(
    'The page',
    'Guide',
    section('The page'),
    below('When there is no WebGPU'),
    below('In a classroom'),
  ),
  gallery: page('Gallery', 'Guide', { text: gallery, of: 'docs/site/gallery.ts' }),
  'command-line': page('The command line', 'Guide', section('The command line')),
  library: page('The library', 'Guide', whole('docs/library.md')),
  script: page('From a script', 'Guide', section('From a script')),
  data: page('Generated and real data', 'Guide', section('Generated data'), below('Real data')),
  notebook: page('A run in a notebook', 'Guide', {
    text: () => notebook(join(ROOT, NOTEBOOK)),
    of: NOTEBOOK,
  }),
  configuration: page('Configuration', 'Reference', made(reference)),
  speed: page('Speed', 'Reference', section('Speed')),
  'shipped-data': page('Shipped data', 'Reference', whole('src/core/data/README.md')),
  model: page('The model', 'Theory', whole('docs/model.md')),
  laws: page('The laws', 'Theory', section('The laws, measured')),
  papers: page('The papers', 'Theory', section('The papers, reproduced'), rest('docs/papers.md')),
  errata: page('Errata of the lecture notes', 'Theory', { text: errata, of: 'docs/model.md' }),
  accuracy: page('Accuracy and limits', 'Trust', section('Accuracy and determinism'), rest('docs/limits.md')),
  verified: page('How it is verified', 'Trust', whole('docs/verified.md')),
  faults: page('What goes wrong', 'Trust', whole('docs/faults.md')),
  contributing: page('Working on mckean', 'Project', whole('CONTRIBUTING.md')),
  changelog: page('Changelog', 'Project', whole('CHANGELOG.md')),
};

/** What is seen first. */
export const HOME: SitePage = page('mckean', 'Guide', whole('docs/site/home.md'));

/** A file → the page that has it. */
const PAGES = new Map(
  Object.entries(SITE).flatMap(([name, { parts }]) =>
    parts.flatMap(({ of }) =>
      of !== null && of !== 'README.md' && name !== 'errata' ? [[of, name] as const] : [],
    ),
  ),
);

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The page that has a section of the README. */
const pageOf = (anchor: string): string | undefined =>
  Object.entries(SITE).find(([, { parts }]) =>
    parts.some(({ text }) =>
      [...text().matchAll(/^#+ (.*)$/gm)].some(([, heading]) => slug(heading) === anchor),
    ),
  )?.[0];

/** A link of one of the repository's pages, as it is on a page of the site in the folder `at`. */
function turned(target: string, from: string, at: string): string {
  if (/^[a-z]+:/i.test(target)) return target;
  const [path, anchor] = target.split('#');
  const file = path === '' ? from : posix.join(posix.dirname(from), path);
  const place = anchor ? `#${anchor}` : '';
  const name = file === 'README.md' && anchor ? pageOf(anchor) : PAGES.get(file);
  if (name !== undefined && file !== NOTEBOOK) return `${name}.md${place}`;
  if (!existsSync(join(ROOT, file))) throw new Error(`${from} links to ${target}, which is not there`);
  return relative(at, join(ROOT, file)).replaceAll('\\', '/');
}

const LINKS = /(?<=\]\()([^()\s]+)(?=\))|(?<=\b(?:src|srcset|href)=")([^"]+)(?=")/g;
/** Code, whose links are others'. */
const CODE = /^(```[^]*?^```$| {4}.*$)/m;

/** Blocks that do not say what they are in: commands, mostly. */
const saidToBe = (block: string): string =>
  block.replace(/^```\n/, /^```\nnp[mx] /.test(block) ? '```sh\n' : '```text\n');

/** Pictures side by side stand below each other, large, with their words. */
const unpaired = (text: string): string =>
  text.replace(/^\| \| \|\n\|---\|---\|\n((?:\| !\[.*\n)+)/gm, (_, rows: string) =>
    [...rows.matchAll(/!\[([^\]]*)\]\([^)]*\)/g)]
      .map(([picture, words]) => `${picture}\n*${words}*\n`)
      .join('\n'),
  );

function partAt({ text, of }: Part, at: string): string {
  if (of === null) return text();
  return unpaired(text())
    .split(CODE)
    .map((piece, k) => (k % 2 === 1 ? saidToBe(piece) : piece.replace(LINKS, (link) => turned(link, of, at))))
    .join('');
}

/** What typedoc reads, in the folder `at`. */
export const written = ({ title, group, parts }: SitePage, at: string): string =>
  `---\ntitle: ${JSON.stringify(title)}\ngroup: ${group}\n---\n\n${parts.map((part) => partAt(part, at)).join('\n')}`;
