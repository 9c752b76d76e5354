/** Feature maps of the registry beside w1 φ(⟨w0, x⟩): slopes by difference quotients, the energy identity, the kernel. */
import { describe, expect, it } from 'vitest';
import { featureOf, isFeatures, type Features } from '../../../src/core/features/features.ts';
import { Flow } from '../../../src/core/dynamics/flow.ts';
import { INTEGRATORS } from '../../../src/core/dynamics/integrators.ts';
import { tangentKernel } from '../../../src/core/features/kernel.ts';
import { LOSSES } from '../../../src/core/objective/losses.ts';
import { METHOD_NAMES, refusalOf } from '../../../src/core/methods/methods.ts';
import { addOutputs, drift, meanLoss, residual } from '../../../src/core/model.ts';
import { shapeOf } from '../../../src/core/shape.ts';
import { largestEigenvalue } from '../../../src/core/dynamics/stability.ts';
import {
  featuresProblem,
  onCircle,
  onSpheres,
  withoutWeights,
} from '../../support/contracts/features-contract.ts';

const SIZES = { n: 5, m: 6, c: 1, d: 3 };
const drawn = {
  translate: onCircle({ ...SIZES, d: 1 }, 6),
  'translate, c = 2': onCircle({ ...SIZES, c: 2, d: 1 }, 7),
  unit: withoutWeights(SIZES, 8),
  'unit, d = 2': withoutWeights({ ...SIZES, d: 2 }, 9),
  rbf: onSpheres(SIZES, 4),
  'rbf, c = 3': onSpheres({ ...SIZES, c: 3, d: 2 }, 5),
};
const STEP = 1e-5;

const metricOf = (features: Features): number =>
  typeof features === 'object' && 'translate' in features ? features.translate.metric : 1;

describe.each(Object.entries(drawn))('%s', (_, of) => {
  const problem = featuresProblem(of);
  const feature = featureOf(problem);
  const { n, m, c = 1 } = problem;
  const shape = shapeOf(problem);
  const { w0, width } = shape;
  const metric = metricOf(of.features);
  const at0 = Float64Array.from(problem.theta);

  const fOf = (theta: Float64Array): Float64Array => {
    const f = new Float64Array(m * c);
    addOutputs(f, theta, 0, n, problem.x, problem, feature);
    return f.map((sum) => sum / n);
  };
  const lossOf = (theta: Float64Array): number => meanLoss(fOf(theta), problem.y, LOSSES.squared, c);
  const residuals = (theta: Float64Array): Float64Array => {
    const r = new Float64Array(m * c);
    residual(r, fOf(theta), problem.y, LOSSES.squared, c);
    return r;
  };
  const drifts = (theta: Float64Array): Float64Array => {
    const b = new Float64Array(theta.length);
    for (let row = 0; row < b.length; row += width)
      drift(b, theta, row, problem, residuals(theta), feature, row);
    return b;
  };
  /** θ with number `at` moved along the place of its w0. */
  const moved = (at: number, by: number): Float64Array => {
    const theta = at0.slice();
    theta[at] += by;
    const row = at - (at % width);
    if (at - row >= w0) feature.map.settle?.(theta, row, shape);
    return theta;
  };
  const quotient = (of: (theta: Float64Array) => number, at: number): number =>
    (of(moved(at, STEP)) - of(moved(at, -STEP))) / (2 * STEP);

  it('the drift is −n times the derivative of the loss where θ moves along its place, times the metric', () => {
    drifts(at0).forEach((b, at) => {
      const share = at % width < w0 ? 1 : metric;
      expect(b).toBeCloseTo(-n * share * quotient(lossOf, at), 7);
    });
  });

  it('the loss falls by what the particles dissipate, and w0 is where it must be', () => {
    const after = (dt: number): number => {
      const flow = new Flow(at0.slice(), { samples: problem, feature, tableau: INTEGRATORS.euler, speed: 1 });
      flow.advance(0, residuals(at0), dt, 1);
      return lossOf(flow.theta);
    };
    const rate = (4 * (after(1e-4) - after(0)) - (after(2e-4) - after(0))) / 2e-4;
    const dissipated = drifts(at0).reduce((sum, b, at) => sum + b ** 2 / (at % width < w0 ? 1 : metric), 0) / n;
    expect(rate).toBeCloseTo(-dissipated, 6);
  });

  it('the tangent kernel is the product of gradients, and the stable step has its largest eigenvalue', () => {
    const size = m * c;
    const gradients = Array.from({ length: size }, (_unused, a) =>
      Array.from(at0, (__, at) => {
        const share = at % width < w0 ? 1 : metric;
        return Math.sqrt(share) * quotient((theta) => fOf(theta)[a], at);
      }),
    );
    const K = tangentKernel(at0, problem, 1 / n, feature);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        expect(K[a * size + b]).toBeCloseTo(
          gradients[a].reduce((sum, value, at) => sum + value * gradients[b][at], 0),
          7,
        );
    let v = new Float64Array(size).fill(1);
    let value = 0;
    for (let k = 0; k < 2000; k++) {
      const image = v.map((_unused, a) => v.reduce((sum, entry, b) => sum + K[a * size + b] * entry, 0));
      value = Math.hypot(...image);
      v = image.map((entry) => entry / value);
    }
    const found = largestEigenvalue({
      theta: at0,
      n,
      samples: problem,
      feature,
      outer: 1 / n,
      speed: 1,
      rates: [1, 1],
    });
    // power iterations end early where eigenvalues are close
    expect(found).toBeLessThan(1.0001 * value);
    expect(found).toBeGreaterThan(0.95 * value);
  });

  it('direct sums serve it, and other methods refuse it by name', () => {
    for (const method of METHOD_NAMES) {
      const refused = refusalOf(method, { samples: problem, feature });
      if (method === 'direct') expect(refused).toBeNull();
      else expect(refused).toContain(`not ${feature.name}`);
    }
  });
});

it('what names no map is no map', () => {
  expect(
    ['inner-product', 'unit', { rbf: { alpha: 1 } }, { translate: { order: 1, metric: 1 } }].map(isFeatures),
  ).toEqual(Array(4).fill(true));
  expect([undefined, null, 3, 'another', { another: {} }].map(isFeatures)).toEqual(Array(5).fill(false));
});
