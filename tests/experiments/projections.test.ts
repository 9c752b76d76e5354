import { describe, expect, it } from 'vitest';
import { cdfOf } from '../../src/core/laws.ts';
import { massesOf, type Axis } from '../../src/core/analysis/pde.ts';
import { projectedDistance, projections } from '../../src/experiments/measure/projections.ts';

const uniform = cdfOf({ law: 'uniform', low: -1, high: 1 })!;
const normal = cdfOf({ law: 'normal' })!;
const axis = (reach: number, cells: number): Axis => ({ low: -reach, high: reach, cells });

/** side × side points, the midpoints of equally likely boxes of the uniform law on [−1, 1]². */
const lattice = (side: number, [du, dv]: readonly [number, number] = [0, 0]): number[] =>
  Array.from({ length: side * side }, (_, k) => [
    (2 * Math.floor(k / side) + 1) / side - 1 + du,
    (2 * (k % side) + 1) / side - 1 + dv,
  ]).flat();

describe('W1 along lines between a cloud and a density', () => {
  const flat = axis(2, 64);
  const square = projections(massesOf(flat, uniform, flat, uniform), flat, flat);

  it('of a uniform square from a lattice that fills it is the lattice’s own distance', () => {
    // on an axis the lattice has `side` steps where the density rises evenly: area 1/(2 side); 0.01 for places
    // and cells
    expect(projectedDistance(lattice(20), square)).toBeLessThan(1 / 40 + 0.01);
    expect(projectedDistance(lattice(100), square)).toBeLessThan(0.01);
  });

  it('of a shifted cloud is the mean length of the shift’s shadows', () => {
    const shift = [0.3, -0.4] as const;
    const shadows = Array.from({ length: 8 }, (_, k) =>
      Math.abs(shift[0] * Math.cos((Math.PI * k) / 8) + shift[1] * Math.sin((Math.PI * k) / 8)),
    );
    const mean = shadows.reduce((sum, length) => sum + length, 0) / 8;
    expect(Math.abs(projectedDistance(lattice(100, shift), square) - mean)).toBeLessThan(0.01);
  });

  it('has the density’s distribution function on every line: that of a round Gaussian is the same everywhere', () => {
    const round = axis(6, 200);
    for (const { low, step, cdf } of projections(massesOf(round, normal, round, normal), round, round)) {
      const worst = cdf.reduce((most, value, i) => Math.max(most, Math.abs(value - normal(low + i * step))), 0);
      expect(worst).toBeLessThan(1e-3); // a cell spread over its shadow: (0.06)²/12 of curvature
    }
  });
});
