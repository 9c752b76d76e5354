/**
 * npm run kit: what a Linux x64 machine with a GPU, but without package registries and a network, needs to check, time and
 * photograph mckean: dist/kit/, a few parts of 60 MiB at most, their SHA-256, and run.sh, which joins and starts them.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { bundle, ROOT } from '../../publish/bundle.ts';
import { VERSION } from '../../publish/manifest.ts';
import type { Arguments } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/errors.ts';
import { runTool } from '../../src/cli/tool.ts';
import { buildPage } from '../page/build.ts';
import { installPeers } from '../page/install.ts';
import { browser, loaders, node, packages } from './gather.ts';
import { split } from './parts.ts';
import { LIB, ORIGIN_FILE, PROGRAMS, type Origin } from './place.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

function originOf(): Origin {
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', ROOT, ...words], { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return {
    version: VERSION,
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed ? ', changed since' : ''}`,
  };
}

/** Fills a folder with the whole kit. */
async function assemble(kit: string): Promise<void> {
  writeFileSync(join(kit, ORIGIN_FILE), `${JSON.stringify(originOf())}\n`);
  log('programs');
  await bundle(join(kit, LIB), { entries: PROGRAMS, external: ['puppeteer'] });
  writeFileSync(join(kit, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
  packages(['webgpu', 'puppeteer'], join(kit, 'node_modules'));
  cpSync(join(ROOT, 'bench/python'), join(kit, 'bench/python'), { recursive: true });
  log('pages');
  await build({ root: ROOT, logLevel: 'error', build: { outDir: join(kit, 'page'), emptyOutDir: false } });
  installPeers();
  await buildPage('peers', join(kit, 'bench/page'));
  log('Node, loaders, browser');
  node(join(kit, 'bin/node'));
  loaders(join(kit, 'gl'));
  browser(join(kit, 'chrome'));
}

async function run({ text }: Arguments): Promise<number> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new UsageError(`a kit is made on Linux x64, this is ${process.platform} ${process.arch}`);
  const out = resolve(text('out')!);
  const work = mkdtempSync(join(tmpdir(), 'mckean-kit-'));
  try {
    const kit = join(work, 'kit');
    mkdirSync(kit);
    await assemble(kit);
    log('parts');
    execFileSync('tar', ['-czf', join(work, 'kit.tar.gz'), '-C', kit, '.']);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const parts = split(join(work, 'kit.tar.gz'), out);
    copyFileSync(join(ROOT, 'bench/kit/run.sh'), join(out, 'run.sh'));
    chmodSync(join(out, 'run.sh'), 0o755);
    const size = (name: string): string => `${(statSync(join(out, name)).size / 2 ** 20).toFixed(1)} MiB`;
    process.stdout.write(parts.map((name) => `${join(out, name)}  ${size(name)}\n`).join(''));
    return 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await runTool('kit', {
  summary: 'Packs what a GPU machine without a network needs, to be started there by: sh run.sh.',
  positionals: [],
  flags: { out: { value: 'DIR', help: 'where the parts go', preset: join(ROOT, 'dist/kit') } },
  run,
});
