import { describe, expect, it } from 'vitest';
import { featureOf } from '../../../src/core/features/features.ts';
import { pseudoAngle, SectorSums } from '../../../src/core/methods/sector.ts';
import {
  apart,
  cloud,
  directDrifts,
  directOutputs,
  driftsOf,
  outputsOf,
  rms,
  samplesOf,
} from '../../support/fast-sums.ts';

const ROUNDING = 1e-12;

describe.each(['relu', 'linear'] as const)('sectors with %s', (activation) => {
  const check = (samples: ReturnType<typeof samplesOf>, theta: Float64Array): void => {
    const sums = new SectorSums(samples, featureOf({ activation }));
    const b = directDrifts(samples, theta, samples.y, activation);
    const f = directOutputs(samples, theta, activation);
    expect(apart(driftsOf(sums, theta, samples.y, 2), b) / rms(b)).toBeLessThan(ROUNDING);
    expect(apart(outputsOf(sums, theta, 2), f) / rms(f)).toBeLessThan(ROUNDING);
  };

  it.each([1, 2, 3, 63, 257])('drift and outputs are those of direct sums, m = %d', (m) => {
    for (const bias of [true, false]) check(samplesOf(m, 2, bias, m), cloud(2000, 2, 1.5, m + 1));
  });

  it('samples that repeat, are opposite, on the axes or 0 are summed like all others', () => {
    const rows = [
      [1, 1],
      [1, 1],
      [2, 2],
      [-1, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [0, 0],
      [3, -1],
      [1e-200, 1],
      [1, -1e-200],
    ];
    check(
      {
        m: rows.length,
        d: 2,
        x: Float64Array.from(rows.flat()),
        y: Float64Array.from(rows, (_, i) => i - 4.2),
      },
      cloud(3000, 2, 1, 3),
    );
  });

  it('samples all in nearly the same direction are told apart', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => (i % 2 ? 1 : 1000 + i / 100));
    const theta = cloud(500, 2, 1, 4).map((value, i) => (i % 3 === 2 ? value * 1000 : value));
    check({ m: 100, d: 2, x, y: Float64Array.from({ length: 100 }, (_, i) => Math.sin(i)) }, theta);
  });

  it("a particle on a boundary, to the last bit or beside it, gets the drift of the definition: φ'(0) there", () => {
    const samples = samplesOf(50, 2, true, 6);
    const rows: number[] = [];
    for (let a = 0; a < 50; a++) {
      for (const size of [1, 0.3, 1e5, -1, -0.7]) {
        const [u, v] = [size, -size * samples.x[2 * a]];
        const up = u * (1 + 2 ** -52);
        const down = v * (1 - 2 ** -52);
        rows.push(1, u, v, 0.5, up, v, 2, u, down, 1, 0, size, 1, size, 0);
      }
    }
    rows.push(1, 0, 0, 1, -0, 0, -3, 0, -0);
    check(samples, Float64Array.from(rows));
  });
});

it('the pseudo-angle grows with the angle, from 0 at (1, 0) to 4', () => {
  const at = (k: number): number =>
    pseudoAngle(Math.cos((2 * Math.PI * k) / 1000), Math.sin((2 * Math.PI * k) / 1000));
  for (let k = 1; k < 1000; k++) expect(at(k)).toBeGreaterThan(at(k - 1));
  expect(
    [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [1, -0],
    ].map(([p, q]) => pseudoAngle(p, q) + 0),
  ).toEqual([0, 1, 2, 3, 0]);
});
