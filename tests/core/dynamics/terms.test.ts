/**
 * Noise and decay by their laws. With residuals of zero every component is an Ornstein–Uhlenbeck process, whose
 * Euler steps have closed forms.
 */
import { describe, expect, it } from 'vitest';
import { brownian, BROWNIAN_BLOCK, keyOf } from '../../../src/core/random.ts';
import { createCpuEngine, type CpuEngine } from '../../../src/engines/cpu/engine.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { draw, problemOf, termsOf, type Stirring } from '../../support/problems.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (p: readonly number[]): number => {
  const middle = mean(p);
  return mean(p.map((value) => (value - middle) ** 2));
};
/** Of mean 0 and variance 1. */
const standardized = (p: readonly number[]): number[] => {
  const [middle, deviation] = [mean(p), Math.sqrt(variance(p))];
  return p.map((value) => (value - middle) / deviation);
};
const meanProduct = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, value, i) => sum + value * q[i], 0) / p.length;
const correlation = (p: readonly number[], q: readonly number[]): number =>
  meanProduct(standardized(p), standardized(q));
/** Standard errors that a right figure is never off by: 5 of them, in a hundred figures. */
const SIGMAS = 5;

describe('numbers of core/random.ts', () => {
  const N = 20_000;
  /** Components 0 … 7 of many particles, at a step and a seed: eight lists. */
  const numbers = (step: number, seed: number): number[][] => {
    const xi = new Float64Array(4);
    const words = new Uint32Array(4);
    const lists: number[][] = Array.from({ length: 8 }, () => []);
    for (let j = 0; j < N; j++) {
      for (let c = 0; c < 8; c++) {
        if (c % BROWNIAN_BLOCK === 0) brownian(xi, words, j, c / BROWNIAN_BLOCK, step, keyOf(seed));
        lists[c].push(xi[c % BROWNIAN_BLOCK]);
      }
    }
    return lists;
  };
  const here = numbers(3, 5);

  it('have mean 0, variance 1, third moment 0 and fourth 3', () => {
    for (const list of here) {
      const moment = (k: number): number => mean(list.map((xi) => xi ** k));
      // standard errors of the moments of a normal law: 1, √2, √15, √96 over √N
      [
        [1, 0, 1],
        [2, 1, 2],
        [3, 0, 15],
        [4, 3, 96],
      ].forEach(([k, want, square]) =>
        expect(Math.abs(moment(k) - want)).toBeLessThan(SIGMAS * Math.sqrt(square / N)),
      );
    }
  });

  it('are independent between components, particles, steps and seeds', () => {
    const later = numbers(4, 5);
    const other = numbers(3, 6);
    const sizes = here.map((list) => standardized(list.map(Math.abs)));
    const [now, ...others] = [here, later, other].map((lists) => lists.map(standardized));
    const limit = SIGMAS / Math.sqrt(N);
    for (let c = 0; c < 8; c++) {
      for (let k = 0; k < c; k++) {
        expect(Math.abs(meanProduct(now[c], now[k]))).toBeLessThan(limit);
        expect(Math.abs(meanProduct(sizes[c], sizes[k]))).toBeLessThan(limit);
      }
      for (const lists of others)
        for (let k = 0; k < 8; k++) expect(Math.abs(meanProduct(now[c], lists[k]))).toBeLessThan(limit);
      expect(Math.abs(correlation(here[c].slice(1), here[c].slice(0, -1)))).toBeLessThan(limit);
    }
  });
});

const N = 20_000;
const D = 2;
/** Particles that all start at one place, with inputs that matter only under a drive. */
async function cloud(stirring: Partial<Stirring>, more: Partial<Problem> = {}, start = 0): Promise<CpuEngine> {
  const { x, y } = draw({ n: 1, m: 2, d: D }, 1);
  const theta = Array.from({ length: N }, () => Array.from({ length: 1 + D }, () => start));
  return createCpuEngine(
    problemOf({ x, y, theta }, 'mean-field', {
      activation: 'linear',
      terms: termsOf({ seed: 11, ...stirring }),
      ...more,
    }),
  );
}

const layers = (theta: Float64Array): { w1: number[]; w0: number[] } => ({
  w1: [...theta].filter((_, i) => i % (1 + D) === 0),
  w0: [...theta].filter((_, i) => i % (1 + D) !== 0),
});
const free = (steps: number): { drive: Float64Array } => ({ drive: new Float64Array(2 * steps) });

describe('without residuals', () => {
  it('θ decays by 1 − s λ dt a step, s the speed times the rate of the layer, to rounding', async () => {
    const engine = await cloud({ rates: [0.5, 2], decay: 0.3 }, { dt: 0.4, speed: 1.5 }, 0.7);
    await engine.advance(20, free(20));
    const { w1, w0 } = layers(await engine.theta());
    for (const [list, rate] of [
      [w1, 0.5],
      [w0, 2],
    ] as const) {
      const want = 0.7 * (1 - 1.5 * rate * 0.3 * 0.4) ** 20;
      expect(Math.max(...list.slice(0, 100).map((value) => Math.abs(value / want - 1)))).toBeLessThan(
        20 * 4 * 2 ** -53,
      );
    }
    engine.destroy();
  });

  const decay = 0.5;
  const temperature = 0.2;
  const dt = 0.5;
  const speed = 2;

  it("the variance is that of Euler's method, 2 τ s dt (1 − q^2k)/(1 − q²) after k steps with q = 1 − s λ dt, and never τ/λ", async () => {
    const rates = [0.4, 1] as const;
    const engine = await cloud({ rates, decay, temperature }, { dt, speed });
    for (const steps of [1, 4, 45]) {
      await engine.advance(steps - engine.step, free(steps - engine.step));
      const { w1, w0 } = layers(await engine.theta());
      for (const [list, rate] of [
        [w1, rates[0]],
        [w0, rates[1]],
      ] as const) {
        const s = speed * rate;
        const q = 1 - s * decay * dt;
        const want = (2 * temperature * s * dt * (1 - q ** (2 * steps))) / (1 - q * q);
        const off = SIGMAS * Math.sqrt(2 / list.length);
        expect(Math.abs(variance(list) / want - 1), `${steps} steps, rate ${rate}`).toBeLessThan(off);
        expect(Math.abs(mean(list))).toBeLessThan(SIGMAS * Math.sqrt(want / list.length));
        // too long a step: a control
        if (steps === 45) expect(Math.abs(variance(list) / (temperature / decay) - 1)).toBeGreaterThan(2 * off);
      }
    }
    engine.destroy();
  });

  it('for short steps it is τ/λ, whatever the rates: the invariant law has the density exp(−λ|θ|²/2τ)', async () => {
    const engine = await cloud({ rates: [0.5, 1], decay: 1, temperature }, { dt: 0.04, speed: 2 });
    await engine.advance(125, free(125)); // e^−5 of the start is left in w1, and its square in the variance
    const { w1, w0 } = layers(await engine.theta());
    for (const list of [w1, w0])
      expect(Math.abs(variance(list) / temperature - 1)).toBeLessThan(
        0.04 + SIGMAS * Math.sqrt(2 / list.length),
      ); // sλdt/2 of Euler's method
    engine.destroy();
  });

  it('θ at two times has the correlation q^k of k steps, and the noise of two particles none', async () => {
    const engine = await cloud({ decay, temperature }, { dt, speed: 1 });
    const q = 1 - decay * dt;
    await engine.advance(40, free(40));
    const before = [...(await engine.theta())];
    await engine.advance(3, free(3));
    const after = [...(await engine.theta())];
    // the error of a correlation ρ is (1 − ρ²)/√N
    expect(Math.abs(correlation(before, after) - q ** 3)).toBeLessThan(
      (SIGMAS * (1 - q ** 6)) / Math.sqrt(after.length),
    );
    const limit = SIGMAS / Math.sqrt(N);
    const { w1, w0 } = layers(Float64Array.from(after));
    expect(Math.abs(correlation(w1.slice(1), w1.slice(0, -1)))).toBeLessThan(limit);
    expect(
      Math.abs(
        correlation(
          w1,
          w0.filter((_, i) => i % 2 === 0),
        ),
      ),
    ).toBeLessThan(limit);
    engine.destroy();
  });
});

it('under residuals that do not change, with w0 frozen, w1 settles around b/λ', async () => {
  const { x } = draw({ n: 1, m: 2, d: D }, 1);
  const r = [0.8, -0.3];
  const w0 = [0.7, 0.7];
  const decay = 0.5;
  const temperature = 0.2;
  const dt = 0.5;
  const engine = await cloud({ rates: [1, 0], decay, temperature }, { dt }, 0.7);
  await engine.advance(45, { drive: Float64Array.from(Array.from({ length: 45 }, () => r).flat()) });
  const found = layers(await engine.theta());
  const b = -(r[0] * dot(w0, x[0]) + r[1] * dot(w0, x[1])) / 2;
  expect(new Set(found.w0)).toEqual(new Set([0.7]));
  const q = 1 - decay * dt;
  const square = (2 * temperature * dt) / (1 - q * q);
  expect(Math.abs(mean(found.w1) - b / decay)).toBeLessThan(SIGMAS * Math.sqrt(square / N) + 2 * q ** 45);
  expect(Math.abs(b / decay)).toBeGreaterThan(10 * SIGMAS * Math.sqrt(square / N));
  expect(Math.abs(variance(found.w1) / square - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / N));
  engine.destroy();
});

const dot = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, value, c) => sum + value * q[c], 0);
