/** How far θ, h and f have moved, for each replica: what exponents in n are fitted to. */
import { rowsOf, shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import { difference, outputsOf, rms, thetasOf } from './ensemble.ts';

export const SIZES = ['Δh', 'Δf', 'Δw1', 'Δw0'] as const;
export type Size = (typeof SIZES)[number];

/**
 * Root mean squares of what moved since `before`, for each replica. Δh is linear in Δw0: no cancellation in
 * float32.
 */
export async function movedSince(before: Before, engine: Engine): Promise<Record<Size, number>[]> {
  const { d, x } = engine.problem;
  const shape = shapeOf(engine.problem);
  const { w1, w0, width } = shape;
  const outputs = await outputsOf(engine);
  return (await thetasOf(engine)).map((theta, k) => {
    const step = difference(theta, before.thetas[k]);
    const rows = rowsOf(step, shape);
    const moment = new Float64Array(d * d);
    let square1 = 0;
    let square0 = 0;
    for (let row = 0; row < step.length; row += width) {
      square1 += step[row + w1] ** 2;
      for (let c = 0; c < d; c++)
        for (let e = 0; e < d; e++) moment[c * d + e] += step[row + w0 + c] * step[row + w0 + e];
    }
    for (let c = 0; c < d; c++) square0 += moment[c * d + c];
    return {
      Δh: Math.sqrt(quadratic(moment, x, d) / (rows * (x.length / d))),
      Δf: rms(difference(outputs[k], before.outputs[k])),
      Δw1: Math.sqrt(square1 / rows),
      Δw0: Math.sqrt(square0 / (rows * d)),
    };
  });
}

export interface Before {
  readonly thetas: Awaited<ReturnType<typeof thetasOf>>;
  readonly outputs: readonly Float64Array[];
}
export const beforeOf = async (engine: Engine): Promise<Before> => ({
  thetas: await thetasOf(engine),
  outputs: await outputsOf(engine),
});

/** Σ_α ⟨x^α, M x^α⟩. */
function quadratic(M: Float64Array, x: Float64Array, d: number): number {
  let sum = 0;
  for (let a = 0; a < x.length; a += d)
    for (let c = 0; c < d; c++) for (let e = 0; e < d; e++) sum += x[a + c] * M[c * d + e] * x[a + e];
  return sum;
}
