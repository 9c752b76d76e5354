import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A tab of any browser, as far as the tour needs one. */
export interface Tab {
  /** Name and version as the browser tells them. */
  readonly version: string;
  /** Folder of the files that the page saves. */
  readonly downloads: string;
  goto(address: string): Promise<void>;
  /** Runs a function of the page's world, which sees nothing of this one but what it is given as JSON. */
  run<A extends readonly unknown[], R>(work: (...given: A) => R, ...given: A): Promise<Awaited<R>>;
  resize(width: number, height: number): Promise<void>;
  /** PNG of what the window shows. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A browser of the tour. */
export interface Kind {
  /** One sentence on how to install it where it is missing; null: it is here. */
  missing(): string | null;
  open(): Promise<Tab>;
}

/** Milliseconds after which what has not come is missing: a busy machine is slow. */
const PATIENCE = 120_000;

/** Asks again and again, until the answer is something; `what` says what did not come. */
export async function awaited<T>(what: string, ask: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (const end = Date.now() + PATIENCE; ;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come within ${PATIENCE / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks the page, until what it answers is true. */
export const until = <A extends readonly unknown[]>(
  tab: Tab,
  holds: (...given: A) => unknown,
  ...given: A
): Promise<unknown> => awaited(`${String(holds)} of ${given.join()}`, () => tab.run(holds, ...given));

/** A call as the page's world evaluates it; compilers of this one may mark functions by a name that is not there. */
export const callOf = (work: (...given: never[]) => unknown, given: readonly unknown[]): string =>
  `(() => { const __name = (named) => named; return (${String(work)})(...${JSON.stringify(given)}); })()`;

/** Where a tab of its own saves. */
export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'mckean-saved-'));
