import { beforeAll, describe, expect, it } from 'vitest';
import { FORMS } from '../../kernels/forms.ts';
import { ACTIVATIONS, slopeOf } from '../../src/core/activations/activations.ts';
import type { Activation, ActivationName } from '../../src/core/activations/activations.ts';
import { PANEL } from '../../src/engines/cpu/simd/layout.ts';
import type { KernelExports, Outputs, Precision } from '../../src/engines/cpu/simd/layout.ts';
import { place } from '../../src/engines/cpu/simd/arena.ts';
import { compiledKernels, instantiated } from '../../src/engines/cpu/simd/module.ts';
import { padded, panelsOf } from '../../src/engines/cpu/simd/samples.ts';
import reference from '../support/oracles/activations-reference.json';
import { Z, checkValues } from '../support/pointwise.ts';

type Numbers = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** φ as sums take it, and φ and φ' as drifts do. */
interface Values {
  readonly alone: Numbers;
  readonly phi: Numbers;
  readonly slope: Numbers;
}

/** What has no vector code: the scalar code serves. */
const SCALAR: readonly ActivationName[] = [];

const names = Object.keys(ACTIVATIONS) as ActivationName[];
const cases = names
  .filter((name) => !SCALAR.includes(name))
  .flatMap((name) => (['f64', 'f32'] as const).map((precision) => [name, precision] as const));

const kernels = new Map<string, KernelExports>();
const ofCase = (name: ActivationName, precision: Precision): KernelExports => kernels.get(name + precision)!;

beforeAll(async () => {
  for (const [name, precision] of cases)
    kernels.set(name + precision, instantiated((await compiledKernels(name, precision))!));
});

/** All z through the module, whose own memory they lie in, whole panels of them. */
function through(name: ActivationName, z: Numbers): Values {
  const precision = z instanceof Float64Array ? 'f64' : 'f32';
  const module = ofCase(name, precision);
  const panels = panelsOf(z.length, precision);
  const length = padded(z.length, precision);
  const lengths = { x: length, theta: 2, alone: length, phi: length, slope: length };
  const { x, theta, alone, phi, slope } = place(module, lengths, precision);
  x.numbers.set(z);
  theta.numbers.fill(1); // w1 = w = 1
  const outputs1 = Reflect.get(module, 'outputs1') as Outputs;
  outputs1(alone.at, theta.at, 1, x.at, panels);
  module.pointwise(x.at, phi.at, slope.at, panels * PANEL);
  const [ofAlone, ofPhi, ofSlope] = [alone, phi, slope].map(({ numbers }) => numbers.slice(0, z.length));
  return { alone: ofAlone, phi: ofPhi, slope: ofSlope };
}

const EPSILON = Number.EPSILON;
/** |got − want| in ε of `size`; what is below 1e-305 counts as 0: e^a by vectors is 0 below a = −708. */
const errorOf = (got: number, want: number, size = Math.abs(want)): number =>
  Object.is(got, want) || Math.max(Math.abs(got), Math.abs(want)) < 1e-305
    ? 0
    : Math.abs(got - want) / (EPSILON * size);

/** The size of what φ' is the sum of: gelu' is that of two terms, which cancel at −0.7518. */
const slopeSize = (name: ActivationName, z: number, phi: number, slope: number): number =>
  name === 'gelu' && z !== 0 ? Math.abs(phi / z) + Math.abs(slope - phi / z) : Math.abs(slope);

/** Where functions bend, tails, far out; no node of a table. */
const GRID = Float64Array.from({ length: 40_000 }, (_, i) => {
  const s = 2 * ((i * 0.6180339887498949) % 1) - 1;
  return [2 * s, 6 * s, 12 * s ** 3, 40 * s, 750 * s, 1e7 * s ** 5, 1e-6 * s, 1e-200 * s][i % 8];
});

/** Ends of ranges within the bodies and of float64. */
const EDGES = Float64Array.from(
  [
    0,
    5e-324,
    1e-310,
    1 / 128,
    1,
    9,
    9 + 1e-15,
    20,
    37.5,
    39,
    40,
    40 + 1e-14,
    708,
    709,
    745,
    1e6,
    1e6 + 1,
    1e150,
    Infinity,
  ].flatMap((z) => [z, -z]),
);

it('every activation has vector code in both precisions, but for those named here', () => {
  const missing = names.filter((name) => !FORMS[name]?.f64 || !FORMS[name].f32);
  expect(missing).toEqual(SCALAR);
});

const { z: points, ...tables } = reference;
describe.each(Object.keys(tables) as (keyof typeof tables)[])('%s by vectors, against 60 digits', (name) => {
  const { phi, dphi } = tables[name];
  it('φ to 3 ε, φ′ to 4 ε', () => {
    const got = through(name, Float64Array.from(points));
    points.forEach((z, i) => {
      expect(errorOf(got.phi[i], phi[i]), `φ(${z})`).toBeLessThanOrEqual(3);
      const size = slopeSize(name, z, phi[i], dphi[i]);
      expect(errorOf(got.slope[i], dphi[i], size), `φ′(${z})`).toBeLessThanOrEqual(4);
    });
  });
});

describe.each(names.filter((name) => !SCALAR.includes(name)))('%s by vectors', (name) => {
  const activation: Activation = ACTIVATIONS[name];

  it('is the float64 form on a dense grid', () => {
    const { phi, slope } = through(name, GRID);
    const worst = { phi: 0, slope: 0 };
    GRID.forEach((z, i) => {
      const [want, wantSlope] = [activation.phi(z), slopeOf(activation, z)];
      const size = slopeSize(name, z, want, wantSlope);
      worst.phi = Math.max(worst.phi, errorOf(phi[i], want));
      worst.slope = Math.max(worst.slope, errorOf(slope[i], wantSlope, size));
    });
    // each is within 3 or 4 ε of the function
    expect(worst.phi).toBeLessThanOrEqual(6);
    expect(worst.slope).toBeLessThanOrEqual(8);
  });

  it('is the float64 form at ±0, subnormal numbers, the ends of its ranges and ±∞', () => {
    const { phi, slope } = through(name, EDGES);
    EDGES.forEach((z, i) => {
      const [want, wantSlope] = [activation.phi(z), slopeOf(activation, z)];
      expect(errorOf(phi[i], want), `φ(${z}) = ${phi[i]}, not ${want}`).toBeLessThanOrEqual(6);
      const size = slopeSize(name, z, want, wantSlope);
      expect(
        errorOf(slope[i], wantSlope, size),
        `φ′(${z}) = ${slope[i]}, not ${wantSlope}`,
      ).toBeLessThanOrEqual(8);
    });
  });

  it('is the float64 form to the rounding of f32, as WGSL is', () => {
    const { alone, phi, slope } = through(name, Z);
    const four = new Float32Array(4 * Z.length);
    Z.forEach((_, i) => four.set([alone[i], phi[i], slope[i]], 4 * i));
    expect(() => checkValues(name, four)).not.toThrow();
  });
});

describe.each(cases)('%s in %s', (name, precision) => {
  const rounded = (z: Float64Array<ArrayBuffer>): Numbers => (precision === 'f64' ? z : Float32Array.from(z));
  const grid = rounded(GRID);

  it('gives sums the φ that it gives drifts', () => {
    const { alone, phi } = through(name, grid);
    expect(grid.findIndex((_, i) => alone[i] !== phi[i])).toBe(-1);
  });

  it('does not ask what lies beside a number in its vector', () => {
    const straight = through(name, grid);
    const turned = through(name, grid.slice().reverse());
    const last = grid.length - 1;
    const differs = (key: keyof Values): number =>
      grid.findIndex((_, i) => !Object.is(straight[key][i], turned[key][last - i]));
    expect([differs('phi'), differs('slope')]).toEqual([-1, -1]);
  });

  it('leaves NaN what it is, whatever its bits', () => {
    const z = rounded(Float64Array.from([NaN, 1, NaN, NaN]));
    if (z instanceof Float64Array) new BigUint64Array(z.buffer).set([0xfff8_0000_0000_0000n], 2);
    const { phi, slope } = through(name, z);
    const numbers = name === 'relu' || name === 'linear' ? [phi] : [phi, slope]; // those slopes are constants
    for (const values of numbers) expect([...values].map(Number.isNaN)).toEqual([true, false, true, true]);
  });

  if (['linear', 'tanh', 'erf', 'sin'].includes(name))
    it('is odd, in its bits', () => {
      const z = rounded(Float64Array.from([...GRID, ...EDGES]));
      const { phi, slope } = through(name, z);
      const other = through(
        name,
        z.map((value) => -value),
      );
      expect(z.findIndex((_, i) => !Object.is(phi[i], -other.phi[i]))).toBe(-1);
      expect(z.findIndex((_, i) => !Object.is(slope[i], other.slope[i]))).toBe(-1);
    });
});
