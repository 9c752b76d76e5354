/**
 * npm run package: the archive that `npm publish` takes, dist/mckean-VERSION.tgz. It is written whole or not at all,
 * and only where publint and arethetypeswrong find nothing in it.
 */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { bundle, ROOT, types } from './bundle.ts';
import { licencesOf } from './licences.ts';
import type { Arguments } from '../src/cli/args.ts';
import { runTool } from '../src/cli/tool.ts';
import { SCHEMAS } from '../src/experiments/schemas.ts';
import { LIB, MANIFEST } from './manifest.ts';

/** File of the package → where it is here. */
const COPIED: Readonly<Record<string, string>> = {
  'README.md': 'docs/library.md',
  LICENSE: 'LICENSE',
  'python/mckean_widget.py': 'python/mckean_widget.py',
  'CHANGELOG.md': 'CHANGELOG.md',
  'CITATION.cff': 'CITATION.cff',
};

/** Whose the shipped data are. */
const DATA = 'src/core/data/README.md';

/** Node 10 knows no `exports`, and CommonJS reads ES modules from Node 20.19 on, as `engines` asks. */
const UNASKED: readonly string[] = ['node10', 'node16-cjs'];

/** What editors check configurations and sweeps by. */
const WRITTEN = { 'schema.json': SCHEMAS.config, 'sweep-schema.json': SCHEMAS.sweep } as const;

async function assemble(folder: string): Promise<void> {
  const lib = join(folder, LIB);
  const modules = await bundle(lib);
  await types(lib);
  mkdirSync(join(folder, 'python'));
  for (const [name, source] of Object.entries(COPIED)) copyFileSync(join(ROOT, source), join(folder, name));
  writeFileSync(join(folder, 'licences.md'), licencesOf(modules, readFileSync(join(ROOT, DATA), 'utf8')));
  for (const [name, schema] of Object.entries(WRITTEN))
    writeFileSync(join(folder, name), `${JSON.stringify(schema())}\n`);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

function pack(folder: string): Packed {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack fails: ${stderr}`);
  return (JSON.parse(stdout) as Packed[])[0];
}

/** What is wrong with the archive, a sentence each. */
async function faultsOf(archive: Uint8Array): Promise<string[]> {
  const tarball = archive.slice().buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  const analysis = await checkPackage(createPackageFromTarballData(archive));
  const problems = analysis.types ? analysis.problems : [{ kind: 'NoTypes' }];
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...problems
      .filter((problem) => !('resolutionKind' in problem && UNASKED.includes(String(problem.resolutionKind))))
      .map((problem) => `arethetypeswrong: ${JSON.stringify(problem)}`),
  ];
}

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function run({ text }: Arguments): Promise<number> {
  const out = resolve(text('out')!);
  const folder = mkdtempSync(join(tmpdir(), 'mckean-package-'));
  try {
    await assemble(folder);
    const { filename, size: packed, unpackedSize, entryCount } = pack(folder);
    const faults = await faultsOf(readFileSync(join(folder, filename)));
    if (faults.length > 0) {
      process.stderr.write(`package: it is not as it should be\n${faults.join('\n')}\n`);
      return 1;
    }
    mkdirSync(out, { recursive: true });
    copyFileSync(join(folder, filename), join(out, `.${filename}.part`));
    renameSync(join(out, `.${filename}.part`), join(out, filename));
    process.stdout.write(
      `${join(out, filename)}: ${size(packed)}, installed ${size(unpackedSize)} in ${entryCount} files; publint and arethetypeswrong find nothing\n`,
    );
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runTool('package', {
  summary: 'Builds the npm package and checks it.',
  positionals: [],
  flags: { out: { value: 'DIR', help: 'where the archive goes', preset: join(ROOT, 'dist') } },
  run,
});
