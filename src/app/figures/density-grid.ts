/** A density on cells brought onto axes of one's own, so that it can be seen beside a cloud on the same ones. */
import { widthOf, type Axis } from '../../core/analysis/pde.ts';

/**
 * Values on cells [w1 cells, w0 cells], linear between their centres, at k × k points of [−right, right] × [−top, top],
 * ends included, w0 fastest; `outside` where there are no cells.
 */
export function onAxes(
  values: ArrayLike<number>,
  { w1, w0 }: { readonly w1: Axis; readonly w0: Axis },
  { right, top, k, outside }: { right: number; top: number; k: number; outside: number },
): Float64Array {
  const columns = Array.from({ length: k }, (_, j) => placeOf(w0, point(right, j, k)));
  const rows = Array.from({ length: k }, (_, i) => placeOf(w1, point(top, i, k)));
  const at = (row: number, column: number): number => values[row * w0.cells + column];
  return Float64Array.from({ length: k * k }, (_, index) => {
    const [row, column] = [rows[Math.floor(index / k)], columns[index % k]];
    if (!row || !column) return outside;
    const along = (i: number): number =>
      at(i, column.cell) + column.share * (at(i, column.next) - at(i, column.cell));
    const [low, high] = [along(row.cell), along(row.next)];
    return low + row.share * (high - low);
  });
}

const point = (end: number, i: number, k: number): number => end * ((2 * i) / (k - 1) - 1);

/** Between which centres of cells z lies, and how far on; null outside. */
function placeOf(axis: Axis, z: number): { cell: number; next: number; share: number } | null {
  if (z < axis.low || z > axis.high) return null;
  const place = Math.min(axis.cells - 1, Math.max(0, (z - axis.low) / widthOf(axis) - 0.5));
  const cell = Math.floor(place);
  return { cell, next: Math.min(axis.cells - 1, cell + 1), share: place - cell };
}
