/** The number of neurons, by powers of 2. */
import { MAX_WIDTH } from '../../core/config/config.ts';
import { MOST_BYTES } from '../run/limits.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Limits, Panel } from './entry.ts';
import { say } from '../say.ts';

/** Numbers of a neuron of the plane. */
const PLANE = 3;
/** 2⁶ … 2²⁰, and without limits up to 2²⁵: as many as the page has memory for. */
const WIDTHS = Array.from({ length: 25 }, (_, i) => 2 ** (6 + i)).filter(
  (width) => width * PLANE * Float64Array.BYTES_PER_ELEMENT <= MOST_BYTES,
);
/** The most that is offered before limits are lifted. */
export const USUAL_WIDTH = 2 ** 20;

export const widthEntry = ({ config, limits, actions }: Panel): ControlEntry => ({
  kind: 'choice',
  folder: 'Network',
  key: 'width',
  label: say('neurons n'),
  help: say('Width of the network: the number of particles'),
  options: widthOptions(config().model.width, limits),
  get: () => config().model.width,
  set: (width) => actions.configure({ model: { width: Number(width) } }),
});

function widthOptions(current: number, { lifted }: Limits): Record<string, number> {
  const offered = WIDTHS.filter((width) => lifted || width <= USUAL_WIDTH);
  const widths = [...new Set([...offered, current])]
    .filter((width) => width <= MAX_WIDTH)
    .sort((p, q) => p - q);
  return Object.fromEntries(widths.map((width) => [width.toLocaleString('en'), width]));
}
