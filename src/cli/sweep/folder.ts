/**
 * DIR of a sweep: plan.json, the cells by their content's address, each with its CONFIG.json and, once it is computed, its
 * result.json, and for each chunk what was said of its making.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, ConfigInput } from '../../core/config/config.ts';
import type { SweepInput } from '../../core/config/sweep.ts';
import type { LawName } from '../../experiments/sweep/laws.ts';
import type { Diverged, Outcome } from '../../experiments/sweep/outcome.ts';
import { UsageError } from '../errors.ts';
import { readJson, writeShared } from '../files/files.ts';
import { Lock } from '../files/lock.ts';
import { toJson } from '../files/outputs.ts';
import { callerPath } from '../files/paths.ts';
import type { Adapter } from '../machine/adapters.ts';
import type { Place } from '../machine/provenance.ts';
import { VERSION } from '../machine/version.ts';
import { addressWith, type Inputs } from './inputs.ts';

export interface PlannedChunk {
  /** Predicted, of one thread. */
  readonly seconds: number;
  /** Addresses, in the order of the grid. */
  readonly cells: readonly string[];
}

export interface SweepPlan {
  readonly version: string;
  /** What made it. */
  readonly command: string;
  readonly title?: string;
  /** With paths that mean the same from any folder. */
  readonly base: ConfigInput;
  readonly grid: SweepInput['grid'];
  readonly measure: readonly LawName[];
  /** Particles of the system whose residual path drives the copies of others; null: there are no copies. */
  readonly reference: number | null;
  /** What cells read. */
  readonly inputs: Inputs;
  readonly chunks: readonly PlannedChunk[];
}

/** What is said of the making of a chunk. */
export interface ChunkLog extends Place {
  readonly computed: number;
  readonly failed: number;
  readonly seconds: number;
  readonly host: string;
  readonly engine: string;
  readonly adapter: string;
  /** Which of the machine's adapters, where a GPU computed. */
  readonly gpu: Adapter | readonly Adapter[] | null;
  readonly version: string;
  readonly command: string;
}

const PLAN = 'plan.json';
const RESULT = 'result.json';
const CONFIG = 'CONFIG.json';
const LOG = /^log-.*\.json$/;

/** A cell is its configuration, the reference that its copies are driven by, and the data in its files. */
export const cellAddress = (
  config: Config,
  { reference, inputs }: Pick<SweepPlan, 'reference' | 'inputs'>,
): string => addressWith(config, { reference }, inputs);

export class SweepFolder {
  private constructor(
    readonly path: string,
    readonly plan: SweepPlan,
  ) {}

  static async open(word: string): Promise<SweepFolder> {
    const path = callerPath(word);
    if (!existsSync(join(path, PLAN)))
      throw new UsageError(`${path}: there is no plan.json of a sweep, make one with mckean sweep plan`);
    const plan = (await readJson(join(path, PLAN))) as Partial<SweepPlan> | null;
    const isWhole =
      Array.isArray(plan?.chunks) && [plan.grid, plan.inputs].every((part) => part instanceof Object);
    if (!isWhole || plan.version !== VERSION)
      throw new UsageError(
        `${join(path, PLAN)}: it is no plan of mckean ${VERSION}, make it again with mckean sweep plan --force`,
      );
    return new SweepFolder(path, plan as SweepPlan);
  }

  cell(address: string): string {
    return cellFolder(this.path, address);
  }

  chunk(k: number): string {
    return join(this.path, 'chunks', String(k));
  }

  /** Held by who computes the chunk. */
  lock(k: number): Lock {
    mkdirSync(this.chunk(k), { recursive: true });
    return new Lock(this.chunk(k), `chunk ${k} of ${this.path}`, 'take another chunk', false);
  }

  /** What a cell has come to; null where it is not there, or not whole. */
  result(address: string): Outcome | Diverged | null {
    try {
      return JSON.parse(readFileSync(join(this.cell(address), RESULT), 'utf8')) as Outcome | Diverged;
    } catch {
      return null;
    }
  }

  async keep(address: string, result: Outcome | Diverged): Promise<void> {
    await writeShared(this.cell(address), RESULT, `${JSON.stringify(result)}\n`);
  }

  readConfig(address: string): Promise<unknown> {
    return readJson(join(this.cell(address), CONFIG));
  }

  logs(): ChunkLog[] {
    return this.plan.chunks.flatMap((_, at) => {
      const folder = this.chunk(at + 1);
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((name) => LOG.test(name))
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ChunkLog);
    });
  }

  async log(k: number, log: ChunkLog): Promise<void> {
    const count = readdirSync(this.chunk(k)).filter((name) => LOG.test(name)).length;
    await writeShared(this.chunk(k), `log-${String(count + 1).padStart(3, '0')}.json`, toJson(log));
  }
}

const cellFolder = (path: string, address: string): string => join(path, 'cells', address);

/** Cells written at a time. */
const TOGETHER = 64;

/** Writes the cells of a plan; the plan itself is written last, by who has made it. */
export async function writeCells(path: string, cells: readonly (readonly [string, Config])[]): Promise<void> {
  for (let at = 0; at < cells.length; at += TOGETHER)
    await Promise.all(
      cells.slice(at, at + TOGETHER).map(async ([address, config]) => {
        const folder = cellFolder(path, address);
        await mkdir(folder, { recursive: true });
        await writeShared(folder, CONFIG, toJson(config));
      }),
    );
}

export const PLAN_FILE = PLAN;
