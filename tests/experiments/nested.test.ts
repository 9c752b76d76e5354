import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { drawTheta } from '../../src/core/laws.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { drawNested, rateOf, type Draw, type Means } from '../../src/experiments/nested.ts';
import { affordable, stepsTo, widthsTo } from '../../src/experiments/nested-plan.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { NO_FILES } from '../support/no-files.ts';

const config = (more: ConfigInput = {}): ReturnType<typeof resolveConfig> =>
  resolveConfig({ preset: 'tanh-curve', model: { width: 64 }, ...more });

const MEANS: Means = {
  open: (_, problem) => createCpuEngine(problem),
  files: NO_FILES,
  signal: new AbortController().signal,
};

describe('nested widths', () => {
  const X = [-1, -0.7, -0.2, 0.1, 0.4, 0.8, 1];
  const run = (widths: number[], steps: number, seed: number): Promise<Draw> =>
    drawNested(
      {
        config: config({
          data: { inline: { x: X.map((at) => [at]), y: X.map((at) => Math.sin(3 * at)) } },
          dynamics: { dt: 0.2 },
        }),
        widths,
        steps,
      },
      seed,
      MEANS,
      { progress: () => undefined, curve: () => undefined },
    );

  it('are the first neurons of one draw: distances at t = 0 are those of their averages', async () => {
    const widths = [8, 32, 128];
    const { initial } = config();
    const theta = drawTheta({ ...initial, seed: 5 }, 128, { d: 2 });
    const { squares } = await run(widths, 0, 5);
    const f = (n: number): number[] =>
      X.map((at) => {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += theta[3 * j] * Math.tanh(theta[3 * j + 1] * at + theta[3 * j + 2]);
        return sum / n;
      });
    const square = (n: number): number =>
      f(n).reduce((sum, value, i) => sum + (value - f(128)[i]) ** 2 / X.length, 0);
    squares.forEach((value, i) => expect(value).toBeCloseTo(square(widths[i]), 12));
  });

  it('refuse a grid, which no two of them share', async () => {
    const gridded = config({ initial: { bias: { law: 'grid' } } });
    const plan = { config: gridded, widths: [8, 32], steps: 1 };
    await expect(
      drawNested(plan, 1, MEANS, { progress: () => undefined, curve: () => undefined }),
    ).rejects.toThrow('initial.bias is a grid');
  });

  it('come nearer to the widest as 1/n − 1/N, and no other power', async () => {
    const widths = [16, 64, 256, 1024];
    const draws: Draw[] = [];
    for (let seed = 1; seed <= 48; seed++) draws.push(await run(widths, 5, seed));
    const { slope, low, high } = rateOf(widths, draws)!;
    // the slope of 48 draws scatters by 0.06 (one standard deviation)
    expect(Math.abs(slope + 1)).toBeLessThan(0.2);
    expect([low < -1 && high > -1, high - low < 0.5]).toEqual([true, true]);
    expect(
      rateOf(
        widths,
        draws.map((draw) => ({ ...draw, squares: draw.squares.map(Math.sqrt) })),
      )!.high,
    ).toBeGreaterThan(-0.7);
  });

  it('have no rate where a distance is 0, and reach t in whole steps', () => {
    expect(rateOf([1, 4, 16], [{ seed: 1, curves: [], losses: [], squares: [0, 1, 0] }])).toBeNull();
    expect(widthsTo(2 ** 16)).toEqual([1024, 4096, 16384, 65536]);
    expect([stepsTo(12, 3, 0.25), stepsTo(null, 3, 0.25), stepsTo(null, 0, 0.25)]).toEqual([48, 12, 50]);
  });

  it('are no wider than a draw of a dozen seconds allows, within bounds', () => {
    // 1000 steps a second at n = 1024: 12 s of 50 steps move 245 760 neurons, the sum to 65 536 is 87 040
    expect(affordable({ n: 1024, step: 50, rate: 1000 })).toBe(2 ** 16);
    expect(affordable({ n: 1024, step: 50, rate: 1e9 })).toBe(2 ** 18);
    expect(affordable({ n: 1024, step: 50, rate: 1 })).toBe(2 ** 14);
    expect(affordable({ n: 1024, step: 50, rate: 0 })).toBe(2 ** 16);
  });
});
