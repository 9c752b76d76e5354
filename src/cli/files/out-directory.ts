/** The folder of results, --out: refused, made and locked. */
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Arguments } from '../args.ts';
import { UsageError, WriteError } from '../errors.ts';
import { fullness } from './files.ts';
import { isLock, Lock } from './lock.ts';
import { isPart, removeOutputs, removeParts } from './outputs.ts';
import { callerPath } from './paths.ts';

/** What a system puts into folders by itself. */
const SYSTEM =
  /^(\.DS_Store|\._.*|\.localized|\.Spotlight-V100|\.Trashes|\.fseventsd|\.directory|\.nfs.*|\.fuse_hidden.*|Thumbs\.db|desktop\.ini)$/i;
/** What is left where a process was killed before it had anything to keep. */
const isLeft = (name: string): boolean => isPart(name) || /^checkpoint-0(-velocity)?\.npy$/.test(name);

const counts = (name: string): boolean => !SYSTEM.test(name) && !isLeft(name) && !isLock(name);

/** Commands that go on where they stopped. */
const RESUMABLE: readonly string[] = ['run', 'measure --all'];

export class OutDirectory {
  readonly path: string;
  private readonly lock: Lock;
  private readonly force: boolean;
  private readonly resume: boolean;

  /** Of a command with flags --out, --force and perhaps --resume. */
  constructor(
    private readonly command: string,
    args: Arguments,
  ) {
    const out = args.text('out');
    if (out === undefined)
      throw new UsageError(`mckean ${command}: --out DIR is missing, give a folder for the results`);
    this.path = callerPath(out);
    this.force = args.on('force');
    this.resume = args.on('resume');
    if (this.resume && this.force)
      throw new UsageError('--resume and --force contradict each other: give one of them');
    this.lock = new Lock(this.path);
  }

  /**
   * Refuses a folder that cannot be written, that another process is writing, or that holds files unless told
   * otherwise. Creates nothing.
   */
  async check(): Promise<void> {
    const names = await this.names();
    this.lock.check();
    if (!names.some(counts) || this.resume || this.force) return;
    const flags = RESUMABLE.includes(this.command) ? ', --resume or --force' : ' or --force';
    throw new UsageError(`--out ${this.path}: it holds files already, give an empty folder${flags}`);
  }

  /** Takes a folder that is there, so that nobody changes what is read of it. */
  async hold(): Promise<void> {
    if (!existsSync(this.path)) return;
    this.take();
    await this.check();
  }

  /** Makes it and takes it; files of an earlier run go. */
  async claim(): Promise<void> {
    await makeWithParents(this.path).catch((error: NodeJS.ErrnoException) => {
      throw unusable(this.path, error, 'it cannot be made');
    });
    await this.hold();
    await (this.force ? removeOutputs : removeParts)(this.path);
  }

  release(): void {
    this.lock.release();
  }

  private take(): void {
    try {
      this.lock.take();
    } catch (error) {
      throw error instanceof UsageError ? error : unusable(this.path, error);
    }
  }

  private async names(): Promise<string[]> {
    try {
      const found = await readdir(this.path);
      await access(this.path, constants.W_OK);
      return found;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw unusable(this.path, error);
    }
  }
}

function unusable(
  path: string,
  error: unknown,
  why = 'it is not a folder that can be used',
): UsageError | WriteError {
  const full = fullness(error);
  if (full !== null) return new WriteError(`--out ${path}: ${full}`);
  return new UsageError(
    `--out ${path}: ${why} (${(error as NodeJS.ErrnoException).code}), give another folder`,
  );
}

/**
 * Makes a directory and its parents; mkdir's own `recursive` never returns where a parent cannot be made (in
 * /proc).
 */
async function makeWithParents(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  await makeWithParents(dirname(directory));
  await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // another process was faster
  });
}
