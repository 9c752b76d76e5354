/** The order-parameter equation of erf students on erf teachers (docs/model.md, fact 17); the paper saad-solla has runs beside it. */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../../src/core/activations/activations.ts';
import {
  covarianceAfter,
  slopeOf,
  testLoss,
  type OnlineProblem,
} from '../../../src/core/analysis/order-parameters.ts';

type Rows = readonly (readonly number[])[];

const flat = (rows: Rows): Float64Array => Float64Array.from(rows.flat());

/** L with L Lᵀ = C (Cholesky). */
function root(C: Rows): number[][] {
  const L = C.map((row) => row.map(() => 0));
  for (let i = 0; i < C.length; i++)
    for (let k = 0; k <= i; k++) {
      const rest = C[i][k] - L[i].reduce((sum, value, l) => sum + (l < k ? value * L[k][l] : 0), 0);
      L[i][k] = i === k ? Math.sqrt(rest) : rest / L[k][k];
    }
  return L;
}

describe('the equation', () => {
  /** Two students, two teachers, no symmetry. */
  const C = [
    [0.7, 0.2, 0.3, -0.1],
    [0.2, 0.5, -0.2, 0.25],
    [0.3, -0.2, 1.1, 0.15],
    [-0.1, 0.25, 0.15, 0.8],
  ];
  const problem: OnlineProblem = { students: 2, rate: 0.6, noise: 0.3 };
  const { phi, both } = ACTIVATIONS.erf;

  /**
   * Calls for fields of covariance C on a grid of normal numbers, with their weights: sums are means by the trapezoidal
   * rule, of which nothing but the tails beyond 6 is left out, 1e-9.
   */
  function overFields(call: (fields: readonly number[], weight: number) => void): void {
    const L = root(C);
    const points = Array.from({ length: 31 }, (_, i) => 0.4 * (i - 15));
    const density = points.map((z) => (0.4 * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
    for (let at = 0; at < 31 ** 4; at++) {
      const place = [0, 1, 2, 3].map((k) => Math.floor(at / 31 ** k) % 31);
      const weight = place.reduce((product, i) => product * density[i], 1);
      call(
        L.map((row) => row.reduce((sum, value, k) => sum + value * points[place[k]], 0)),
        weight,
      );
    }
  }

  it('has the means over normal fields that steps have, by quadrature', () => {
    const pair = new Float64Array(2);
    const { rate, noise = 0 } = problem;
    const slope = new Float64Array(16);
    let loss = 0;
    overFields((fields, weight) => {
      const [p, q, s, t] = fields.map(phi);
      const r = p + q - s - t;
      const slopes = fields.slice(0, 2).map((z) => {
        both(pair, z);
        return pair[1];
      });
      loss += (weight * r * r) / 2;
      for (let i = 0; i < 2; i++) {
        for (let k = 0; k < 4; k++) {
          const pulled = -rate * weight * r * slopes[i] * fields[k];
          slope[4 * i + k] += pulled;
          slope[4 * k + i] += pulled;
        }
        for (let k = 0; k < 2; k++)
          slope[4 * i + k] += rate ** 2 * weight * (r * r + noise ** 2) * slopes[i] * slopes[k];
      }
    });
    slopeOf(flat(C), problem).forEach((value, i) => expect(value).toBeCloseTo(slope[i], 8));
    expect(testLoss(flat(C), problem)).toBeCloseTo(loss, 8);
  });

  it('is solved to fourth order', () => {
    const at = (steps: number): number => testLoss(covarianceAfter(flat(C), problem, 4, steps), problem);
    const ratio = (at(10) - at(20)) / (at(20) - at(40));
    expect(Math.log2(ratio)).toBeGreaterThan(3.7);
    expect(Math.log2(ratio)).toBeLessThan(4.5);
  });
});

/** Three students, small beside two teachers; times, and what others found there. */
const STUDENTS = 3;
const START = [
  [0.25, 0, 0, 0.05, 0],
  [0, 0.25, 0, 0, 0.05],
  [0, 0, 0.25, 0, 0],
  [0.05, 0, 0, 1.015, 0],
  [0, 0.05, 0, 0, 1.015],
];
const RATE = 0.5;
const TIMES = [2, 5, 10, 20];
const PUBLISHED = [0.0963, 0.0272, 0.0219, 0.0216];

/** The test loss at the times by the equation. */
function limits(): number[] {
  let C = flat(START);
  return TIMES.map((t, i) => {
    const span = t - (TIMES[i - 1] ?? 0);
    C = covarianceAfter(C, { students: STUDENTS, rate: RATE }, span, 5 * span);
    return testLoss(C, { students: STUDENTS });
  });
}

it('the equation has the figures that an independent solution of it has, from a like start, to 1 %', () => {
  limits().forEach((loss, i) => expect(Math.abs(loss / PUBLISHED[i] - 1)).toBeLessThan(0.01));
});
