/** checkpoint.json and checkpoint.npy of an unfinished run, and what `--resume` accepts. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../core/config/config.ts';
import { sameJson } from '../core/json.ts';
import type { Sized } from '../core/shape.ts';
import { hasVelocity } from '../core/terms.ts';
import type { Accuracy, EngineInfo, Theta } from '../engines/engine.ts';
import type { Prepared } from '../experiments/prepare.ts';
import { decodeNpy } from '../io/npy.ts';
import { UsageError } from './errors.ts';
import { readBytes, readJson, writeWhole } from './files.ts';
import { History, historyColumns, thetaBytes } from './outputs.ts';
import { VERSION } from './machine/version.ts';

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
  readonly version: string;
}

/** SHA-256 of a checkpoint's two halves. */
const digest = (state: object, theta: Uint8Array): string =>
  createHash('sha256').update(JSON.stringify(state)).update(theta).digest('hex');

/** checkpoint.npy holds θ, and below it the velocity where momentum has one. */
export async function writeCheckpoint(
  directory: string,
  { theta, velocity }: Particles,
  sized: Sized,
  rest: Omit<Checkpoint, 'version'>,
): Promise<void> {
  const bytes = thetaBytes(velocity ? stacked(theta, velocity) : theta, sized);
  const state: Checkpoint = { ...rest, version: VERSION };
  await writeWhole(directory, 'checkpoint.npy', bytes);
  await writeWhole(
    directory,
    'checkpoint.json',
    `${JSON.stringify({ ...state, sha256: digest(state, bytes) }, null, 2)}\n`,
  );
}

/** What of the particles decides later bits. */
export interface Particles {
  readonly theta: Theta;
  readonly velocity: Theta | null;
}

function stacked(theta: Theta, velocity: Theta): Theta {
  const all =
    theta instanceof Float64Array ? new Float64Array(2 * theta.length) : new Float32Array(2 * theta.length);
  all.set(theta);
  all.set(velocity, theta.length);
  return all;
}

function unstacked(all: Theta, { problem }: Prepared): Particles {
  if (!hasVelocity(problem.terms)) return { theta: all, velocity: null };
  const half = all.length / 2;
  return { theta: all.subarray(0, half), velocity: all.subarray(half) };
}

export interface Saved extends Particles {
  readonly state: Checkpoint;
  readonly history: History;
}

async function readCheckpoint(directory: string, prepared: Prepared): Promise<Saved> {
  const path = join(directory, 'checkpoint.json');
  const { sha256, ...state } = ((await readJson(path)) ?? {}) as Checkpoint & { sha256?: string };
  const bytes = await readBytes(join(directory, 'checkpoint.npy'));
  if (digest(state, bytes) !== sha256) {
    throw new UsageError(
      `${path}: it or checkpoint.npy is not as it was written (SHA-256 differs), start again with --force`,
    );
  }
  return {
    state,
    ...unstacked(decodeNpy(bytes).data, prepared),
    history: await History.resume(directory, historyColumns(prepared), state.step, state.config.record.every),
  };
}

export async function removeCheckpoint(directory: string): Promise<void> {
  await Promise.all(
    ['checkpoint.npy', 'checkpoint.json'].map((name) => rm(join(directory, name), { force: true })),
  );
}

/** The checkpoint from which a configuration goes on, or 'finished' where there is nothing left to do. */
export async function loadCheckpoint(directory: string, prepared: Prepared): Promise<Saved | 'finished'> {
  const { config } = prepared;
  if (!existsSync(join(directory, 'checkpoint.json'))) return checkFinished(directory, config);
  const saved = await readCheckpoint(directory, prepared);
  checkSame(directory, saved.state.config, config);
  if (saved.state.step > config.dynamics.steps) {
    throw new UsageError(
      `--resume: the checkpoint is at step ${saved.state.step}, dynamics.steps = ${config.dynamics.steps} lies before it: give more steps`,
    );
  }
  return saved;
}

/** Without a checkpoint there is nothing to resume: fine if the run that was asked for is there. */
async function checkFinished(directory: string, config: Config): Promise<'finished'> {
  const path = join(directory, 'summary.json');
  if (!existsSync(path))
    throw new UsageError(`--resume: ${directory} holds no checkpoint, start without --resume`);
  const summary = (await readJson(path)) as { config: Config; failure?: string };
  if (summary.failure !== undefined)
    throw new UsageError(`--resume: ${summary.failure}; start again with --force`);
  checkSame(directory, summary.config, config);
  if (summary.config.dynamics.steps === config.dynamics.steps) return 'finished';
  const theta = join(directory, 'theta.npy');
  throw new UsageError(
    `--resume: ${directory} is finished after ${summary.config.dynamics.steps} steps: to go on from there start a run with "initial": { "npy": "${theta}" }`,
  );
}

function checkSame(directory: string, begun: Config, config: Config): void {
  const essence = ({ engine: _engine, method: _method, ...rest }: Config): object => ({
    ...rest,
    dynamics: { ...rest.dynamics, steps: 0 },
  });
  if (sameJson(essence(begun), essence(config))) return;
  throw new UsageError(
    `--resume: ${directory} was begun with another configuration, give the same one (only dynamics.steps may differ) or --force`,
  );
}
