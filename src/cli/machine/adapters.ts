/**
 * The adapters of this machine by their numbers. Dawn takes the first whose name has a part that it is given, and
 * names them all where none has: so a number becomes a backend and a name. Vulkan knows nothing of CUDA_VISIBLE_DEVICES.
 */
import { isCpu, type EngineName } from '../../engines/engine.ts';
import { UnavailableError } from '../../engines/unavailable.ts';
import { wholeNumber, type Arguments, type Flag } from '../args.ts';
import { UsageError } from '../errors.ts';

export interface Adapter {
  /** Its place among all, from 0. */
  readonly index: number;
  readonly backend: string;
  readonly name: string;
}

const MOST = 1023;
const VARIABLE = 'MCKEAN_GPU';

export const GPU_FLAG = {
  gpu: {
    value: 'N',
    help: `the adapter of that number in mckean doctor; default: ${VARIABLE}, else the first real GPU`,
  },
} as const satisfies Record<string, Flag>;

/** Takes what --gpu says as this process's wish, and that of those it starts. */
export function chooseGpu(args: Arguments, engine: EngineName | 'auto' = 'auto'): void {
  const given = args.text('gpu');
  if (given === undefined) return;
  if (engine !== 'auto' && isCpu(engine))
    throw new UsageError(`--gpu ${given} beside engine "${engine}": leave --gpu out, or take engine "webgpu"`);
  process.env[VARIABLE] = String(wholeNumber('gpu', given, 0, MOST));
}

/** The number that is wished for; null: none. */
export function wishedAdapter({ [VARIABLE]: given }: NodeJS.ProcessEnv = process.env): number | null {
  if (given === undefined || given === '') return null;
  if (!/^\d{1,4}$/.test(given) || Number(given) > MOST)
    throw new UnavailableError(`${VARIABLE} = "${given}": give a whole number from 0 to ${MOST}, or unset it`);
  return Number(given);
}

/** An option by which Dawn finds nothing, and says what there is. */
export const NOBODY: readonly string[] = ['adapter=no adapter has this name'];

/** What it says. */
export const adaptersIn = (complaint: string): Adapter[] =>
  [...complaint.matchAll(/^ \* backend: '([^']*)', name: '(.*)'$/gm)].map(([, backend, name], index) => ({
    index,
    backend,
    name,
  }));

export const spelledAdapter = ({ index, backend, name }: Adapter): string => `${index} ${name} (${backend})`;

/** Dawn's options for the adapter of that number. */
export function optionsFor(index: number, all: readonly Adapter[]): string[] {
  const wanted = all[index];
  if (!wanted)
    throw new UnavailableError(
      `--gpu ${index}: ${all.length === 0 ? 'there is no adapter here' : `the adapters here are ${all.map(spelledAdapter).join(', ')}`}; give the number of one, or leave --gpu and ${VARIABLE} out`,
    );
  const { backend, name } = wanted;
  const first = all.find((other) => other.backend === backend && other.name.includes(name))!;
  if (first !== wanted)
    throw new UnavailableError(
      `--gpu ${index}: Dawn chooses by name, and adapter ${first.index} has that of adapter ${index}, "${name}": show this process one card alone (Slurm: --gres=gpu:1 with device cgroups; a container: its devices; Mesa's device selection: DRI_PRIME=pci-…), and leave --gpu and ${VARIABLE} out`,
    );
  return [`backend=${backend}`, `adapter=${name}`];
}

/** Which of all an adapter is that says of itself what it is: WebGPU spells names in small letters and dashes. */
export const adapterOf = (device: string, all: readonly Adapter[]): Adapter | null =>
  all.find(({ name }) => letters(name) === letters(device)) ?? null;

const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
