/**
 * The kernels of the mesh method: src/core/mesh/particles.ts in vectors. Two particles' weights are computed at a
 * time, one in each lane, by the operations of the scalar code; they go to a table, from which each particle then
 * meets its patch of the grid, four rows of three vectors. (In one loop they would not fit into registers.) Deposits
 * have the bits of the scalar code; drifts add up even and odd columns apart.
 *
 * A particle outside the grid meets the nearest patch, which keeps its loads within the memory.
 */
import { MESH_NUMBERS, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { literal } from './form.ts';
import { lines, times } from './lanes.ts';
import { pairs } from './pairs.ts';
import {
  add,
  mul,
  number,
  NUMBERS,
  ofGrid,
  quintic,
  quinticSlopes,
  cubic,
  cubicSlopes,
  negative,
  sub,
} from './weights.ts';

/** Rows of a patch, and vectors in one of them. */
const [ROWS, VECTORS] = [4, 3];
const NUMBER = 8;
/** Pairs of particles whose weights are in the table at a time: few enough that it stays in the nearest cache. */
const PAIRS = 16;
/** Where a row of the table has a particle's weights and the rest, in vectors. */
const TABLE = { v: 0, u: 3, address: 7, z: 8, factors: 11, factorV: 12 } as const;
const ROW = 13 * VECTOR;

/** The numbers w1, u, v of two particles, one in each lane. */
const rows = (d: number): string =>
  d === 1
    ? `
    const first = v128.load(theta);
    const other = v128.load(theta, ${VECTOR});
    const w1 = v128.shuffle<f64>(first, other, 0, 2);
    const u = f64x2.splat(0);
    const v = v128.shuffle<f64>(first, other, 1, 3);`
    : `
    const first = v128.load(theta);
    const middle = v128.load(theta, ${VECTOR});
    const other = v128.load(theta, ${2 * VECTOR});
    const w1 = v128.shuffle<f64>(first, middle, 0, 3);
    const u = v128.shuffle<f64>(first, other, 1, 2);
    const v = v128.shuffle<f64>(middle, other, 0, 3);`;

/** The cells iu, jv that they are in, or the nearest, and s, t there. */
const place = (d: number): string => `
    ${rows(d)}
    const p = ${mul('u', ofGrid('perU'))};
    const q = ${mul('v', ofGrid('perV'))};
    const iFloor = f64x2.floor(p);
    const jFloor = f64x2.floor(q);
    const iu = f64x2.pmax(${ofGrid('iFirst')}, f64x2.pmin(${ofGrid('iEnd')}, iFloor));
    const jv = f64x2.pmax(${ofGrid('jFirst')}, f64x2.pmin(${ofGrid('jEnd')}, jFloor));
    const s = ${sub('p', 'iu')};
    const t = ${sub('q', 'jv')};
    const s1 = ${sub(number(1), 's')};
    const t1 = ${sub(number(1), 't')};
    const ss = ${mul('s', 's')};
    const tt = ${mul('t', 't')};
    const tt1 = ${mul('t1', 't1')};
    // 2^52 plus the address is a number whose low bits are the address
    const address = ${add(
      mul(sub('iu', ofGrid('iFirst')), ofGrid('rowBytes')),
      mul(sub('jv', ofGrid('jFirst')), ofGrid('columnBytes')),
      ofGrid('origin'),
    )};
    ${kept(TABLE.address, 'address', 'address')}`;

/** Puts values of both particles into their rows of the table, from vector `at` on: two to a vector. */
function kept(at: number, ...values: readonly string[]): string {
  const stored = (k: number, lane: number): string =>
    `    v128.store(table, v128.shuffle<f64>(${values[2 * k]}, ${values[2 * k + 1]}, ${lane}, ${2 + lane}), ${lane * ROW + (at + k) * VECTOR});`;
  return lines(values.length / 2, (k) => lines(2, (lane) => stored(k, lane)));
}
const named = (letter: string, count: number): string[] => times(count, (k) => letter + k);

const eachPair = (d: number): string =>
  `for (let n = 0; n < pairs; n++, table += ${2 * ROW}, theta += ${2 * (1 + d) * NUMBER})`;

/** Fills the table for `gather`. */
const gatherWeights = (d: number): string => `
function gatherWeights${d}(table: usize, theta: usize, pairs: i32): void {
  ${eachPair(d)} {
    ${place(d)}
    ${quintic}
    ${kept(TABLE.v, ...named('v', 6))}
    ${quinticSlopes}
    ${kept(TABLE.z, ...named('z', 6))}
    const u0 = ${cubic.u0};
    const u1 = ${cubic.u1};
    const u3 = ${cubic.u3};
    const u2 = ${sub(number(1), 'u0', 'u1', 'u3')};
    ${cubicSlopes}
    ${kept(TABLE.u, ...times(ROWS, (r) => [`u${r}`, `y${r}`]).flat())}
    const outer = ${negative('w1')};
    const inU = ${mul('outer', ofGrid('perU'))};
    const inV = ${mul('outer', ofGrid('perV'))};
    ${kept(TABLE.factors, number(-1), 'inU', 'inV', 'inV')}
  }
}`;

/** Fills the table for `scatter`, u with w1. */
const scatterWeights = (d: number): string => `
function scatterWeights${d}(table: usize, theta: usize, pairs: i32): bool {
  let covered = i64x2.splat(-1);
  ${eachPair(d)} {
    ${place(d)}
    covered = v128.and(covered, v128.and(f64x2.eq(iu, iFloor), f64x2.eq(jv, jFloor)));
    ${quintic}
    ${kept(TABLE.v, ...named('v', 6))}
    const u0 = ${mul('w1', cubic.u0)};
    const u1 = ${mul('w1', cubic.u1)};
    const u3 = ${mul('w1', cubic.u3)};
    const u2 = ${sub('w1', 'u0', 'u1', 'u3')};
    ${kept(TABLE.u, ...named('u', ROWS))}
  }
  return i64x2.all_true(covered);
}`;

const ofTable = (name: 'v' | 'z' | 'u' | 'factors' | 'factorV', k = 0): string =>
  `v128.load(row, ${(TABLE[name] + k) * VECTOR})`;
const spread = (of: string, lane: number): string => `v128.shuffle<f64>(${of}, ${of}, ${lane}, ${lane})`;
const address = `<usize>load<u32>(row, ${TABLE.address * VECTOR})`;
/** Σ over the vectors of a row: two partial sums. */
const sum = (name: 'v' | 'z'): string => {
  const [first, ...rest] = times(VECTORS, (k) => mul(`${name}${k}`, `c${k}`));
  return add(first, ...rest);
};
/** The lanes of p and of q added up. */
const across = (p: string, q: string): string =>
  add(`v128.shuffle<f64>(${p}, ${q}, 0, 2)`, `v128.shuffle<f64>(${p}, ${q}, 1, 3)`);

/** g of each particle, and its derivatives k in u and h in v. The loop over rows keeps V8 from loading all at once. */
const gatherPatches = (d: number): string => `
function gatherPatches${d}(b: usize, row: usize, end: usize, pitch: usize): void {
  for (; row < end; row += ${ROW}, b += ${(1 + d) * NUMBER}) {
    let at = ${address};
    const last = at + ${ROWS} * pitch;
${lines(VECTORS, (k) => `    const v${k} = ${ofTable('v', k)};\n    const z${k} = ${ofTable('z', k)};`)}
    let g = f64x2.splat(0);
    let k = f64x2.splat(0);
    let h = f64x2.splat(0);
    for (let from = row; at != last; at += pitch, from += ${VECTOR}) {
${lines(VECTORS, (k) => `      const c${k} = v128.load(at, ${k * VECTOR});`)}
      const uy = v128.load(from, ${TABLE.u * VECTOR});
      const u = ${spread('uy', 0)};
      const values = ${sum('v')};
      g = ${add('g', mul('u', 'values'))};
      k = ${add('k', mul(spread('uy', 1), 'values'))};
      h = ${add('h', mul('u', sum('z')))};
    }
    const values = ${mul(across('g', 'k'), ofTable('factors'))};
    v128.store${d > 1 ? '' : '64_lane'}(b, values${d > 1 ? '' : ', 0'});
    v128.store64_lane(b, ${mul(across('h', 'h'), ofTable('factorV'))}, 0, ${d * NUMBER});
  }
}`;

/** Chunk by chunk of the pairs of particles that begin at θ. */
const inChunks = (d: number, body: string): string => `
  const pitch = <usize>load<f64>(GRID, ${MESH_NUMBERS.indexOf('rowBytes') * VECTOR});
  for (; pairs > 0; pairs -= ${PAIRS}, theta += ${PAIRS * 2 * (1 + d) * NUMBER}) {
    const count = min(pairs, ${PAIRS});
    const end = TABLE + count * ${2 * ROW};
    ${body}
  }`;

const gather = (d: number): string => `
/** −(g, w1 ∂_u g, w1 ∂_v g) of pairs of particles into b. */
export function gather${d}(b: usize, theta: usize, pairs: i32): void {
  ${inChunks(
    d,
    `gatherWeights${d}(TABLE, theta, count);
    gatherPatches${d}(b, TABLE, end, pitch);
    b += ${PAIRS * 2 * (1 + d) * NUMBER};`,
  )}
}`;

const scatterPatches = `
function scatterPatches(row: usize, end: usize, pitch: usize, deposits: usize): void {
  for (; row < end; row += ${ROW}) {
    let at = ${address} + deposits;
${lines(VECTORS, (k) => `    const v${k} = ${ofTable('v', k)};`)}
    const u0 = ${ofTable('u', 0)};
    const u2 = ${ofTable('u', 1)};
${lines(
  ROWS,
  (r) => `    {
      const u = ${spread(`u${r - (r % 2)}`, r % 2)};
${lines(VECTORS, (k) => `      v128.store(at, ${add(`v128.load(at, ${k * VECTOR})`, mul('u', `v${k}`))}, ${k * VECTOR});`)}
      at += pitch;
    }`,
)}
  }
}`;

const scatter = (d: number): string => `
/**
 * Adds w1 times the weights of pairs of particles to the deposits, which lie so many bytes after C. False: one lies
 * outside the grid, or nowhere.
 */
export function scatter${d}(theta: usize, pairs: i32, deposits: usize): bool {
  ${inChunks(
    d,
    `if (!scatterWeights${d}(TABLE, theta, count)) return false;
    scatterPatches(TABLE, end, pitch, deposits);`,
  )}
  return true;
}`;

/** The AssemblyScript source of the module. */
export const meshSource = (): string =>
  [
    `const NUMBERS: usize = memory.data<f64>([${NUMBERS.flatMap((one) => [one, one])
      .map(literal)
      .join(', ')}], ${VECTOR});`,
    `const GRID: usize = memory.data(${MESH_NUMBERS.length * VECTOR}, ${VECTOR});`,
    `const TABLE: usize = memory.data(${2 * PAIRS * ROW}, ${VECTOR});`,
    'export function grid(): usize { return GRID; }',
    `export function free(): usize { return (__heap_base + ${VECTOR - 1}) & ~${VECTOR - 1}; }`,
    scatterPatches,
    pairs,
    ...[1, 2].flatMap((d) => [gatherWeights(d), gatherPatches(d), gather(d), scatterWeights(d), scatter(d)]),
  ].join('\n');
