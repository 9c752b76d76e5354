import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../../src/core/activations/activations.ts';
import { MeshSums } from '../../../src/core/mesh/sums.ts';
import { extentOf, gridOver, splinePatch, valuePatch, type Grid } from '../../../src/core/mesh/grid.ts';
import { lagrange } from '../../../src/core/mesh/bias-nodes.ts';
import { coefficients, transposed } from '../../../src/core/mesh/spline.ts';
import {
  apart,
  cloud,
  directDrifts,
  directOutputs,
  dot,
  driftsOf,
  normals,
  outputsOf,
  rms,
  samplesOf,
} from '../../support/fast-sums.ts';
import { slope, SMOOTH } from '../../support/problems.ts';

const meshOf = (
  samples: ReturnType<typeof samplesOf>,
  activation: keyof typeof ACTIVATIONS,
  theta: Float64Array,
  hu: number,
  hv = hu,
): MeshSums => new MeshSums(samples, ACTIVATIONS[activation], gridOver(extentOf(theta, samples), hu, hv));
/** One sample along which φ moves so far from row to row of a grid that every row is summed. */
const STEEP = { ...samplesOf(1, 2, false, 1), x: Float64Array.of(3, 1) };
/** Inputs with a bias, without one, and in one dimension. */
const SHAPES = [
  [2, true],
  [2, false],
  [1, false],
] as const;

describe('the splines', () => {
  const grid: Grid = { hu: 0.1, hv: 0.1, iFirst: -2, iLast: 9, jFirst: -3, jLast: 5 };
  const value = valuePatch(grid);
  const spline = splinePatch(grid);

  it('reproduce polynomials: cubic in u, quintic in v, with their gradient, to rounding', () => {
    const g = (u: number, v: number): number =>
      (1 + u - 2 * u * u + 3 * u ** 3) * (2 - v + v * v - v ** 3 + 2 * v ** 4 - 4 * v ** 5);
    const V = Float64Array.from({ length: value.rows * value.columns }, (_, k) =>
      g((value.i + Math.floor(k / value.columns)) * 0.1, (value.j + (k % value.columns)) * 0.1),
    );
    // φ with m = 1 would be the general path: here only coefficients and gather matter, through a field of our
    // own
    const sums = new MeshSums(STEEP, ACTIVATIONS.tanh, grid);
    const b = new Float64Array(3);
    sums.enter(V);
    for (const [u, v] of [
      [-0.2, -0.3],
      [0.123, 0.077],
      [0.899999, 0.4999],
      [0.55, -0.111],
      [0, 0],
    ]) {
      sums.drifts(b, Float64Array.of(-1, u, v), 0, 1);
      const h = 1e-5;
      expect(-b[0]).toBeCloseTo(g(u, v), 12);
      expect(b[1]).toBeCloseTo((g(u + h, v) - g(u - h, v)) / (2 * h), 7);
      expect(b[2]).toBeCloseTo((g(u, v + h) - g(u, v - h)) / (2 * h), 7);
    }
  });

  it('interpolate at the nodes what has no tenth difference in v and no eighth in u', () => {
    const sums = new MeshSums(STEEP, ACTIVATIONS.tanh, grid);
    const b = new Float64Array(3);
    for (const [p, q] of [
      [7, 0],
      [0, 9],
      [6, 8],
      [7, 9],
    ]) {
      const g = (i: number, j: number): number => i ** p * j ** q;
      sums.enter(
        Float64Array.from({ length: value.rows * value.columns }, (_, k) =>
          g(value.i + Math.floor(k / value.columns), value.j + (k % value.columns)),
        ),
      );
      for (const [i, j] of [
        [-2, 3],
        [1, -3],
        [8, 4],
        [0, 0],
      ]) {
        sums.drifts(b, Float64Array.of(-1, (i + 1e-12) * 0.1, (j + 1e-12) * 0.1), 0, 1);
        expect(Math.abs(-b[0] - g(i, j))).toBeLessThan(1e-9 * (1 + g(13, 11) / 1e4));
      }
    }
  });

  it('coefficients and their transpose are adjoint', () => {
    const V = normals(value.rows * value.columns, 1);
    const E = normals(spline.rows * spline.columns, 2);
    expect(dot(coefficients(V, grid), E)).toBeCloseTo(dot(V, transposed(E, grid)), 11);
  });

  it("Lagrange's weights reproduce polynomials of degree 7", () => {
    const weights = new Float64Array(8);
    for (const t of [0, 0.2, 0.5, 0.93, 1]) {
      lagrange(weights, t);
      for (let p = 0; p < 8; p++)
        expect(weights.reduce((sum, w, k) => sum + w * (k - 3) ** p, 0)).toBeCloseTo(t ** p, 9);
    }
  });
});

describe.each(SHAPES)('d = %d, bias %s', (d, bias) => {
  const samples = samplesOf(40, d, bias, 5);
  const theta = cloud(2000, d, 1.5, 6);
  const r = samples.y;

  it.each(SMOOTH)('%s: drift and outputs are those of direct sums', (activation) => {
    const mesh = meshOf(samples, activation, theta, 0.1);
    const b = directDrifts(samples, theta, r, activation);
    const f = directOutputs(samples, theta, activation);
    expect(apart(driftsOf(mesh, theta, r, d), b) / rms(b)).toBeLessThan(1e-4);
    expect(apart(outputsOf(mesh, theta, d), f) / rms(f)).toBeLessThan(1e-5);
  });

  it('the field and the outputs are adjoint: Σ_j w1_j g(w0_j) = (1/m) Σ_β r^β f^β, to rounding', () => {
    for (const [hu, hv] of [
      [0.02, 0.1],
      [0.1, 0.1],
      [0.4, 0.4],
    ]) {
      const mesh = meshOf(samples, 'tanh', theta, hu, hv);
      const b = driftsOf(mesh, theta, r, d);
      const f = outputsOf(mesh, theta, d);
      let left = 0;
      let size = 0;
      for (let row = 0; row < theta.length; row += 1 + d) {
        left -= theta[row] * b[row];
        size += Math.abs(theta[row] * b[row]);
      }
      expect(Math.abs(left - dot(r, f) / samples.m) / size).toBeLessThan(1e-13);
    }
  });

  it('the drift is the gradient of the outputs: what the energy law rests on, even on a grid that is far too coarse', () => {
    const few = theta.slice(0, 5 * (1 + d));
    const mesh = new MeshSums(samples, ACTIVATIONS.tanh, gridOver(extentOf(theta, { d }), 0.7, 0.9));
    const b = driftsOf(mesh, few, r, d);
    const h = 1e-5;
    for (let i = 0; i < few.length; i++) {
      const at = (step: number): number =>
        dot(
          r,
          outputsOf(
            mesh,
            few.map((value, k) => (k === i ? value + step : value)),
            d,
          ),
        ) / samples.m;
      expect(-(at(h) - at(-h)) / (2 * h)).toBeCloseTo(b[i], 8);
    }
  });

  it.each([0.15, 0.02])('a larger box changes no bit, rows %f apart', (h) => {
    const small = meshOf(samples, 'tanh', theta, h, 0.15);
    const { hu, hv, iFirst, iLast, jFirst, jLast } = gridOver(extentOf(theta, { d }), h, 0.15);
    const large = new MeshSums(samples, ACTIVATIONS.tanh, {
      hu,
      hv,
      iFirst: iFirst - 5,
      iLast: iLast + 2,
      jFirst: jFirst - 3,
      jLast: jLast + 17,
    });
    expect(driftsOf(large, theta, r, d)).toEqual(driftsOf(small, theta, r, d));
    expect(outputsOf(large, theta, d)).toEqual(outputsOf(small, theta, d));
  });

  it('a particle outside the box, or nowhere, is refused', () => {
    const mesh = meshOf(samples, 'tanh', theta, 0.15);
    const sum = new Float64Array(mesh.size);
    for (const w0 of [40, -40, NaN, Infinity])
      expect(mesh.deposit(sum, Float64Array.of(1, ...Array<number>(d).fill(w0)), 0, 1)).toBe(false);
  });
});

describe('with a bias', () => {
  it('the error falls like h³ in u and h⁵ in v', () => {
    const samples = samplesOf(60, 2, true, 8);
    const theta = cloud(3000, 2, 1.5, 9);
    const b = directDrifts(samples, theta, samples.y, 'tanh');
    const errorOf = (hu: number, hv: number, component: number): number => {
      const found = driftsOf(meshOf(samples, 'tanh', theta, hu, hv), theta, samples.y, 2);
      return apart(
        found.filter((_, i) => i % 3 === component),
        b.filter((_, i) => i % 3 === component),
      );
    };
    const coarse = [0.4, 0.3, 0.2];
    expect(
      slope(
        coarse,
        coarse.map((h) => errorOf(h, 0.05, 1)),
      ),
    ).toBeGreaterThan(2.7);
    expect(
      slope(
        coarse,
        coarse.map((h) => errorOf(0.03, h, 2)),
      ),
    ).toBeGreaterThan(4.5);
  });

  it('a factor on x that is absorbed by the spacings gives the same drift', () => {
    const samples = samplesOf(30, 2, true, 10);
    const theta = cloud(500, 2, 1, 11);
    const scaled = { ...samples, x: samples.x.map((value) => -8 * value) };
    const small = theta.map((value, i) => (i % 3 === 0 ? value : value / -8));
    const one = driftsOf(meshOf(samples, 'tanh', theta, 0.1), theta, samples.y, 2);
    const other = driftsOf(meshOf(scaled, 'tanh', small, 0.1 / 8), small, samples.y, 2).map((value, i) =>
      i % 3 === 0 ? value : value / -8,
    );
    expect(apart(one, other)).toBeLessThan(1e-13);
  });

  it('a Dirac cloud keeps its accuracy at n = 10⁶', () => {
    const samples = samplesOf(64, 2, true, 12);
    const n = 1_000_000;
    const theta = new Float64Array(3 * n);
    for (let j = 0; j < n; j++) theta.set([1, 0.73, -0.41], 3 * j);
    const one = theta.slice(0, 3);
    const mesh = meshOf(samples, 'tanh', theta, 0.12);
    const f = outputsOf(mesh, theta, 2);
    const b = directDrifts(samples, one, samples.y, 'tanh');
    expect(apart(driftsOf(mesh, one, samples.y, 2), b) / rms(b)).toBeLessThan(1e-4);
    expect(
      apart(
        f.map((value) => value / n),
        directOutputs(samples, one, 'tanh'),
      ),
    ).toBeLessThan(1e-5);
    // and against the same mesh with one particle of weight n: a million additions lose no more than their
    // roundings
    expect(
      apart(
        f.map((value) => value / n),
        outputsOf(mesh, one, 2),
      ),
    ).toBeLessThan(1e-10);
  });
});
