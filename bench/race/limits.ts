/**
 * What bounds a direct sum in WGSL on a known card: pairs a second by FMA slots, by special-function results,
 * and θ's traffic by bandwidth. Cards by the makers' data sheets, at boost clock: a share is of the best the
 * card could do, not of its clock just now.
 */
import type { Case } from './cases.ts';

interface Card {
  readonly named: RegExp;
  readonly multiprocessors: number;
  readonly gigahertz: number;
  /** Bytes a second. */
  readonly bandwidth: number;
  /** Float32 FMAs a clock and multiprocessor, where it is not 128. */
  readonly fma?: number;
}

/** The first match counts. */
const CARDS: readonly Card[] = [
  { named: /H200/i, multiprocessors: 132, gigahertz: 1.98, bandwidth: 4.8e12 },
  { named: /H100.*PCIe/i, multiprocessors: 114, gigahertz: 1.755, bandwidth: 2.0e12 },
  { named: /H100/i, multiprocessors: 132, gigahertz: 1.98, bandwidth: 3.35e12 },
  { named: /A100/i, multiprocessors: 108, gigahertz: 1.41, bandwidth: 1.555e12, fma: 64 },
  { named: /RTX 4090(?! Laptop)/i, multiprocessors: 128, gigahertz: 2.52, bandwidth: 1.008e12 },
  { named: /RTX 3090(?! Ti)/i, multiprocessors: 82, gigahertz: 1.695, bandwidth: 0.936e12 },
  { named: /\bL4\b/i, multiprocessors: 58, gigahertz: 2.04, bandwidth: 0.3e12 },
  { named: /\bT4\b/i, multiprocessors: 40, gigahertz: 1.59, bandwidth: 0.32e12, fma: 64 },
];
const FMA = 128;
const SPECIAL = 16;

/**
 * What φ costs in our WGSL (src/core/activations/wgsl.ts): FMA slots, and special-function results (a
 * division's reciprocal).
 */
const PHI = { tanh: { fma: 14, special: 1 }, relu: { fma: 1, special: 0 } } as const;
/**
 * tanh by the built-in exponential: exp2 and a reciprocal, in each of the two passes. The yardstick of the
 * special-function units.
 */
const EXPONENTIAL = { tanh: 4, relu: 0 } as const;

/** Bytes of θ in a step: read for f, read and written for the drift. */
export function bytesPerStep({ n, d }: Case, { precision, name }: { precision: string; name: string }): number {
  const width = /webgpu/.test(name) ? 4 * Math.ceil((1 + d) / 4) : 1 + d;
  return 3 * n * width * (precision === 'float64' ? 8 : 4);
}

export interface Share {
  readonly limit: string;
  readonly share: number;
}

/**
 * Shares of each limit of a direct sum that reaches `pairsPerSecond`, the binding one first; none for an
 * unknown card.
 */
export function sharesOf(
  device: string,
  { activation, d }: Case,
  pairsPerSecond: number,
  bytesPerSecond: number,
): Share[] {
  const card = CARDS.find(({ named }) => named.test(device));
  if (!card) return [];
  const clocks = card.multiprocessors * card.gigahertz * 1e9;
  const phi = PHI[activation];
  const slots = 3 * d + 4 + 2 * phi.fma;
  const rate = (perPair: number, perClock: number): number => (pairsPerSecond * perPair) / (perClock * clocks);
  return [
    { limit: 'FMA', share: rate(slots, card.fma ?? FMA) },
    { limit: 'special functions', share: rate(2 * phi.special, SPECIAL) },
    { limit: 'bandwidth', share: bytesPerSecond / card.bandwidth },
  ]
    .sort((a, b) => b.share - a.share)
    .concat(
      EXPONENTIAL[activation]
        ? [
            {
              limit: 'special functions, if tanh were exp2 + reciprocal',
              share: rate(EXPONENTIAL[activation], SPECIAL),
            },
          ]
        : [],
    );
}
