/** Directions in which wide clouds are looked at: those in which the inner weights of some neurons spread most. */
import { shapeOf } from '../../core/shape.ts';
import { rms } from '../../core/analysis/histogram.ts';
import { coordinate, type Direction } from '../../views/cloud/cloud.ts';
import { DIRECTIONS, writeAxis } from '../links/axes.ts';
import type { Session } from '../run/session.ts';
import { say } from '../../words/say.ts';

/** Neurons that tell them: their products are a matrix of as many rows. */
const SAMPLE = 192;

export const directionName = (place: number): string =>
  say('principal direction {place}', { place: place + 1 });

/** As the neurons lie now. */
export async function directionOf(session: Session, place: number): Promise<Direction> {
  const { sample, step } = await session.ask(async (engine) => ({
    sample: await engine.sample(SAMPLE),
    step: engine.step,
  }));
  const { principalDirections } = await import('../../core/analysis/principal.ts');
  const { d, w0, width } = shapeOf(sample);
  const inner = Float64Array.from(
    { length: sample.n * d },
    (_, i) => sample.theta[Math.floor(i / d) * width + w0 + (i % d)],
  );
  const weights = principalDirections(inner, d, DIRECTIONS)[place];
  if (!weights)
    throw new Error(say('The neurons spread in {place} directions: choose one of these', { place }));
  const direction = {
    name: say('{place} of w0 at step {step}', { place: directionName(place), step: step.toLocaleString('en') }),
    spelled: writeAxis({ place, step }),
    weights: Array.from({ length: width }, (_, k) => weights[k - w0] ?? 0),
  };
  const size = rms((row) => coordinate(sample.theta, row * width, direction), sample.n);
  return { ...direction, size };
}
