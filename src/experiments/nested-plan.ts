/** Which widths, and how far: what a machine does in a few seconds. */

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

/** A run that tells how fast the machine is: its width, where it stands, and its steps in a second, 0 if unknown. */
export interface Seen {
  readonly n: number;
  readonly step: number;
  readonly rate: number;
}

/**
 * The widest network with which a draw to where that run stands takes a few seconds; two steps below the usual
 * where that is not known.
 */
export function affordable({ n, step, rate }: Seen): number {
  const steps = step > 0 ? step : STEPS;
  const seconds = (N: number): number =>
    (widthsTo(N).reduce((sum, width) => sum + width, 0) * steps) / (rate * n);
  const fast =
    widthsTo(USUAL)
      .filter((N) => rate > 0 && seconds(N) <= PATIENCE)
      .at(-1) ?? 0;
  return Math.max(LEAST, rate > 0 ? fast : LEAST * RATIO);
}

/** Steps of length dt to `until`; null: to the present t, or some steps where the run has not begun. */
export function stepsTo(until: number | null, t: number, dt: number): number {
  const goal = until ?? t;
  return goal > 0 ? Math.max(1, Math.round(goal / dt)) : STEPS;
}
