/** Files that the person has brought: what a configuration names is found among them. */
import { ConfigError } from '../../core/config/config.ts';
import type { Files } from '../../experiments/data/table.ts';
import { say } from '../../words/say.ts';

/** What a browser can hold beside the run. */
const LARGEST = 2 ** 28;

export class OwnFiles implements Files {
  private sentences: string[] = [];

  /** `told` hears how far long work has come; what it gives is waited for. */
  constructor(
    private readonly told: (task: string, share: number) => Promise<void> | void,
    readonly all: ReadonlyMap<string, File> = new Map(),
    readonly draw: Files['draw'] = null,
  ) {}

  /** The name under which it is found from now on: another file of its name keeps that. */
  async put(file: File): Promise<string> {
    if (file.size > LARGEST)
      throw new ConfigError(
        say('{name}: it has {size} bytes, the page takes {largest}: use the command line for more', {
          name: file.name,
          size: file.size,
          largest: LARGEST,
        }),
      );
    for (let k = 1; ; k++) {
      const key = k === 1 ? file.name : file.name.replace(/(\.[^.]*)?$/, (end) => ` (${k})${end}`);
      const there = this.all.get(key);
      if (there && there !== stamped(file) && !(await isSame(there, file))) continue;
      if (there) return key;
      (this.all as Map<string, File>).set(key, stamped(file));
      return key;
    }
  }

  /** Bytes of a file; 0 where there is none. */
  sizeOf(path: string): number {
    return this.find(path)?.size ?? 0;
  }

  /** Which file it is, wherever it is asked. */
  stampOf(path: string): number {
    return this.find(path)?.lastModified ?? NaN;
  }

  async readBytes(path: string): Promise<Uint8Array> {
    const blob = this.find(path);
    if (!blob)
      throw new ConfigError(
        say('{path}: the page cannot open files by name, drop it together with the CONFIG.json', { path }),
      );
    return new Uint8Array(await blob.arrayBuffer());
  }

  note(sentence: string): void {
    this.sentences.push(sentence);
  }

  /** What was noted since the last time. */
  noted(): readonly string[] {
    const all = this.sentences;
    this.sentences = [];
    return all;
  }

  turn(task: string, share: number): Promise<void> | void {
    return this.told(task, share);
  }

  /** Of a path the last part counts: the page has no folders. */
  private find(path: string): File | undefined {
    return this.all.get(path) ?? this.all.get(path.split(/[\\/]/).at(-1)!);
  }
}

const stamps = new WeakMap<File, File>();
let stamp = 0;

/** The file with a date that no other one has: that remains where it is sent to a worker. */
export function stamped(file: File): File {
  const found = stamps.get(file) ?? new File([file], file.name, { lastModified: ++stamp });
  stamps.set(file, found);
  stamps.set(found, found);
  return found;
}

/** Bytes that are compared at a time. */
const PIECE = 2 ** 20;

/** One that was brought again, maybe. */
async function isSame(p: Blob, q: Blob): Promise<boolean> {
  if (p.size !== q.size) return false;
  for (let at = 0; at < p.size; at += PIECE) {
    const [some, others] = await Promise.all(
      [p, q].map(async (blob) => new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer())),
    );
    if (!some.every((byte, i) => byte === others[i])) return false;
  }
  return true;
}
