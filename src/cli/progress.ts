/** Progress on stderr: a bar on a terminal, a plain line every few seconds when piped. */
import { Presets, SingleBar } from 'cli-progress';

const SECONDS_BETWEEN_LINES = 5;

export interface Progress {
  update(step: number, loss: number): void;
  stop(): void;
}

export function openProgress(from: number, steps: number, quiet: boolean): Progress {
  if (quiet || from >= steps) return { update: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? barProgress(from, steps) : lineProgress(from, steps);
}

function barProgress(from: number, steps: number): Progress {
  const format = 'step {value} of {total} {bar} loss {loss}, {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 100 }, Presets.shades_classic);
  bar.start(steps, from, { loss: '' });
  return { update: (step, loss) => bar.update(step, { loss: loss.toPrecision(4) }), stop: () => bar.stop() };
}

function lineProgress(from: number, steps: number): Progress {
  const started = performance.now();
  let last = started;
  return {
    update: (step, loss) => {
      const now = performance.now();
      if (now - last < 1000 * SECONDS_BETWEEN_LINES) return;
      last = now;
      const left = ((now - started) / (step - from)) * (steps - step);
      process.stderr.write(`step ${step} of ${steps}, loss ${loss.toPrecision(4)}, about ${Math.ceil(left / 1000)} s left\n`);
    },
    stop: () => undefined,
  };
}
