/**
 * What an unfinished run goes on from: checkpoint.json, which names the file of its θ, and becomes valid by its one
 * rename; the one before stays until then. A finished run keeps the same in summary.json, for a longer one.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/config/config.ts';
import type { Sized } from '../../core/shape.ts';
import { hasVelocity } from '../../core/dynamics/terms.ts';
import type { Accuracy, EngineInfo, Problem, Theta } from '../../engines/engine.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { decodeNpy, NpyError } from '../../io/npy.ts';
import { UsageError } from '../errors.ts';
import { readBytes, readJson, writeWhole } from '../files/files.ts';
import { History, historyColumns, type HistoryMark } from './history.ts';
import { isCheckpointArray, remove, thetaBytes } from '../files/outputs.ts';
import { checkSame, checkVersion } from './resumable.ts';
import { VERSION } from '../machine/version.ts';

/** What `--resume` needs to go on to the same bits. */
export interface Checkpoint {
  readonly step: number;
  readonly loss0: number;
  readonly t: number;
  readonly config: Config;
  readonly engine: EngineInfo['name'];
  readonly method: EngineInfo['method'];
  readonly adapter: string;
  readonly accuracy: Accuracy | null;
  readonly seconds: number;
  readonly history: HistoryMark;
  /** SHA-256 of the samples: a file may hold others later. */
  readonly samples: string;
  readonly version: string;
}

/** A checkpoint on disk: the files of its arrays, and the SHA-256 of all of it. */
interface Written extends Checkpoint {
  readonly files: readonly string[];
  readonly sha256: string;
}

/** What of the particles decides later bits. */
export interface Particles {
  readonly theta: Theta;
  readonly velocity: Theta | null;
}

export interface Saved extends Particles {
  readonly state: Checkpoint;
  readonly history: History;
}

const CHECKPOINT = 'checkpoint.json';
const SUMMARY = 'summary.json';
const FINAL = ['theta.npy', 'velocity.npy'] as const;

function digest(state: object, arrays: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(JSON.stringify(state));
  for (const bytes of arrays) hash.update(bytes);
  return hash.digest('hex');
}

export const samplesDigest = ({ x, y }: Problem): string =>
  createHash('sha256')
    .update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))
    .update(new Uint8Array(y.buffer, y.byteOffset, y.byteLength))
    .digest('hex');

/** Writes θ, and the velocity where momentum has one, under these names; the rest says what they are. */
async function writeArrays(
  directory: string,
  particles: Particles,
  sized: Sized,
  state: object,
  names: readonly [theta: string, velocity: string],
): Promise<Pick<Written, 'files' | 'sha256'>> {
  const arrays = [particles.theta, ...(particles.velocity ? [particles.velocity] : [])].map((array) =>
    thetaBytes(array, sized),
  );
  const files = names.slice(0, arrays.length);
  for (const [k, bytes] of arrays.entries()) await writeWhole(directory, files[k], bytes);
  return { files, sha256: digest({ ...state, files }, arrays) };
}

export async function writeCheckpoint(
  directory: string,
  particles: Particles,
  sized: Sized,
  rest: Omit<Checkpoint, 'version'>,
): Promise<void> {
  const state: Checkpoint = { ...rest, version: VERSION };
  const names = [`checkpoint-${rest.step}.npy`, `checkpoint-${rest.step}-velocity.npy`] as const;
  const arrays = await writeArrays(directory, particles, sized, state, names);
  await writeWhole(directory, CHECKPOINT, `${JSON.stringify({ ...state, ...arrays }, null, 2)}\n`);
  await remove(directory, (name) => isCheckpointArray(name) && !arrays.files.includes(name));
}

/** Writes theta.npy, and velocity.npy with momentum; what summary.json says of them lets a longer run go on. */
export async function writeFinal(
  directory: string,
  particles: Particles,
  sized: Sized,
  { config, ...rest }: Omit<Checkpoint, 'version'>,
): Promise<Omit<Written, 'config'>> {
  const state = { ...rest, version: VERSION };
  const arrays = await writeArrays(directory, particles, sized, { config, ...state }, FINAL);
  return { ...state, ...arrays };
}

export const removeCheckpoint = (directory: string): Promise<void> =>
  remove(directory, (name) => name === CHECKPOINT || isCheckpointArray(name));

/** The checkpoint from which a configuration goes on, or 'finished' where there is nothing left to do. */
export async function loadCheckpoint(directory: string, prepared: Prepared): Promise<Saved | 'finished'> {
  const name = [CHECKPOINT, SUMMARY].find((one) => existsSync(join(directory, one)));
  if (name === undefined)
    throw new UsageError(`--resume: ${directory} holds no checkpoint, start without --resume`);
  const path = join(directory, name);
  const { files, sha256, ...state } = name === CHECKPOINT ? await readWritten(path) : await readFinal(path);
  checkVersion(directory, state);
  const arrays = await Promise.all(files.map((file) => readBytes(join(directory, file))));
  if (digest({ ...state, files }, arrays) !== sha256)
    throw new UsageError(
      `${path}: it or ${files.join(', ')} is not as it was written (SHA-256 differs), start again with --force`,
    );
  checkSame(directory, state, prepared.config, samplesDigest(prepared.problem));
  const { step, config } = state;
  const { steps } = prepared.config.dynamics;
  if (step > steps)
    throw new UsageError(
      `--resume: ${directory} is at step ${step}, dynamics.steps = ${steps} lies before it: give more steps`,
    );
  if (name === SUMMARY && step === steps) return 'finished';
  const keeps = (row: number): boolean => row % config.record.every === 0 || row === steps;
  const history = await History.resume(directory, historyColumns(prepared), state.history, keeps);
  return { state, ...particlesOf(arrays, path, prepared), history };
}

function particlesOf(arrays: readonly Uint8Array[], path: string, { problem }: Prepared): Particles {
  try {
    const [theta, velocity] = arrays.map((bytes) => decodeNpy(bytes).data);
    return { theta, velocity: hasVelocity(problem.terms) ? (velocity ?? null) : null };
  } catch (error) {
    throw error instanceof NpyError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

async function readWritten(path: string): Promise<Written> {
  const value = await readJson(path);
  if (isWritten(value)) return value;
  throw new UsageError(`${path}: it is not a checkpoint of mckean ${VERSION}, start again with --force`);
}

/** What a finished run says of itself. */
async function readFinal(path: string): Promise<Written> {
  const value = (await readJson(path)) as { config?: Config; failure?: string; resume?: object } | null;
  const failure = value?.failure;
  if (typeof failure === 'string') throw new UsageError(`--resume: ${failure}; start again with --force`);
  const written = { config: value?.config, ...value?.resume };
  if (isWritten(written)) return written;
  throw new UsageError(
    `${path}: it is not the summary of a run of mckean ${VERSION}, which a longer one could go on from: start again with --force`,
  );
}

/** It says whose it is and names files of its own; whether all of it is as it was written, its hash says. */
function isWritten(value: unknown): value is Written {
  const { files, version, sha256 } = (value ?? {}) as Record<keyof Written, unknown>;
  return (
    [version, sha256].every((word) => typeof word === 'string') &&
    Array.isArray(files) &&
    files.every(
      (name) => typeof name === 'string' && (isCheckpointArray(name) || FINAL.some((own) => own === name)),
    )
  );
}
