/**
 * The compiled kernels of an activation: found, compiled once a thread family, and set up in a thread. Null where
 * there is none for it, no SIMD, or a policy that forbids WebAssembly: then the scalar code serves.
 */
import type { ActivationName } from '../../../core/activations.ts';
import type { KernelExports, Precision } from './layout.ts';
import { KERNELS } from './built/index.ts';
import { TABLES } from './tables.ts';

/** Plain data but for the module, which goes to workers by a message like the rest. */
export interface CompiledKernels {
  readonly name: string;
  readonly precision: Precision;
  readonly module: WebAssembly.Module;
}

const compiled = new Map<string, Promise<CompiledKernels | null>>();

export function compiledKernels(
  activation: ActivationName,
  precision: Precision,
): Promise<CompiledKernels | null> {
  const name = `${activation}-${precision}`;
  const found = compiled.get(name) ?? compile(name, precision);
  compiled.set(name, found);
  return found;
}

async function compile(name: string, precision: Precision): Promise<CompiledKernels | null> {
  const load = (KERNELS as Partial<Record<string, () => Promise<{ default: string }>>>)[name];
  if (!load || typeof WebAssembly === 'undefined') return null;
  const { default: text } = await load();
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // no SIMD: not valid; a policy without 'wasm-unsafe-eval': an error
  const module = await WebAssembly.compile(bytes).catch(() => null);
  return module && { name, precision, module };
}

/** The kernels in this thread, with their table in place. */
export function instantiated({ name, module }: CompiledKernels): KernelExports {
  const exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
  const table = TABLES[name]?.();
  if (table && exports.table) {
    const place = exports.table();
    if (place + table.byteLength > exports.memory.buffer.byteLength)
      exports.memory.grow(pagesFor(table.byteLength));
    new Float64Array(exports.memory.buffer, place, table.length).set(table);
  }
  return exports;
}

const PAGE = 2 ** 16;
export const pagesFor = (bytes: number): number => Math.ceil(bytes / PAGE);

/** Options with the kernels that they ask for, or do without. */
export async function withKernels<
  O extends { readonly kernels?: CompiledKernels | null; readonly precision?: Precision },
>(
  { activation }: { readonly activation: ActivationName },
  options: O,
): Promise<O & { readonly kernels: CompiledKernels | null }> {
  const { kernels = await compiledKernels(activation, options.precision ?? 'f64') } = options;
  return { ...options, kernels };
}
