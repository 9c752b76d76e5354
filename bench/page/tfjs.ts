/** TensorFlow.js: the gradient written with its operations, and by its own differentiation, on its wasm and WebGPU backends. */
import * as tf from 'peer:@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from 'peer:@tensorflow/tfjs-backend-wasm';
import 'peer:@tensorflow/tfjs-backend-webgpu';
import plainWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedWasm from 'peer:@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Problem } from '../../src/engines/engine.ts';
import type { Timed } from '../cases.ts';
import { pick, timed, type Runner } from '../runner.ts';
import { blocksOf, fastest, type Form } from './fastest.ts';
import { adapterInfo, type Open } from './serve.ts';

setWasmPaths({ 'tfjs-backend-wasm.wasm': plainWasm, 'tfjs-backend-wasm-simd.wasm': simdWasm, 'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm });

type Backend = 'wasm' | 'webgpu';
/** Pairs of the largest array: 128 MB, the least that WebGPU lets one bind. */
const PAIRS = 2 ** 25;

const PHI: Record<Timed, (h: tf.Tensor) => tf.Tensor> = { tanh: tf.tanh, relu: tf.relu };
/** φ'(h), given φ(h). */
const DPHI: Record<Timed, (phi: tf.Tensor) => tf.Tensor> = { tanh: (phi) => tf.sub(1, tf.square(phi)), relu: tf.step };

/** w1 [k, 1] and w0 [k, 2] of some particles. */
type Block = [w1: tf.Tensor, w0: tf.Tensor];
type Step = (blocks: readonly Block[], x: tf.Tensor, y: tf.Tensor) => Block[];

/** f first, over all blocks, then each block's move. One block keeps its φ between the two. */
function written({ n, m, dt, activation }: Problem): Step {
  const features = (w0: tf.Tensor, x: tf.Tensor): tf.Tensor => PHI[activation as Timed](tf.matMul(w0, x, false, true));
  return (blocks, x, y) => {
    const kept = blocks.length === 1 ? features(blocks[0][1], x) : null;
    const f = blocks.map(([w1, w0]) => tf.tidy(() => tf.matMul(w1, kept ?? features(w0, x), true))).reduce(tf.add);
    const r = tf.sub(tf.mul(f, 1 / n), y);
    return blocks.map(([w1, w0]) => {
      const moved = tf.tidy(() => {
        const phi = kept ?? features(w0, x), b1 = tf.matMul(phi, r, false, true);
        const gx = tf.matMul(tf.mul(DPHI[activation as Timed](phi), r), x);
        return { w1: tf.sub(w1, tf.mul(b1, dt / m)), w0: tf.sub(w0, tf.mul(gx, tf.mul(w1, dt / m))) };
      });
      return [moved.w1, moved.w0];
    });
  };
}

function derived({ n, m, dt, activation }: Problem): Step {
  const gradient = (x: tf.Tensor, y: tf.Tensor) => tf.grads((w1, w0) => {
    const f = tf.matMul(w1, PHI[activation as Timed](tf.matMul(w0, x, false, true)), true);
    return tf.mul(tf.mean(tf.square(tf.sub(tf.mul(f, 1 / n), y))), n / 2);
  });
  return ([[w1, w0], ...more], x, y) => {
    if (more.length > 0) throw new Error(`θ in one block would not fit at n m = ${n * m}`);
    const [g1, g0] = gradient(x, y)([w1, w0]);
    return [[tf.sub(w1, tf.mul(g1, dt)), tf.sub(w0, tf.mul(g0, dt))]];
  };
}

async function open({ n, m, d, x: samples, y: targets, theta }: Problem, backend: Backend, name: string, step: Step): Promise<Runner> {
  await tf.setBackend(backend);
  const x = tf.tensor2d(Float32Array.from(samples), [m, d]), y = tf.tensor2d(Float32Array.from(targets), [1, m]);
  let blocks = blocksOf(n, m, PAIRS).map(([first, last]): Block => {
    const k = last - first, at = (j: number, c: number): number => theta[(first + j) * (1 + d) + c];
    return [
      tf.tensor2d(Float32Array.from({ length: k }, (_, j) => at(j, 0)), [k, 1]),
      tf.tensor2d(Float32Array.from({ length: k * d }, (_, i) => at(Math.floor(i / d), 1 + (i % d))), [k, d]),
    ];
  });
  const device = backend === 'webgpu' ? await adapterInfo() : { device: `CPU, ${threads()}`, software: false };
  return {
    info: { name: `tfjs ${tf.version_core} ${backend}`, method: name, ...device, precision: 'float32' },
    advance: (steps) => timed(async () => {
      await tf.setBackend(backend);
      for (let k = 0; k < steps; k++) {
        const before = blocks;
        blocks = tf.tidy(() => step(before, x, y));
        for (const tensor of before.flat()) tensor.dispose();
      }
      await tf.tidy(() => tf.mean(blocks[blocks.length - 1][1])).data(); // one number comes back: all is done
    }),
    rows: async (ranges) => {
      const rows: number[] = [];
      for (const [w1, w0] of blocks) {
        const [outer, inner] = await Promise.all([w1.data(), w0.data()]);
        outer.forEach((value, j) => rows.push(value, inner[d * j], inner[d * j + 1]));
      }
      return pick(rows, ranges, 1 + d);
    },
    destroy: () => {
      for (const tensor of [x, y, ...blocks.flat()]) tensor.dispose();
    },
  };
}

function threads(): string {
  const count = getThreadsCount();
  return count > 1 ? `${count} threads` : '1 thread';
}

const entrant = (backend: Backend): Open => async (problem) => {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its ${backend} backend here`);
  const form = (name: string, step: Step): Form => ({ name, open: () => open(problem, backend, name, step) });
  return fastest([form('matmul', written(problem)), form('autodiff', derived(problem))]);
};

export const TFJS: Readonly<Record<string, Open>> = { 'tfjs wasm': entrant('wasm'), 'tfjs webgpu': entrant('webgpu') };
