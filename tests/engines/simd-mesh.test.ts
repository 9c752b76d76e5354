/** The mesh method's vector code against the scalar code of core, which is its definition. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { ACTIVATIONS } from '../../src/core/activations/activations.ts';
import { extentOf, gridOver, type Grid } from '../../src/core/mesh/grid.ts';
import { MeshSums } from '../../src/core/mesh/sums.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { VectorMesh } from '../../src/engines/cpu/simd/mesh.ts';
import { compiledModule } from '../../src/engines/cpu/simd/module.ts';
import type { Sums } from '../../src/core/sums.ts';
import { apart, cloud, driftsOf, fieldOf, rms, samplesOf } from '../support/fast-sums.ts';

const compiled = (await compiledModule('mesh-f64'))!;

/** Both on one grid. */
function pairOn(grid: Grid, d: number, bias = false): { scalar: MeshSums; vector: VectorMesh } {
  const scalar = new MeshSums(samplesOf(40, d, bias, 5), ACTIVATIONS.tanh, grid);
  return { scalar, vector: new VectorMesh(scalar, grid, d, compiled) };
}
const pairOver = (theta: Float64Array, d: number, bias: boolean): ReturnType<typeof pairOn> =>
  pairOn(gridOver(extentOf(theta, { d }), 0.13, 0.17), d, bias);

/** All deposits, or null where a particle lies outside. */
function depositsOf(sums: Sums, theta: Float64Array, d: number): Float64Array | null {
  const sum = new Float64Array(sums.size);
  const covered = sums.deposit(sum, theta, 0, theta.length / (1 + d));
  sums.complete?.(sum);
  return covered ? sum : null;
}

describe.each([
  [1, false],
  [2, false],
  [2, true],
] as const)('d = %d, bias %s', (d, bias) => {
  const { y: r } = samplesOf(40, d, bias, 5);

  it.each([1, 2, 3, 33, 255, 256, 257, 1001])('%i particles: drifts within 1e-13, deposits to the bit', (n) => {
    const theta = cloud(n, d, 1.5, n);
    const { scalar, vector } = pairOver(theta, d, bias);
    const b = driftsOf(scalar, theta, r, d);
    expect(apart(driftsOf(vector, theta, r, d), b) / rms(b)).toBeLessThan(1e-13);
    expect(depositsOf(vector, theta, d)).toEqual(depositsOf(scalar, theta, d));
  });

  it('a drift does not depend on its neighbours, nor a sum on how it is cut', () => {
    const n = 300;
    const theta = cloud(n, d, 1.5, 8);
    const { vector } = pairOver(theta, d, bias);
    const b = driftsOf(vector, theta, r, d);
    const own = new Float64Array(1 + d);
    const sum = new Float64Array(vector.size);
    for (let j = 0; j < n; j++) {
      vector.drifts(own, theta, j, j + 1);
      expect(own).toEqual(b.slice(j * (1 + d), (j + 1) * (1 + d)));
      expect(vector.deposit(sum, theta, j, j + 1)).toBe(true);
    }
    vector.complete(sum);
    expect(sum).toEqual(depositsOf(vector, theta, d));
  });

  it('a particle outside the box, or nowhere, is refused and leaves nothing; its drift does no harm', () => {
    const theta = cloud(7, d, 1.5, 9);
    const { vector, scalar } = pairOver(theta, d, bias);
    const all = depositsOf(scalar, theta, d);
    vector.enter(fieldOf(vector, r));
    for (const w0 of [40, -40, 1e300, NaN, Infinity, -Infinity]) {
      for (const j of [0, 3, 6]) {
        const moved = theta.slice();
        moved[j * (1 + d) + d] = w0;
        expect(depositsOf(vector, moved, d)).toBeNull();
        vector.drifts(new Float64Array(moved.length), moved, 0, 7);
      }
    }
    expect(depositsOf(vector, theta, d)).toEqual(all);
  });

  it.each([1, 2, 7, 40])(
    '%i samples: the nodes have the values of the scalar code, and its outputs, to the bit',
    (m) => {
      const { x, y } = samplesOf(m, d, bias, m);
      for (const jLast of [8, 9]) {
        const grid: Grid = { hu: 0.13, hv: 0.17, iFirst: -9, iLast: 10, jFirst: -7, jLast };
        const scalar = new MeshSums({ x, m, d }, ACTIVATIONS.tanh, grid);
        const vector = new VectorMesh(scalar, grid, d, compiled);
        const V = fieldOf(scalar, y);
        expect(fieldOf(vector, y)).toEqual(V);
        for (let band = 0; band < scalar.bands; band++)
          expect(vector.outputs(V, band)).toEqual(scalar.outputs(V, band));
        const lost = y.with(0, NaN);
        expect(fieldOf(vector, lost)).toEqual(fieldOf(scalar, lost));
      }
    },
  );

  it('drifts of NaN are NaN', () => {
    const theta = cloud(5, d, 1.5, 9);
    const { vector } = pairOver(theta, d, bias);
    const moved = theta.slice();
    moved[d] = NaN;
    const b = driftsOf(vector, moved, r, d);
    expect(Array.from(b.subarray(0, 1 + d))).toEqual(Array(1 + d).fill(NaN));
    expect(b.slice(1 + d)).toEqual(driftsOf(vector, theta, r, d).slice(1 + d));
  });

  it('sums that share a thread take turns: neither sees what the other left', () => {
    // the deposits of the smaller grid lie where the larger one has its coefficients
    const [theta, other] = [cloud(100, d, 4, 10), cloud(100, d, 1.5, 11)];
    const [one, two] = [pairOver(theta, d, bias), pairOver(other, d, bias)];
    const field = fieldOf(one.vector, r);
    const b = driftsOf(one.scalar, theta, r, d);
    const holds = (): void => {
      const again = new Float64Array(b.length);
      one.vector.enter(field);
      one.vector.drifts(again, theta, 0, 100);
      expect(apart(again, b) / rms(b)).toBeLessThan(1e-13);
    };
    holds();
    expect(depositsOf(two.vector, other, d)).toEqual(depositsOf(two.scalar, other, d));
    holds();
    driftsOf(two.vector, other, r, d);
    expect(depositsOf(one.vector, theta, d)).toEqual(depositsOf(one.scalar, theta, d));
    holds();
  });
});

describe('at the edges of the grid', () => {
  const grid: Grid = { hu: 0.25, hv: 0.5, iFirst: -3, iLast: 4, jFirst: -5, jLast: 2 };
  /** The first places of the box, and the last ones before its end. */
  const inside = (first: number, last: number, h: number): number[] => [first * h, last * h - 1e-9];
  const { vector, scalar } = pairOn(grid, 2);
  const [us, vs] = [inside(-3, 4, 0.25), inside(-5, 2, 0.5)];

  it('particles count as in the scalar code, to the last of them', () => {
    const r = samplesOf(40, 2, false, 5).y;
    for (const u of us) {
      for (const v of vs) {
        const theta = Float64Array.of(0.7, u, v);
        expect(depositsOf(vector, theta, 2)).toEqual(depositsOf(scalar, theta, 2));
        expect(apart(driftsOf(vector, theta, r, 2), driftsOf(scalar, theta, r, 2))).toBeLessThan(1e-15);
      }
    }
  });

  it('and beyond them none does', () => {
    for (const [u, v] of [
      [-0.75 - 1e-9, 0],
      [1, 0],
      [0, -2.5 - 1e-9],
      [0, 1],
    ]) {
      expect(depositsOf(scalar, Float64Array.of(0.7, u, v), 2)).toBeNull();
      expect(depositsOf(vector, Float64Array.of(0.7, u, v), 2)).toBeNull();
    }
  });
});

describe('through the engine', () => {
  const n = 140_001;
  const samples = samplesOf(16, 2, true, 12);
  const problem: Problem = {
    ...samples,
    n,
    theta: cloud(n, 2, 1, 13),
    activation: 'tanh',
    loss: 'squared',
    integrator: 'heun',
    dt: 0.5,
    outer: 1 / n,
    speed: 1,
  };

  it('1, 2 or 3 workers give the same bits', async () => {
    const runs = [];
    for (const workers of [1, 2, 3]) {
      const engine = await createCpuEngine(problem, { ...NODE_PLATFORM.cpu, workers, method: 'mesh' });
      onTestFinished(() => engine.destroy());
      const losses = await engine.advance(3, { every: 1 });
      runs.push({ theta: await engine.theta(), f: await engine.f(), losses });
    }
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
  });
});
