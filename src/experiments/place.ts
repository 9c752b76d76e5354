/** Feature maps whose inputs and neurons have a place of their own: what the data must be, and θ at step 0. */
import { ConfigError } from '../core/config/config.ts';
import { lengthOf } from '../core/length.ts';
import type { Feature, Features } from '../core/features/features.ts';
import { rowsOf, type Shape } from '../core/shape.ts';
import type { Problem } from '../engines/engine.ts';

/** How far, as a share of its size, what must be somewhere may be off. */
const TOLERANCE = 1e-6;

/** A map with what inputs x [m, d] say of it; throws ConfigError where they are none of its. */
export function featuresFor(features: Features, x: Float64Array, d: number): Features {
  if (typeof features === 'string') return features;
  if ('rbf' in features) return { rbf: { ...features.rbf, radius: radiusOf(x, d) } };
  checkCircle(x, d);
  return features;
}

/** R, if all |x| = R. */
function radiusOf(x: Float64Array, d: number): number {
  const lengths = Array.from({ length: x.length / d }, (_, i) => lengthOf(x.subarray(i * d, (i + 1) * d)));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const off = lengths.findIndex((length) => !(Math.abs(length - mean) <= TOLERANCE * mean));
  if (off >= 0 || !(mean > 0))
    throw new ConfigError(
      `data: |x| = ${lengths[Math.max(0, off)]} in training row ${Math.max(0, off) + 1} and ${mean} on average: model.features "rbf" is for inputs on a sphere about 0, equal to ${TOLERANCE}, divide each row by its length`,
    );
  return mean;
}

/** One coordinate, from 0 to below 1. */
function checkCircle(x: Float64Array, d: number): void {
  const off = x.findIndex((value) => !(value >= 0 && value < 1));
  const fault = d > 1 ? `there are ${d} inputs` : off >= 0 ? `x = ${x[off]} in training row ${off + 1}` : null;
  if (fault)
    throw new ConfigError(
      `data: ${fault}: model.features "translate" is for one input from 0 to below 1, give the part of a turn`,
    );
}

const near = (p: number, q: number): boolean => Math.abs(p - q) <= TOLERANCE * Math.max(1, Math.abs(q));

/**
 * Puts the w0 that laws have drawn where the map has its particles, so that a law of directions is one on the sphere;
 * w0 from a file must be there. Throws ConfigError where there is no such place.
 */
export function placeStart(theta: Problem['theta'], feature: Feature, shape: Shape, npy?: string): void {
  const { settle, place } = feature.map;
  if (!settle) return;
  for (let j = 0; j < rowsOf(theta, shape); j++) {
    const given = theta.subarray(j * shape.width, (j + 1) * shape.width);
    const row = Float64Array.from(given);
    settle(row, 0, shape);
    const isThere = npy === undefined ? Number.isFinite : (_: number, k: number) => near(row[k], given[k]);
    if (!row.every(isThere))
      throw new ConfigError(
        `${npy === undefined ? 'initial.w0 draws' : `initial.npy: ${npy} has`} w0 = (${given.subarray(shape.w0).join(', ')}) for neuron ${j}, which is not ${place}: model.features "${feature.name}" has its neurons there, give such w0`,
      );
    if (npy === undefined) given.set(row);
  }
}
