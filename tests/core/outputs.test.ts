/** Several outputs and every loss by the definition: energy, the kernel, the stable step. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { featureOf } from '../../src/core/features/features.ts';
import { tangentKernel } from '../../src/core/features/kernel.ts';
import { LOSSES, type Loss, type LossName } from '../../src/core/objective/losses.ts';
import { addOutputs, drift, meanLoss, residual } from '../../src/core/model.ts';
import { largestEigenvalue } from '../../src/core/dynamics/stability.ts';
import { flat, generator, matrix } from '../support/problems.ts';

const feature = featureOf({ activation: 'tanh' });
const OUTPUTS = { numbers: [1, 3], signs: [1], 'one-hot': [4] } as const;
const names = Object.keys(LOSSES) as LossName[];
const all: Record<LossName, Loss> = LOSSES;
const cases = names.flatMap((name) => OUTPUTS[all[name].targets].map((c) => ({ name, c })));

function systemOf(name: LossName, c: number, n = 7, m = 11, d = 3) {
  const next = generator(c + 1);
  const signs = matrix(m, c, next);
  const targets = {
    numbers: () => signs,
    signs: () => signs.map((row) => row.map(Math.sign)),
    'one-hot': () => signs.map((_, a) => Array.from({ length: c }, (__, k) => Number(k === (3 * a) % c))),
  };
  const y = flat(targets[all[name].targets]());
  const samples = { c, d, m, x: flat(matrix(m, d, next)), y };
  return { samples, theta: flat(matrix(n, c + d, next)).map((value) => 2 * value), outer: 1 / n, n };
}

type System = ReturnType<typeof systemOf>;

function outputsOf({ samples, outer }: System, theta: Float64Array): Float64Array {
  const f = new Float64Array(samples.y.length);
  addOutputs(f, theta, 0, theta.length / (samples.c + samples.d), samples.x, samples, feature);
  return f.map((value) => outer * value);
}

describe.each(cases)('the loss $name of $c outputs', ({ name, c }) => {
  const system = systemOf(name, c);
  const { samples, theta, n } = system;
  const loss = all[name];
  const lossAt = (at: Float64Array): number => meanLoss(outputsOf(system, at), samples.y, loss, c);
  const b = new Float64Array(theta.length);
  const r = new Float64Array(samples.y.length);
  residual(r, outputsOf(system, theta), samples.y, loss, c);
  for (let row = 0; row < theta.length; row += c + samples.d) drift(b, theta, row, samples, r, feature, row);

  it('falls by ∫ |b|² dρ along the flow (fact 1)', () => {
    const h = 1e-4;
    const along = (by: number): number => lossAt(theta.map((value, i) => value + by * b[i]));
    const fall = (along(-h) - along(h)) / (2 * h);
    const energy = b.reduce((sum, value) => sum + value * value, 0) / n;
    expect(energy).toBeGreaterThan(1e-3);
    expect(Math.abs(fall / energy - 1)).toBeLessThan(1e-7); // h² of central differences
  });

  it('has −n b as its gradient in θ, coordinate by coordinate', () => {
    const h = 1e-5;
    theta.forEach((_, i) => {
      const moved = (by: number): number => lossAt(theta.map((value, k) => (k === i ? value + by : value)));
      expect(Math.abs((moved(h) - moved(-h)) / (2 * h) + b[i] / n)).toBeLessThan(1e-9);
    });
  });
});

describe('the kernel of several outputs', () => {
  const system = systemOf('squared', 3);
  const { samples, theta, outer, n } = system;
  const K = tangentKernel(theta, samples, outer, feature);
  const size = samples.y.length;

  it('is the product of difference quotients of f by θ', () => {
    const h = 1e-5;
    const gradients = Array.from(theta, (_, i) => {
      const moved = (by: number): Float64Array =>
        outputsOf(
          system,
          theta.map((v, k) => (k === i ? v + by : v)),
        );
      const [up, down] = [moved(h), moved(-h)];
      return up.map((value, p) => (value - down[p]) / (2 * h));
    });
    for (let p = 0; p < size; p++)
      for (let q = 0; q < size; q++)
        expect(K[p * size + q]).toBeCloseTo(
          gradients.reduce((sum, row) => sum + row[p] * row[q], 0),
          9,
        );
  });

  it('has the greatest eigenvalue that power iteration finds without it', () => {
    const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(size, size, K), {
      assumeSymmetric: true,
    });
    const found = largestEigenvalue({ theta, n, samples, feature, outer, speed: 1, rates: [1, 1] });
    expect(found / Math.max(...realEigenvalues)).toBeCloseTo(1, 3);
  });
});
