/**
 * One process at a time writes a folder: a file in it names the process, and means nothing once that has ended,
 * however it did.
 */
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';

const NAME = '.mckean.lock';

/** Whether a file is a lock, or what is left of making one. */
export const isLock = (name: string): boolean => name.startsWith(NAME);

interface Holder {
  readonly pid: number;
  /** When it began, in the system's own count, which tells it from a later one of the same number; null: not known. */
  readonly started: string | null;
  readonly host: string;
}

const me = (): Holder => ({
  pid: process.pid,
  started: lifeOf(process.pid)?.started ?? null,
  host: hostname(),
});

/** What Linux says of a process: its state is the third word, its start the 22nd; its name may hold anything. */
function lifeOf(pid: number): { started: string; dead: boolean } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { dead: 'ZX'.includes(words[0]), started: words[19] };
  } catch {
    return null;
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Of another machine's processes nothing is known here: `far` is what is taken of them. */
function isAlive({ pid, started, host }: Holder, far: boolean): boolean {
  if (host !== hostname()) return far;
  if (!runs(pid)) return false;
  const life = lifeOf(pid);
  return life === null || started === null || (!life.dead && life.started === started);
}

export class Lock {
  private readonly path: string;
  private held = false;
  private readonly onExit = (): void => this.release();

  /**
   * `what` it is that is locked, and a remedy, for people; `respectsFar`: a lock of another machine's process counts, which
   * may have ended unseen.
   */
  constructor(
    private readonly directory: string,
    private readonly what = `--out ${directory}`,
    private readonly remedy = 'give another folder',
    private readonly respectsFar = true,
  ) {
    this.path = join(directory, NAME);
  }

  /** The other process that writes the folder; null where none does. */
  private other(): Holder | null {
    const found = read(this.path);
    const holder = found === null ? null : holderIn(found);
    return holder === null || this.held || !isAlive(holder, this.respectsFar) ? null : holder;
  }

  isHeld(): boolean {
    return this.other() !== null;
  }

  /** Throws a UsageError where another process writes the folder. */
  check(): void {
    const holder = this.other();
    if (holder === null) return;
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    throw new UsageError(
      `${this.what}: process ${holder.pid}${where} is writing it, wait for its end or ${this.remedy}${where && ` (if it has ended, remove ${this.path})`}`,
    );
  }

  take(): void {
    if (this.held) return;
    const mine = JSON.stringify(me());
    while (!this.held) {
      this.held = create(this.path, mine);
      this.check();
      const dead = this.held ? null : read(this.path);
      if (dead !== null) discard(this.path, dead);
    }
    process.on('exit', this.onExit);
    this.sweep();
  }

  /** What processes have left that were killed while they made a lock. */
  private sweep(): void {
    for (const name of readdirSync(this.directory)) {
      const [, pid] = /^\.mckean\.lock\.(\d+)/.exec(name) ?? [];
      if (pid !== undefined && !runs(Number(pid))) rmSync(join(this.directory, name), { force: true });
    }
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    process.off('exit', this.onExit);
    rmSync(this.path, { force: true });
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Null where it is none: a lock is written whole. */
function holderIn(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

/** Whether this process has made the file: it appears under its name with all that is in it. */
function create(path: string, text: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, text);
    return link(own, path) ?? exclusive(path, text);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Null where the disk knows no links. */
function link(from: string, to: string): boolean | null {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? false : null;
  }
}

function exclusive(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a dead process's lock; what another process has put in its place meanwhile goes back. */
function discard(path: string, dead: string): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another process was faster
  }
  if (read(aside) !== dead) link(aside, path);
  rmSync(aside, { force: true });
}
