/** Random orders of rows. */
import { Draws, STREAMS } from './random.ts';

type RankingStream = (typeof STREAMS)['split' | 'sample' | 'inputs' | 'teacher'];

/** A different random subset of `wanted` of `rows` rows for each seed, in file order. */
export function subset(rows: number, wanted: number, seed: number): number[] {
  return ranked(rows, seed, STREAMS.sample)
    .slice(0, wanted)
    .sort((p, q) => p - q);
}

/** 0 … rows − 1 in the random order of (seed, stream). */
export function ranked(rows: number, seed: number, stream: RankingStream): number[] {
  const draws = new Draws(seed, stream);
  const rank = Array.from({ length: rows }, (_, i) => (draws.seek(i), draws.uniform()));
  return rank.map((_, i) => i).sort((p, q) => rank[p] - rank[q]);
}
