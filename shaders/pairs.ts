/** What every form of the forward sum shares: what it reads and writes, what a pair adds, where sums belong. */
import { Range, input, output, uniform } from '../src/gpu/layout.ts';
import { featuresText } from '../src/core/features/features.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import { Sum } from './bindings.ts';
import { BLOCK, component, formText, outputsText, separation, times, type FormChoice } from './particle.ts';

/** How a workgroup reads particles together, through its memory. Changes no bit. */
export interface Stage {
  readonly threads: number;
  /** Slices whose sums it finds, and particles of each that it reads at a time. */
  readonly slices: number;
  readonly rows: number;
}

export interface SumOptions extends FormChoice, Sized {
  /** Data points a thread owns. */
  readonly q: number;
  /**
   * There are several systems (default: one): a row holds the sums of each over one slice, one system's after
   * the other's.
   */
  readonly replicas?: boolean;
  /**
   * Particles of a block that there are at all: a multiple of TOGETHER, BLOCK (the default) unless one block is
   * all.
   */
  readonly block?: number;
}

/** Wide particles whose products with a thread's points are formed together, so that a load serves several. */
export const TOGETHER = 4;

/** What the sums of output k at a thread's point i are called. */
export const sumName = (i: number, k: number, c: number): string => (c === 1 ? `${i}` : `${i}_${k}`);

/** What a particle adds: without a w1 that is 0 past n, φ(0) may not be. */
export const added = (options: SumOptions, w1: string, phi: string, j: string): string =>
  shapeOf(options).weights > 0 ? `${w1} * ${phi}` : `select(0.0, ${phi}, ${j} < before + sum.n)`;

/** Adds w1 Φ of the particle in `t` at a thread's point i. */
export function addNarrow(options: SumOptions, i: number): string {
  const { c, w1 } = shapeOf(options);
  const phi = `phi(${separation(options, options, 't', `x${i}`)})`;
  if (c === 1) return `part${i} += ${added(options, component('t', w1), phi, 'j')};`;
  return `{ let value = ${phi}; ${times(c, (k) => `part${sumName(i, k, c)} += ${component('t', w1 + k)} * value;`, ' ')} }`;
}

/** The same of particle p of those taken together. */
export function addWide(options: SumOptions, p: number, i: number): string {
  const { c } = shapeOf(options);
  if (c === 1) return `part${i} += ${added(options, `w1_${p}`, `phi(h${p}_${i})`, `j + ${p}u`)};`;
  return `{ let value = phi(h${p}_${i}); ${times(c, (k) => `part${sumName(i, k, c)} += w1_${sumName(p, k, c)} * value;`, ' ')} }`;
}

/** Where the sum of output k at a thread's point i stands. */
const placeOf = (i: number, k: number, c: number): string =>
  c === 1 ? `row * sum.points + point${i}` : `(row * sum.points + point${i}) * ${c}u + ${k}u`;

export const forwardBindings = {
  range: uniform(Range, true),
  sum: uniform(Sum),
  theta: input('vec4f'),
  x: input('vec4f'),
  partial: output('f32'),
};

/** Texts for each of a thread's sums, and where one belongs. */
export function resultsOf({ q, ...sized }: SumOptions): {
  each(text: (name: string, i: number, k: number) => string): string;
  place(i: number, k: number): string;
} {
  const { c } = shapeOf(sized);
  return {
    each: (text) => times(q, (i) => times(c, (k) => text(sumName(i, k, c), i, k))),
    place: (i, k) => placeOf(i, k, c),
  };
}

export function forwardName(options: SumOptions, stage?: Stage): string {
  const { d, q, replicas = false, block = BLOCK } = options;
  const more = `${replicas ? ' of replicas' : ''}${block < BLOCK ? ` of ${block}` : ''}`;
  const staged = stage ? ` staged ${stage.slices} × ${stage.rows} for ${stage.threads}` : '';
  return `forward ${featuresText(options)}${formText(options)} d=${d}${outputsText(options)} q=${q}${more}${staged}`;
}
