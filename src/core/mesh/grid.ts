/**
 * The grid of the particle–mesh method: nodes (i hu, j hv), i and j integers, over a box of w0. The lattice of
 * all nodes is fixed by hu and hv alone and every number belongs to its node, so a larger box changes no bit of
 * anything inside the smaller one. v is the last coordinate of w0, u the one before it; for d = 1, u is 0
 * everywhere.
 */
import { shapeOf, type Sized } from '../shape.ts';

/**
 * Spacings, and the first and last node of each axis that bound the particles. A plain object: it travels
 * between threads.
 */
export interface Grid {
  readonly hu: number;
  readonly hv: number;
  readonly iFirst: number;
  readonly iLast: number;
  readonly jFirst: number;
  readonly jLast: number;
}

/** Least and greatest u, least and greatest v of a cloud. */
export type Extent = readonly [number, number, number, number];

/** Nodes beyond the box on each side of u and v whose spline reaches into it … */
export const SPLINE = [1, 2] as const;
/** … and beyond those, the nodes from whose values the splines' coefficients are computed. */
export const FILTER = [3, 4] as const;
const [U, V] = [SPLINE[0] + FILTER[0], SPLINE[1] + FILTER[1]];

/**
 * A rectangle of nodes (first row i, rows; first column j, columns) as the arrays over it are laid out,
 * row-major.
 */
export interface Patch {
  readonly i: number;
  readonly j: number;
  readonly rows: number;
  readonly columns: number;
}

/** The nodes that carry a spline. */
export const splinePatch = (grid: Grid): Patch => patch(grid, SPLINE[0], SPLINE[1]);
/** The nodes whose values matter. */
export const valuePatch = (grid: Grid): Patch => patch(grid, U, V);

function patch({ iFirst, iLast, jFirst, jLast }: Grid, u: number, v: number): Patch {
  return {
    i: iFirst - u,
    j: jFirst - v,
    rows: iLast - iFirst + 1 + 2 * u,
    columns: jLast - jFirst + 1 + 2 * v,
  };
}

/**
 * Cells kept free beyond the outermost particles, as a share of the cloud's cells, so that the box seldom has
 * to grow.
 */
const MARGIN = 1 / 16;

/** The grid of spacings hu, hv over a cloud with room to move. */
export function gridOver([uLow, uHigh, vLow, vHigh]: Extent, hu: number, hv: number): Grid {
  const [iFirst, iLast] = axis(uLow, uHigh, hu);
  const [jFirst, jLast] = axis(vLow, vHigh, hv);
  return { hu, hv, iFirst, iLast, jFirst, jLast };
}

function axis(low: number, high: number, h: number): [first: number, last: number] {
  const first = Math.floor(low / h);
  const last = Math.floor(high / h) + 1;
  const margin = low < high ? Math.ceil((last - first) * MARGIN) : 0;
  return [first - margin, last + margin];
}

/** The extent of a cloud; NaN where a particle is. */
export function extentOf(theta: ArrayLike<number>, sized: Sized): Extent {
  let uLow = Infinity;
  let uHigh = -Infinity;
  let vLow = Infinity;
  let vHigh = -Infinity;
  const { d, w0, width } = shapeOf(sized);
  for (let row = 0; row < theta.length; row += width) {
    const u = d > 1 ? theta[row + w0] : 0;
    const v = theta[row + width - 1];
    uLow = Math.min(uLow, u);
    uHigh = Math.max(uHigh, u);
    vLow = Math.min(vLow, v);
    vHigh = Math.max(vHigh, v);
  }
  return [uLow, uHigh, vLow, vHigh];
}
