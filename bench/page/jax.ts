/** jax-js: three ways to write the step, jitted, on its wasm and WebGPU devices. */
import {
  blockUntilReady,
  defaultDevice,
  grad,
  init,
  jit,
  numpy as np,
  type Array as Jax,
  type Device,
} from 'peer:@jax-js/jax';
import type { Problem } from '../../src/engines/engine.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Timed } from '../race/cases.ts';
import { pick, timed, type Runner } from '../race/runner.ts';
import { blocksOf, fastest, type Form } from './fastest.ts';
import { adapterInfo, type Open } from './serve.ts';

const VERSION = manifest.dependencies['@jax-js/jax'];
/** Numbers in the largest array: its wasm memory ends at 4 GB, and a step holds several. */
const NUMBERS = 2 ** 26;

const PHI: Record<Timed, (h: Jax) => Jax> = { tanh: (h) => np.tanh(h), relu: (h) => np.maximum(h, 0) };
/** φ'(h), given φ(h). */
const DPHI: Record<Timed, (phi: Jax) => Jax> = {
  tanh: (phi) => phi.ref.mul(phi).neg().add(1),
  relu: (phi) => np.where(np.greater(phi, 0), 1, 0),
};

/** How to get from θ and X [m, d] to H [k, m], and from G [k, m] to G X [k, d]. */
const PRODUCTS = {
  matmul: { h: (w0: Jax, x: Jax) => np.matmul(w0, x.transpose()), gx: (g: Jax, x: Jax) => np.matmul(g, x) },
  // Elementwise products, which jit can fuse into the sums, of two inputs.
  broadcast: {
    h: (w0: Jax, x: Jax) =>
      outer(w0.ref.slice([], [0, 1]), x.ref.slice([], [0, 1])).add(
        outer(w0.slice([], [1, 2]), x.slice([], [1, 2])),
      ),
    gx: (g: Jax, x: Jax) => np.matmul(g, x),
  },
};

const outer = (column: Jax, other: Jax): Jax => column.mul(other.transpose());

type Step = (blocks: [Jax, Jax][], x: Jax, y: Jax) => [Jax, Jax][];

/** θ in blocks; f first, over all of them, then each block's move. One block keeps its φ between the two. */
function written({ n, m, dt, activation }: Problem, products: (typeof PRODUCTS)[keyof typeof PRODUCTS]): Step {
  const phi = PHI[activation as Timed];
  const dphi = DPHI[activation as Timed];
  const outputs = (w1: Jax, p: Jax): Jax =>
    w1
      .mul(p)
      .sum(0)
      .mul(1 / n);
  const move = (w1: Jax, w0: Jax, p: Jax, x: Jax, r: Jax): [Jax, Jax] => {
    const b1 = p.ref.mul(r.ref).sum(1).reshape([-1, 1]);
    const gx = products.gx(dphi(p).mul(r), x);
    return [w1.ref.sub(b1.mul(dt / m)), w0.sub(gx.mul(w1.mul(dt / m)))];
  };
  const whole = jit((w1: Jax, w0: Jax, x: Jax, y: Jax) => {
    const p = phi(products.h(w0.ref, x.ref));
    const r = outputs(w1.ref, p.ref).sub(y);
    return move(w1, w0, p, x, r);
  });
  const forward = jit((w1: Jax, w0: Jax, x: Jax) => outputs(w1, phi(products.h(w0, x))));
  const update = jit((w1: Jax, w0: Jax, x: Jax, r: Jax) => move(w1, w0.ref, phi(products.h(w0, x.ref)), x, r));
  return (blocks, x, y) => {
    if (blocks.length === 1) return [whole(...blocks[0], x.ref, y.ref)];
    const f = blocks.map(([w1, w0]) => forward(w1.ref, w0.ref, x.ref)).reduce((sum, part) => sum.add(part));
    const r = f.sub(y.ref);
    const next = blocks.map(([w1, w0]) => update(w1, w0, x.ref, r.ref));
    r.dispose();
    return next;
  };
}

/** The gradient by reverse mode, of one block. */
function derived({ n, m, dt, activation }: Problem): Step {
  const loss = (w1: Jax, w0: Jax, x: Jax, y: Jax): Jax => {
    const r = w1
      .mul(PHI[activation as Timed](np.matmul(w0, x.transpose())))
      .sum(0)
      .mul(1 / n)
      .sub(y);
    return r.ref
      .mul(r)
      .sum()
      .mul(n / (2 * m));
  };
  const step = jit((w1: Jax, w0: Jax, x: Jax, y: Jax): [Jax, Jax] => {
    const [b1, b0] = grad(loss, { argnums: [0, 1] })(w1.ref, w0.ref, x, y);
    return [w1.sub(b1.mul(dt)), w0.sub(b0.mul(dt))];
  });
  return (blocks, x, y) => {
    if (blocks.length > 1) throw new Error('θ in one block would not fit');
    return [step(...blocks[0], x.ref, y.ref)];
  };
}

async function open(problem: Problem, device: Device, name: string, step: Step): Promise<Runner> {
  const { n, m, d, theta } = problem;
  const put = (values: ArrayLike<number>, shape: number[]): Jax =>
    np.array(Float32Array.from(values), { shape, device });
  const columns = (first: number, last: number, from: number, to: number): number[] =>
    Array.from(
      { length: (last - first) * (to - from) },
      (_, i) => theta[(first + Math.floor(i / (to - from))) * (1 + d) + from + (i % (to - from))],
    );
  const x = put(problem.x, [m, d]);
  const y = put(problem.y, [m]);
  let blocks = blocksOf(n, Math.max(m, d), NUMBERS).map(([first, last]): [Jax, Jax] => [
    put(columns(first, last, 0, 1), [last - first, 1]),
    put(columns(first, last, 1, 1 + d), [last - first, d]),
  ]);
  const place =
    device === 'webgpu'
      ? await adapterInfo()
      : {
          device: `CPU, ${crossOriginIsolated ? `${navigator.hardwareConcurrency} threads` : '1 thread'}`,
          software: false,
        };
  return {
    info: { name: `jax-js ${VERSION} ${device}`, method: name, ...place, precision: 'float32' },
    advance: (steps) =>
      timed(async () => {
        defaultDevice(device);
        for (let k = 0; k < steps; k++) blocks = step(blocks, x, y);
        await blockUntilReady(blocks);
      }),
    rows: async (ranges) => {
      const w1: number[] = [];
      const w0: number[] = [];
      for (const block of blocks) {
        for (const value of await block[0].ref.data()) w1.push(value);
        for (const value of await block[1].ref.data()) w0.push(value);
      }
      return pick(
        w1.flatMap((value, j) => [value, ...w0.slice(j * d, (j + 1) * d)]),
        ranges,
        1 + d,
      );
    },
    destroy: () => {
      for (const array of [x, y, ...blocks.flat()]) array.dispose();
    },
  };
}

const entrant =
  (device: Device): Open =>
  async (problem) => {
    if (!(await init(device)).includes(device)) throw new Error(`jax-js finds no ${device} device here`);
    const form = (name: string, step: (on: Problem) => Step): Form => ({
      name,
      open: (on) => open(on, device, name, step(on)),
    });
    return fastest(problem, [
      ...(problem.d === 2 ? [form('broadcast', (on) => written(on, PRODUCTS.broadcast))] : []),
      form('matmul', (on) => written(on, PRODUCTS.matmul)),
      form('autodiff', derived),
    ]);
  };

export const JAX: Readonly<Record<string, Open>> = {
  'jax-js wasm': entrant('wasm'),
  'jax-js webgpu': entrant('webgpu'),
};
