/** Lines on which values on a grid are equal. */

/** [x0, y0, x1, y1] in units of the grid's spacing, from its first point. */
export type Segment = readonly [number, number, number, number];

/** Corners of a cell in turn, and so its sides: from one to the next. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** Of values [k·k], x fastest; linear along the sides of each cell. */
export function contour(values: ArrayLike<number>, k: number, level: number): Segment[] {
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < k; i++)
    for (let j = 0; j + 1 < k; j++) {
      const crossings = crossingsOf(values, k, level, i, j);
      for (let c = 0; c + 1 < crossings.length; c += 2)
        segments.push([...crossings[c], ...crossings[c + 1]] as unknown as Segment);
    }
  return segments;
}

/** Two of them, or four about a saddle. */
function crossingsOf(
  values: ArrayLike<number>,
  k: number,
  level: number,
  i: number,
  j: number,
): (readonly [number, number])[] {
  return CORNERS.flatMap(([x, y], side) => {
    const [u, v] = CORNERS[(side + 1) % CORNERS.length];
    const [a, b] = [values[(i + y) * k + j + x], values[(i + v) * k + j + u]];
    if (a < level === b < level) return [];
    const share = (level - a) / (b - a);
    return [[j + x + share * (u - x), i + y + share * (v - y)] as const];
  });
}
