import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, slopeOf } from '../../../src/core/activations/activations.ts';
import type { Activation } from '../../../src/core/activations/activations.ts';
import { gauss, normalCdf, normalErf } from '../../../src/core/activations/special.ts';
import reference from '../../support/oracles/activations-reference.json';

const all: [string, Activation][] = Object.entries(ACTIVATIONS);
const EPSILON = Number.EPSILON;
/** z in [−12, 12], no node of a table, denser near 0. */
const GRID = Array.from({ length: 2001 }, (_, i) => 12 * (i / 1000 - 1) ** 3 + 1e-3 * Math.sin(i));

/**
 * |got − want| over `size`, by default |want|; numbers below 1e-307, near the end of the normal range, count as
 * 0.
 */
const relativeError = (got: number, want: number, size = Math.abs(want)): number =>
  Math.max(Math.abs(got), Math.abs(want)) < 1e-307 ? 0 : Math.abs(got - want) / size;

// The file holds values computed with 60 digits (mpmath) and rounded to 17; what is below 1e-307 is 0.
const { z: points, ...tables } = reference;
describe.each(Object.entries(tables))('%s against values computed with 60 digits', (name, table) => {
  const activation: Activation = ACTIVATIONS[name as keyof typeof tables];
  const { phi } = activation;
  it.each(points.map((z, i) => [z, table.phi[i], table.dphi[i]]))('at %d', (z, phiWant, dphiWant) => {
    // a few roundings each of the polynomial, of Math.exp and of their product; ε is 1 or 2 ULP
    expect(relativeError(phi(z), phiWant), 'φ').toBeLessThanOrEqual(3 * EPSILON);
    // gelu′ vanishes at −0.7518, as the difference of two terms of size 0.23
    const size =
      name === 'gelu' ? Math.max(Math.abs(dphiWant), Math.abs(z + 0.75) < 0.1 ? 0.23 : 0) : Math.abs(dphiWant);
    expect(relativeError(slopeOf(activation, z), dphiWant, size), 'φ′').toBeLessThanOrEqual(4 * EPSILON);
  });
});

describe.each(all)('%s', (_name, activation) => {
  const { phi, smooth, homogeneous, summary } = activation;
  const dphi = (z: number): number => slopeOf(activation, z);
  it('has φ′ equal to the difference quotient of φ', () => {
    const step = 1 / 1024;
    const quotient = (z: number, h: number) => (phi(z + h) - phi(z - h)) / (2 * h);
    for (const z of GRID) {
      if (!smooth && Math.abs(z) <= 2 * step) continue; // the kink
      // Richardson: the error is step⁴ |φ⁗′|/7.5 < 4e-12 and the rounding of φ, ε|φ|/step < 4e-11
      const slope = (4 * quotient(z, step) - quotient(z, 2 * step)) / 3;
      expect(Math.abs(dphi(z) - slope), `z = ${z}`).toBeLessThan(
        5e-12 + 2 * (EPSILON / step) * Math.abs(phi(z)),
      );
    }
  });

  it('has a continuous φ′ exactly if it says so', () => {
    const jumps = GRID.map((z) => Math.abs(dphi(z + 1e-9) - dphi(z - 1e-9)));
    const atZero = Math.abs(dphi(1e-9) - dphi(-1e-9));
    expect(Math.max(atZero, ...jumps) < 1e-8).toBe(smooth);
  });

  it('is homogeneous exactly if it says so', () => {
    const holds = (p: number) =>
      GRID.every((z) =>
        [0.5, 3, 7].every((c) => Math.abs(phi(c * z) - c ** p * phi(z)) <= 4 * EPSILON * Math.abs(phi(c * z))),
      );
    expect([1, 2].filter(holds)).toEqual(homogeneous === undefined ? [] : [homogeneous]);
  });

  it('stays a number on the whole line', () => {
    for (const z of [0, -0, 5e-324, 1e-300, 39, 40, 710, 745, 1e4, 1e150].flatMap((v) => [v, -v])) {
      expect(Number.isFinite(phi(z)), `φ(${z})`).toBe(true);
      expect(Number.isFinite(dphi(z)), `φ′(${z})`).toBe(true);
    }
    expect(phi(NaN)).toBeNaN();
  });

  it('states its formula', () => {
    expect(summary).toMatch(/^φ\(z\) = .+[^.\n]$/);
  });
});

describe('identities', () => {
  const of = (name: keyof typeof ACTIVATIONS, z: number): number => ACTIVATIONS[name].phi(z);
  it.each(['linear', 'tanh', 'erf', 'sin'] as const)('%s is odd', (name) => {
    for (const z of GRID) expect(of(name, -z)).toBe(-of(name, z));
  });
  it('sigmoid(z) + sigmoid(−z) = 1, gelu(z) − gelu(−z) = z, softplus(z) − softplus(−z) = z', () => {
    for (const z of GRID) {
      const size = Math.max(1, Math.abs(z));
      expect(Math.abs(of('sigmoid', z) + of('sigmoid', -z) - 1)).toBeLessThanOrEqual(2 * EPSILON);
      expect(Math.abs(of('gelu', z) - of('gelu', -z) - z)).toBeLessThanOrEqual(4 * EPSILON * size);
      expect(Math.abs(of('softplus', z) - of('softplus', -z) - z)).toBeLessThanOrEqual(4 * EPSILON * size);
    }
  });
  it('tanh agrees with Math.tanh, and sigmoid with (1 + tanh(z/2))/2', () => {
    for (const z of [...GRID, ...GRID.map((z) => 2 * z)]) {
      expect(relativeError(of('tanh', z), Math.tanh(z)), `tanh(${z})`).toBeLessThanOrEqual(3 * EPSILON);
      expect(Math.abs(of('sigmoid', z) - 0.5 - 0.5 * Math.tanh(z / 2)), `sigmoid(${z})`).toBeLessThanOrEqual(
        2 * EPSILON,
      );
    }
  });
  it('tanh′ = 1/cosh²(z) and sigmoid′ = 1/(4 cosh²(z/2)), far into the tails', () => {
    const slope = (name: 'tanh' | 'sigmoid', z: number): number => slopeOf(ACTIVATIONS[name], z);
    for (const z of [...GRID, ...GRID.map((z) => 25 * z)]) {
      expect(relativeError(slope('tanh', z), Math.cosh(z) ** -2), `tanh′(${z})`).toBeLessThanOrEqual(
        5 * EPSILON,
      );
      expect(
        relativeError(slope('sigmoid', z), Math.cosh(z / 2) ** -2 / 4),
        `sigmoid′(${z})`,
      ).toBeLessThanOrEqual(5 * EPSILON);
    }
  });
  it('P(Z ≤ z) + P(Z ≤ −z) = 1 across the joint of its two forms, and erf(z/√2) is their difference', () => {
    for (const z of GRID) {
      expect(Math.abs(normalCdf(z) + normalCdf(-z) - 1)).toBeLessThanOrEqual(2 * EPSILON);
      expect(Math.abs(normalCdf(z) - normalCdf(-z) - normalErf(z))).toBeLessThanOrEqual(2 * EPSILON);
    }
  });
  it('e^(−z²/2) halves its logarithm exactly where z² is a rounded number', () => {
    // (1 + 2^−30)² needs 61 bits: e^(−z²/2) = e^(−z₀²/2) e^(−z₀² 2^−30) to first order, z₀ = 32
    expect(relativeError(gauss(32 * (1 + 2 ** -30)), Math.exp(-512) * Math.exp(-1024 * 2 ** -30))).toBeLessThan(
      4 * EPSILON,
    );
  });
});
