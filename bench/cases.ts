/**
 * The problem that is timed, as a function of its sizes: the same numbers in Node, in a page and (through a
 * file) in Python.
 */
import type { Problem } from '../src/engines/engine.ts';

/** Activations that every peer has, and that the yardstick spells out. */
export const ACTIVATIONS_TIMED = ['tanh', 'relu'] as const;
export type Timed = (typeof ACTIVATIONS_TIMED)[number];

/** Sizes of a mean-field problem with two inputs, d = 2. */
export interface Case {
  readonly n: number;
  readonly m: number;
  readonly activation: Timed;
}

export const D = 2;
/** Large enough that a step moves θ far above float32's rounding. */
export const DT = 0.5;
/** θ beyond this many particles is kept in float32, whose numbers it consists of anyway. */
const WIDE = 2 ** 24;

export function problemOf({ n, m, activation }: Case): Problem {
  const x = new Float64Array(m * D);
  const y = new Float64Array(m);
  const theta = new (n > WIDE ? Float32Array : Float64Array)(n * (1 + D));
  for (let i = 0; i < x.length; i++) x[i] = Math.fround(2 * uniform(i, 1) - 1);
  for (let a = 0; a < m; a++) y[a] = Math.fround(Math.sin(3 * x[a * D]) * Math.cos(2 * x[a * D + 1]));
  for (let i = 0; i < theta.length; i++) theta[i] = Math.fround(normal(i));
  return {
    n,
    m,
    d: D,
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
