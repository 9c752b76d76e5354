/** Initial draws in workers: a particle's draw depends on the seed and its number alone, so anyone may draw it. */
import { drawTheta } from '../../core/laws.ts';
import { shapeOf } from '../../core/shape.ts';
import type { DrawSetup, DrawTogether } from '../draws.ts';
import { remote } from '../workers/remote.ts';
import type { CpuOptions } from './threads.ts';

/** Particles that a worker draws before it sends them: some 20 ms. */
const TOGETHER = 2 ** 16;

/** What a worker hosts. */
export class HostedDraws {
  constructor(private readonly setup: DrawSetup) {}

  /** θ of the particles from `first` on, so many. */
  rows(first: number, count: number): Float64Array {
    const { initial, sized, spread, n } = this.setup;
    return drawTheta(initial, count, sized, spread, first, n);
  }
}

/** By all workers, each of which takes the next piece when it has sent one; null where there is none. */
export function drawTogether({ spawn, workers = 0 }: CpuOptions): DrawTogether | null {
  if (!spawn || workers === 0) return null;
  return async (setup, told) => {
    const { n } = setup;
    const { width } = shapeOf(setup.sized);
    const theta = new Float64Array(n * width);
    let [next, done] = [0, 0];
    const hosts = Array.from({ length: Math.min(workers, Math.ceil(n / TOGETHER)) }, () =>
      remote(spawn(), 'draws', setup),
    );
    const work = async (host: (typeof hosts)[number]): Promise<void> => {
      while (next < n) {
        const first = next;
        next = Math.min(n, first + TOGETHER);
        const count = next - first;
        theta.set(await host.rows(first, count), first * width);
        done += count;
        await told(done / n);
      }
    };
    try {
      await Promise.all(hosts.map(work));
    } finally {
      for (const host of hosts) host.destroy();
    }
    return theta;
  };
}
