/** What chapters read off a run. */
import { fittedSlope } from '../../core/analysis/statistics.ts';
import { shapeOf } from '../../core/shape.ts';
import { startOf } from '../figures/start.ts';
import type { Session } from '../run/session.ts';

/** Neurons that tell it. */
const SAMPLE = 4096;

/** Root mean square of θ − θ_0 over that of θ_0, of the same rows. */
export function wayOf(theta: ArrayLike<number>, start: ArrayLike<number>): number {
  let [moved, size] = [0, 0];
  for (let i = 0; i < theta.length; i++) {
    moved += (theta[i] - start[i]) ** 2;
    size += start[i] ** 2;
  }
  return Math.sqrt(moved / size);
}

/** How far the neurons have come from where the run began, over their size there. */
export const wayOfRun = (session: Pick<Session, 'ask'>): Promise<number> =>
  session.ask(async (engine, { problem }) => {
    const { theta, rows, n, ...sized } = await engine.sample(SAMPLE);
    return wayOf(theta.subarray(0, n * shapeOf(sized).width), startOf(problem, rows));
  });

export const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))).replace('-', '−') : '–';

/** Least squares: log y = a + slope · log x, of values above 0. */
export const slopeOf = (points: readonly (readonly [number, number])[]): number =>
  fittedSlope(
    points.map(([x]) => x),
    points.map(([, y]) => y),
  );
