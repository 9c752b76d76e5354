/**
 * npm run docs: the site of the documentation, static and whole, with the library's modules by typedoc. It fails
 * where a page links to what is not there, or where a public name has no comment.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application, LogLevel, PageEvent, type TypeDocOptions } from 'typedoc';
import type { Arguments } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/errors.ts';
import { runTool } from '../../src/cli/tool.ts';
import { isPresetName } from '../../src/experiments/presets.ts';
import { SCHEMAS } from '../../src/experiments/schemas.ts';
import { PAGE } from './gallery.ts';
import { brokenLinks } from './links.ts';
import { GROUPS, HOME, ROOT, SITE, written } from './pages.ts';
import { typeset } from './typeset.ts';

/** Those whose types are those of the web's, too. */
const MODULES = ['core', 'cpu.node', 'gpu.node', 'cloud', 'widget'].map((name) =>
  join(ROOT, `src/library/${name}.ts`),
);

/** Whose names say it: an error's own, and fields that are another's. */
const UNSAID = [
  ...['Capacity', 'Config', 'DeviceLost', 'Diverged', 'Unavailable'].map((kind) => `mckean.${kind}Error.name`),
  'mckean.Interrupted.name',
  'mckean/widget.default.__type.render',
  'mckean.ConfigInput.__type.initial',
  'mckean.ConfigInput.__type.dynamics',
];

const pageIn = (folder: string, name: string): string => join(folder, `${name}.md`);

const optionsFor = (out: string, sources: string): TypeDocOptions => ({
  name: 'mckean',
  includeVersion: true,
  entryPoints: MODULES,
  tsconfig: join(ROOT, 'docs/site/tsconfig.json'),
  skipErrorChecking: true, // npm run typecheck does
  projectDocuments: Object.keys(SITE).map((name) => pageIn(sources, name)),
  readme: pageIn(sources, 'index'),
  out,
  router: 'kind',
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  excludeProtected: true,
  hideGenerator: true,
  githubPages: false,
  favicon: join(ROOT, 'public/icon.svg'),
  customCss: join(ROOT, 'docs/site/style.css'),
  markdownItLoader: typeset,
  markdownLinkExternal: false,
  highlightLanguages: ['bash', 'html', 'javascript', 'json', 'python', 'sh', 'typescript'],
  ignoredHighlightLanguages: ['math', 'text'],
  navigation: { includeGroups: true, includeCategories: false, includeFolders: false },
  groupOrder: [...GROUPS, 'Modules', '*'],
  sort: ['documents-first', 'kind', 'alphabetical-ignoring-documents'],
  searchInDocuments: true,
  searchInComments: true,
  includeHierarchySummary: false,
  headings: { readme: false },
  intentionallyNotDocumented: UNSAID,
  validation: {
    invalidLink: true,
    invalidPath: true,
    notDocumented: true,
    notExported: false,
    rewrittenLink: false,
  },
  logLevel: LogLevel.Warn,
});

/** The page lies a folder above the site: its address may name a preset, and nothing else of it is linked. */
function ofPage(path: string, hash: string): string | null {
  const preset = new URLSearchParams(hash).get('preset');
  if (path !== '..') return 'is beside the site';
  return preset === null || isPresetName(preset) ? null : `names the preset ${preset}, which is none`;
}

async function run({ text }: Arguments): Promise<number> {
  const out = resolve(text('out')!);
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'assets/navigation.js')))
    throw new UsageError(
      `${out} holds files that are no site of this kind, and would lose them: give another --out`,
    );
  const sources = join(ROOT, '.cache/docs');
  rmSync(sources, { recursive: true, force: true });
  mkdirSync(sources, { recursive: true });
  for (const name of Object.keys(SITE)) writeFileSync(pageIn(sources, name), written(SITE[name], sources));
  writeFileSync(pageIn(sources, 'index'), written(HOME, sources));

  const app = await Application.bootstrap(optionsFor(out, sources));
  app.renderer.on(PageEvent.END, (page) => {
    if (page.contents) page.contents = page.contents.replaceAll(PAGE, '../'.repeat(page.url.split('/').length));
  });
  const project = await app.convert();
  if (project) {
    app.validate(project);
    await app.generateOutputs(project);
  }
  if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) {
    process.stderr.write('docs: typedoc has said above what is wrong\n');
    return 1;
  }
  for (const [name, schema] of Object.entries(SCHEMAS))
    writeFileSync(join(out, `${name}.schema.json`), `${JSON.stringify(schema())}\n`);
  const broken = brokenLinks(out, ofPage);
  if (broken.length > 0) {
    process.stderr.write(`docs: links lead nowhere\n${broken.join('\n')}\n`);
    return 1;
  }
  process.stdout.write(`${out}: open ${join(out, 'index.html')}\n`);
  return 0;
}

await runTool('docs', {
  summary: 'Builds the site of the documentation.',
  positionals: [],
  flags: {
    out: {
      value: 'DIR',
      help: 'where it goes: beside the page that npm run build makes',
      preset: join(ROOT, 'dist/docs'),
    },
  },
  run,
});
