/** Samples as kernels read them: panels of neighbours, coordinate by coordinate, and the other way round. */
import { PANEL, VECTOR, type Precision } from './layout.ts';

export type Numbers = Float64Array | Float32Array;

export const ARRAYS = { f64: Float64Array, f32: Float32Array } as const;

/** Numbers in a panel. */
export const panelOf = (precision: Precision): number => (PANEL * VECTOR) / ARRAYS[precision].BYTES_PER_ELEMENT;

export const panelsOf = (count: number, precision: Precision): number => Math.ceil(count / panelOf(precision));

/** A count with what fills the last panel. */
export const padded = (count: number, precision: Precision): number =>
  panelsOf(count, precision) * panelOf(precision);

/** Where neighbour number `across` has its number `along` of so many, in panels of neighbours. */
const placeOf = (across: number, along: number, length: number, panel: number): number =>
  (Math.floor(across / panel) * length + along) * panel + (across % panel);

/** x [m, d] into panels [⌈m/panel⌉][d][panel], zeros beyond m. */
export function intoPanels(panels: Numbers, x: Float64Array, d: number, panel: number): void {
  panels.fill(0);
  for (let a = 0, at = 0; at < x.length; a++)
    for (let k = 0; k < d; k++, at++) panels[placeOf(a, k, d, panel)] = x[at];
}

/** x [m, d] into columns [⌈d/panel⌉][mp][panel], zeros beyond. */
export function intoColumns(columns: Numbers, x: Float64Array, d: number, mp: number, panel: number): void {
  columns.fill(0);
  for (let a = 0, at = 0; at < x.length; a++)
    for (let k = 0; k < d; k++, at++) columns[placeOf(k, a, mp, panel)] = x[at];
}
