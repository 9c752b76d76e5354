/**
 * The kernels of the mesh method: src/core/mesh/particles.ts for two particles at a time. Their weights are computed
 * with a particle in each lane, by the same operations as there; then each particle meets its patch of the grid, four
 * rows of three vectors. Deposits lie in two arrays, of patches that begin at an even column and at an odd one, so
 * that all vectors are aligned and what one particle stores the next one loads whole.
 *
 * A particle outside the grid meets the nearest patch, which keeps its loads within the memory.
 */
import { MESH_NUMBERS } from '../src/engines/cpu/simd/layout.ts';
import { literal } from './form.ts';
import { lines, VECTOR } from './lanes.ts';

/** Of a row of C and of either array of deposits; of a particle's row. */
const [COLUMNS, ROWS] = [6, 4];
const NUMBER = 8;

const folding =
  (operation: string) =>
  (first: string, ...rest: readonly string[]): string =>
    rest.reduce((sum, term) => `f64x2.${operation}(${sum}, ${term})`, first);
const add = folding('add');
const sub = folding('sub');
const mul = folding('mul');

const NUMBERS = [
  0.5, 1, 1.5, 3, 4, 5, 6, 11, 12, 20, 26, 30, 66, -0.5, -2, -4, -6, -10, -12, -20, -50, -60, 1 / 6, 1 / 24, 1 / 120, -0,
] as const;
/** A number in both lanes: from memory, since a literal is made anew by each use in a loop. */
const number = (value: (typeof NUMBERS)[number]): string =>
  `v128.load64_splat(NUMBERS, ${NUMBERS.findIndex((one) => Object.is(one, value)) * NUMBER})`;
const negative = (value: string): string => `v128.xor(${value}, ${number(-0)})`;

type Coefficient = (typeof NUMBERS)[number] | string;
/** a + x (b + x (c + …)). */
const polynomial = (x: string, ...coefficients: readonly Coefficient[]): string =>
  coefficients
    .map((one) => (typeof one === 'string' ? one : number(one)))
    .reduceRight((sum, one) => add(one, mul(x, sum)));

/** Where two particles are: the cells iu, jv they are in, or the nearest, and s, t there. */
const place = (d: number): string => `
    const w1 = ${pair('theta', 0, d)};
    const p = ${d > 1 ? mul(pair('theta', 1, d), ofGrid('perU')) : 'f64x2.splat(0)'};
    const q = ${mul(pair('theta', d, d), ofGrid('perV'))};
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
      mul(sub('jv', ofGrid('jStart')), ofGrid('columnBytes')),
      ofGrid('origin'),
    )};`;

/** A number of each of two particles' rows. */
const pair = (rows: string, k: number, d: number): string =>
  `v128.load64_lane(${rows}, v128.load64_zero(${rows}, ${k * NUMBER}), 1, ${(1 + d + k) * NUMBER})`;
const ofGrid = (name: (typeof MESH_NUMBERS)[number]): string =>
  `v128.load64_splat(GRID, ${MESH_NUMBERS.indexOf(name) * NUMBER})`;

/** The quintic weights v0 … v5. */
const quintic = `
    const v0 = ${mul('tt1', 'tt1', 't1', number(1 / 120))};
    const v1 = ${mul(polynomial('t', 26, -50, 20, 20, -20, 5), number(1 / 120))};
    const v2 = ${mul(polynomial('tt', 66, -60, polynomial('t', 30, -10)), number(1 / 120))};
    const v3 = ${mul(polynomial('tt1', 66, -60, polynomial('t1', 30, -10)), number(1 / 120))};
    const v5 = ${mul('tt', 'tt', 't', number(1 / 120))};
    const v4 = ${sub(number(1), 'v0', 'v1', 'v2', 'v3', 'v5')};`;

/** From the quartic ones e0 … e4 their derivatives z0 … z5. */
const quinticSlopes = `
    const e0 = ${mul('tt1', 'tt1', number(1 / 24))};
    const e1 = ${mul(polynomial('t', 11, -12, -6, 12, -4), number(1 / 24))};
    const z5 = ${mul('tt', 'tt', number(1 / 24))};
    const e3 = ${mul(polynomial('t', 1, 4, 6, 4, -4), number(1 / 24))};
    const e2 = ${sub(number(1), 'e0', 'e1', 'e3', 'z5')};
    const z0 = ${negative('e0')};
    const z1 = ${sub('e0', 'e1')};
    const z2 = ${sub('e1', 'e2')};
    const z3 = ${sub('e2', 'e3')};
    const z4 = ${sub('e3', 'z5')};`;

/** The cubic weights u0, u1 and u3, to which u2 is the rest. */
const cubic = {
  u0: mul('s1', 's1', 's1', number(1 / 6)),
  u1: mul(polynomial('ss', 4, polynomial('s', -6, 3)), number(1 / 6)),
  u3: mul('ss', 's', number(1 / 6)),
};

/** Their derivatives y0 … y3. */
const cubicSlopes = `
    const y0 = ${mul(number(-0.5), 's1', 's1')};
    const y1 = ${mul('s', polynomial('s', -2, 1.5))};
    const y3 = ${mul(number(0.5), 'ss')};
    const y2 = ${negative(add('y0', 'y1', 'y3'))};`;

const addressOf = (lane: number): string => `<usize><u32>i32x4.extract_lane(address, ${2 * lane})`;
/** A lane in both. */
const spread = (name: string, lane: number): string => `v128.shuffle<f64>(${name}, ${name}, ${lane}, ${lane})`;
/** Columns 2 k and 2 k + 1 of a particle's weights. */
const columns = (name: string, lane: number): string =>
  lines(
    COLUMNS / 2,
    (k) =>
      `      const ${name}${2 * k}${2 * k + 1} = v128.shuffle<f64>(${name}${2 * k}, ${name}${2 * k + 1}, ${lane}, ${2 + lane});`,
  );
const row = (name: string): string[] => [`${name}01`, `${name}23`, `${name}45`];
/** Σ over three pairs of columns: two partial sums. */
const sum = (weights: string, coefficients: string): string => {
  const [p, q, r] = row(weights).map((weight, k) => mul(weight, row(coefficients)[k]));
  return add(p, q, r);
};

/** The patch of one particle: g and the derivatives h in v and, for d = 2, k in u, each as two partial sums. */
const gathered = (lane: number, d: number): string => `
    let g${lane}: v128;
    let h${lane}: v128;
    ${d > 1 ? `let k${lane}: v128;` : ''}
    {
      let at = ${addressOf(lane)};
${columns('v', lane)}
${columns('z', lane)}
${lines(
  ROWS,
  (r) => `      {
        ${r > 0 ? 'at += pitch;' : ''}
        const c01 = v128.load(at);
        const c23 = v128.load(at, ${VECTOR});
        const c45 = v128.load(at, ${2 * VECTOR});
        const g = ${sum('v', 'c')};
        const h = ${sum('z', 'c')};
        const u = ${spread(`u${r}`, lane)};
        g${lane} = ${plus(r, `g${lane}`, mul('u', 'g'))};
        h${lane} = ${plus(r, `h${lane}`, mul('u', 'h'))};
        ${d > 1 ? `k${lane} = ${plus(r, `k${lane}`, mul(spread(`y${r}`, lane), 'g'))};` : ''}
      }`,
)}
    }`;
const plus = (r: number, total: string, term: string): string => (r === 0 ? term : add(total, term));

/** The two partial sums of each particle added up, a particle in each lane. */
const folded = (name: string): string =>
  add(`v128.shuffle<f64>(${name}0, ${name}1, 0, 2)`, `v128.shuffle<f64>(${name}0, ${name}1, 1, 3)`);
const stored = (value: string, k: number, d: number): string => `
    {
      const value = ${value};
      v128.store64_lane(b, value, 0, ${k * NUMBER});
      v128.store64_lane(b, value, 1, ${(1 + d + k) * NUMBER});
    }`;

const gather = (d: number): string => `
/** −(g, w1 ∂_u g, w1 ∂_v g) of pairs of particles into b. */
export function gather${d}(b: usize, theta: usize, pairs: i32): void {
  const pitch = <usize>load<f64>(GRID, ${MESH_NUMBERS.indexOf('rowBytes') * NUMBER});
  for (let n = 0; n < pairs; n++, theta += ${2 * (1 + d) * NUMBER}, b += ${2 * (1 + d) * NUMBER}) {
    ${place(d)}
    ${quintic}
    ${quinticSlopes}
    const u0 = ${cubic.u0};
    const u1 = ${cubic.u1};
    const u3 = ${cubic.u3};
    const u2 = ${sub(number(1), 'u0', 'u1', 'u3')};
    ${d > 1 ? cubicSlopes : ''}
    ${gathered(0, d)}
    ${gathered(1, d)}
    const outer = ${negative('w1')};
    ${stored(negative(folded('g')), 0, d)}
    ${d > 1 ? stored(mul('outer', ofGrid('perU'), folded('k')), 1, d) : ''}
    ${stored(mul('outer', ofGrid('perV'), folded('h')), d, d)}
  }
}`;

const scattered = (lane: number): string => `
    {
      let at = ${addressOf(lane)} + deposits;
      if (at & ${NUMBER}) at += odd;
${columns('v', lane)}
${lines(
  ROWS,
  (r) => `      {
        ${r > 0 ? 'at += pitch;' : ''}
        const u = ${spread(`u${r}`, lane)};
${row('v')
  .map(
    (weight, k) =>
      `        v128.store(at, ${add(`v128.load(at, ${k * VECTOR})`, mul('u', weight))}, ${k * VECTOR});`,
  )
  .join('\n')}
      }`,
)}
    }`;

const scatter = (d: number): string => `
/**
 * Adds w1 times the weights of pairs of particles to the deposits, which lie \`deposits\` bytes after C; those of
 * odd columns \`odd\` bytes after that. False: one lies outside the grid, or nowhere.
 */
export function scatter${d}(theta: usize, pairs: i32, deposits: usize, odd: usize): bool {
  const pitch = <usize>load<f64>(GRID, ${MESH_NUMBERS.indexOf('rowBytes') * NUMBER});
  for (let n = 0; n < pairs; n++, theta += ${2 * (1 + d) * NUMBER}) {
    ${place(d)}
    if (i64x2.bitmask(v128.and(f64x2.eq(iu, iFloor), f64x2.eq(jv, jFloor))) !== 3) return false;
    ${quintic}
    const u0 = ${mul('w1', cubic.u0)};
    const u1 = ${mul('w1', cubic.u1)};
    const u3 = ${mul('w1', cubic.u3)};
    const u2 = ${sub('w1', 'u0', 'u1', 'u3')};
    ${scattered(0)}
    ${scattered(1)}
  }
  return true;
}`;

/** The AssemblyScript source of the module. */
export const meshSource = (): string =>
  [
    `const NUMBERS: usize = memory.data<f64>([${NUMBERS.map(literal).join(', ')}]);`,
    `const GRID: usize = memory.data(${MESH_NUMBERS.length * NUMBER}, 16);`,
    'export function grid(): usize { return GRID; }',
    `export function free(): usize { return (__heap_base + ${VECTOR - 1}) & ~${VECTOR - 1}; }`,
    ...[1, 2].flatMap((d) => [gather(d), scatter(d)]),
  ].join('\n');
