/**
 * Formulas that exist twice, in float64 and as WGSL, compared point by point: every φ, φ', q, random word and
 * normal number. Free of Node and of vitest, so that the same tables are made in Node's Dawn and in a browser.
 */
import { brownian } from '../../shaders/brownian.ts';
import { ACTIVATIONS, slopeOf } from '../../src/core/activations/activations.ts';
import type { Activation, ActivationName } from '../../src/core/activations/activations.ts';
import { LOSSES, type Loss, type LossName } from '../../src/core/objective/losses.ts';
import { OBSERVABLES } from '../../src/core/observables.ts';
import type { Observable } from '../../src/core/observables.ts';
import { brownian as brownianNumbers, philox } from '../../src/core/random.ts';

export interface Table {
  readonly title: string;
  /** Throws where the two forms differ by more than the rounding of f32; returns the worst errors in words. */
  check(device: GPUDevice): Promise<string>;
}

const WORKGROUP = 64;

/**
 * Magnitudes 1e-6 … 1e4, evenly in the logarithm and, where the functions bend, evenly; the edges of exp and of
 * f32; both signs.
 */
const MAGNITUDES = [
  ...Array.from({ length: 40001 }, (_, i) => 10 ** (-6 + i / 4000)),
  ...Array.from({ length: 40001 }, (_, i) => i / 2500),
  ...Array.from({ length: 3183 }, (_, k) => (k * Math.PI) / 2),
  ...[
    5.7, 9.5, 13, 14, 86.9, 87, 87.4, 88.7, 89, 103, 104, 1e5, 1e10, 1e18, 1e20, 1e30, 1e-10, 1e-20, 1e-30,
    1.2e-38, 1e-40, 1e-45,
  ],
];
export const Z = Float32Array.from(MAGNITUDES.flatMap((z) => [z, -z]));

interface Bounds {
  /** Largest |z| at which the function is compared; beyond, its values need only be finite. */
  readonly to: number;
  /** Of φ, in ULP of f32, where φ has not cancelled below 1e-3 min(1, |z|). */
  readonly ulp: number;
  /** Of φ and φ', over max(1, |φ|) and max(1, |φ'|). */
  readonly phi: number;
  readonly dphi: number;
  /** |φ| ≤ 1 for every z. */
  readonly bounded?: true;
}

// The rounding of a dozen f32 operations, each at most ½ ULP (a division 1 ULP here, and up to 2.5 on a GPU);
// an ULP at 1 is 1.2e-7,
// just below 1 it is 6e-8. gelu in the lower tail, z > −4, adds the rounding of z²/2 times z²/2.
const BOUNDS: Record<ActivationName, Bounds> = {
  linear: { to: 1e30, ulp: 0, phi: 0, dphi: 0 },
  relu: { to: 1e30, ulp: 0, phi: 0, dphi: 0 },
  tanh: { to: 1e30, ulp: 6, phi: 1.5e-7, dphi: 3e-7, bounded: true },
  sigmoid: { to: 1e30, ulp: 4, phi: 1.2e-7, dphi: 8e-8, bounded: true },
  erf: { to: 1e30, ulp: 6, phi: 1.6e-7, dphi: 1.2e-7, bounded: true },
  gelu: { to: 1e30, ulp: 9, phi: 1.5e-7, dphi: 2e-7 },
  softplus: { to: 1e30, ulp: 4, phi: 1.6e-7, dphi: 1.5e-7 },
  sin: { to: 1e4, ulp: 4, phi: 1.5e-7, dphi: 3e-7, bounded: true },
  quadratic: { to: 1e18, ulp: 0.5, phi: 6e-8, dphi: 0 },
};

/** A shader that writes `value`, an expression of `z` and four numbers of the same type, for each z. */
const shaderOf = (helpers: string, value: string, type: 'f32' | 'u32' = 'f32'): string => `${helpers}
@group(0) @binding(0) var<storage, read> inputs: array<${type}>;
@group(0) @binding(1) var<storage, read_write> values: array<vec4<${type}>>;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&inputs)) {
    let z = inputs[id.x];
    values[id.x] = ${value};
  }
}`;

const shaderOfPhi = ({ wgsl }: Activation): string =>
  shaderOf(
    `${wgsl.helpers}
fn phi(z: f32) -> f32 { ${wgsl.phi} }
fn phi_dphi(z: f32) -> vec2f { ${wgsl.both} }`,
    'vec4f(phi(z), phi_dphi(z), 0.0)',
  );

/** The bytes that the shader makes of every z: four numbers each. */
async function bytesFrom(
  device: GPUDevice,
  code: string,
  z: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const input = device.createBuffer({ size: z.byteLength, usage: STORAGE | COPY_DST });
  const output = device.createBuffer({ size: 4 * z.byteLength, usage: STORAGE | COPY_SRC });
  const staging = device.createBuffer({ size: 4 * z.byteLength, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(input, 0, z);
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const entries = [input, output].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(Math.ceil(z.length / WORKGROUP));
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, staging.size);
  device.queue.submit([encoder.finish()]);
  const error = await device.popErrorScope();
  if (error) throw new Error(error.message);
  await staging.mapAsync(GPUMapMode.READ);
  const bytes = staging.getMappedRange().slice(0);
  for (const buffer of [input, output, staging]) buffer.destroy();
  return bytes;
}

const evaluate = async (device: GPUDevice, code: string, z: Float32Array<ArrayBuffer>): Promise<Float32Array> =>
  new Float32Array(await bytesFrom(device, code, z));
const words = async (device: GPUDevice, value: string, z: Uint32Array<ArrayBuffer>): Promise<Uint32Array> =>
  new Uint32Array(await bytesFrom(device, shaderOf(brownian, value, 'u32'), z));

/** The distance between neighbouring f32 numbers at x. */
const spacing = (x: number): number => 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -126) - 23);

/** The largest error and where it is. */
class Worst {
  error = 0;
  z = 0;
  see(error: number, z: number): void {
    if (!(error <= this.error)) [this.error, this.z] = [error, z];
  }
  toString(): string {
    return `${this.error.toPrecision(3)} at ${this.z.toPrecision(6)}`;
  }
}

function errors(
  activation: Activation,
  values: Float32Array,
  to: number,
): { ulp: Worst; phi: Worst; dphi: Worst } {
  const worst = { ulp: new Worst(), phi: new Worst(), dphi: new Worst() };
  Z.forEach((z, i) => {
    // nearer 0, a product may be subnormal, which f32 may flush
    if (Math.abs(z) > to || Math.abs(z) < 1e-30) return;
    const [want, slope] = [activation.phi(z), slopeOf(activation, z)];
    const error = Math.abs(values[4 * i] - want);
    worst.phi.see(error / Math.max(1, Math.abs(want)), z);
    worst.dphi.see(Math.abs(values[4 * i + 2] - slope) / Math.max(1, Math.abs(slope)), z);
    if (Math.abs(want) >= 1e-3 * Math.min(1, Math.abs(z))) worst.ulp.see(error / spacing(want), z);
  });
  return worst;
}

const expectTrue = (holds: boolean, sentence: () => string): void => {
  if (!holds) throw new Error(sentence());
};

/** Of each z of Z four numbers: φ, φ again as the other body has it, φ', and one that does not matter. */
export function checkValues(name: ActivationName, values: Float32Array): string {
  const bounds = BOUNDS[name];
  const worst = errors(ACTIVATIONS[name], values, bounds.to);
  for (const key of ['ulp', 'phi', 'dphi'] as const)
    expectTrue(worst[key].error <= bounds[key], () => `${key}: ${worst[key]} is above ${bounds[key]}`);
  Z.forEach((z, i) => {
    const [phi, again, slope] = values.subarray(4 * i, 4 * i + 3);
    expectTrue(phi === again, () => `the two bodies give φ(${z}) = ${phi} and ${again}`);
    const overflows = name === 'quadratic' && Math.abs(z) > 1.8e19;
    expectTrue(
      overflows || (Number.isFinite(phi) && Number.isFinite(slope)),
      () => `φ(${z}) = ${phi}, φ′ = ${slope}`,
    );
    expectTrue(!bounds.bounded || Math.abs(phi) <= 1, () => `|φ(${z})| = ${Math.abs(phi)} > 1`);
  });
  return `ULP ${worst.ulp}; φ ${worst.phi}; φ′ ${worst.dphi}`;
}

const checkPhi = async (device: GPUDevice, name: ActivationName): Promise<string> =>
  checkValues(name, await evaluate(device, shaderOfPhi(ACTIVATIONS[name]), Z));

/** q(w1, |w1|², |w0|²) at w1 = z, |w0|² = z² + 1: three roundings, relative to the size of the two. */
async function checkObservable(device: GPUDevice, { q, wgsl }: Observable): Promise<string> {
  const z = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 64);
  const worst = new Worst();
  const values = await evaluate(
    device,
    shaderOf(
      'fn q(w1: f32, size1: f32, square1: f32, square0: f32) -> f32 { return ' + wgsl + '; }',
      'vec4f(q(z, abs(z), z * z, z * z + 1.0), 0.0, 0.0, 0.0)',
    ),
    z,
  );
  z.forEach((w1, i) => {
    const seen = { w1, size1: Math.abs(w1), square1: w1 * w1, square0: w1 * w1 + 1 };
    worst.see(Math.abs(values[4 * i] - q(seen)) / (w1 * w1 + 1), w1);
  });
  expectTrue(worst.error <= 3 * 2 ** -24, () => `q: ${worst} is above 3 roundings`);
  return `q ${worst}`;
}

/** Of the values and slopes that a loss has in f32; of differences of f in an exponent, up to 88, the rounding grows. */
const LOSS_ERROR: Record<LossName, number> = {
  squared: 3e-7,
  huber: 3e-7,
  logistic: 1e-6,
  exponential: 2e-6,
  'cross-entropy': 1e-5,
};
const LARGEST = 3.4e38;
/** Three times e^−87, where the exponential of WGSL ends and halves are no normal numbers any more. */
const LEAST = 5e-38;

/** ℓ and its first slope at f = (z, 0, 1), or at f = z, with the first class right and with it wrong. */
async function checkLoss(device: GPUDevice, name: LossName): Promise<string> {
  const { targets, wgsl, value, slope }: Loss = LOSSES[name];
  const c = targets === 'one-hot' ? 3 : 1;
  const rows =
    c === 3
      ? [
          [1, 0, 0],
          [0, 1, 0],
        ]
      : [[1], [-1]];
  const at = (y: readonly number[]): string =>
    `f = array<f32, ${c}>(${c === 3 ? 'z, 0.0, 1.0' : 'z'}); y = array<f32, ${c}>(${y.map((v) => v.toFixed(1)).join(', ')});`;
  const code = shaderOf(
    `var<private> f: array<f32, ${c}>;
var<private> y: array<f32, ${c}>;
${wgsl.helpers}
fn loss_value(at: u32) -> f32 { ${wgsl.value(c)} }
fn loss_slope(at: u32, k: u32) -> f32 { ${wgsl.slope(c)} }
fn right(z: f32) -> vec2f { ${at(rows[0])} return vec2f(loss_value(0u), loss_slope(0u, 0u)); }
fn wrong(z: f32) -> vec2f { ${at(rows[1])} return vec2f(loss_value(0u), loss_slope(0u, 0u)); }`,
    'vec4f(right(z), wrong(z))',
  );
  const got = await evaluate(device, code, Z);
  const worst = new Worst();
  const r = new Float64Array(c);
  Z.forEach((z, i) => {
    const f = c === 3 ? [z, 0, 1] : [z];
    for (const [k, y] of rows.entries()) {
      slope(r, f, y, 0, c);
      for (const [part, want] of [value(f, y, 0, c), r[0]].entries()) {
        const found = got[4 * i + 2 * k + part];
        if (Math.abs(want) < LARGEST)
          worst.see(Math.max(0, Math.abs(found - want) - LEAST) / Math.max(LEAST, Math.abs(want)), z);
        else expectTrue(Math.abs(found) >= LARGEST, () => `${name} at ${z} is ${found}, not ${want}`);
      }
    }
  });
  expectTrue(worst.error <= LOSS_ERROR[name], () => `${name}: ${worst} is above ${LOSS_ERROR[name]}`);
  return `ℓ and ℓ′ ${worst}`;
}

/** Both ends and the middle of u32, both sides of every power of two, and many between. */
const WORDS = Uint32Array.from([
  ...Array.from({ length: 32 }, (_, bit) => [-1, 0, 1].map((side) => 2 ** bit + side)).flat(),
  2 ** 32 - 1,
  2 ** 32 - 2,
  ...Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 0x9e3779b1)),
]);
/** Other words from one, the same in WGSL and here. */
const OTHERS = {
  counter: 'vec4u(z, z * 0x85ebca6bu, ~z, z ^ 0x5bd1e995u)',
  key: 'vec2u(z * 0xc2b2ae35u, z + 0xfffffff0u)',
};
const otherWords = (z: number): { counter: [number, number, number, number]; key: [number, number] } => ({
  counter: [z, Math.imul(z, 0x85ebca6b) >>> 0, ~z >>> 0, (z ^ 0x5bd1e995) >>> 0],
  key: [Math.imul(z, 0xc2b2ae35) >>> 0, (z + 0xfffffff0) >>> 0],
});

async function checkWords(device: GPUDevice): Promise<string> {
  const found = await words(device, `philox(${OTHERS.counter}, ${OTHERS.key})`, WORDS);
  const want = new Uint32Array(4);
  WORDS.forEach((z, i) => {
    const { counter, key } = otherWords(z);
    const got = found.subarray(4 * i, 4 * i + 4);
    philox(want, ...counter, ...key);
    expectTrue(
      want.every((word, k) => word === got[k]),
      () => `words of counter ${counter.join()} and key ${key.join()}: ${got.join()}, not ${want.join()}`,
    );
  });
  return `${WORDS.length} counters`;
}

/**
 * ξ of every pair of words, over |ξ|: some twenty operations of ½ ULP, and where WGSL allows a GPU more, 2.5
 * ULP for the division and 4.5 for the square root, of 1.2e-7 at most; and over 1 the angle, known to 2^-24
 * π/4, and the series' rest.
 */
const NORMAL = 1e-6;

async function checkNormals(device: GPUDevice): Promise<string> {
  const found = new Float32Array(
    (await words(device, 'bitcast<vec4u>(gaussians(vec4u(z, z * 0x85ebca6bu, z * 0xc2b2ae35u, z)))', WORDS))
      .buffer,
  );
  const worst = new Worst();
  WORDS.forEach((z, i) => {
    const [p, q, r] = [z, Math.imul(z, 0x85ebca6b) >>> 0, Math.imul(z, 0xc2b2ae35) >>> 0];
    for (const [k, [u, v]] of [
      [p, q],
      [r, z],
    ].entries()) {
      const radius = Math.sqrt(-2 * Math.log1p((u + 0.5) / 2 ** 32 - 1));
      const angle = 2 * Math.PI * (v / 2 ** 32);
      [radius * Math.cos(angle), radius * Math.sin(angle)].forEach((xi, c) =>
        worst.see(Math.abs(found[4 * i + 2 * k + c] - xi) / (1 + Math.abs(xi)), z),
      );
    }
  });
  expectTrue(worst.error <= NORMAL, () => `ξ: ${worst} is above ${NORMAL}`);
  return `ξ ${worst}`;
}

/** That particle, vec4f, step and both words of the seed are where core/random.ts has them. */
async function checkBrownian(device: GPUDevice): Promise<string> {
  const z = WORDS.subarray(0, 4000);
  const found = new Float32Array(
    (await words(device, 'bitcast<vec4u>(brownian(z, z >> 25u, ~z, vec2u(z * 3u, z ^ 5u)))', z)).buffer,
  );
  const want = new Float64Array(4);
  const four = new Uint32Array(4);
  const worst = new Worst();
  z.forEach((word, i) => {
    brownianNumbers(want, four, word, word >>> 25, ~word >>> 0, [Math.imul(word, 3) >>> 0, (word ^ 5) >>> 0]);
    want.forEach((xi, c) => worst.see(Math.abs(found[4 * i + c] - xi) / (1 + Math.abs(xi)), word));
  });
  expectTrue(worst.error <= NORMAL, () => `ξ: ${worst} is above ${NORMAL}`);
  return `ξ ${worst}`;
}

export const TABLES: readonly Table[] = [
  ...(Object.keys(ACTIVATIONS) as ActivationName[]).map((name) => ({
    title: `φ and φ′ of ${name} in WGSL are the float64 forms, to f32 rounding`,
    check: (device: GPUDevice) => checkPhi(device, name),
  })),
  ...Object.entries(OBSERVABLES).map(([name, observable]) => ({
    title: `the observable ${name} in WGSL is the float64 form, to f32 rounding`,
    check: (device: GPUDevice) => checkObservable(device, observable),
  })),
  ...(Object.keys(LOSSES) as LossName[]).map((name) => ({
    title: `the loss ${name} and its slope in WGSL are the float64 forms, never NaN, to f32 rounding`,
    check: (device: GPUDevice) => checkLoss(device, name),
  })),
  { title: 'Philox in WGSL gives the words of core/random.ts, bit for bit', check: checkWords },
  {
    title:
      'normal numbers in WGSL are Box–Muller of their words, to f32 rounding, the smallest and the largest too',
    check: checkNormals,
  },
  {
    title:
      'Brownian increments in WGSL are those of core/random.ts: particle, component, step and seed have their places',
    check: checkBrownian,
  },
];
