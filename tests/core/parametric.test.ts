/** Activations with parameters: values and slopes by their definition, and what a configuration may say of them. */
import { describe, expect, it } from 'vitest';
import { slopeOf } from '../../src/core/activations/activations.ts';
import { formOf, isActivation, type ActivationChoice } from '../../src/core/activations/parametric.ts';
import { complete, type ConfigInput } from '../../src/core/config/config.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { featureOf } from '../../src/core/features/features.ts';
import { refusalOf } from '../../src/core/methods/methods.ts';

const HAT: ActivationChoice = { knots: [[-1, 0.5], [0, 2], [2, -1], [2.5, -1]] }; // prettier-ignore

describe('knots', () => {
  const hat = formOf(HAT);

  it('are met, with a straight line between two and a constant beyond', () => {
    const points = [[-9, 0.5], [-1, 0.5], [-0.5, 1.25], [0, 2], [1, 0.5], [2, -1], [2.2, -1], [2.5, -1], [1e300, -1], [-Infinity, 0.5]]; // prettier-ignore
    for (const [z, phi] of points) expect([z, hat.phi(z)]).toEqual([z, phi]);
    expect(hat.phi(NaN)).toBeNaN();
  });

  it('have the slope to their left, and 0 beyond', () => {
    const slopes = [[-2, 0], [-1, 0], [-0.5, 1.5], [0, 1.5], [0.1, -1.5], [2, -1.5], [2.2, 0], [2.5, 0], [3, 0]]; // prettier-ignore
    for (const [z, slope] of slopes) expect([z, slopeOf(hat, z)]).toEqual([z, slope]);
    const ramp = formOf({ knots: [[0, 0], [1, 3]] }); // prettier-ignore
    expect([slopeOf(ramp, 0), slopeOf(ramp, 1), slopeOf(ramp, 1.01)]).toEqual([0, 3, 0]);
  });
});

describe('Hermite polynomials', () => {
  const CLOSED: ((z: number) => number)[] = [
    () => 1,
    (z) => z,
    (z) => (z ** 2 - 1) / Math.sqrt(2),
    (z) => (z ** 3 - 3 * z) / Math.sqrt(6),
    (z) => (z ** 4 - 6 * z ** 2 + 3) / Math.sqrt(24),
  ];

  it.each([0, 1, 2, 3, 4])('of degree %i is He_k/√k!, with its derivative', (k) => {
    const form = formOf({ hermite: k });
    for (const z of [-3.1, -1, -0.2, 0, 0.7, 2.4]) {
      expect(form.phi(z)).toBeCloseTo(CLOSED[k](z), 12);
      const quotient = (CLOSED[k](z + 1e-5) - CLOSED[k](z - 1e-5)) / 2e-5;
      expect(slopeOf(form, z)).toBeCloseTo(quotient, 7);
    }
  });

  it('are orthonormal under the standard normal law', () => {
    const forms = Array.from({ length: 8 }, (_, k) => formOf({ hermite: k }));
    const H = 1 / 64;
    const mean = (q: (z: number) => number): number =>
      Array.from({ length: 2 * 14 * 64 }, (_, i) => -14 + i * H).reduce(
        (sum, z) => sum + (q(z) * H * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI),
        0,
      );
    forms.forEach((p, i) =>
      forms.forEach((q, k) => expect(mean((z) => p.phi(z) * q.phi(z))).toBeCloseTo(i === k ? 1 : 0, 10)),
    );
  });
});

describe('a configuration', () => {
  const of = (activation: unknown): ConfigInput =>
    readConfig({ data: { dataset: 'curve' }, model: { activation } });

  it.each([HAT, { hermite: 3 }, 'tanh'])(
    'takes %j, and completes to one that completes to itself',
    (activation) => {
      const config = complete(of(activation));
      expect(config.model.activation).toEqual(activation);
      expect(complete(readConfig(JSON.parse(JSON.stringify(config))))).toEqual(config);
    },
  );

  it.each<[unknown, string]>([
    [{ knots: [[0, 1]] }, 'give 2 to 256 pairs [z, φ]'],
    [{ knots: [[0, 1], [0, 2]] }, 'whose z grow'], // prettier-ignore
    [{ knots: [[0, 1], [1]] }, 'give 2 to 256 pairs'], // prettier-ignore
    [{ knots: [[0, 1], [1, '2']] }, 'give 2 to 256 pairs'], // prettier-ignore
    [{ hermite: 1.5 }, 'model.activation.hermite = 1.5 is not valid: give an integer from 0 to 32'],
    [{ hermite: 2, knots: [] }, 'is not'],
    [{ spline: 2 }, 'model.activation = {"spline":2} is not valid: give a name, { "knots"'],
    ['tan', 'model.activation = "tan" is not valid: give one of linear'],
  ])('%j is refused in a sentence', (activation, sentence) => {
    expect(() => of(activation)).toThrow(sentence);
  });
});

it('methods that want a smooth or a homogeneous φ refuse knots in words', () => {
  const samples = { m: 1, d: 2, x: Float64Array.of(1, 1), y: Float64Array.of(1) };
  const pairs = { samples, feature: featureOf({ activation: HAT }) };
  expect(refusalOf('mesh', pairs)).toContain('{"knots":[[-1,0.5]');
  expect(refusalOf('sector', pairs)).toContain('not for {"knots"');
});

it('what names no activation is none', () => {
  expect(['tanh', HAT, { hermite: 2 }].map(isActivation)).toEqual([true, true, true]);
  expect(['tan', 3, null, undefined, {}].map(isActivation)).toEqual(Array(5).fill(false));
});
