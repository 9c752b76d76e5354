/** The picked neuron and the lit ones, drawn over the cloud. */
import { shapeOf } from '../../core/shape.ts';
import type { ParticleSample } from '../../engines/engine.ts';
import type { Layer } from '../../views/cloud/overlay.ts';
import type { Path } from './path.ts';

/** CSS pixels. */
const RING = 7;
const LIT = 2.6;

/** `picked`: a row of the sample, or null; `lit`: rows of it. */
export const layerOf = (
  version: number,
  sample: ParticleSample,
  picked: number | null,
  lit: readonly number[],
  path: Path,
): Layer => ({
  version,
  draw: (context, at, { ink, ground, positive, negative }) => {
    const { theta } = sample;
    const { width } = shapeOf(sample);
    const outline = (lineWidth: number, strokeStyle: string): void => {
      Object.assign(context, { lineWidth, strokeStyle });
      context.stroke();
    };
    for (const index of lit) {
      const place = at(theta, index * width);
      if (!place) continue;
      context.beginPath();
      context.arc(...place, LIT, 0, 2 * Math.PI);
      context.fillStyle = theta[index * width] > 0 ? positive : negative;
      context.fill();
      outline(1, ink);
    }
    if (picked === null) return;
    const line = path.line(at, theta, picked * width);
    context.beginPath();
    for (const place of line) context.lineTo(...place);
    outline(3.5, ground);
    outline(1.6, ink);
    const place = at(theta, picked * width);
    if (!place) return;
    context.beginPath();
    context.arc(...place, RING, 0, 2 * Math.PI);
    outline(4, ground);
    outline(2, ink);
  },
});
