/**
 * npm run kernels: compiles the kernels of every activation in each precision to WebAssembly and writes them where
 * the engine imports them. The same sources and compiler give the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { runTool } from '../src/cli/tool.ts';
import { FORMS, PARAMETRIC_FORMS } from './forms.ts';
import { meshSource } from './mesh.ts';
import { sourceOf } from './module.ts';
import type { Precision } from './lanes.ts';

export const BUILT = fileURLToPath(new URL('../src/engines/cpu/simd/built/', import.meta.url));

const OPTIONS = '--optimizeLevel 3 --shrinkLevel 0 --runtime stub --noAssert --enable simd --use abort='.split(
  ' ',
);

/** The module of a source. */
export async function compile(source: string): Promise<Uint8Array> {
  let module: Uint8Array | null = null;
  const { error, stderr } = await asc.main(['kernel.ts', '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'kernel.ts' ? source : null),
    writeFile: (_, contents) => void (module = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error || !module) throw new Error(`the kernels do not compile: ${stderr.toString()}`);
  return module;
}

/** Module by module: those of the activations, and the mesh method's, which serves all of them. */
const SOURCES: Readonly<Record<string, () => string>> = Object.fromEntries([
  ['mesh-f64', meshSource],
  ...Object.entries({ ...FORMS, ...PARAMETRIC_FORMS }).flatMap(([activation, forms]) =>
    Object.entries(forms).map(([precision, form]) => [
      `${activation}-${precision}`,
      () => sourceOf(form, precision as Precision),
    ]),
  ),
]);

export const MODULES: readonly string[] = Object.keys(SOURCES);

/** The file that names all modules. */
const index = (): string => {
  const loaders = MODULES.map((name) => `  '${name}': () => import('./${name}.ts'),`);
  return `/** Made by npm run kernels. */\nexport const KERNELS = {\n${loaders.join('\n')}\n} as const;\n`;
};

/** File by file, what the built folder is to hold of these modules. */
export async function built(names = MODULES): Promise<Map<string, string>> {
  const files = new Map([['index.ts', index()]]);
  for (const name of names) {
    const module = await compile(SOURCES[name]());
    files.set(`${name}.ts`, `export default\n  '${Buffer.from(module).toString('base64')}';\n`);
  }
  return files;
}

async function run(): Promise<number> {
  mkdirSync(BUILT, { recursive: true });
  for (const [name, text] of await built()) writeFileSync(BUILT + name, text);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runTool('kernels', {
    summary: 'Compiles the CPU engine’s kernels and writes them where it imports them.',
    positionals: [],
    flags: {},
    run,
  });
