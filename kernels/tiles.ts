/**
 * Kernels for any number of inner coordinates and outputs: GROUP particles meet a tile of samples at a time. The
 * products h = W xᵀ fill a tile, φ is taken of it, and what comes out goes to the outputs, or back through x, whose
 * rows lie in memory in that order, too. All arrays of a tile are small enough to stay in a cache.
 *
 * Particles come packed: W [group][d][GROUP], w1 [group][c][GROUP]. Samples: panels x [a][d][panel], rows [a][dp] with
 * dp padded to a panel's width, r [c][samples], all of the present tile.
 */
import { declared, type Form } from './form.ts';
import { GROUP, PANEL, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { folded, lines, type Lanes } from './lanes.ts';

/** h of a group of particles and a tile of samples into \`h\` [GROUP][samples]. */
const products = ({ vector: v, splat, bytes }: Lanes): string => `
function products(h: usize, w: usize, x: usize, d: i32, panels: i32): void {
  const pitch = <usize>panels * ${PANEL * VECTOR};
  for (let a = 0; a < panels; a++, h += ${PANEL * VECTOR}) {
${lines(GROUP, (p) => lines(PANEL, (i) => `    let h${p}_${i} = ${v}.splat(0);`))}
    let at = w;
    const end = at + <usize>d * ${GROUP * bytes};
    for (; at < end; at += ${GROUP * bytes}, x += ${PANEL * VECTOR}) {
${lines(PANEL, (i) => `      const x${i} = v128.load(x, ${i * VECTOR});`)}
${lines(
  GROUP,
  (p) => `      const w${p} = ${splat}(at, ${p * bytes});
${lines(PANEL, (i) => `      h${p}_${i} = ${v}.add(h${p}_${i}, ${v}.mul(w${p}, x${i}));`)}`,
)}
    }
${lines(GROUP, (p) => lines(PANEL, (i) => `    v128.store(h + ${p} * pitch, h${p}_${i}, ${i * VECTOR});`))}
  }
}`;

/** Adds what groups of particles give to the outputs of a tile of samples; their h are left `kept` bytes apart. */
const outputs = (form: Form, lanes: Lanes): string => {
  const { vector: v, splat, bytes } = lanes;
  return `
export function outputsOfTile(sum: usize, pitch: usize, h: usize, kept: usize, w1: usize, w: usize, groups: i32, c: i32, d: i32, x: usize, panels: i32): void {
${declared(form, lanes)}
  const size = <usize>panels * ${PANEL * VECTOR};
  for (let g = 0; g < groups; g++, h += kept, w1 += <usize>c * ${GROUP * bytes}, w += <usize>d * ${GROUP * bytes}) {
    products(h, w, x, d, panels);
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
      for (let k = 0; k < c; k++, to += pitch) {
        const outer = w1 + <usize>k * ${GROUP * bytes};
        let total = v128.load(to);
${lines(GROUP, (p) => `        total = ${v}.add(total, ${v}.mul(${splat}(outer, ${p * bytes}), phi${p}));`)}
        v128.store(to, total);
      }
    }
  }
}`;
};

/** φ and φ' of the tile h: Σ_β r^β φ into the sums of w1, and ⟨w1, r^β⟩ φ' in place of h. */
const slopes = (form: Form, lanes: Lanes): string => {
  const { vector: v, splat, bytes, number } = lanes;
  return `
function slopes(b1: usize, h: usize, phis: usize, w1: usize, c: i32, r: usize, pitch: usize, size: usize): void {
${declared(form, lanes)}
  for (let p = 0; p < ${GROUP}; p++, h += size, b1 += ${bytes}, w1 += ${bytes}) {
    for (let at: usize = 0; at < size; at += ${VECTOR}) {
      const z = v128.load(h + at);
      let phi: v128;
      let slope: v128;
      {
        ${form.both('z', 'phi', 'slope')}
      }
      v128.store(phis + at, phi);
      let factor = ${v}.splat(0);
      let from = r + at;
      let outer = w1;
      for (let k = 0; k < c; k++, from += pitch, outer += ${GROUP * bytes})
        factor = ${v}.add(factor, ${v}.mul(v128.load(from), ${splat}(outer)));
      v128.store(h + at, ${v}.mul(factor, slope));
    }
    let to = b1;
    let from = r;
    for (let k = 0; k < c; k++, from += pitch, to += ${GROUP * bytes}) {
      let total = ${v}.splat(0);
      for (let at: usize = 0; at < size; at += ${VECTOR})
        total = ${v}.add(total, ${v}.mul(v128.load(from + at), v128.load(phis + at)));
      store<${number}>(to, load<${number}>(to) + ${folded(lanes, 'total')});
    }
  }
}`;
};

/** Adds Σ_α g [p][α] x [α] to b [GROUP][dp]. */
const backwards = ({ vector: v, splat, bytes }: Lanes): string => `
function backwards(b: usize, g: usize, rows: usize, dp: i32, samples: i32): void {
  const pitch = <usize>samples * ${bytes};
  const width = <usize>dp * ${bytes};
  const end = g + pitch;
  for (let k: usize = 0; k < width; k += ${PANEL * VECTOR}) {
${lines(GROUP, (p) => lines(PANEL, (i) => `    let b${p}_${i} = v128.load(b + ${p} * width + k, ${i * VECTOR});`))}
    let at = rows + k;
    for (let from = g; from < end; from += ${bytes}, at += width) {
${lines(PANEL, (i) => `      const x${i} = v128.load(at, ${i * VECTOR});`)}
${lines(
  GROUP,
  (p) => `      const g${p} = ${splat}(from + ${p} * pitch);
${lines(PANEL, (i) => `      b${p}_${i} = ${v}.add(b${p}_${i}, ${v}.mul(g${p}, x${i}));`)}`,
)}
    }
${lines(GROUP, (p) => lines(PANEL, (i) => `    v128.store(b + ${p} * width + k, b${p}_${i}, ${i * VECTOR});`))}
  }
}`;

/**
 * Adds what a tile of samples gives to the drifts of groups of particles: b1 [group][c][GROUP], b0
 * [group][GROUP][dp]. Where h is known it is read, and in any case overwritten.
 */
const drifts = ({ bytes }: Lanes): string => `
export function driftsOfTile(b1: usize, b0: usize, h: usize, kept: usize, known: i32, phis: usize, w1: usize, w: usize, groups: i32, c: i32, d: i32, dp: i32, x: usize, rows: usize, r: usize, pitch: usize, panels: i32): void {
  const size = <usize>panels * ${PANEL * VECTOR};
  const outer = <usize>c * ${GROUP * bytes};
  for (let g = 0; g < groups; g++) {
    if (!known) products(h, w, x, d, panels);
    slopes(b1, h, phis, w1, c, r, pitch, size);
    backwards(b0, h, rows, dp, <i32>(size / ${bytes}));
    h += kept;
    b1 += outer;
    w1 += outer;
    w += <usize>d * ${GROUP * bytes};
    b0 += <usize>dp * ${GROUP * bytes};
  }
}`;

export const tiles = (form: Form, lanes: Lanes): string =>
  [products(lanes), outputs(form, lanes), slopes(form, lanes), backwards(lanes), drifts(lanes)].join('\n');
