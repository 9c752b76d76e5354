import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type ActivationName } from '../../../src/core/activations/activations.ts';
import { cdfOf } from '../../../src/core/laws.ts';
import { LOSSES } from '../../../src/core/objective/losses.ts';
import { centres, massesOf, MeanFieldPde, widthOf, type Axis } from '../../../src/core/analysis/pde.ts';
import { trajectory, type OracleProblem } from '../../support/oracles/oracle.ts';
import { generator, slope } from '../../support/problems.ts';

const x = [-1, -0.4, 0.3, 0.9];
const y = [-0.8, 0.1, 0.5, 1.1];
const samples = { m: x.length, d: 1, x: Float64Array.from(x), y: Float64Array.from(y) };
const axis = (cells: number, reach = 6): Axis => ({ low: -reach, high: reach, cells });
const normal = cdfOf({ law: 'normal' })!;

function solve(activation: ActivationName, cells: number, t: number, reconstruct = true): MeanFieldPde {
  const w1 = axis(cells);
  const w0 = axis(cells);
  const pde = new MeanFieldPde(massesOf(w1, normal, w0, normal), {
    samples,
    activation: ACTIVATIONS[activation],
    loss: LOSSES.squared,
    w1,
    w0,
    reconstruct,
  });
  pde.advanceTo(t);
  return pde;
}

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

/**
 * Covariance (s, u, q) of ρ_t for linear φ: s' = 2 g u, u' = (s + q) g, q' = 2 g u with g = c − C u (docs/model.md,
 * fact 3), by RK4.
 */
function covariance(t: number): [number, number, number] {
  const C = sum(x.map((value) => value * value)) / x.length;
  const c = sum(x.map((value, i) => value * y[i])) / x.length;
  const rate = ([s, u, q]: number[]): number[] => {
    const g = c - C * u;
    return [2 * g * u, (s + q) * g, 2 * g * u];
  };
  const steps = 2000;
  const h = t / steps;
  const plus = (p: number[], k: number[], factor: number): number[] =>
    p.map((value, i) => value + factor * k[i]);
  let state = [1, 0, 1];
  for (let i = 0; i < steps; i++) {
    const k1 = rate(state);
    const k2 = rate(plus(state, k1, h / 2));
    const k3 = rate(plus(state, k2, h / 2));
    const k4 = rate(plus(state, k3, h));
    state = state.map((value, j) => value + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
  }
  return state as [number, number, number];
}

/** Σ |mass − density·area|, ρ_t the centred Gaussian of that covariance. */
function errorOfLinear(cells: number, t: number, reconstruct: boolean): number {
  const { mass } = solve('linear', cells, t, reconstruct);
  const [s, u, q] = covariance(t);
  const determinant = s * q - u * u;
  const z = centres(axis(cells));
  const area = widthOf(axis(cells)) ** 2 / (2 * Math.PI * Math.sqrt(determinant));
  const density = (w1: number, w0: number): number =>
    area * Math.exp(-(q * w1 * w1 - 2 * u * w1 * w0 + s * w0 * w0) / (2 * determinant));
  return sum(mass.map((value, c) => Math.abs(value - density(z[Math.floor(c / cells)], z[c % cells]))));
}

describe('the PDE on a grid', () => {
  it('is of second order against the exact Gaussian of linear φ, and of first without the reconstruction', () => {
    const sizes = [48, 96, 192];
    const order = (reconstruct: boolean): number =>
      -slope(
        sizes,
        sizes.map((cells) => errorOfLinear(cells, 0.5, reconstruct)),
      );
    expect(order(true)).toBeGreaterThan(1.8);
    expect(order(false)).toBeLessThan(1.2);
  });

  it.each(['tanh', 'relu', 'sigmoid'] as const)(
    'keeps mass to rounding and every cell at 0 or above: %s',
    (activation) => {
      const { mass } = solve(activation, 64, 1);
      expect(Math.abs(sum(mass) - 1)).toBeLessThan(64 ** 2 * Number.EPSILON);
      expect(Math.min(...mass)).toBeGreaterThanOrEqual(0);
    },
  );

  it('has the f of the particles at its midpoints, to the error of the grid', () => {
    const cells = 160;
    const t = 0.5;
    const next = generator(5);
    // one particle drawn in each of 100 × 100 equally likely boxes: their error is below 1e-3
    const quantile = (p: number): number => {
      let low = -8;
      let high = 8;
      for (let i = 0; i < 60; i++)
        if (normal((low + high) / 2) < p) low = (low + high) / 2;
        else high = (low + high) / 2;
      return low;
    };
    const side = 100;
    const line = Array.from({ length: side }, (_, i) => i);
    const theta = line.flatMap((i) =>
      line.map((k) => [quantile((i + next()) / side), quantile((k + next()) / side)]),
    );
    const problem: OracleProblem = {
      x: x.map((value) => [value]),
      y,
      theta,
      activation: 'tanh',
      parameterization: 'mean-field',
      integrator: 'heun',
      dt: 0.05,
    };
    const moved = trajectory(problem, t / 0.05);
    const want = x.map((value) => sum(moved.map(([w1, w0]) => w1 * Math.tanh(w0 * value))) / moved.length);
    const { f } = solve('tanh', cells, t);
    for (const [a, value] of want.entries()) expect(Math.abs(f[a] - value), `f at ${x[a]}`).toBeLessThan(5e-4);
  });

  it('refuses two inputs and arrays that do not fit', () => {
    const options = {
      samples: { ...samples, d: 2 },
      activation: ACTIVATIONS.tanh,
      loss: LOSSES.squared,
      w1: axis(8),
      w0: axis(8),
    };
    expect(() => new MeanFieldPde(new Float64Array(64), options)).toThrow('d = 2');
    expect(() => new MeanFieldPde(new Float64Array(63), { ...options, samples })).toThrow(
      '63 masses are not 8 × 8',
    );
  });
});
