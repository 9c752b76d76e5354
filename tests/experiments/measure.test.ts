/**
 * Every measurement passes at a small size and its control does not; both are judged again from the points, by
 * other code.
 */
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { createCpuDensity } from '../../src/engines/cpu/density.ts';
import { replicasOf } from '../../src/engines/engine.ts';
import type { Fit, FitPoint } from '../../src/experiments/measure/judge.ts';
import type { Means } from '../../src/experiments/measure/lab.ts';
import { measure, plan, type Wishes } from '../../src/experiments/measure/measure.ts';
import { Interrupted, type Measurement } from '../../src/experiments/measure/measurement.ts';
import {
  MEASUREMENT_NAMES,
  MEASUREMENTS,
  type MeasurementName,
} from '../../src/experiments/measure/registry.ts';
import type { Parameterization } from '../../src/core/parameterizations.ts';
import { slope } from '../support/problems.ts';

const unread = (): Promise<never> => Promise.reject(new Error('no file is read'));
/** One thread: a worker takes longer to start than these take to run. */
const MEANS: Means = {
  open: (problem) => (replicasOf(problem) > 1 ? createCpuReplicas(problem) : createCpuEngine(problem)),
  density: async (problem) => createCpuDensity(problem),
  files: { readBytes: unread, note: () => undefined },
  onProgress: () => undefined,
};
const measured = (name: MeasurementName, wishes: Partial<Wishes> = {}, means: Partial<Means> = {}) =>
  measure(plan(name, { given: {}, ...wishes }), { ...MEANS, ...means });

interface Small {
  readonly wishes?: Partial<Wishes>;
  /** A fit or check that the control must break. */
  readonly broken: RegExp;
  /**
   * Too few replicas for the narrow interval that `passed` asks for: the law must lie within it and the
   * tolerance.
   */
  readonly loose?: true;
}

const CURVE = { data: { dataset: 'curve', samples: 6 } } as const;
const CIRCLE = { data: { dataset: 'circle-teacher', samples: 6 } } as const;
/** What keeps each short. */
const SMALL: Partial<Record<MeasurementName, Small>> = {
  exponents: {
    wishes: { widths: [256, 384, 512, 768, 1024], given: { parameterization: 'ntk', ...CURVE } },
    broken: /Δf of the first step/,
  },
  'phase-diagram': { wishes: { widths: [32, 48, 64, 96, 128] }, broken: /Δh/, loose: true },
  'coordinate-check': {
    wishes: {
      widths: [64, 96, 128, 192, 256],
      given: { parameterization: 'compensated', dynamics: { steps: 4 } },
    },
    broken: /Δw0 over its known value/,
    loose: true,
  },
  'learning-rate-transfer': {
    wishes: {
      widths: [64, 96, 128, 192, 256],
      given: { parameterization: 'naive', dynamics: { steps: 4 } },
    },
    broken: /best η0/,
    loose: true,
  },
  'state-spaces': {
    wishes: {
      widths: [32, 64, 128, 256, 512],
      given: { parameterization: 'ntk', ...CIRCLE, dynamics: { dt: 0.2, steps: 10 } },
    },
    broken: /neurons/,
    loose: true,
  },
  kernel: {
    wishes: {
      widths: [128, 256, 512, 768, 1024],
      given: { parameterization: 'ntk', ...CIRCLE, dynamics: { dt: 0.2, steps: 10 } },
    },
    broken: /drift of K/,
    loose: true,
  },
  'abc-symmetry': { wishes: { widths: [16, 25, 64], given: CURVE }, broken: /s = 1, n = 64/ },
  energy: { wishes: { given: { ...CURVE, dynamics: { dt: 0.15 } }, widths: [16] }, broken: /euler|heun|rk4/ },
  invariants: { wishes: { given: CURVE, widths: [16] }, broken: /increment, relu, dt = 0.8/ },
  'weak-form': {
    wishes: { given: { ...CURVE, dynamics: { dt: 0.2 } }, widths: [16] },
    broken: /rk4/,
    loose: true,
  },
  'step-size': { wishes: { widths: [8], replicas: 64 }, broken: /Euler–Maruyama/, loose: true },
  'law-of-large-numbers': {
    wishes: { widths: [32, 48, 64, 96, 128], replicas: 256, given: { ...CURVE, dynamics: { steps: 4 } } },
    broken: /nested/,
    loose: true,
  },
  clt: {
    wishes: { widths: [32, 48, 64, 96, 128], replicas: 512, given: { ...CURVE, dynamics: { steps: 4 } } },
    broken: /Cov f_n/,
    loose: true,
  },
  'self-healing': {
    wishes: { widths: [16, 32], replicas: 64, given: { dynamics: { steps: 32 } } },
    broken: /ratio at t = 32/,
  },
  'entropic-chaos': {
    wishes: { widths: [32, 48, 64, 96, 128], replicas: 256 },
    broken: /H\(law of/,
    loose: true,
  },
  coupling: {
    wishes: { widths: [16, 32, 48, 64, 96], replicas: 64, given: { ...CURVE, dynamics: { steps: 4 } } },
    broken: /linear φ/,
    loose: true,
  },
  independence: {
    wishes: { widths: [6, 7, 8, 9, 10], replicas: 2048, given: { ...CIRCLE, dynamics: { dt: 0.5, steps: 2 } } },
    broken: /two atoms/,
    loose: true,
  },
};

/** How far a fit is from what is expected, beyond its interval and its tolerance. */
const excess = ({ slope: found, low, high, expected, tolerance }: Fit): number =>
  Math.abs(found - expected) - tolerance - (high - low) / 2;

describe.each(MEASUREMENT_NAMES.filter((name) => SMALL[name]))('%s', (name) => {
  const { wishes, broken, loose = false } = SMALL[name]!;

  it('holds, by its own verdict and by one from its points', async () => {
    const result = await measured(name, wishes);
    expect((result.checks ?? []).filter(({ passed }) => !passed)).toEqual([]);
    expect((result.fits ?? []).filter((fit) => (loose ? excess(fit) > 0 : !fit.passed))).toEqual([]);
    if (!loose) expect(result.passed).toBe(true);
    for (const fit of result.fits ?? []) {
      const own = result.points.filter((point): point is FitPoint => point.fit === fit.name);
      expect(own.length).toBeGreaterThanOrEqual(5);
      for (const { values, value } of own)
        expect(values.reduce((sum, one) => sum + one / values.length, 0)).toBeCloseTo(value, 9);
      expect(
        slope(
          own.map(({ x }) => x),
          own.map(({ value }) => value),
        ) / fit.root,
      ).toBeCloseTo(fit.slope, 9);
      expect(fit.passed).toBe(
        Math.abs(fit.slope - fit.expected) <= fit.tolerance && (fit.high - fit.low) / 2 <= fit.tolerance,
      );
    }
  });

  it('its control does not', async () => {
    const result = await measured(name, { ...wishes, control: true });
    const failed = [...(result.fits ?? []), ...(result.checks ?? [])].filter(({ passed }) => !passed);
    expect(result.passed).toBe(false);
    expect(failed.filter((one) => broken.test(one.name) && (!('low' in one) || excess(one) > 0))).not.toEqual(
      [],
    );
  });
});

it('every measurement is in these tests or in a file of its own', () => {
  const elsewhere: readonly string[] = ['pde', 'uniform-in-time'];
  expect(MEASUREMENT_NAMES.filter((name) => !SMALL[name] && !elsewhere.includes(name))).toEqual([]);
});

describe.each(MEASUREMENT_NAMES)('the entry %s', (name) => {
  it('has defaults that it accepts itself and says what it shows', () => {
    const { summary, law, control }: Measurement = MEASUREMENTS[name];
    expect(() => plan(name, { given: {} })).not.toThrow();
    expect(summary).toMatch(/^[A-ZΔ].*\.$/);
    expect(law).toMatch(/docs\/model\.md/);
    expect(control.summary.length).toBeGreaterThan(10);
  });
});

describe('a plan', () => {
  const refusal = (name: MeasurementName, wishes: Partial<Wishes>): string => {
    try {
      plan(name, { given: {}, ...wishes });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  it('lays the given fields on the defaults, a preset first', () => {
    const { config } = plan('energy', { given: { preset: 'moons', dynamics: { dt: 0.5 } } });
    expect(config.data).toMatchObject({ dataset: 'moons' });
    expect(config.dynamics).toMatchObject({ dt: 0.5, steps: 1000 });
    expect(plan('energy', { given: { dynamics: { dt: 0.5 } } }).config.dynamics).toMatchObject({
      dt: 0.5,
      steps: 16,
    });
  });
  it.each([
    ['exponents', { widths: [256, 512] }, /at least 5/],
    ['exponents', { replicas: 8 }, /at least 64/],
    ['exponents', { widths: [257, 300, 400, 500, 600] }, /width 257 is odd/],
    ['exponents', { given: { parameterization: { abc: { a: [0, 1], b: [0, 0], c: -1 } } } }, /abc/],
    ['exponents', { given: { preset: 'mons' } }, /did you mean "moons"/],
    ['clt', { given: { initial: { antithetic: true } } }, /antithetic.*independent/],
    [
      'independence',
      { given: { initial: { w0: { law: 'dirac', at: 1 } } } },
      /w0 is a dirac law.*give normal or uniform/,
    ],
    ['independence', { given: { initial: { w1: { law: 'sphere', radius: 1 } } } }, /w1 is a sphere law/],
    [
      'independence',
      { given: { initial: { joint: { law: 'sphere' } } } },
      /joint is a sphere law, which has no density.*give initial.w1 and initial.w0/,
    ],
    ['clt', { given: { initial: { bias: { law: 'grid' } } } }, /bias is a grid law, which draws nothing/],
    [
      'independence',
      { given: { initial: { w0: { law: 'normal', std: 0 } } } },
      /w0 is a normal law of no width/,
    ],
    [
      'law-of-large-numbers',
      { given: { initial: { w1: { law: 'dirac', at: 1 }, w0: { law: 'dirac', at: 1 } } } },
      /every particle starts at the same point/,
    ],
    ['independence', { replicas: 64 }, /10 n² = 6760/],
    ['clt', { given: { parameterization: 'ntk' } }, /mean-field/],
    ['invariants', { given: { model: { activation: 'tanh' } } }, /not homogeneous/],
    ['energy', { given: { model: { activation: 'relu' } } }, /relu.*kink.*give tanh/],
    ['energy', { given: { initial: { npy: 'theta.npy' } } }, /npy/],
    ['energy', { given: { dynamics: { temperature: 0.1 } } }, /temperature/],
    ['step-size', { given: { dynamics: { temperature: 0 } } }, /temperature = 0.*give a number above 0/],
    ['entropic-chaos', { given: { model: { activation: 'tanh' } } }, /give "linear"/],
    ['entropic-chaos', { given: { dynamics: { rates: { w0: 1 } } } }, /rates\.w0 = 1.*give 0/],
    ['entropic-chaos', { given: { initial: { w0: { law: 'normal' } } } }, /w0 one point: give \{"w1"/],
    ['entropic-chaos', { widths: [8, 32, 64, 128, 256] }, /width 8.*give widths of 32 and more/],
    ['learning-rate-transfer', { widths: [16, 64, 128, 256, 512] }, /width 16.*give widths of 64 and more/],
    ['self-healing', { given: { initial: { antithetic: true } } }, /antithetic/],
    ['coordinate-check', { widths: [255, 300, 400, 500, 600] }, /width 255 is odd/],
  ] as const)('refuses %s of %j in a sentence', (name, wishes, sentence) =>
    expect(refusal(name, wishes as Partial<Wishes>)).toMatch(sentence),
  );
});

it.each(['clt', 'law-of-large-numbers', 'coupling'] as const)(
  '%s takes laws without a density: it is about averages',
  (name) => {
    for (const initial of [{ joint: { law: 'sphere' } }, { w1: { law: 'sphere', radius: 1 } }] as const)
      expect(() => plan(name, { given: { initial } })).not.toThrow();
  },
);

it('says in place of an R² that nothing can be learned where κ < 2a − 1', async () => {
  const wishes = (parameterization: Parameterization): Partial<Wishes> => ({
    widths: [32, 48, 64, 96, 128],
    given: { ...CURVE, parameterization, dynamics: { dt: 0.5, steps: 4 } },
  });
  const [none, some] = [
    await measured('kernel', wishes('compensated')),
    await measured('kernel', wishes('ntk')),
  ];
  expect(none).toMatchObject({ r2: null, unlearned: expect.stringMatching(/κ < 2a − 1/) as string });
  expect(some.r2).toBeGreaterThan(0);
  expect(some.unlearned).toBeUndefined();
});

it('the drift of K follows the ensemble: pairs cancel what n random signs leave', async () => {
  const slopeOf = async (antithetic: boolean): Promise<Fit> => {
    const { fits } = await measured('kernel', {
      widths: [64, 128, 256, 384, 512],
      given: {
        ...CURVE,
        parameterization: { a: 1, kappa: 0 },
        initial: { antithetic },
        dynamics: { dt: 0.5, steps: 2 },
      },
    });
    return fits!.find(({ name }) => name.startsWith('drift of K'))!;
  };
  const [pairs, independent] = [await slopeOf(true), await slopeOf(false)];
  expect([pairs.expected, independent.expected]).toEqual([-2, -1.5]);
  expect(Math.abs(pairs.slope + 2)).toBeLessThan(0.15);
  expect(Math.abs(independent.slope + 1.5)).toBeLessThan(0.15);
});

it('ends between two steps once it is interrupted', async () => {
  const abort = new AbortController();
  abort.abort();
  await expect(measured('energy', {}, { signal: abort.signal })).rejects.toThrow(Interrupted);
});

it('is a function of its seed', async () => {
  const one = async (seed: number) => {
    const { seconds: _, ...result } = await measured('energy', {
      widths: [4],
      given: { ...CURVE, initial: { seed }, dynamics: { dt: 0.15 } },
    });
    return result;
  };
  expect(await one(3)).toEqual(await one(3));
  expect((await one(4)).fit!.slope).not.toBe((await one(3)).fit!.slope);
});

it('says how much was learned, of rows held out, too', async () => {
  const data = { dataset: 'curve', samples: 24, test: 0.25 } as const;
  const { r2, testR2 } = await measured('law-of-large-numbers', {
    widths: [16, 32, 48, 64, 96],
    replicas: 64,
    given: { data, dynamics: { dt: 0.5, steps: 4 } },
  });
  expect(r2).toBeLessThan(1);
  expect(testR2).toBeLessThan(1);
  expect(testR2).not.toBe(r2);
});
