/** Chunks: what one process computes at a time. */

export const MOST_CHUNKS = 1000;
/** Most cells of one. */
export const MOST_IN_CHUNK = 500;

export interface Chunk {
  /** Cells from … to, exclusively. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/**
 * Neighbouring cells together: as much as `seconds` of work, or one cell that takes longer, and more where there would be too
 * many chunks.
 */
export function chunksOf(costs: readonly number[], seconds: number): Chunk[] {
  const chunks = cutAt(costs, seconds);
  return chunks.length <= MOST_CHUNKS ? chunks : chunksOf(costs, 1.25 * seconds);
}

function cutAt(costs: readonly number[], most: number): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  let seconds = 0;
  for (const [i, cost] of costs.entries()) {
    if (i > from && (seconds + cost > most || i - from === MOST_IN_CHUNK)) {
      chunks.push({ from, to: i, seconds });
      from = i;
      seconds = 0;
    }
    seconds += cost;
  }
  return costs.length > from ? [...chunks, { from, to: costs.length, seconds }] : chunks;
}
