/**
 * Feature maps and several outputs in the definition: the drift is the gradient of the loss by every coordinate, the
 * tangent kernel the product of gradients of f. Maps that are not in the registry stand for those to come.
 */
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../../src/core/activations/activations.ts';
import { featureOf, type Feature, type FeatureName } from '../../../src/core/features/features.ts';
import { Flow } from '../../../src/core/dynamics/flow.ts';
import { INTEGRATORS } from '../../../src/core/dynamics/integrators.ts';
import { tangentKernel } from '../../../src/core/features/kernel.ts';
import { LOSSES } from '../../../src/core/objective/losses.ts';
import { addOutputs, drift, meanLoss, residual, type Samples } from '../../../src/core/model.ts';
import { shapeOf } from '../../../src/core/shape.ts';
import { generator } from '../../support/problems.ts';

/** Φ = e^(−|x − w0|²/2): the direction of its gradient depends on w0. */
const bell: Feature = {
  ...featureOf({ activation: 'quadratic' }),
  // a map of another name has none of the loops that are written out for ⟨w0, x⟩
  name: 'bell' as FeatureName,
  map: {
    ...featureOf({ activation: 'quadratic' }).map,
    product: false,
    separation: (theta, w0, x, column, d) => {
      let z = 0;
      for (let k = 0; k < d; k++) z += (x[column + k] - theta[w0 + k]) ** 2;
      return z;
    },
    addSlopes: (b, at, factor, theta, w0, x, column, d) => {
      for (let k = 0; k < d; k++) b[at + k] += factor * 2 * (theta[w0 + k] - x[column + k]);
    },
    settle: (theta, row, { w0, width }) => {
      const length = Math.hypot(...theta.subarray(row + w0, row + width));
      for (let k = row + w0; k < row + width; k++) theta[k] /= length;
    },
  },
  profile: {
    ...ACTIVATIONS.quadratic,
    phi: (z) => Math.exp(-z / 2),
    both: (out, z) => {
      out[0] = Math.exp(-z / 2);
      out[1] = -out[0] / 2;
    },
  },
};

const N = 3;
const M = 4;
const STEP = 1e-6;

/** A problem of c outputs in d coordinates, from a generator of its own. */
function drawn(c: number, d: number): { samples: Samples; theta: Float64Array } {
  const next = generator(10 * c + d);
  const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * next() - 1);
  const { width } = shapeOf({ c, d });
  return { samples: { c, d, m: M, x: numbers(M * d), y: numbers(M * c) }, theta: numbers(N * width) };
}

/** f [m, c] with the prefactor 1/n, added up as the definition says. */
function outputs({ samples, theta }: ReturnType<typeof drawn>, feature: Feature): Float64Array {
  const sum = new Float64Array(samples.y.length);
  addOutputs(sum, theta, 0, N, samples.x, samples, feature);
  return sum.map((value) => value / N);
}

/** The same with one number of θ moved. */
function moved(c: number, d: number, at: number, by: number): ReturnType<typeof drawn> {
  const problem = drawn(c, d);
  problem.theta[at] += by;
  return problem;
}

const CASES = [
  ...(['tanh', 'relu'] as const).map((activation) => [activation, featureOf({ activation })] as const),
  ['bell', bell] as const,
].flatMap(([name, feature]) =>
  [
    [1, 2],
    [1, 3],
    [2, 2],
    [3, 1],
  ].map(([c, d]) => [`${name}, c = ${c}, d = ${d}`, feature, c, d] as const),
);

describe.each(CASES)('%s', (_, feature, c, d) => {
  const loss = LOSSES.squared;
  const lossOf = (problem: ReturnType<typeof drawn>): number =>
    meanLoss(outputs(problem, feature), problem.samples.y, loss, c);

  it('the drift of each coordinate is −n times the derivative of the loss by it', () => {
    const problem = drawn(c, d);
    const { width } = shapeOf({ c, d });
    const r = new Float64Array(M * c);
    residual(r, outputs(problem, feature), problem.samples.y, loss, c);
    for (let j = 0; j < N; j++) {
      const b = new Float64Array(width);
      drift(b, problem.theta, j * width, problem.samples, r, feature);
      for (let k = 0; k < width; k++) {
        const at = j * width + k;
        const slope = (lossOf(moved(c, d, at, STEP)) - lossOf(moved(c, d, at, -STEP))) / (2 * STEP);
        expect(b[k]).toBeCloseTo(-N * slope, 8);
      }
    }
  });
});

it.each(CASES.filter(([, , c]) => c === 1))(
  'the tangent kernel is the product of the gradients of f: %s',
  (_, feature, c, d) => {
    const problem = drawn(c, d);
    const gradients = Array.from(problem.theta, (__, at) => {
      const [up, down] = [STEP, -STEP].map((by) => outputs(moved(c, d, at, by), feature));
      return up.map((value, a) => (value - down[a]) / (2 * STEP));
    });
    const K = tangentKernel(problem.theta, problem.samples, 1 / N, feature);
    for (let a = 0; a < M; a++)
      for (let i = 0; i < M; i++)
        expect(K[a * M + i]).toBeCloseTo(
          gradients.reduce((sum, gradient) => sum + gradient[a] * gradient[i], 0),
          8,
        );
  },
);

it('what a map must restore is restored where a step has ended, and not between its stages', () => {
  const { samples, theta } = drawn(1, 2);
  const { w0, width } = shapeOf(samples);
  const run = (feature: Feature): Float64Array => {
    const flow = new Flow(theta.slice(), { samples, feature, tableau: INTEGRATORS.heun, speed: 1 });
    const r = new Float64Array(M).fill(0.3);
    for (const stage of [0, 1]) flow.advance(stage, r, 0.1, 1);
    return flow.theta;
  };
  const { settle: _settle, ...free } = bell.map;
  const settled = run(bell);
  const unsettled = run({ ...bell, map: free });
  for (let row = 0; row < theta.length; row += width) {
    const length = Math.hypot(...unsettled.subarray(row + w0, row + width));
    expect(settled[row]).toBe(unsettled[row]);
    for (let k = row + w0; k < row + width; k++) expect(settled[k]).toBeCloseTo(unsettled[k] / length, 12);
  }
});
