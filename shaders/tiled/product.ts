/**
 * z of a tile of wide particles and data points, through workgroup memory: each thread has a few of both, and forms their
 * products vec4f by vec4f, in the order of ../forward.ts and ../slopes.ts, so that no bit knows of tiles.
 */
import { addSeparation, strideOf, times, type FormChoice } from '../particle.ts';
import type { Sized } from '../../src/core/shape.ts';

export interface Tile {
  /** Particles and points of a workgroup, and those of a thread, which lie next to each other. */
  readonly rows: number;
  readonly columns: number;
  readonly ownRows: number;
  readonly ownColumns: number;
}

/** Points that a wide sum takes together: a thread has those. */
export const GROUP = 4;

/** By the number of threads. */
export const TILES: Readonly<Record<number, Tile>> = {
  64: { rows: 32, columns: 32, ownRows: 4, ownColumns: GROUP },
  256: { rows: 128, columns: 64, ownRows: 8, ownColumns: GROUP },
};

export const threadsOf = ({ rows, columns, ownRows, ownColumns }: Tile): number =>
  (rows / ownRows) * (columns / ownColumns);

/** vec4f of a row that are in memory at a time. */
const DEEP = 2;

/** Where a thread stands in its workgroup. */
export const standing = ({ columns, ownColumns }: Tile): string =>
  `let px = lane % ${columns / ownColumns}u;
  let py = lane / ${columns / ownColumns}u;`;

export const tileMemory = ({ rows, columns }: Tile): string =>
  `var<workgroup> tile_t: array<vec4f, ${DEEP * rows}>;
var<workgroup> tile_x: array<vec4f, ${DEEP * columns}>;`;

/** Of each of a thread's pairs. */
export const pairsOf = ({ ownRows, ownColumns }: Tile, text: (i: number, j: number) => string): string =>
  times(ownRows, (i) => times(ownColumns, (j) => text(i, j)));

/**
 * WGSL that finds h{i}_{j}, z of a thread's row i and point j. `t` and `x` are texts of vec4f k of row, or point, `of` in
 * the tile, 0 where there is none.
 */
export function products(
  options: FormChoice & Sized,
  tile: Tile,
  { t, x }: Readonly<Record<'t' | 'x', (of: string, k: string) => string>>,
): string {
  const { rows, columns, ownRows, ownColumns } = tile;
  const stride = strideOf(options);
  const threads = threadsOf(tile);
  /** Those of a thread lie a row of threads apart, so that threads side by side read side by side. */
  const fill = (name: string, count: number, own: number, text: (of: string, k: string) => string): string =>
    `for (var i = lane; i < ${DEEP * count}u; i += ${threads}u) {
      let its = i / ${DEEP}u;
      let k = base + i % ${DEEP}u;
      ${name}[i % ${DEEP}u * ${count}u + its % ${own}u * ${count / own}u + its / ${own}u] = ${text('its', 'k')};
    }`;
  const layer = (k: number): string => `{
      ${times(ownRows, (i) => `let t${i} = tile_t[${k * rows + i * (rows / ownRows)}u + py];`)}
      ${times(ownColumns, (j) => `let x${j} = tile_x[${k * columns + j * (columns / ownColumns)}u + px];`)}
      ${pairsOf(tile, (i, j) => addSeparation(options, options, `h${i}_${j}`, `t${i}`, `x${j}`, ''))}
    }`;
  return `${pairsOf(tile, (i, j) => `var h${i}_${j} = 0.0;`)}
  for (var base = 0u; base < ${stride}u; base += ${DEEP}u) {
    workgroupBarrier();
    ${fill('tile_t', rows, ownRows, t)}
    ${fill('tile_x', columns, ownColumns, x)}
    workgroupBarrier();
    ${times(DEEP, (k) => (k === 0 || stride % DEEP === 0 ? layer(k) : `if (base + ${k}u < ${stride}u) ${layer(k)}`))}
  }`;
}
