/** Exit states of the command line (contract) and the errors that lead to them. */
import { CapacityError, DeviceLostError, DivergedError } from '../engines/engine.ts';
import { ConfigError } from '../core/config/config.ts';
import { UnavailableError } from '../engines/select.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** Bad input or usage: one sentence that says what, where and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const USAGE = [UsageError, ConfigError, UnavailableError, CapacityError] as const;
const FAILURES = [DivergedError, DeviceLostError] as const;

/** Exit status and the one line for stderr. Anything unforeseen is a bug and shows its stack. */
export function explain(error: unknown): { status: number; line: string } {
  if (USAGE.some((Kind) => error instanceof Kind)) return { status: EXIT.usage, line: oneLine(error as Error) };
  if (FAILURES.some((Kind) => error instanceof Kind))
    return { status: EXIT.failed, line: oneLine(error as Error) };
  if (error instanceof RangeError && /allocation|Invalid typed array length/i.test(error.message)) {
    return {
      status: EXIT.usage,
      line: `the run does not fit into memory (${error.message}): choose a smaller width`,
    };
  }
  return { status: EXIT.failed, line: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Names from files may hold line breaks. */
const oneLine = ({ message }: Error): string => message.replace(/\s*[\r\n]+\s*/g, ' ');
