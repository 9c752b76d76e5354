/** Rows of a grid that are interpolated in place of being summed. */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type ActivationName } from '../../../src/core/activations/activations.ts';
import { formOf } from '../../../src/core/activations/parametric.ts';
import { gridOver, valuePatch, type Patch } from '../../../src/core/mesh/grid.ts';
import { MeshSums } from '../../../src/core/mesh/sums.ts';
import { rowsApart, SparseRows } from '../../../src/core/mesh/sparse-rows.ts';
import { apart, dot, fieldOf, normals, samplesOf } from '../../support/fast-sums.ts';
import { SMOOTH } from '../../support/problems.ts';

describe('how far apart sums may be', () => {
  it('follows from φ: the sharper it turns, the closer', () => {
    // sigmoid is half of tanh at z/2, and 1/2
    const apartOf = (name: ActivationName, rise: number): number => rowsApart(ACTIVATIONS[name], rise);
    expect(apartOf('tanh', 0.035)).toBe(4);
    expect(apartOf('sigmoid', 0.07)).toBe(5);
    expect(apartOf('tanh', 0.2)).toBe(1);
    expect(rowsApart({ ...ACTIVATIONS.tanh, phi: (z) => Math.tanh(8 * z) }, 0.035)).toBe(1);
    expect(rowsApart(formOf({ hermite: 3 }), 0.035)).toBe(8);
  });

  it('is every row where rows are the same, or nowhere', () => {
    for (const rise of [0, NaN]) expect(rowsApart(ACTIVATIONS.tanh, rise)).toBe(1);
  });

  it.each(SMOOTH)('%s: V has the values of sums of its own in every row, to 1e-8', (activation) => {
    const samples = samplesOf(30, 2, false, 3);
    const [hu, hv] = [0.02, 0.3];
    const grid = gridOver([-1.5, 1.7, -1, 1.2], hu, hv);
    const { i, j, rows, columns } = valuePatch(grid);
    const mesh = new MeshSums(samples, ACTIVATIONS[activation], grid);
    const field = fieldOf(mesh, samples.y);
    const V = mesh.filled(field);
    expect(field.length).toBeLessThan(0.7 * V.length);
    const exact = Float64Array.from({ length: rows * columns }, (_, k) => {
      const [u, v] = [(i + Math.floor(k / columns)) * hu, (j + (k % columns)) * hv];
      const share = (a: number): number =>
        samples.y[a] * ACTIVATIONS[activation].phi(u * samples.x[2 * a] + v * samples.x[2 * a + 1]);
      return Array.from({ length: samples.m }, (_, a) => share(a)).reduce((p, q) => p + q) / samples.m;
    });
    expect(apart(V, exact)).toBeLessThan(1e-8);
  });
});

describe.each([1, 2, 3, 8])('every %i. row', (every) => {
  const patch: Patch = { i: -13, j: -2, rows: 31, columns: 5 };
  const sparse = new SparseRows(patch, every);
  const size = ({ rows, columns }: Patch): number => rows * columns;

  it('is there as it is, and polynomials of degree 13 between', () => {
    const { i, rows, columns } = sparse.summed;
    const g = (u: number, k: number): number => (u / 20) ** 13 + (u / 20) ** k;
    const on = (first: number, count: number, step: number): Float64Array =>
      Float64Array.from({ length: count * columns }, (_, k) =>
        g((first + Math.floor(k / columns)) * step, k % columns),
      );
    expect(apart(sparse.filled(on(i, rows, every)), on(patch.i, patch.rows, 1))).toBeLessThan(1e-10);
  });

  it('gets what is gathered by the transpose', () => {
    const V = normals(size(sparse.summed), 1);
    const E = normals(size(patch), 2);
    expect(dot(sparse.filled(V), E)).toBeCloseTo(dot(V, sparse.gathered(E)), 11);
  });

  it('fills a larger patch with the same bits', () => {
    const larger = new SparseRows({ ...patch, i: patch.i - 6, rows: patch.rows + 11 }, every);
    const values = normals(size(larger.summed), 3);
    const skipped = (sparse.summed.i - larger.summed.i) * patch.columns;
    const inner = sparse.filled(values.subarray(skipped, skipped + size(sparse.summed)));
    expect(
      larger
        .filled(values)
        .slice(6 * patch.columns)
        .slice(0, size(patch)),
    ).toEqual(inner);
  });
});
