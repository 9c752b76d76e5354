/** Predictions: what was expected against what came; and why a run does not do what one waits for. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/app/lecture/facts.ts';
import { slopeOf, wayOf } from '../../../src/app/lecture/numbers.ts';
import { curveOff, curveVerdict, slopeVerdict, steepest } from '../../../src/app/lecture/verdict.ts';
import { WHYS, type Facts } from '../../../src/app/lecture/why.ts';
import { PREDICTIONS, type SlopePrediction } from '../../../src/app/lecture/predictions.ts';
import { CHAPTERS } from '../../../src/app/lecture/chapters.ts';
import { mergeConfig, type ConfigInput } from '../../../src/core/config/config.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { prepare } from '../../../src/experiments/prepare.ts';
import { resolveConfig } from '../../../src/experiments/presets.ts';
import { NO_FILES } from '../../support/no-files.ts';

describe('slopes', () => {
  it('are those of power laws, to rounding, whatever their factor', () => {
    const points = [3, 10, 70].map((n): [number, number] => [n, 5 * n ** -0.7]);
    expect(slopeOf(points)).toBeCloseTo(-0.7, 12);
  });
  it('of the way of neurons in the lecture’s own scenes are −1/2 in NTK and 0 in mean field', async () => {
    const slope = async (id: 'ntk' | 'mean-field'): Promise<number> => {
      const { widths, steps } = PREDICTIONS[id] as SlopePrediction;
      const points: [number, number][] = [];
      for (const width of widths.slice(0, 3)) {
        const { problem } = await prepare(
          resolveConfig(mergeConfig(CHAPTERS[id].scene, { model: { width } })),
          NO_FILES,
        );
        const engine = await createCpuEngine(problem, { method: 'direct' });
        await engine.advance(steps);
        points.push([width, wayOf(await engine.theta(), problem.theta)]);
        engine.destroy();
      }
      return slopeOf(points);
    };
    expect(Math.abs((await slope('ntk')) + 0.5)).toBeLessThan(0.1);
    expect(Math.abs(await slope('mean-field'))).toBeLessThan(0.1);
  });
  it('are told with a rule one can use', () => {
    expect(slopeVerdict(-0.45, -0.5)).toBe(
      'You expected the slope −0.45, measured is −0.5: right. Twice the neurons: 0.707 times as far.',
    );
    expect(slopeVerdict(0, -0.5)).not.toContain('right');
  });
});

describe('curves', () => {
  it('are off by the mean factor between the drawn line and what came', () => {
    const t = [0, 50, 100];
    expect(curveOff([0, -1, -2], 100, t, [0, -1, -2])).toBeCloseTo(1, 12);
    expect(curveOff([0, -1, -2], 100, t, [-1, -2, -3])).toBeCloseTo(10, 12);
    expect(curveOff([0, -2], 100, [50], [-1.5])).toBeCloseTo(10 ** 0.5, 12);
  });
  it('fall most where they do', () => {
    const t = Array.from({ length: 101 }, (_, i) => i);
    const log = t.map((time) => (time < 42 ? -0.001 * time : time < 48 ? -0.5 * (time - 41) : -3));
    expect(steepest(t, log)).toEqual([40, 50]);
    expect(curveVerdict(2, [40, 50])).toContain('between t = 40 and 50');
  });
});

/** A run that learns well. */
const WELL: Facts = {
  step: 100,
  loss: 0.05,
  loss0: 0.2,
  r2: 0.75,
  dt: 0.1,
  stable: 1,
  isEuler: true,
  temperature: 0,
  isPulled: false,
  frozen: [],
  speed: 1,
  exponent: 0,
  n: 1024,
  drift: 0.5,
  drift0: 1,
  way: 0.6,
  kernel: 0.4,
};
const why = (name: keyof typeof WHYS, change: Partial<Facts>): string =>
  WHYS[name].reasons({ ...WELL, ...change }).join(' ');

describe('why', () => {
  it.each([
    ['loss', {}, /falls: it is 25 %/],
    ['loss', { step: 0 }, /press Play/],
    ['loss', { loss: 3, dt: 2 }, /dt = 2 is above 1, the longest that is stable/],
    ['loss', { loss: 3, dt: 2, stable: 0 }, /above what is stable/],
    ['loss', { r2: 0.999 }, /hardly anything left/],
    ['loss', { temperature: 0.1 }, /Noise of temperature τ = 0.1/],
    ['loss', { isPulled: true }, /penalty pulls/],
    ['loss', { frozen: ['w0'] }, /w0 stands still/],
    ['loss', { drift: 0.01 }, /plateau: .* 1 % of that at the start/],
    ['kernel', {}, /not flat: K has changed by 40 %/],
    [
      'kernel',
      { kernel: 0.01, exponent: 0.5, way: 0.02 },
      /n\^\(−0.5\) = 0.0313 at n = 1,024: with four times the neurons, 2 times less/,
    ],
    ['cloud', {}, /They do: .* 60 %/],
    ['cloud', { way: 0.01, exponent: 0.5 }, /all move in the direction that helps/],
    ['cloud', { way: 0.01 }, /wait/],
  ] as const)('%s, of a run with %j', (name, change, expected) => expect(why(name, change)).toMatch(expected));

  const factsAfter = async (input: ConfigInput, steps: number): Promise<Facts> => {
    const prepared = await prepare(resolveConfig(input), NO_FILES);
    const engine = await createCpuEngine(prepared.problem, { method: 'direct' });
    await engine.advance(steps);
    const session = { r2: NaN, ask: (question: (...all: unknown[]) => unknown) => question(engine, prepared) };
    const facts = await factsOf(session as never);
    engine.destroy();
    return facts;
  };

  it('is read off the run: in NTK neither cloud nor K moves, in mean field both do', async () => {
    const width = { model: { width: 512 } };
    const lazy = await factsAfter(mergeConfig(CHAPTERS.ntk.scene, width), 20);
    const free = await factsAfter(mergeConfig(CHAPTERS['mean-field'].scene, width), 200);
    expect(lazy.exponent).toBe(0.5);
    expect(free.exponent).toBe(0);
    expect(lazy.way).toBeLessThan(0.1 * free.way);
    expect(lazy.kernel).toBeLessThan(0.2 * free.kernel);
    expect(free.loss).toBeLessThan(free.loss0);
  });
  it('knows a step that is too long, and what stands still or pulls', async () => {
    const { scene } = CHAPTERS.naive;
    const wild = await factsAfter(mergeConfig(scene, { model: { width: 16384 } }), 20);
    expect(wild.loss).toBeGreaterThan(wild.loss0);
    expect(wild.dt).toBeGreaterThan(wild.stable);
    const held = await factsAfter(
      { preset: 'tanh-curve', model: { width: 64 }, dynamics: { decay: 0.1, rates: { w1: 1, w0: 0 } } },
      2,
    );
    expect(held).toMatchObject({ frozen: ['w0'], isPulled: true });
  });
});
