/** As many replicas as a precision takes, on a law whose slopes have a spread that is known. */
import { describe, expect, it } from 'vitest';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import type { Means } from '../../src/experiments/measure/lab.ts';
import { plan } from '../../src/experiments/measure/measure.ts';
import { checkPrecision, measureTo, MOST_TIMES } from '../../src/experiments/measure/precision.ts';

const MEANS: Means = {
  open: (problem) => createCpuReplicas(problem),
  density: () => Promise.reject(new Error('no density is asked for')),
  files: { readBytes: () => Promise.reject(new Error('no file is read')), note: () => undefined },
  onProgress: () => undefined,
};
/** f_0 alone: no step is taken, and E f_0² = Θ(1/n) exactly. */
const order = plan('clt', {
  given: { data: { dataset: 'curve', samples: 2 }, dynamics: { steps: 0 } },
  widths: [4, 6, 8, 12, 16],
  replicas: 64,
});

async function measured(precision: number, means: Partial<Means> = {}) {
  const said: string[] = [];
  const result = await measureTo(precision, order, { ...MEANS, ...means }, (line) => said.push(line));
  return { ...result, said };
}

describe('a precision', () => {
  it('is reached by as many replicas as it takes, said beforehand, and not by fewer', async () => {
    const { halfWidths, replicas, fits, said } = await measured(0.1);
    const widest = Math.max(...fits!.map(({ low, high }) => (high - low) / 2));
    expect(widest).toBeLessThanOrEqual(0.1);
    expect(halfWidths).toMatchObject({ asked: 0.1, reached: widest });
    const [pilot, ...others] = halfWidths!.rounds;
    expect(pilot.replicas).toBe(64);
    expect(others.at(-1)).toEqual({ replicas, reached: widest });
    // intervals fall like the root of the number: a fifth more than that, and a block
    expect(others[0].replicas).toBeGreaterThan(64 * (pilot.reached / 0.1) ** 2);
    expect(others[0].replicas).toBeLessThan(1.3 * 64 * (pilot.reached / 0.1) ** 2 + 64);
    expect(said).toHaveLength(others.length);
    expect(said[0]).toMatch(/^64 replicas know the slopes to ±0\.\d+: ±0\.1 takes [\d,]+, about \d+ s$/);
  });

  it('that the pilot has takes no more', async () => {
    const { halfWidths, replicas, said } = await measured(1);
    expect([replicas, said, halfWidths!.rounds.length]).toEqual([64, [], 1]);
  });

  it('out of reach takes the most there is, and says what to do', async () => {
    const { halfWidths, replicas, said } = await measured(0.001);
    expect(replicas).toBe(64 * MOST_TIMES);
    expect(halfWidths!.reached).toBeGreaterThan(0.001);
    expect(said).toEqual([
      expect.stringMatching(
        /^64 replicas .* ±0\.001 would take [\d,]+, the limit is 4,096 .* give more --replicas .*, or a precision of 0\.\d+ and more$/,
      ),
    ]);
  });

  it('goes ahead steadily, the pilot being a small part', async () => {
    const shares: number[] = [];
    await measured(0.1, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((p, q) => p - q));
    expect(shares.at(-1)).toBeGreaterThanOrEqual(0.9);
  });

  it.each([0, -1, 2, NaN])('of %d is none', (value) =>
    expect(() => checkPrecision(value)).toThrow(/precision = .*: give the half-width .* from 0\.0001 to 1/),
  );
});

it('asks nothing of a law without slopes, and says so', async () => {
  const said: string[] = [];
  const own = plan('abc-symmetry', {
    given: { data: { dataset: 'curve', samples: 2 }, dynamics: { steps: 1 } },
    widths: [4, 16, 64],
    replicas: 64,
  });
  const result = await measureTo(0.1, own, MEANS, (line) => said.push(line));
  expect(result.halfWidths).toBeUndefined();
  expect(said).toEqual([expect.stringMatching(/^measure abc-symmetry fits no slope/)]);
});
