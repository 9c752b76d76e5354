/**
 * Particles and data points in GPU memory: `stride` vec4f each, components in order (w1, w0_1 … w0_d), the rest
 * 0; a data point has 0 in place of w1. And the few lines of WGSL that know this order.
 */
import { ACTIVATIONS } from '../src/core/activations.ts';
import type { Activation, ActivationName } from '../src/core/activations.ts';

/** Threads in a workgroup, for every pass over particles or data points. */
export const WORKGROUP = 64;
/**
 * Particles summed before the sum joins the total: rounding grows with BLOCK + slice / BLOCK, not with the
 * slice.
 */
export const BLOCK = 32;
/** Up to this d a particle stays in registers; above it, loops over vec4f load it again and again. */
export const NARROW = 15;

/** vec4f of one particle. */
export function strideOf(d: number): number {
  return Math.ceil((1 + d) / 4);
}

/** WGSL of component c of a particle or data point held in variables `${name}_0`, `${name}_1`, … */
export function component(name: string, c: number): string {
  return `${name}_${c >> 2}.${'xyzw'[c & 3]}`;
}

/** WGSL of ⟨w0, x⟩: exactly d products. */
export function inner(d: number, w: string, x: string): string {
  return times(d, (c) => `${component(w, c + 1)} * ${component(x, c + 1)}`, ' + ');
}

/** WGSL functions phi and phi_dphi. */
export function activation(name: ActivationName): string {
  const { helpers, phi, both }: Activation['wgsl'] = ACTIVATIONS[name].wgsl;
  return `${helpers}
fn phi(z: f32) -> f32 {
  ${phi}
}
fn phi_dphi(z: f32) -> vec2f {
  ${both}
}`;
}

/** The texts of 0 … count − 1, a line each. */
export function times(count: number, text: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(separator);
}
