/** A table that cannot be read or used as it is. */
import { cut } from '../../core/words/cut.ts';

/** Fields of `data` by which a sentence can be met, each a choice of the person's. */
export interface Remedy {
  readonly header?: boolean;
  readonly missing?: 'drop';
  readonly labels?: boolean;
  readonly decimal?: '.' | ',';
  readonly target?: string;
  readonly exclude?: readonly string[];
}

/** One sentence with line and column, and the remedies that a configuration has for it. */
export class TableError extends Error {
  override readonly name = 'TableError';
  constructor(
    message: string,
    readonly remedies: readonly Remedy[] = [],
  ) {
    super(message);
  }
}

/** What a cell says, short enough for a sentence. */
export const shown = (text: string): string => `"${cut(text, 40)}"`;
