import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../src/core/activations.ts';
import type { Activation, ActivationName } from '../src/core/activations.ts';
import { openDawn } from '../src/cli/dawn.ts';

const WORKGROUP = 64;

/** Magnitudes 1e-6 … 1e4, evenly in the logarithm and, where the functions bend, evenly; the edges of exp and of f32; both signs. */
const MAGNITUDES = [
  ...Array.from({ length: 40001 }, (_, i) => 10 ** (-6 + i / 4000)),
  ...Array.from({ length: 40001 }, (_, i) => i / 2500),
  ...Array.from({ length: 3183 }, (_, k) => (k * Math.PI) / 2),
  ...[5.7, 9.5, 13, 14, 86.9, 87, 87.4, 88.7, 89, 103, 104, 1e5, 1e10, 1e18, 1e20, 1e30, 1e-10, 1e-20, 1e-30, 1.2e-38, 1e-40, 1e-45],
];
const Z = Float32Array.from(MAGNITUDES.flatMap((z) => [z, -z]));

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

// The rounding of a dozen f32 operations, each at most ½ ULP (a division 1 ULP here, and up to 2.5 on a GPU); an ULP at 1 is 1.2e-7,
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

/** A device, or in words why there is none. */
async function openDevice(): Promise<GPUDevice | string> {
  const { gpu, reason } = await openDawn();
  return (await (await gpu?.requestAdapter())?.requestDevice()) ?? reason;
}

const shader = ({ wgsl }: Activation): string => `${wgsl.helpers}
fn phi(z: f32) -> f32 { ${wgsl.phi} }
fn phi_dphi(z: f32) -> vec2f { ${wgsl.both} }
@group(0) @binding(0) var<storage, read> z: array<f32>;
@group(0) @binding(1) var<storage, read_write> values: array<vec4f>;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&z)) { values[id.x] = vec4f(phi(z[id.x]), phi_dphi(z[id.x]), 0.0); }
}`;

/** (φ, φ again, φ', 0) at every z. */
async function evaluate(device: GPUDevice, activation: Activation, z: Float32Array<ArrayBuffer>): Promise<Float32Array> {
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const input = device.createBuffer({ size: z.byteLength, usage: STORAGE | COPY_DST });
  const output = device.createBuffer({ size: 4 * z.byteLength, usage: STORAGE | COPY_SRC });
  const staging = device.createBuffer({ size: 4 * z.byteLength, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(input, 0, z);
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code: shader(activation) });
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
  return new Float32Array(staging.getMappedRange().slice(0));
}

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

function errors({ phi, dphi }: Activation, values: Float32Array, to: number): { ulp: Worst; phi: Worst; dphi: Worst } {
  const worst = { ulp: new Worst(), phi: new Worst(), dphi: new Worst() };
  Z.forEach((z, i) => {
    if (Math.abs(z) > to || Math.abs(z) < 1e-30) return; // nearer 0, a product may be subnormal, which f32 may flush
    const [want, slope] = [phi(z), dphi(z, phi(z))];
    const error = Math.abs(values[4 * i] - want);
    worst.phi.see(error / Math.max(1, Math.abs(want)), z);
    worst.dphi.see(Math.abs(values[4 * i + 2] - slope) / Math.max(1, Math.abs(slope)), z);
    if (Math.abs(want) >= 1e-3 * Math.min(1, Math.abs(z))) worst.ulp.see(error / spacing(want), z);
  });
  return worst;
}

const opened = await openDevice();
if (typeof opened === 'string') console.warn(`SKIPPED: the WGSL forms of the activations are not checked: ${opened}`);

it.runIf(process.env['REQUIRE_GPU'])('an adapter is there, as REQUIRE_GPU asks', () => {
  if (typeof opened === 'string') expect.fail(opened);
});

describe.skipIf(typeof opened === 'string')('the WGSL form of φ and φ′ is the float64 form, to f32 rounding', () => {
  it.each(Object.entries(ACTIVATIONS) as [ActivationName, Activation][])('%s', async (name, activation) => {
    const bounds = BOUNDS[name];
    const values = await evaluate(opened as GPUDevice, activation, Z);
    const worst = errors(activation, values, bounds.to);
    if (process.env['VERBOSE']) console.log(`${name}: ULP ${worst.ulp}; φ ${worst.phi}; φ′ ${worst.dphi}`);
    for (const key of ['ulp', 'phi', 'dphi'] as const) expect(worst[key].error, `${key} ${worst[key]}`).toBeLessThanOrEqual(bounds[key]);
    Z.forEach((z, i) => {
      const [phi, again, slope] = values.subarray(4 * i, 4 * i + 3);
      if (phi !== again) throw new Error(`the two bodies give φ(${z}) = ${phi} and ${again}`);
      const overflows = name === 'quadratic' && Math.abs(z) > 1.8e19;
      if (!overflows && !(Number.isFinite(phi) && Number.isFinite(slope))) throw new Error(`φ(${z}) = ${phi}, φ′ = ${slope}`);
      if (bounds.bounded && Math.abs(phi) > 1) throw new Error(`|φ(${z})| = ${Math.abs(phi)} > 1`);
    });
  });
});
