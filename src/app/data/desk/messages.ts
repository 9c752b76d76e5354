/** What the page and its desk say to each other: one call at a time, and what became of it. */
import type { Remedy } from '../../../io/table/error.ts';

export interface Call {
  readonly method: 'look' | 'choose' | 'prepare';
  /** What it is asked beside the files. */
  readonly args: readonly unknown[];
  /** By the names that a configuration has for them. */
  readonly files: ReadonlyMap<string, File>;
}

export type Answer =
  | { readonly task: string; readonly share: number }
  | { readonly value: unknown; readonly notes: readonly string[] }
  | { readonly message: string; readonly remedies: readonly Remedy[]; readonly isOurs: boolean };
