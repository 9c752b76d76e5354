/** What a page takes upon itself: beyond, a tab is ended, or only seems to be dead. */
import { ConfigError, type Data } from '../../core/config/config.ts';
import { rowsTaken } from '../../core/dynamics/feed.ts';
import { CapacityError, type Problem } from '../../engines/engine.ts';
import { say } from '../say.ts';

/** What θ may take in float64, and what a step may: beyond, a tab is ended, or stands still for minutes. */
export const MOST_BYTES = 2 ** 30;
const MOST_PAIRS = 2 ** 36;
const MOST_SAMPLES = 2 ** 20;
export function checkSamples(data: Data): void {
  if ('dataset' in data && (data.samples ?? 0) > MOST_SAMPLES)
    throw new ConfigError(
      say(
        'data.samples = {samples}: this page draws {most} samples at most, choose fewer or use the command line',
        { samples: data.samples!, most: MOST_SAMPLES },
      ),
    );
}

/** A step of so many pairs takes minutes: the page would only seem to be dead. */
export function checkPairs(problem: Problem): void {
  const { n } = problem;
  const rows = rowsTaken(problem);
  if (n * rows > MOST_PAIRS)
    throw new CapacityError(
      say(
        'n = {n} neurons and {rows} samples are {pairs} pairs a step, this page takes {most}: choose fewer, or a batch',
        { n: spaced(n), rows: spaced(rows), pairs: (n * rows).toPrecision(2), most: MOST_PAIRS.toPrecision(2) },
      ),
    );
}

const spaced = (count: number): string => count.toLocaleString('en').replaceAll(',', ' ');
