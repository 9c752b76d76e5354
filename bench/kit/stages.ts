/** Stages one after another, each with a limit of its own; what one leaves is kept whatever becomes of the next. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface Stage {
  readonly name: string;
  /** Seconds after which it is stopped. */
  readonly limit: number;
  /** Resolves to null where all is well, else to what is not; stops when the signal says so. */
  readonly work: (signal: AbortSignal) => Promise<string | null>;
}

export interface Outcome {
  readonly name: string;
  readonly verdict: 'done' | 'fails' | 'stopped' | 'left out';
  readonly seconds: number;
  /** Why it did not end well. */
  readonly reason: string | null;
}

/** Seconds: a stage that has less is not begun; one that is told to stop has so much to do it. */
export const LEAST = 5;
export const GRACE = 5;

/** All stages within so many seconds; `keep` is told of all outcomes so far after each. */
export async function runStages(
  stages: readonly Stage[],
  seconds: number,
  keep: (outcomes: readonly Outcome[]) => void,
): Promise<Outcome[]> {
  const until = performance.now() + 1000 * seconds;
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    const limit = Math.min(stage.limit, (until - performance.now()) / 1000 - GRACE);
    outcomes.push(
      limit < Math.min(LEAST, stage.limit)
        ? { name: stage.name, verdict: 'left out', seconds: 0, reason: 'no time was left' }
        : await ran(stage, limit),
    );
    keep(outcomes);
  }
  return outcomes;
}

async function ran({ name, work }: Stage, limit: number): Promise<Outcome> {
  const began = performance.now();
  const stopper = new AbortController();
  let told: NodeJS.Timeout | undefined;
  let given: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    told = setTimeout(() => {
      stopper.abort();
      given = setTimeout(() => resolve(null), 1000 * GRACE);
    }, 1000 * limit);
  });
  const done = work(stopper.signal).catch((error: Error) => error.message);
  const fault = await Promise.race([done, late]);
  clearTimeout(told);
  clearTimeout(given);
  const seconds = (performance.now() - began) / 1000;
  if (stopper.signal.aborted)
    return { name, verdict: 'stopped', seconds, reason: `it took longer than ${Math.round(limit)} s` };
  return { name, verdict: fault === null ? 'done' : 'fails', seconds, reason: fault };
}

/**
 * A program as a stage's work: its stdout and stderr go to files, each as it comes. It is asked to stop, then made to, with
 * all that it has started in its process group.
 */
export const program =
  (command: readonly string[], files: { readonly stdout: string; readonly stderr: string }) =>
  (signal: AbortSignal): Promise<string | null> => {
    const [stdout, stderr] = [openSync(files.stdout, 'w'), openSync(files.stderr, 'w')];
    const child = spawn(command[0], command.slice(1), { detached: true, stdio: ['ignore', stdout, stderr] });
    closeSync(stdout);
    closeSync(stderr);
    return new Promise((resolve) => {
      const end = (how: NodeJS.Signals): void => {
        try {
          process.kill(-child.pid!, how);
        } catch {
          // it has ended by itself
        }
      };
      let last: NodeJS.Timeout | undefined;
      signal.addEventListener('abort', () => {
        end('SIGTERM');
        last = setTimeout(() => end('SIGKILL'), (1000 * GRACE) / 2);
      });
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (status, how) => {
        clearTimeout(last);
        if (signal.aborted) end('SIGKILL'); // what it has started may be deaf
        resolve(status === 0 ? null : `it ended with ${how ?? `status ${status}`}: see ${files.stderr}`);
      });
    });
  };
