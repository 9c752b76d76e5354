/** What is raced: a problem in someone's hands, wherever these are. */
import type { Engine } from '../../src/engines/engine.ts';
import { Plain } from './plain.ts';

/** Particles first … last − 1. */
export type Range = readonly [first: number, last: number];

export interface RunnerInfo {
  /** Who computes, e.g. "mckean cpu" or "jax-js 0.1.25 wasm". */
  readonly name: string;
  /** How: our method, or the peer's form that was the fastest. */
  readonly method: string;
  readonly device: string;
  /** No GPU computes where one is asked for. */
  readonly software: boolean;
  readonly precision: 'float64' | 'float32';
}

export interface Runner {
  readonly info: RunnerInfo;
  /** Does `steps` Euler steps; resolves to the milliseconds until all were done and seen to be done. */
  advance(steps: number): Promise<number>;
  /** θ of the particles in the ranges, row after row. */
  rows(ranges: readonly Range[]): Promise<ArrayLike<number>>;
  /** f [m] at the current θ, where it can be had for less than a sum over all pairs. */
  f?(): Promise<ArrayLike<number>>;
  destroy(): void | Promise<void>;
}

export function pick(theta: ArrayLike<number>, ranges: readonly Range[], width: number): number[] {
  const rows: number[] = [];
  for (const [first, last] of ranges) for (let i = first * width; i < last * width; i++) rows.push(theta[i]);
  return rows;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One of our engines. It says `done` after it has read back the loss of the last step. */
export function engineRunner(engine: Engine, asked: string): Runner {
  const { name, method, adapter, software, precision } = engine.info;
  return {
    info: {
      name: `mckean ${name}`,
      method: asked === 'auto' ? `auto: ${method}` : method,
      device: adapter,
      software,
      precision,
    },
    advance: (steps) => timed(() => engine.advance(steps)),
    rows: async (ranges) => pick(await engine.theta(), ranges, 1 + engine.problem.d),
    f: () => engine.f(),
    destroy: () => engine.destroy(),
  };
}

/** The yardstick. A step of it is one sum over all pairs for f and one for the drift. */
export function plainRunner(problem: Engine['problem']): Runner {
  const plain = new Plain(problem);
  return {
    info: {
      name: 'plain JavaScript',
      method: 'direct',
      device: 'CPU, 1 thread',
      software: false,
      precision: 'float64',
    },
    advance: (steps) =>
      timed(async () => {
        for (let k = 0; k < steps; k++) plain.move(plain.residual());
      }),
    rows: async (ranges) => pick(plain.theta, ranges, 1 + problem.d),
    destroy: () => undefined,
  };
}
