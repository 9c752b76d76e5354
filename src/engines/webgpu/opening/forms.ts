/**
 * Which form of φ an adapter takes. A software adapter takes the careful one, whose bits are the same everywhere; a GPU
 * the fast one, if its exp2 and log2 are good enough: WGSL allows them to be far off, so each form is held against a
 * table when it is first wanted on a device. It follows the kind of adapter, never a stopwatch.
 */
import { FAST_ERROR, type Activation } from '../../../core/activations/activations.ts';
import { featureChoiceOf, featureOf, spelled, type FeatureChoice } from '../../../core/features/features.ts';
import { phiTable } from '../../../../shaders/phi-table.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import { Memory } from '../../../gpu/memory.ts';
import { makePass } from '../../../gpu/pass.ts';
import { Readback } from '../../../gpu/readback.ts';
import { Scheduler } from '../../../gpu/schedule.ts';
import type { GpuContext } from '../../../gpu/device.ts';

export interface PhiForm {
  readonly fast: boolean;
  /** What `adapter` says of it; '' where there is nothing to choose. */
  readonly words: string;
}

const CAREFUL: PhiForm = { fast: false, words: '' };

/** Both signs of what is near 0, evenly where functions bend, and where they are over. */
const Z = Float32Array.from(
  [
    0,
    ...Array.from({ length: 500 }, (_, i) => 10 ** (-6 + i / 100)),
    ...Array.from({ length: 1500 }, (_, i) => (i + 0.5) / 75),
    ...[43.7, 44.1, 87, 88.7, 89, 103, 104, 1e3, 1e6, 1e10, 1e30],
  ].flatMap((z) => [z, -z]),
);

/** The greatest errors of φ and φ' over what FAST_ERROR allows; Infinity where one is no number. */
export function excess({ both }: Pick<Activation, 'both'>, z: Float32Array, values: Float32Array): number {
  const want = new Float64Array(2);
  let worst = 0;
  z.forEach((value, i) => {
    both(want, value);
    const [phi, again, slope] = values.subarray(4 * i, 4 * i + 3);
    const errors = [
      Math.abs(phi - want[0]) / Math.max(1, Math.abs(want[0])) / FAST_ERROR.phi,
      Math.abs(again - want[0]) / Math.max(1, Math.abs(want[0])) / FAST_ERROR.phi,
      Math.abs(slope - want[1]) / Math.max(1, Math.abs(want[1])) / FAST_ERROR.slope,
    ];
    for (const error of errors) worst = error <= worst ? worst : Number.isNaN(error) ? Infinity : error;
  });
  return worst;
}

/** What the adapter makes of the fast form. */
async function tableOf(gpu: GpuContext, choice: FeatureChoice): Promise<Float32Array> {
  const memory = new Memory(gpu);
  const readback = new Readback(gpu);
  try {
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const buffers = await memory.allocate({
      z: { size: Z.byteLength, usage: STORAGE | COPY_DST },
      values: { size: 4 * Z.byteLength, usage: STORAGE | COPY_SRC },
    });
    gpu.device.queue.writeBuffer(buffers.z, 0, Z);
    const scheduler = new Scheduler(gpu, { first: Infinity, target: Infinity });
    const pass = { shader: phiTable(choice, true), buffers, threads: Z.length, workgroup: WORKGROUP, cost: 1 };
    await scheduler.run(await makePass(memory, pass, { most: Infinity, overhead: 1 }));
    await scheduler.submit();
    const bytes = await readback.read([{ buffer: buffers.values, offset: 0, size: 4 * Z.byteLength }]);
    return new Float32Array(bytes);
  } finally {
    readback.destroy();
    memory.destroy();
  }
}

const known = new WeakMap<GPUDevice, Map<string, Promise<PhiForm>>>();

/** The form for Φ on this device; `wanted` in place of what suits the kind of adapter. */
export function phiFormOf(gpu: GpuContext, choice: FeatureChoice, wanted = !gpu.software): Promise<PhiForm> {
  const { profile } = featureOf(choice);
  if (!wanted || !(profile as Activation).wgsl.fast) return Promise.resolve({ ...CAREFUL, fast: wanted });
  const ofDevice = known.get(gpu.device) ?? new Map<string, Promise<PhiForm>>();
  known.set(gpu.device, ofDevice);
  const { activation, features } = featureChoiceOf(choice);
  const key = `${spelled(features)} ${spelled(activation)}`;
  const form = ofDevice.get(key) ?? judged(gpu, choice);
  ofDevice.set(key, form);
  form.catch(() => ofDevice.delete(key));
  return form;
}

async function judged(gpu: GpuContext, choice: FeatureChoice): Promise<PhiForm> {
  return verdict(excess(featureOf(choice).profile, Z, await tableOf(gpu, choice)));
}

export const verdict = (worst: number): PhiForm =>
  worst <= 1
    ? { fast: true, words: 'fast φ' }
    : { fast: false, words: `careful φ: its own exp2 is off by ${worst.toPrecision(2)} times what is allowed` };
