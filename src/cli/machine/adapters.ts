/**
 * The adapters of this machine by their numbers. Dawn takes the first whose name has a part that it is given, and
 * names them all where none has: so a number becomes a backend and a name, and of several that fit the wanted one is shown
 * alone. Vulkan knows nothing of CUDA_VISIBLE_DEVICES.
 */
import { isCpu, type EngineName } from '../../engines/engine.ts';
import { UnavailableError } from '../../engines/unavailable.ts';
import { wholeNumber, type Arguments, type Flag } from '../args.ts';
import { UsageError } from '../errors.ts';
import type { Alone } from './alone/alone.ts';

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

/** Of a run, whose particles several may share. */
export const GPUS_FLAG = {
  gpu: { value: 'N[,N…]', help: `${GPU_FLAG.gpu.help}; several share the particles` },
} as const satisfies Record<string, Flag>;

/** Takes what --gpu says as this process's wish, and that of those it starts; `several` numbers where that is so. */
export function chooseGpu(args: Arguments, engine: EngineName | 'auto' = 'auto', several = false): void {
  const given = args.text('gpu');
  if (given === undefined) return;
  if (engine !== 'auto' && isCpu(engine))
    throw new UsageError(`--gpu ${given} beside engine "${engine}": leave --gpu out, or take engine "webgpu"`);
  const words = several ? given.split(',') : [given];
  const numbers = words.map((word) => wholeNumber('gpu', word, 0, MOST));
  const twice = numbers.find((number, k) => numbers.indexOf(number) < k);
  if (twice !== undefined) throw new UsageError(`--gpu ${given} has ${twice} twice: give each adapter once`);
  process.env[VARIABLE] = numbers.join();
}

/** Of what several processes share, each on an adapter of its own. */
export const GPU_EACH_FLAG = {
  gpu: { value: 'N[,N…]', help: `${GPU_FLAG.gpu.help}; of several, each takes chunks of its own` },
} as const satisfies Record<string, Flag>;

/** Variables for processes that take turns on the adapters that are wished for; this one keeps the first for itself. */
export function dealtAdapters(): readonly NodeJS.ProcessEnv[] {
  const numbers = wishedAdapters();
  if (numbers.length > 1) process.env[VARIABLE] = String(numbers[0]);
  return numbers.map((number) => ({ [VARIABLE]: String(number) }));
}

/** The numbers that are wished for, each once; none: whichever. */
export function wishedAdapters({ [VARIABLE]: given }: NodeJS.ProcessEnv = process.env): number[] {
  if (given === undefined || given === '') return [];
  const numbers = given.split(',').map(Number);
  const areGood = numbers.every((number, k) => number <= MOST && numbers.indexOf(number) === k);
  if (!areGood || !/^\d{1,4}(?:,\d{1,4})*$/.test(given))
    throw new UnavailableError(
      `${VARIABLE} = "${given}": give a whole number from 0 to ${MOST}, several different ones as 0,1, or unset it`,
    );
  return numbers;
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

/** How Dawn comes to an adapter. */
export interface Choice {
  readonly options: readonly string[];
  /** What must be shown alone, where another adapter comes before it. */
  readonly alone: Alone | null;
}

export function choiceOf(index: number, all: readonly Adapter[]): Choice {
  const wanted = all[index];
  if (!wanted)
    throw new UnavailableError(
      `--gpu ${index}: ${all.length === 0 ? 'there is no adapter here' : `the adapters here are ${all.map(spelledAdapter).join(', ')}`}; give the number of one, or leave --gpu and ${VARIABLE} out`,
    );
  const { backend, name } = wanted;
  const fits = all.filter((other) => other.backend === backend && other.name.includes(name));
  const equal = fits.filter((other) => other.name === name);
  return {
    options: [`backend=${backend}`, `adapter=${name}`],
    alone: fits[0] === wanted ? null : { name, place: equal.indexOf(wanted) },
  };
}

/** Of an adapter that cannot be shown alone. */
export const notAlone = ({ index, name }: Adapter, why: string): UnavailableError =>
  new UnavailableError(
    `--gpu ${index}: Dawn takes the first adapter with "${name}" in its name, and adapter ${index} cannot be shown alone (${why}): show this process one card (Slurm: --gres=gpu:1 with device cgroups; a container: its devices), and leave --gpu and ${VARIABLE} out`,
  );

/** Which of all an adapter is, one or none, that says of itself what it is: WebGPU spells names in small letters and dashes. */
export const adaptersOf = (device: string, all: readonly Adapter[]): readonly Adapter[] =>
  all.filter(({ name }) => letters(name) === letters(device)).slice(0, 1);

/** Of one adapter what it is, of several that share a run a list, of none null. */
export const oneOrAll = <T>(list: readonly T[]): T | readonly T[] | null =>
  list.length > 1 ? list : (list[0] ?? null);

const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
