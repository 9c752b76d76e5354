/**
 * The modules of the package, each entry a file of a fixed name beside the chunks that they share. What they take from
 * npm is within them: whoever installs the package gets nothing else, but for Dawn.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown, type InputOptions, type Plugin } from 'rolldown';
import { esmExternalRequirePlugin } from 'rolldown/plugins';
import { dts } from 'rolldown-plugin-dts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Entry → its file's name: what `exports`, `bin` and addresses within the code name. */
const ENTRIES = {
  core: 'src/library/core.ts',
  'cpu.node': 'src/library/cpu.node.ts',
  'cpu.web': 'src/library/cpu.web.ts',
  'gpu.node': 'src/library/gpu.node.ts',
  'gpu.web': 'src/library/gpu.web.ts',
  cloud: 'src/library/cloud.ts',
  'worker.node': 'src/engines/workers/node.ts',
  'worker.web': 'src/engines/workers/web.ts',
  'worker.cloud': 'src/views/cloud/worker-web.ts',
  bin: 'src/cli/main.ts',
} as const;

/** What hosts read as a text without an address: a module of its own, whole. */
const WHOLE = { widget: 'src/library/widget.ts' } as const;

/** Types of these; those of the web's entries are the same. */
const TYPED = [ENTRIES.core, ENTRIES['cpu.node'], ENTRIES['gpu.node'], ENTRIES.cloud, WHOLE.widget];

/** What starts TypeScript in a checkout → what it starts. */
const STARTERS: Readonly<Record<string, string>> = {
  'src/engines/workers/node.mjs': 'src/engines/workers/node.ts',
  'src/cli/bin.mjs': 'src/cli/main.ts',
};

const EXTERNAL = ['webgpu', /^node:/];
/** Node's own modules as packages of the command line name them. */
const BUILTIN = ['events', 'fs', 'readline'];

/** Nothing is built that the builder has doubts about. */
const onLog: NonNullable<InputOptions['onLog']> = (level, { message }) => {
  if (level === 'warn') throw new Error(message);
};

/** new URL('./other.ts', import.meta.url) becomes the address of the entry that it is built into. */
const addresses: Plugin = {
  name: 'addresses',
  transform(code, id) {
    if (!id.startsWith(join(ROOT, 'src'))) return null;
    return code.replace(/new URL\('(\.[^']+)', import\.meta\.url\)/g, (_, target: string) => {
      const path = relative(ROOT, resolve(dirname(id), target)).replaceAll('\\', '/');
      const built = Object.entries(ENTRIES).find(([, source]) => source === (STARTERS[path] ?? path));
      if (!built)
        throw new Error(`${relative(ROOT, id)} names ${path} by its address: make it an entry of bundle.ts`);
      return `new URL('./${built[0]}.js', import.meta.url)`;
    });
  },
};

/** Of package.json the program needs its version alone. */
const versionAlone: Plugin = {
  name: 'version-alone',
  load(id) {
    if (id !== join(ROOT, 'package.json')) return null;
    const { version } = JSON.parse(readFileSync(id, 'utf8')) as { version: string };
    return JSON.stringify({ version });
  },
};

export interface More {
  /** Entries beside the package's own: name → file, from the root. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Packages that stay outside. */
  readonly external?: readonly string[];
}

/** Writes the modules into a folder; the paths of all files that went into them. */
export async function bundle(dir: string, { entries = {}, external = [] }: More = {}): Promise<Set<string>> {
  const shared = await built({ ...ENTRIES, ...entries }, dir, true, external);
  const whole = await built(WHOLE, dir, false);
  return new Set([...shared, ...whole]);
}

/** `apart`: what entries share, and what is asked for later, are files of their own. */
async function built(
  input: Readonly<Record<string, string>>,
  dir: string,
  apart: boolean,
  external: readonly string[] = [],
): Promise<string[]> {
  const build = await rolldown({
    cwd: ROOT,
    input,
    platform: 'neutral',
    external: [...EXTERNAL, 'fs', ...external],
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'default'] },
    // Papaparse asks for it before it asks Node for streams, which nobody here gives it.
    transform: { define: { PAPA_BROWSER_CONTEXT: 'true' } },
    plugins: [addresses, versionAlone, esmExternalRequirePlugin({ external: BUILTIN })],
    onLog,
  });
  try {
    const { output } = await build.write({
      dir,
      format: 'esm',
      codeSplitting: apart,
      chunkFileNames: 'chunk-[name]-[hash].js',
      banner: ({ name }) => (name === 'bin' ? '#!/usr/bin/env node' : ''),
      minify: true,
    });
    return output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  } finally {
    await build.close();
  }
}

/** Writes the types of the typed entries, a file each and what they share. */
export async function types(dir: string): Promise<void> {
  const build = await rolldown({
    cwd: ROOT,
    input: TYPED,
    platform: 'neutral',
    external: [...EXTERNAL, /^[^./]/],
    checks: { pluginTimings: false },
    onLog,
    plugins: [
      dts({
        emitDtsOnly: true,
        tsconfig: join(ROOT, 'tsconfig.json'),
        oxc: false,
        compilerOptions: { incremental: false, stripInternal: true },
      }),
    ],
  });
  try {
    await build.write({ dir, format: 'esm', chunkFileNames: 'types-[hash].d.ts' });
  } finally {
    await build.close();
  }
}
