/** What is said of a prediction once the run has shown what comes. */
import { short } from './numbers.ts';
import { say } from '../say.ts';

/** Slopes that differ by less are the same to the eye. */
const NEAR = 0.1;

export function slopeVerdict(predicted: number, measured: number): string {
  const off = Math.abs(predicted - measured);
  const rule = say('Twice the neurons: {times} times as far.', { times: short(2 ** measured) });
  const words = say('You expected the slope {predicted}, measured is {measured}', {
    predicted: short(predicted),
    measured: short(measured),
  });
  return `${words}${off < NEAR ? say(': right') : ''}. ${rule}`;
}

/**
 * By what factor a drawn curve is off, in the mean over the points that came: both as log₁₀, the drawn one by its
 * evenly spaced values on [0, end].
 */
export function curveOff(
  drawn: readonly number[],
  end: number,
  t: readonly number[],
  log: readonly number[],
): number {
  const at = (time: number): number => {
    const place = Math.min(drawn.length - 1, Math.max(0, (time / end) * (drawn.length - 1)));
    const k = Math.min(drawn.length - 2, Math.floor(place));
    return drawn[k] + (place - k) * (drawn[k + 1] - drawn[k]);
  };
  const sum = t.reduce((so, time, i) => so + Math.abs(at(time) - log[i]), 0);
  return 10 ** (sum / t.length);
}

/** The stretch of time in which the loss falls most, of some equal ones. */
export function steepest(t: readonly number[], log: readonly number[], parts = 10): [number, number] {
  const end = t.at(-1)!;
  const value = (time: number): number => log[t.findIndex((one) => one >= time - 1e-9)];
  const falls = Array.from(
    { length: parts },
    (_, k) => value((end * k) / parts) - value((end * (k + 1)) / parts),
  );
  const best = falls.indexOf(Math.max(...falls));
  return [(end * best) / parts, (end * (best + 1)) / parts];
}

export function curveVerdict(off: number, [from, to]: readonly [number, number]): string {
  return say(
    'Your curve is off by a factor of {off} in the mean. The loss fell most between t = {from} and {to}.',
    { off: short(off), from: short(from), to: short(to) },
  );
}
