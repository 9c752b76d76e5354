/**
 * TensorFlow.js: the gradient written with its operations, and by its own differentiation, on its wasm and
 * WebGPU backends.
 */
import * as tf from 'peer:@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from 'peer:@tensorflow/tfjs-backend-wasm';
import 'peer:@tensorflow/tfjs-backend-webgpu';
import plainWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Problem } from '../../src/engines/engine.ts';
import type { Timed } from '../race/cases.ts';
import { pick, timed, type Runner } from '../race/runner.ts';
import { blocksOf, fastest, type Form } from './fastest.ts';
import { adapterInfo, type Open } from './serve.ts';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plainWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm,
});
setThreadsCount(navigator.hardwareConcurrency); // its default leaves cores idle

type Backend = 'wasm' | 'webgpu';
/** Numbers in the largest array: 128 MB, the least that WebGPU lets one bind. */
const NUMBERS = 2 ** 25;

const PHI: Record<Timed, (h: tf.Tensor) => tf.Tensor> = { tanh: tf.tanh, relu: tf.relu };
/** φ'(h), given φ(h). */
const DPHI: Record<Timed, (phi: tf.Tensor) => tf.Tensor> = {
  tanh: (phi) => tf.sub(1, tf.square(phi)),
  relu: tf.step,
};

/** w1 and w0 of some particles. */
type Block = [w1: tf.Tensor, w0: tf.Tensor];
type Step = (blocks: readonly Block[], x: tf.Tensor, y: tf.Tensor) => Block[];

/** Where particles lie in an array, and the four products of a step that are fastest there. x is [m, d]. */
interface Layout {
  /** Whether a particle is a column, not a row. */
  readonly column: boolean;
  readonly h: (w0: tf.Tensor, x: tf.Tensor) => tf.Tensor;
  readonly outputs: (w1: tf.Tensor, phi: tf.Tensor) => tf.Tensor;
  readonly b1: (phi: tf.Tensor, r: tf.Tensor) => tf.Tensor;
  readonly gx: (g: tf.Tensor, x: tf.Tensor) => tf.Tensor;
}

const LAYOUTS = {
  /** A row a particle: w1 [k, 1], w0 [k, d], h [k, m]. */
  rows: {
    column: false,
    h: (w0, x) => tf.matMul(w0, x, false, true),
    outputs: (w1, phi) => tf.matMul(w1, phi, true),
    b1: (phi, r) => tf.matMul(phi, r, false, true),
    gx: (g, x) => tf.matMul(g, x),
  },
  /**
   * A column a particle: w1 [1, k], w0 [d, k], h [m, k]; of two inputs h elementwise, for matMul is slow where
   * it sums over two numbers.
   */
  columns: {
    column: true,
    h: (w0, x) => {
      if (x.shape[1] !== 2) return tf.matMul(x, w0);
      const [u, v] = tf.split(w0, 2, 0);
      const [x0, x1] = tf.split(x, 2, 1);
      return tf.add(tf.mul(x0, u), tf.mul(x1, v));
    },
    outputs: (w1, phi) => tf.matMul(phi, w1, false, true),
    b1: (phi, r) => tf.matMul(r, phi, true),
    gx: (g, x) => tf.matMul(x, g, true),
  },
} as const satisfies Record<string, Layout>;

/** f first, over all blocks, then each block's move. One block keeps its φ between the two. */
function written({ n, m, dt, activation }: Problem, layout: Layout): Step {
  const features = (w0: tf.Tensor, x: tf.Tensor): tf.Tensor => PHI[activation as Timed](layout.h(w0, x));
  return (blocks, x, y) => {
    const kept = blocks.length === 1 ? features(blocks[0][1], x) : null;
    const f = blocks
      .map(([w1, w0]) => tf.tidy(() => layout.outputs(w1, kept ?? features(w0, x))))
      .reduce(tf.add);
    const r = tf.sub(tf.mul(f, 1 / n), y);
    return blocks.map(([w1, w0]) => {
      const moved = tf.tidy(() => {
        const phi = kept ?? features(w0, x);
        const gx = layout.gx(tf.mul(DPHI[activation as Timed](phi), r), x);
        return {
          w1: tf.sub(w1, tf.mul(layout.b1(phi, r), dt / m)),
          w0: tf.sub(w0, tf.mul(gx, tf.mul(w1, dt / m))),
        };
      });
      return [moved.w1, moved.w0];
    });
  };
}

/** The gradient by its own differentiation, of one block. */
function derived({ n, dt, activation }: Problem, layout: Layout): Step {
  return ([[w1, w0], ...more], x, y) => {
    if (more.length > 0) throw new Error('θ in one block would not fit');
    const loss = (outer: tf.Tensor, inner: tf.Tensor): tf.Tensor => {
      const f = layout.outputs(outer, PHI[activation as Timed](layout.h(inner, x)));
      return tf.mul(tf.mean(tf.square(tf.sub(tf.mul(f, 1 / n), y))), n / 2);
    };
    const [g1, g0] = tf.grads(loss)([w1, w0]);
    return [[tf.sub(w1, tf.mul(g1, dt)), tf.sub(w0, tf.mul(g0, dt))]];
  };
}

interface Way {
  readonly name: string;
  readonly layout: Layout;
  readonly step: Step;
}

async function open(problem: Problem, backend: Backend, { name, layout, step }: Way): Promise<Runner> {
  const { n, m, d, theta } = problem;
  await tf.setBackend(backend);
  /** w1 or w0 of particles first … first + k − 1: `width` numbers of θ's rows from `from` on. */
  const put = (first: number, k: number, from: number, width: number): tf.Tensor => {
    const values = new Float32Array(k * width);
    for (let j = 0; j < k; j++)
      for (let c = 0; c < width; c++)
        values[place(layout, j, c, k, width)] = theta[(first + j) * (1 + d) + from + c];
    return tf.tensor2d(values, layout.column ? [width, k] : [k, width]);
  };
  const x = tf.tensor2d(Float32Array.from(problem.x), [m, d]);
  const y = tf.tensor2d(Float32Array.from(problem.y), layout.column ? [m, 1] : [1, m]);
  let blocks = blocksOf(n, Math.max(m, d), NUMBERS).map(([first, last]): Block => [
    put(first, last - first, 0, 1),
    put(first, last - first, 1, d),
  ]);
  const device =
    backend === 'webgpu'
      ? await adapterInfo()
      : { device: `CPU, ${navigator.hardwareConcurrency} threads`, software: false };
  return {
    info: { name: `tfjs ${tf.version_core} ${backend}`, method: name, ...device, precision: 'float32' },
    advance: (steps) =>
      timed(async () => {
        await tf.setBackend(backend);
        for (let k = 0; k < steps; k++) {
          const before = blocks;
          blocks = tf.tidy(() => step(before, x, y));
          for (const tensor of before.flat()) tensor.dispose();
        }
        await tf.tidy(() => tf.mean(blocks[blocks.length - 1][1])).data(); // one number comes back: all is done
      }),
    rows: async (ranges) =>
      pick((await Promise.all(blocks.map((block) => rowsOf(block, layout)))).flat(), ranges, 1 + d),
    destroy: () => {
      for (const tensor of [x, y, ...blocks.flat()]) tensor.dispose();
    },
  };
}
const place = ({ column }: Layout, j: number, c: number, k: number, width: number): number =>
  column ? c * k + j : j * width + c;

/** θ of a block, row after row. */
async function rowsOf([w1, w0]: Block, layout: Layout): Promise<number[]> {
  const [outer, inner] = await Promise.all([w1.data(), w0.data()]);
  const k = outer.length;
  const d = inner.length / k;
  return Array.from({ length: k * (1 + d) }, (_, i) => {
    const j = Math.floor(i / (1 + d));
    const c = (i % (1 + d)) - 1;
    return c < 0 ? outer[j] : inner[place(layout, j, c, k, d)];
  });
}

const entrant =
  (backend: Backend): Open =>
  async (problem) => {
    if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its ${backend} backend here`);
    return fastest(
      problem,
      Object.entries(LAYOUTS).flatMap(([name, layout]): Form[] => [
        { name, open: (on) => open(on, backend, { name, layout, step: written(on, layout) }) },
        {
          name: `${name}, autodiff`,
          open: (on) => open(on, backend, { name: `${name}, autodiff`, layout, step: derived(on, layout) }),
        },
      ]),
    );
  };

export const TFJS: Readonly<Record<string, Open>> = {
  'tfjs wasm': entrant('wasm'),
  'tfjs webgpu': entrant('webgpu'),
};
