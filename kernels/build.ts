/**
 * npm run kernels: compiles the kernels of every activation in each precision to WebAssembly and writes them where
 * the engine imports them. The same sources and compiler give the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { FORMS } from './forms.ts';
import { meshSource } from './mesh.ts';
import { sourceOf } from './module.ts';
import type { Precision } from './lanes.ts';

const BUILT = fileURLToPath(new URL('../src/engines/cpu/simd/built/', import.meta.url));

const OPTIONS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--use',
  'abort=',
];

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
function sources(): [name: string, source: string][] {
  const ofActivations = Object.entries(FORMS).flatMap(([activation, forms]) =>
    Object.entries(forms).map(([precision, form]): [string, string] => [
      `${activation}-${precision}`,
      sourceOf(form, precision as Precision),
    ]),
  );
  return [...ofActivations, ['mesh-f64', meshSource()]];
}

/** File by file, what the built folder is to hold. */
export async function built(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const loaders: string[] = [];
  for (const [name, source] of sources()) {
    const module = await compile(source);
    files.set(`${name}.ts`, `export default\n  '${Buffer.from(module).toString('base64')}';\n`);
    loaders.push(`  '${name}': () => import('./${name}.ts'),`);
  }
  files.set(
    'index.ts',
    `/** Made by npm run kernels. */\nexport const KERNELS = {\n${loaders.join('\n')}\n} as const;\n`,
  );
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(BUILT, { recursive: true });
  for (const [name, text] of await built()) writeFileSync(BUILT + name, text);
}
