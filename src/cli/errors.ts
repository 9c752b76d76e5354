/** Exit states of the command line (contract) and the errors that lead to them. */
import { CapacityError, DeviceLostError, DivergedError } from '../engines/engine.ts';
import { visible } from '../core/words/line.ts';
import { ConfigError } from '../core/config/config.ts';
import { UnavailableError } from '../engines/select.ts';
import type { Verdict } from '../experiments/measure/judge.ts';

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  undecided: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** Of what is judged. */
export const JUDGED: Readonly<Record<Verdict, number>> = {
  holds: EXIT.done,
  fails: EXIT.failed,
  undecided: EXIT.undecided,
};

/** Bad input or usage: one sentence that says what, where and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Results that could not be written while a command was at work. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

const USAGE = [UsageError, ConfigError, UnavailableError, CapacityError] as const;
const FAILURES = [WriteError, DivergedError, DeviceLostError] as const;

/** Exit status and the one line for stderr. Anything unforeseen is a bug and shows its stack. */
export function explain(error: unknown): { status: number; line: string } {
  if (USAGE.some((Kind) => error instanceof Kind))
    return { status: EXIT.usage, line: oneLine((error as Error).message) };
  if (FAILURES.some((Kind) => error instanceof Kind))
    return { status: EXIT.failed, line: oneLine((error as Error).message) };
  if (error instanceof RangeError && /allocation|Invalid typed array length/i.test(error.message)) {
    return {
      status: EXIT.usage,
      line: `the run does not fit into memory (${error.message}): choose a smaller width`,
    };
  }
  return { status: EXIT.failed, line: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const LONGEST_LINE = 1000;

/** A sentence as a line of its own: names from files and paths may be as long as they like. */
export function oneLine(sentence: string): string {
  const line = visible(sentence);
  if (line.length <= LONGEST_LINE) return line;
  const half = LONGEST_LINE / 2;
  return `${line.slice(0, half)} … ${line.slice(-half)}`;
}
