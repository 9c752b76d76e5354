/**
 * The compiled kernels of an activation: found, compiled once a thread family, and set up in a thread. Null where
 * there is none for it, no SIMD, or a policy that forbids WebAssembly: then the scalar code serves.
 */
import type { ActivationChoice } from '../../../core/activations/parametric.ts';
import type { KernelExports, Precision } from './layout.ts';
import { KERNELS } from './built/index.ts';
import { knotsTable, TABLES } from './tables.ts';

/** Plain data but for the module, which goes to workers by a message like the rest. */
export interface CompiledModule {
  readonly name: string;
  readonly module: WebAssembly.Module;
}

export interface CompiledKernels extends CompiledModule {
  readonly precision: Precision;
  /** Of an activation with parameters, which its name then tells apart. */
  readonly table?: readonly number[];
}

const compiled = new Map<string, Promise<CompiledModule | null>>();

export async function compiledKernels(
  activation: ActivationChoice,
  precision: Precision,
): Promise<CompiledKernels | null> {
  const hasKnots = typeof activation === 'object' && 'knots' in activation;
  if (typeof activation === 'object' && !hasKnots) return null;
  const found = await compiledModule(`${hasKnots ? 'knots' : activation}-${precision}`);
  if (!found || !hasKnots) return found && { ...found, precision };
  const table = knotsTable(activation);
  return { ...found, name: `${found.name} ${table.join(' ')}`, precision, table };
}

/** A module by its name in kernels/build.ts. */
export function compiledModule(name: string): Promise<CompiledModule | null> {
  const found = compiled.get(name) ?? compile(name);
  compiled.set(name, found);
  return found;
}

async function compile(name: string): Promise<CompiledModule | null> {
  const load = (KERNELS as Partial<Record<string, () => Promise<{ default: string }>>>)[name];
  if (!load || typeof WebAssembly === 'undefined') return null;
  const { default: text } = await load();
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // no SIMD: not valid; a policy without 'wasm-unsafe-eval': an error
  const module = await WebAssembly.compile(bytes).catch(() => null);
  return module && { name, module };
}

/** A module in this thread; E is what its source exports. */
export const exportsOf = <E>({ module }: CompiledModule): E =>
  new WebAssembly.Instance(module).exports as unknown as E;

/** The kernels in this thread, with their table in place. */
export function instantiated(kernels: CompiledKernels): KernelExports {
  const exports = exportsOf<KernelExports>(kernels);
  const table = kernels.table ?? TABLES[kernels.name]?.();
  if (table && exports.table) new Float64Array(exports.memory.buffer, exports.table(), table.length).set(table);
  return exports;
}

/** Options with the kernels that they ask for, or do without. */
export async function withKernels<O extends { readonly kernels?: CompiledKernels | null }>(
  { activation }: { readonly activation: ActivationChoice },
  options: O,
): Promise<O & { readonly kernels: CompiledKernels | null }> {
  const { kernels = await compiledKernels(activation, 'f64') } = options;
  return { ...options, kernels };
}
