/**
 * Particles and data points in GPU memory: `stride` vec4f each, components in the order of core/shape.ts, the rest
 * 0; a data point has 0 in place of w1. And the few lines of WGSL that know this order.
 */
import { featureOf, type FeatureChoice } from '../src/core/features/features.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import type { Activation } from '../src/core/activations/activations.ts';

/** Threads in a workgroup, for every pass over particles or data points. */
export const WORKGROUP = 64;
/**
 * Particles summed before the sum joins the total: rounding grows with BLOCK + slice / BLOCK, not with the
 * slice.
 */
export const BLOCK = 32;
/** A particle of up to so many numbers stays in registers; beyond, loops over vec4f load it again and again. */
const NARROW = 16;
export const isNarrow = (sized: Sized): boolean => shapeOf(sized).width <= NARROW;

/** Numbers of a particle, at most: a shader's variable holds 65 536 bytes, and beside it some vectors. */
export const MOST_WIDTH = 2 ** 14 - 16;

/** vec4f of one particle. */
export const strideOf = (sized: Sized): number => Math.ceil(shapeOf(sized).width / 4);

/** WGSL of coordinate k of a row held in variables `${name}_0`, `${name}_1`, … */
export function component(name: string, k: number): string {
  return `${name}_${k >> 2}.${'xyzw'[k & 3]}`;
}

/** WGSL of z, in which w0 and x meet: d terms, and no more. */
export function separation(choice: FeatureChoice, sized: Sized, w: string, x: string): string {
  const { meet } = featureOf(choice).map.wgsl;
  const { d, w0 } = shapeOf(sized);
  return times(d, (k) => meet(component(w, w0 + k), component(x, w0 + k)), ' + ');
}

/**
 * The same of vec4f `w` and `x`, number k of their rows: what is added to z there. w1 must not count, and where terms
 * are not products with x, which is 0 there, it is taken out.
 */
export function separationOfFour(choice: FeatureChoice, sized: Sized, w: string, x: string, k: string): string {
  const { product, wgsl } = featureOf(choice).map;
  return wgsl.meetAll(product ? w : innerOf(sized, w, k), x);
}

/**
 * WGSL that adds it to `z`. The fast form of a product is a chain of fma, which a card has one of for each term; the
 * careful one leaves their order to the adapter's dot.
 */
export function addSeparation(
  choice: FormChoice,
  sized: Sized,
  z: string,
  w: string,
  x: string,
  k: string,
): string {
  if (!choice.fast || !featureOf(choice).map.product)
    return `${z} += ${separationOfFour(choice, sized, w, x, k)};`;
  return `${z} = ${[...'xyzw'].reduce((sum, part) => `fma(${w}.${part}, ${x}.${part}, ${sum})`, z)};`;
}

/** WGSL of vec4f number k of a row without w1. */
export const innerOf = (sized: Sized, w: string, k: string): string =>
  `select(${w}, vec4f(), ${isW1(sized, k)})`;

/** Of the numbers of vec4f k of a row, those of w1. */
const isW1 = (sized: Sized, k: string): string =>
  `4u * ${k} + vec4u(0u, 1u, 2u, 3u) < vec4u(${shapeOf(sized).w0}u)`;

/** WGSL function by_layer: of a pair (w1, w0) what belongs to each number of vec4f k of a row. */
export const inLayers = (sized: Sized): string => `fn by_layer(pair: vec2f, k: u32) -> vec4f {
  return select(vec4f(pair.y), vec4f(pair.x), ${isW1(sized, 'k')});
}`;

/** WGSL of a value times a weight `w1`, or of the value where rows have none. */
export const weighted = (sized: Sized, w1: string, value: string): string =>
  shapeOf(sized).weights > 0 ? `${w1} * ${value}` : value;

/** How a shader's name tells several outputs. */
export const outputsText = ({ c = 1 }: { readonly c?: number }): string => (c === 1 ? '' : ` c=${c}`);

/** A φ in one of its forms. */
export interface FormChoice extends FeatureChoice {
  /** The fast form, where there is one: another φ in its last bits. Default: the careful one. */
  readonly fast?: boolean;
}

/** How a shader's name tells the form. */
export const formText = ({ fast = false }: FormChoice): string => (fast ? ' fast' : '');

/** WGSL functions phi and phi_dphi, of z. */
export function activation(choice: FormChoice): string {
  const { wgsl }: Activation = featureOf(choice).profile;
  const { helpers, phi, both } = (choice.fast && wgsl.fast) || wgsl;
  return `${helpers}
fn phi(z: f32) -> f32 {
  ${phi}
}
fn phi_dphi(z: f32) -> vec2f {
  ${both}
}`;
}

/** WGSL functions of several texts, those that occur more than once as often as once. */
export function eachOnce(...texts: readonly string[]): string {
  return [...new Set(texts.flatMap((text) => text.split(/\n(?=fn )/)))].join('\n');
}

/** The texts of 0 … count − 1, a line each. */
export function times(count: number, text: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(separator);
}
