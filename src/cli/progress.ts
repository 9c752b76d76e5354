/** Progress on stderr: a bar on a terminal, a plain line every few seconds when piped. */
import { Presets, SingleBar } from 'cli-progress';

const SECONDS_BETWEEN_LINES = 5;

export interface Progress {
  update(step: number, loss: number): void;
  stop(): void;
}

/** A terminal that understands what moves its cursor. */
const hasBars = (): boolean => process.stderr.isTTY && process.env.TERM !== 'dumb';

export function openProgress(from: number, steps: number, quiet: boolean): Progress {
  if (quiet || from >= steps) return { update: () => undefined, stop: () => undefined };
  return hasBars() ? barProgress(from, steps) : lineProgress(from, steps);
}

function barProgress(from: number, steps: number): Progress {
  const format = 'step {value} of {total} {bar} loss {loss}, {eta_formatted} left';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, etaBuffer: 100 },
    Presets.shades_classic,
  );
  bar.start(steps, from, { loss: '' });
  return { update: (step, loss) => bar.update(step, { loss: loss.toPrecision(4) }), stop: () => bar.stop() };
}

function lineProgress(from: number, steps: number): Progress {
  const started = performance.now();
  let last = started;
  return {
    update: (step, loss) => {
      const now = performance.now();
      if (now - last < 1000 * SECONDS_BETWEEN_LINES || step === steps) return;
      last = now;
      const left = ((now - started) / (step - from)) * (steps - step);
      process.stderr.write(
        `step ${step} of ${steps}, loss ${loss.toPrecision(4)}, about ${Math.ceil(left / 1000)} s left\n`,
      );
    },
    stop: () => undefined,
  };
}

export interface Share {
  update(share: number): void;
  stop(): void;
}

/** Milliseconds after which work is worth a word. */
const SOON = 700;

/** Progress of work that is known by the share of it that is done; nothing is said of what is done at once. */
export function openShare(what: string, quiet: boolean): Share {
  const started = performance.now();
  let shown: Share | null = null;
  return {
    update: (share) => {
      if (quiet || performance.now() - started < SOON) return;
      shown ??= hasBars() ? barShare(what) : lineShare(what, started);
      shown.update(share);
    },
    stop: () => shown?.stop(),
  };
}

function barShare(what: string): Share {
  const bar = new SingleBar(
    { format: `${what} {percentage} % {bar} {eta_formatted} left`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1000, 0);
  return { update: (share) => bar.update(Math.floor(1000 * share)), stop: () => bar.stop() };
}

/** The first line tells at once how long it will take. */
function lineShare(what: string, started: number): Share {
  let last = -Infinity;
  return {
    update: (share) => {
      const now = performance.now();
      if (now - last < 1000 * SECONDS_BETWEEN_LINES) return;
      last = now;
      process.stderr.write(
        `${what}: ${Math.floor(100 * share)} %, about ${Math.ceil(((now - started) * (1 - share)) / share / 1000)} s left\n`,
      );
    },
    stop: () => undefined,
  };
}
