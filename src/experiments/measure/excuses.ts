/**
 * Why slopes that are not as expected do not speak against a law, where that is so: steps that oscillate, or a rate that
 * is there at the end of the widths, or steps, and not before.
 */
import { fittedSlope, mean } from '../../core/analysis/statistics.ts';
import type { Config } from '../../core/config/config.ts';
import type { Judgement } from './judge.ts';
import type { Lab, Measured, Series } from './measurement.ts';
import { tooLong } from './steady.ts';

/** Levels at the end that tell a rate. */
const TAIL = 3;

/** What is expected is seen at the end of the levels, which is where a law is meant: why it is not seen before. */
export function notYet({ abscissa, levels, expected, tolerance, root }: Series): string | null {
  const tail = levels.slice(-TAIL);
  if (tail.length === levels.length) return null;
  const slope = fittedSlope(
    tail.map(({ x }) => x),
    tail.map(({ values }) => mean([...values])),
    root,
  );
  if (!(Math.abs(slope - expected) <= tolerance)) return null;
  const widening = tail.at(-1)!.x > levels[0].x;
  const more = abscissa === 't' ? 'more steps' : widening ? 'larger widths' : 'a smaller dt';
  return `its last three points have ${+slope.toPrecision(4)}, the first do not yet: give ${more}`;
}

/** What was measured of systems of n particles at most, with the reasons for what fails. */
export async function excused(
  lab: Lab,
  config: Config,
  n: number,
  measured: Measured,
  { fits = [] }: Judgement,
): Promise<Measured> {
  const oscillates = config.dynamics.steps > 0 ? await tooLong(lab, config, n) : null;
  const series = measured.series.map((one, i) => {
    const caveat = fits[i].verdict === 'fails' && (oscillates ?? notYet(one));
    return caveat ? { ...one, caveat } : one;
  });
  const checks = measured.checks.map((check) =>
    oscillates === null ? check : { ...check, otherwise: 'undecided' as const },
  );
  return { ...measured, series, checks };
}
