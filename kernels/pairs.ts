/**
 * The sums between nodes and samples by pairs: src/core/mesh/pair-nodes.ts in vectors, row of nodes by row, by its
 * operations and in its order, so with its bits. Values are added up for two nodes at a time, outputs for two samples.
 */
import { PAIR_NUMBERS, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { lines } from './lanes.ts';
import { add, mul, sub } from './weights.ts';

const NUMBER = 8;
/** Bytes of a piece of φ: four coefficients. */
const PIECE = 4 * NUMBER;

const shuffled = (vector: number, lane: number): string =>
  `v128.shuffle<f64>(p${vector}, q${vector}, ${lane}, ${2 + lane})`;

/** φ at the two places z, in units of a piece: `origin` is ORIGIN plus the address that a piece of number 0 would have. */
const phi = `
      const piece = f64x2.floor(z);
      const t = ${sub('z', 'piece')};
      const address = ${add(mul('piece', 'size'), 'origin')};
      const p = <usize>i32x4.extract_lane(address, 0);
      const q = <usize>i32x4.extract_lane(address, 2);
${lines(2, (k) => `      const p${k} = v128.load(p, ${k * VECTOR});\n      const q${k} = v128.load(q, ${k * VECTOR});`)}
      const phi = ${[shuffled(0, 0), shuffled(0, 1), shuffled(1, 0), shuffled(1, 1)].reduceRight((sum, one) => add(one, mul('t', sum)))};`;

const constants = `
  const size = f64x2.splat(${PIECE});
  const origin = f64x2.splat(first);`;

const values = `
/** Adds the shares of m samples to two nodes of a row at a time, from the node j on. */
export function pairValues(row: usize, vectors: i32, j: f64, sample: usize, m: i32, first: f64): void {${constants}
  const begin = f64x2.replace_lane(f64x2.splat(j), 1, j + 1);
  const two = f64x2.splat(2);
  for (const end = sample + m * ${PAIR_NUMBERS * NUMBER}; sample != end; sample += ${PAIR_NUMBERS * NUMBER}) {
    const start = v128.load64_splat(sample);
    const rise = v128.load64_splat(sample, ${NUMBER});
    const share = v128.load64_splat(sample, ${2 * NUMBER});
    let node = begin;
    for (let at = row, last = row + vectors * ${VECTOR}; at != last; at += ${VECTOR}) {
      const z = ${add('start', mul('node', 'rise'))};${phi}
      v128.store(at, ${add('v128.load(at)', mul('share', 'phi'))});
      node = ${add('node', 'two')};
    }
  }
}`;

const outputs = `
/** Two samples at a time: their sums over a row of nodes, from the node j on. */
export function pairOutputs(row: usize, columns: i32, j: f64, sample: usize, vectors: i32, first: f64): void {${constants}
  const begin = f64x2.splat(j);
  const one = f64x2.splat(1);
  for (const end = sample + vectors * ${PAIR_NUMBERS * VECTOR}; sample != end; sample += ${PAIR_NUMBERS * VECTOR}) {
    const start = v128.load(sample);
    const rise = v128.load(sample, ${VECTOR});
    let sum = f64x2.splat(0);
    let node = begin;
    for (let at = row, last = row + columns * ${NUMBER}; at != last; at += ${NUMBER}) {
      const z = ${add('start', mul('node', 'rise'))};${phi}
      sum = ${add('sum', mul('v128.load64_splat(at)', 'phi'))};
      node = ${add('node', 'one')};
    }
    v128.store(sample, sum, ${2 * VECTOR});
  }
}`;

export const pairs = values + outputs;
