/** What a run by an approximate method says of its error where that is not what the method is known for. */
import { TOLERANCE } from '../../core/methods/accuracy.ts';
import type { Accuracy, Engine } from '../../engines/engine.ts';

/** Null, or sentences for people. */
export function accuracyNote(accuracy: Accuracy | null, error: number | null): string | null {
  const notes = [
    accuracy?.outgrown
      ? 'the neurons outgrew every grid that pays: from then on their sums were direct ones'
      : '',
    error !== null && error > TOLERANCE
      ? `drifts were off by up to ${error.toPrecision(2)} of their rms, and ${TOLERANCE} is aimed at: method "direct" is exact`
      : '',
  ].filter((note) => note !== '');
  return notes.length > 0 ? notes.join('\n') : null;
}

/** The largest bound of checks and of the current θ; null of an exact method. */
export async function statedError(engine: Engine): Promise<number | null> {
  if (!engine.accuracy) return null;
  return Math.max(engine.accuracy.error, (await engine.driftError?.()) ?? 0);
}
