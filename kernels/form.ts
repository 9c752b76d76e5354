/**
 * An activation as vector code, in AssemblyScript: a third form beside float64 and WGSL, and an optional one,
 * since the scalar code serves where there is none. Bodies are statements over v128 values that the kernels declare,
 * in a block of their own.
 */
import type { Lanes } from './lanes.ts';

export interface Form {
  /**
   * Numbers that the bodies name, in all lanes: read from memory once, since a literal is made anew by each use in
   * a loop.
   */
  readonly constants: Readonly<Record<string, number>>;
  /** Functions that the bodies call. */
  readonly helpers: string;
  /** Statements that set \`phi\` to φ(z). */
  readonly phi: (z: string, phi: string) => string;
  /** Statements that set \`phi\` and \`slope\` = φ'(z), sharing work; the same φ. */
  readonly both: (z: string, phi: string, slope: string) => string;
  /** Particles whose sums the narrow kernels hold in registers: more where φ is cheap. */
  readonly particles: 2 | 4;
  /** Numbers in the table at TABLE that the bodies read; src/engines/cpu/simd/tables.ts fills it. */
  readonly table?: number;
}

/** A literal that AssemblyScript reads as a number of floating point. */
export const literal = (value: number): string =>
  Object.is(value, -0)
    ? '-0.0'
    : Number.isInteger(value) && Math.abs(value) < 1e21
      ? value.toFixed(1)
      : String(value);

/** Declarations of the constants, for the start of a function. */
export const declared = ({ constants }: Form, { splat, bytes }: Lanes): string =>
  Object.keys(constants)
    .map((name, k) => `  const ${name} = ${splat}(CONSTANTS, ${k * bytes});`)
    .join('\n');

/** What the functions of a form's module stand on: its numbers and its table in memory. */
export const memoryOf = ({ constants, table }: Form, { number, bytes }: Lanes): string => {
  const values = Object.values(constants).map(literal);
  return `
${values.length > 0 ? `const CONSTANTS: usize = memory.data<${number}>([${values.join(', ')}]);` : ''}
${table ? `const TABLE: usize = memory.data(${table * bytes}, 16);\nexport function table(): usize { return TABLE; }` : ''}
export function free(): usize { return (__heap_base + 15) & ~15; }`;
};
