/** What comments, results and pages cite is there: a reader of the repository can look it up. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'shaders', 'kernels', 'tests', 'bench', 'publish', 'docs'];
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'paper.md',
  'index.html',
  'vite.config.ts',
  'vite.site.ts',
];
const TEXT = /\.(?:m?ts|mjs|md|svg|py|css|html|tex)$/;

/** File → why it may cite what is nowhere. */
const MEANT: Readonly<Record<string, string>> = {
  'licences.md': 'written by the build',
  'report.md': 'written by a kit',
};

const PATHS = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  ),
  ...PAGES,
];
const FILES = PATHS.filter((path) => TEXT.test(path) && !path.includes('node_modules')).map((path) => ({
  path,
  text: readFileSync(ROOT + path, 'utf8'),
}));

const NAME = String.raw`(?<![\w./*$}-])(?:[\w-]+\/)*\w[\w.-]*`;
const PAGE = new RegExp(String.raw`${NAME}\.md\b`, 'g');
const SOURCE = new RegExp(String.raw`${NAME}\.m?ts\b(?!\.\w)`, 'g');
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm;

/** What a text says to people of other files: pages anywhere, sources where it explains itself. */
function cited({ path, text }: { path: string; text: string }): string[] {
  const explained = path.endsWith('.md') ? text : (text.match(COMMENT) ?? []).join('\n');
  return [...(text.match(PAGE) ?? []), ...(explained.match(SOURCE) ?? [])];
}

/** A page by its path from the root; a source also by the end of it. */
const isThere = (name: string): boolean =>
  PATHS.includes(name) || (!name.endsWith('.md') && PATHS.some((path) => path.endsWith(`/${name}`)));

it('finds what is cited', () => {
  const example = "/** See a/b.md and c.ts. */ import './d.ts'; const law = '(e.md, fact 1)';";
  expect(cited({ path: 'x.ts', text: example })).toEqual(['a/b.md', 'e.md', 'c.ts']);
});

it('no file of the repository cites one that is not in it', () => {
  const missing = FILES.filter(({ path }) => basename(path) !== 'citations.test.ts').flatMap((file) =>
    cited(file)
      .filter((name) => !isThere(name) && !(name in MEANT))
      .map((name) => `${file.path} → ${name}`),
  );
  expect(missing).toEqual([]);
});

it('whoever cites a fact or a section of docs/model.md finds it there', () => {
  const model = readFileSync(`${ROOT}docs/model.md`, 'utf8');
  const facts = new Set([...model.matchAll(/^(\d+)\. \*\*/gm)].map(([, number]) => number));
  const sections = [...model.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  const wrong = FILES.flatMap(({ path, text }) =>
    [
      ...text
        .replace(/\s+(?:\*|\/\/)? */g, ' ')
        .matchAll(/docs\/model\.md, (?:facts? ([\d, and]+)|([A-Z]\w+))/g),
    ]
      .filter(([, numbers, title]) =>
        title
          ? !sections.some((section) => section.startsWith(title))
          : numbers.match(/\d+/g)?.some((number) => !facts.has(number)),
      )
      .map(([citation]) => `${path}: ${citation}`),
  );
  expect([...facts]).toEqual([...facts].map((_, k) => `${k + 1}`));
  expect(wrong).toEqual([]);
});

const read = (path: string): string => readFileSync(ROOT + path, 'utf8');

it('the paper cites what its bibliography has, all of it', () => {
  const entries = [...read('paper.bib').matchAll(/^@\w+\{(\w+),/gm)].map(([, key]) => key);
  const keys = new Set([...read('paper.md').matchAll(/@([a-z]+\d{4})\b/g)].map(([, key]) => key));
  expect(entries.length).toBeGreaterThan(10);
  expect([...keys].sort()).toEqual(entries.sort());
});

it('one version is named everywhere', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(/^## (\S+?),? /m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  expect(/^version: (\S+)$/m.exec(read('CITATION.cff'))?.[1]).toBe(version);
});

/** As a sentence says a number below a hundred. */
function spelled(count: number): string {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    );
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  if (count < small.length) return small[count];
  const rest = count % 10;
  return `${tens[Math.floor(count / 10) - 2]}${rest > 0 ? `-${small[rest]}` : ''}`;
}

it('what changelog, paper and README count is as many as there are', async () => {
  const { MEASUREMENT_NAMES } = await import('../src/experiments/measure/registry.ts');
  const { PAPER_NAMES } = await import('../src/experiments/papers/registry.ts');
  const [laws, papers] = [MEASUREMENT_NAMES.length, PAPER_NAMES.length].map(spelled);
  const capital = (word: string): string => word[0].toUpperCase() + word.slice(1);
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`${laws} statements[\\s\\S]*${papers} experiments`));
  expect(read('paper.md')).toMatch(
    new RegExp(`${capital(laws)} measurements[\\s\\S]*${capital(papers)} experiments`),
  );
  for (const name of [...MEASUREMENT_NAMES, ...PAPER_NAMES])
    expect(read('README.md')).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
});
