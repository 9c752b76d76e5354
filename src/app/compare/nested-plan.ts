/** Which widths, and how far: what a machine does in a few seconds. */
import type { Session } from '../run/session.ts';

const SMALLEST = 2 ** 10;
const RATIO = 4;
/** Of the widest network: a rate needs three widths or more. */
export const LEAST = 2 ** 14;
export const MOST = 2 ** 20;
/** The widest unless the person asks for more, whatever the machine. */
const USUAL = 2 ** 18;
/** Seconds that a draw may take. */
const PATIENCE = 12;
/** Steps to the time of a run that stands at its start. */
const STEPS = 50;

/** 2^10, 2^12, … up to N. */
export function widthsTo(N: number): number[] {
  const widths = [];
  for (let n = SMALLEST; n <= N; n *= RATIO) widths.push(n);
  return widths;
}

/**
 * The widest network with which a draw takes a few seconds, by what the page's run does in a second; two steps
 * below the usual where that is not known.
 */
export function affordable(session: Pick<Session, 'pace' | 'metrics'>): number {
  const { pace } = session;
  const { n, step } = session.metrics();
  const steps = step > 0 ? step : STEPS;
  const seconds = (N: number): number =>
    (widthsTo(N).reduce((sum, width) => sum + width, 0) * steps) / (pace.rate * n);
  const fast =
    widthsTo(USUAL)
      .filter((N) => pace.rate > 0 && seconds(N) <= PATIENCE)
      .at(-1) ?? 0;
  return Math.max(LEAST, pace.rate > 0 ? fast : LEAST * RATIO);
}

/** Steps of length dt to `until`; null: to the present t, or some steps where the run has not begun. */
export function stepsTo(until: number | null, t: number, dt: number): number {
  const goal = until ?? t;
  return goal > 0 ? Math.max(1, Math.round(goal / dt)) : STEPS;
}
