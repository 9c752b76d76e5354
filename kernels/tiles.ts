/**
 * Kernels for any number of inner coordinates and outputs: groups of GROUP particles meet a tile of samples at a time.
 * The products h = W xᵀ fill a tile, φ is taken of it, and what comes out goes to the outputs, or back through x,
 * which lies in memory in either order. Coordinates come CHUNK at a time, so that what a tile reads again and
 * again of x stays in the second cache, and of a group in the first.
 *
 * Particles come packed: W [group][d][GROUP], w1 [group][c][GROUP]. Samples: panels x [a][d][panel], columns [k][m][panel],
 * r [c][samples]; dp is d padded with zeros to a panel's width. Both products read two streams from one end to the
 * other, whatever d is: rows of x a power of two apart would meet in a few sets of a cache.
 */
import { declared, type Form } from './form.ts';
import { CHUNK, GROUP, PANEL, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { folded, lines, times, type Lanes } from './lanes.ts';

/** What `lay` is told: where the arrays of a problem lie, and its sizes. */
const LAID = ['C', 'D', 'DP', 'PITCH', 'W1', 'W', 'B1', 'B0', 'PHIS', 'G'] as const;

const laid = (): string => `
${LAID.map((name) => `let ${name}: usize = 0;`).join('\n')}
export function lay(${LAID.map((name) => `${name.toLowerCase()}: usize`).join(', ')}): void {
${LAID.map((name) => `  ${name} = ${name.toLowerCase()};`).join('\n')}
}`;

/**
 * Packs rows [count][c + d] of θ, with zeros to whole groups; 0, or NaN where one of their numbers is not finite. Where
 * h is known w1 alone is wanted, and nothing is looked at.
 */
const enter = (lanes: Lanes): string => {
  const { vector: v, number, bytes } = lanes;
  return `
function packed(to: usize, row: usize, width: usize, count: usize, rows: i32, groups: i32): void {
  for (let j = 0; j < groups * ${GROUP}; j++, row += width) {
    let at = to + (j / ${GROUP}) * count * ${GROUP * bytes} + (j % ${GROUP}) * ${bytes};
    for (let k: usize = 0; k < count * ${bytes}; k += ${bytes}, at += ${GROUP * bytes})
      store<${number}>(at, j < rows ? load<${number}>(row + k) : 0);
  }
}
export function enter(rows: usize, count: i32, known: i32): f64 {
  const width = (C + D) * ${bytes};
  const groups = (count + ${GROUP - 1}) / ${GROUP};
  packed(W1, rows, width, C, count, groups);
  if (known) return 0;
  packed(W, rows + C * ${bytes}, width, D, count, groups);
  const end = rows + <usize>count * width;
  let guards = ${v}.splat(0);
  for (; rows + ${VECTOR} <= end; rows += ${VECTOR}) guards = ${v}.add(guards, ${v}.mul(${v}.splat(0), v128.load(rows)));
  let guard: ${number} = ${folded(lanes, 'guards')};
  for (; rows < end; rows += ${bytes}) guard += 0 * load<${number}>(rows);
  return guard;
}`;
};

/** Adds the products over `count` coordinates, or begins with them, to h [GROUP][samples] of a group. */
const products = ({ vector: v, splat, bytes }: Lanes): string => `
function products(h: usize, w: usize, x: usize, count: usize, panels: i32, begins: boolean): void {
  const pitch = <usize>panels * ${PANEL * VECTOR};
  const end = w + count * ${GROUP * bytes};
  for (let a = 0; a < panels; a++, h += ${PANEL * VECTOR}, x += D * ${PANEL * VECTOR}) {
${lines(GROUP, (p) => lines(PANEL, (i) => `    let h${p}_${i} = ${v}.splat(0);`))}
    if (!begins) {
${lines(GROUP, (p) => lines(PANEL, (i) => `      h${p}_${i} = v128.load(h + ${p} * pitch, ${i * VECTOR});`))}
    }
    let from = x;
    for (let at = w; at < end; at += ${GROUP * bytes}, from += ${PANEL * VECTOR}) {
${lines(PANEL, (i) => `      const x${i} = v128.load(from, ${i * VECTOR});`)}
${lines(
  GROUP,
  (p) => `      const w${p} = ${splat}(at, ${p * bytes});
${lines(PANEL, (i) => `      h${p}_${i} = ${v}.add(h${p}_${i}, ${v}.mul(w${p}, x${i}));`)}`,
)}
    }
${lines(GROUP, (p) => lines(PANEL, (i) => `    v128.store(h + ${p} * pitch, h${p}_${i}, ${i * VECTOR});`))}
  }
}
function allProducts(h: usize, groups: i32, x: usize, panels: i32): void {
  const size = <usize>panels * ${PANEL * VECTOR};
  for (let k: usize = 0; k < D; k += ${CHUNK}) {
    const count = min<usize>(${CHUNK}, D - k);
    let w = W + k * ${GROUP * bytes};
    let to = h;
    for (let g = 0; g < groups; g++, w += D * ${GROUP * bytes}, to += ${GROUP} * size)
      products(to, w, x + k * ${PANEL * VECTOR}, count, panels, k === 0);
  }
}`;

/** Adds what groups of particles give to the outputs of a tile of samples; h of the groups is left behind. */
const outputs = (form: Form, lanes: Lanes): string => {
  const { vector: v, splat, bytes } = lanes;
  return `
export function outputsOfTile(sum: usize, h: usize, groups: i32, x: usize, panels: i32): void {
${declared(form, lanes)}
  const size = <usize>panels * ${PANEL * VECTOR};
  let w1 = W1;
  allProducts(h, groups, x, panels);
  for (let g = 0; g < groups; g++, h += ${GROUP} * size, w1 += C * ${GROUP * bytes}) {
    for (let at: usize = 0; at < size; at += ${VECTOR}) {
${lines(
  GROUP,
  (p) => `      let phi${p}: v128;
      {
        const z = v128.load(h + ${p} * size + at);
        ${form.phi('z', `phi${p}`)}
      }`,
)}
      let to = sum + at;
      for (let k: usize = 0; k < C; k++, to += PITCH) {
        const outer = w1 + k * ${GROUP * bytes};
        let total = v128.load(to);
${lines(GROUP, (p) => `        total = ${v}.add(total, ${v}.mul(${splat}(outer, ${p * bytes}), phi${p}));`)}
        v128.store(to, total);
      }
    }
  }
}`;
};

/** φ and φ' of a group's h: Σ_β r^β φ into the sums of w1, and g = ⟨w1, r^β⟩ φ' [samples][GROUP] in place of h. */
const slopes = (form: Form, lanes: Lanes): string => {
  const { vector: v, splat, bytes, count, number } = lanes;
  return `
function slopes(b1: usize, h: usize, w1: usize, r: usize, size: usize): void {
${declared(form, lanes)}
  let z = h;
  for (let p = 0; p < ${GROUP}; p++, b1 += ${bytes}, w1 += ${bytes}) {
    let g = G + p * ${bytes};
    for (let at: usize = 0; at < size; at += ${VECTOR}, z += ${VECTOR}, g += ${GROUP * VECTOR}) {
      let phi: v128;
      let slope: v128;
      {
        const h = v128.load(z);
        ${form.both('h', 'phi', 'slope')}
      }
      v128.store(PHIS + at, phi);
      let factor = ${v}.splat(0);
      let from = r + at;
      let outer = w1;
      for (let k: usize = 0; k < C; k++, from += PITCH, outer += ${GROUP * bytes})
        factor = ${v}.add(factor, ${v}.mul(v128.load(from), ${splat}(outer)));
      const product = ${v}.mul(factor, slope);
${lines(count, (lane) => `      v128.store${8 * bytes}_lane(g, product, ${lane}, ${lane * GROUP * bytes});`)}
    }
    let to = b1;
    let from = r;
    for (let k: usize = 0; k < C; k++, from += PITCH, to += ${GROUP * bytes}) {
      let total = ${v}.splat(0);
      for (let at: usize = 0; at < size; at += ${VECTOR})
        total = ${v}.add(total, ${v}.mul(v128.load(from + at), v128.load(PHIS + at)));
      store<${number}>(to, load<${number}>(to) + ${folded(lanes, 'total')});
    }
  }
  memory.copy(h, G, ${GROUP} * size);
}`;
};

/** Adds Σ_α g [α][p] x [α] over some coordinates to b [GROUP][dp] of a group. */
const backwards = ({ vector: v, splat, bytes }: Lanes): string => {
  const names = times(GROUP, (p) => times(PANEL, (i) => `b${p}_${i}`)).flat();
  const place = (name: string): string => {
    const [p, i] = name.slice(1).split('_').map(Number);
    return `b + ${p} * width, ${i * VECTOR}`;
  };
  return `
function backwards(b: usize, g: usize, columns: usize, bytes: usize, size: usize): void {
  const width = DP * ${bytes};
  for (const end = b + bytes; b < end; b += ${PANEL * VECTOR}, columns += PITCH * ${(PANEL * VECTOR) / bytes}) {
${names.map((name) => `    let ${name} = v128.load(${place(name)});`).join('\n')}
    let x = columns;
    for (let at = g, last = g + ${GROUP} * size; at < last; at += ${GROUP * bytes}, x += ${PANEL * VECTOR}) {
${lines(PANEL, (i) => `      const x${i} = v128.load(x, ${i * VECTOR});`)}
${lines(
  GROUP,
  (p) => `      const g${p} = ${splat}(at, ${p * bytes});
${lines(PANEL, (i) => `      b${p}_${i} = ${v}.add(b${p}_${i}, ${v}.mul(g${p}, x${i}));`)}`,
)}
    }
${names.map((name) => `    v128.store(${place(name).replace(',', `, ${name},`)});`).join('\n')}
  }
}`;
};

/**
 * Adds what a tile of samples gives to the drifts of groups of particles: b1 [group][c][GROUP], b0
 * [group][GROUP][dp]. Where h is known it is read, and in any case overwritten.
 */
const drifts = ({ bytes }: Lanes): string => `
export function driftsOfTile(h: usize, known: i32, groups: i32, x: usize, columns: usize, r: usize, panels: i32): void {
  const size = <usize>panels * ${PANEL * VECTOR};
  if (!known) allProducts(h, groups, x, panels);
  let b1 = B1;
  let w1 = W1;
  let at = h;
  for (let g = 0; g < groups; g++, at += ${GROUP} * size, b1 += C * ${GROUP * bytes}, w1 += C * ${GROUP * bytes})
    slopes(b1, at, w1, r, size);
  for (let k: usize = 0; k < DP; k += ${CHUNK}) {
    const width = min<usize>(${CHUNK}, DP - k) * ${bytes};
    let b0 = B0 + k * ${bytes};
    at = h;
    for (let g = 0; g < groups; g++, at += ${GROUP} * size, b0 += DP * ${GROUP * bytes})
      backwards(b0, at, columns + k * PITCH, width, size);
  }
}`;

/** The sums of `count` particles over −m, as rows [count][c + d]. */
const leave = ({ number, bytes }: Lanes): string => `
export function leave(b: usize, count: i32, m: f64): void {
  const per: ${number} = <${number}>-m;
  for (let j = 0; j < count; j++) {
    let b1 = B1 + (j / ${GROUP}) * C * ${GROUP * bytes} + (j % ${GROUP}) * ${bytes};
    for (let k: usize = 0; k < C; k++, b += ${bytes}, b1 += ${GROUP * bytes})
      store<${number}>(b, load<${number}>(b1) / per);
    const b0 = B0 + <usize>j * DP * ${bytes};
    for (let k: usize = 0; k < D * ${bytes}; k += ${bytes}, b += ${bytes})
      store<${number}>(b, load<${number}>(b0 + k) / per);
  }
}`;

export const tiles = (form: Form, lanes: Lanes): string =>
  [
    laid(),
    enter(lanes),
    products(lanes),
    outputs(form, lanes),
    slopes(form, lanes),
    backwards(lanes),
    drifts(lanes),
    leave(lanes),
  ].join('\n');
