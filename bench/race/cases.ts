/**
 * The problem that is timed, as a function of its sizes: the same numbers in Node, in a page and (through a
 * file) in Python.
 */
import type { Problem } from '../../src/engines/engine.ts';
import { power } from '../words.ts';

/** Activations that every peer has, and that the yardstick spells out. */
export const ACTIVATIONS_TIMED = ['tanh', 'relu'] as const;
export type Timed = (typeof ACTIVATIONS_TIMED)[number];

/** Sizes of a mean-field problem. */
export interface Case {
  readonly n: number;
  readonly m: number;
  /** Inputs, two or more. */
  readonly d: number;
  readonly activation: Timed;
  /** The last input is 1 for all samples. */
  readonly bias?: boolean;
}

/** Large enough that a step moves θ far above float32's rounding. */
export const DT = 0.5;
/** θ of more numbers is kept in float32, whose numbers it consists of anyway. */
const LARGE = 3 * 2 ** 24;
/** A pair of so many inputs or fewer costs about as much as one of two: φ decides. */
const NARROW = 16;

/** Work of a step in pairs of two inputs, roughly. */
export const workOf = ({ n, m, d }: Pick<Case, 'n' | 'm' | 'd'>): number => n * m * Math.max(1, d / NARROW);

/** The case in words. */
export const caseText = ({ activation, n, m, d, bias }: Case): string =>
  `${activation}, d = ${d}${bias ? ' with bias' : ''}, n = ${power(n)}, m = ${m}`;

/** w0 is drawn so that ⟨w0, x⟩ is of the same size for all d. */
export function problemOf({ n, m, d, activation, bias = false }: Case): Problem {
  const x = new Float64Array(m * d);
  const y = new Float64Array(m);
  const width = 1 + d;
  const theta = new (n * width > LARGE ? Float32Array : Float64Array)(n * width);
  const inner = Math.sqrt(2 / d);
  for (let i = 0; i < x.length; i++) x[i] = Math.fround(2 * uniform(i, 1) - 1);
  for (let a = 0; a < m; a++) y[a] = Math.fround(Math.sin(3 * x[a * d]) * Math.cos(2 * x[a * d + 1]));
  if (bias) for (let i = d - 1; i < x.length; i += d) x[i] = 1;
  for (let i = 0; i < theta.length; i++)
    theta[i] = Math.fround(i % width === 0 ? normal(i) : inner * normal(i));
  return {
    n,
    m,
    d,
    x,
    y,
    activation,
    loss: 'squared',
    integrator: 'euler',
    dt: DT,
    outer: 1 / n,
    speed: 1,
    theta,
  };
}

function normal(i: number): number {
  return Math.sqrt(-2 * Math.log(uniform(i, 2))) * Math.cos(2 * Math.PI * uniform(i, 3));
}

/** In (0, 1): the i-th number of a stream, from mixed bits. */
function uniform(i: number, stream: number): number {
  let h = Math.imul(i, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32 + 2 ** -33;
}
