/**
 * Some of the particles, read where they are: runs of neighbours, spread evenly over the first system, in one
 * readback.
 */
import { strideOf } from '../../../../shaders/particle.ts';
import { shapeOf, type Sized } from '../../../core/shape.ts';
import type { Readback, Span } from '../../../gpu/readback.ts';
import type { ParticleSample } from '../../engine.ts';
import type { Part } from './parts.ts';

/** Neighbours in a run: no part of the particles begins within one. */
const RUN = 32;

export interface Neighbours {
  /** Number of its first particle, and how many there are. */
  readonly first: number;
  readonly count: number;
}

/** Runs that together hold `most` of n particles, or all, or RUN where `most` is less. */
export function runsOf(n: number, most: number): readonly Neighbours[] {
  const all = Math.ceil(n / RUN);
  const every = n <= most ? 1 : Math.ceil(all / Math.max(1, Math.floor(most / RUN)));
  return Array.from({ length: Math.ceil(all / every) }, (_, k) => ({
    first: k * every * RUN,
    count: Math.min(RUN, n - k * every * RUN),
  }));
}

interface Buffers {
  readonly parts: readonly Part[];
  readonly theta: readonly GPUBuffer[];
  readonly speed: readonly GPUBuffer[] | null;
}

export async function readSample(
  readback: Readback,
  { parts, theta, speed }: Buffers,
  sizes: Sized & { readonly n: number },
  most: number,
): Promise<ParticleSample> {
  const { n } = sizes;
  const { c, d, weights, width } = shapeOf(sizes);
  const runs = runsOf(n, most);
  const row = strideOf(sizes) * 16;
  const spans = (buffers: readonly GPUBuffer[], bytes: number): Span[] =>
    runs.map(({ first, count }) => {
      const k = parts.findIndex(
        (part) => part.system === 0 && first >= part.first && first < part.first + part.n,
      );
      return { buffer: buffers[k], offset: (first - parts[k].first) * bytes, size: count * bytes };
    });
  const all = await readback.read([...spans(theta, row), ...(speed ? spans(speed, 4) : [])]);
  const rows = Uint32Array.from(
    runs.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i)),
  );
  const size = row / 4;
  const padded = new Float32Array(all, 0, rows.length * size);
  return {
    theta: Float32Array.from(
      { length: rows.length * width },
      (_, i) => padded[Math.floor(i / width) * size + (i % width)],
    ),
    speed: speed ? new Float32Array(all, rows.length * row) : new Float32Array(rows.length),
    rows,
    n: rows.length,
    c,
    d,
    weights,
  };
}
