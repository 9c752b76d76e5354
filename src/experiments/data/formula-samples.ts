/** Samples of a formula: inputs evenly spaced or drawn from the seed, noise added to y. */
import { Draws, STREAMS } from '../../core/random.ts';
import type { Formula } from '../../io/expression.ts';

export interface Sampling {
  /** Range of each input that the formula has; of two, x1 first. */
  readonly ranges: readonly (readonly [number, number])[];
  /** m; on a grid of two inputs the nearest square of a whole number. */
  readonly samples: number;
  readonly spaced: boolean;
  /** Standard deviation of what is added to y. */
  readonly noise: number;
  readonly seed: number;
}

export interface Rows {
  readonly x: number[][];
  readonly y: number[];
}

export const MOST_SAMPLES = 100_000;

/** Throws an error of one sentence where a number is out of its range or y is not finite. */
export function sampleFormula({ value, inputs }: Formula, sampling: Sampling): Rows {
  check(sampling, inputs);
  const x = sampling.spaced ? grid(sampling, inputs) : drawn(sampling, inputs);
  const draws = new Draws(sampling.seed, STREAMS.data);
  const y = x.map((row, i) => {
    draws.seek(i);
    const y = value(row[0], row[1] ?? 0);
    if (!Number.isFinite(y))
      throw new Error(
        `y is ${y} at ${row.map((coordinate, c) => `${inputs === 1 ? 'x' : `x${c + 1}`} = ${coordinate}`).join(', ')}: change the formula or the range`,
      );
    return y + (sampling.noise > 0 ? sampling.noise * draws.normal() : 0);
  });
  return { x, y };
}

function check({ ranges, samples, noise, seed }: Sampling, inputs: number): void {
  if (!Number.isInteger(samples) || samples < 1 || samples > MOST_SAMPLES)
    throw new Error(`The samples are ${samples}: give a whole number from 1 to ${MOST_SAMPLES}`);
  if (!(noise >= 0 && Number.isFinite(noise))) throw new Error(`The noise is ${noise}: give a number ≥ 0`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`The seed is ${seed}: give a whole number ≥ 0`);
  for (const [low, high] of ranges.slice(0, inputs)) {
    if (!(low < high && Number.isFinite(high - low)))
      throw new Error(`The range from ${low} to ${high} is empty: give a smaller number first`);
  }
}

const spaced = (i: number, count: number, [low, high]: readonly [number, number]): number =>
  count === 1 ? (low + high) / 2 : low + ((high - low) * i) / (count - 1);

/** Both ends included; of two inputs x1 runs fastest. */
function grid({ ranges, samples }: Sampling, inputs: 1 | 2): number[][] {
  if (inputs === 1) return Array.from({ length: samples }, (_, i) => [spaced(i, samples, ranges[0])]);
  const side = Math.max(1, Math.round(Math.sqrt(samples)));
  return Array.from({ length: side * side }, (_, i) => [
    spaced(i % side, side, ranges[0]),
    spaced(Math.floor(i / side), side, ranges[1]),
  ]);
}

function drawn({ ranges, samples, seed }: Sampling, inputs: number): number[][] {
  const draws = new Draws(seed, STREAMS.sample);
  return Array.from({ length: samples }, (_, i) => {
    draws.seek(i);
    return ranges.slice(0, inputs).map(([low, high]) => low + (high - low) * draws.uniform());
  });
}
