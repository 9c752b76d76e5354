/** Every paper's experiment comes out at a small size and its control does not. */
import { describe, expect, it } from 'vitest';
import { mergeConfig, type ConfigInput } from '../../src/core/config/config.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import { compiledKernels } from '../../src/engines/cpu/simd/module.ts';
import { replicasOf, type Problem } from '../../src/engines/engine.ts';
import type { Means } from '../../src/experiments/measure/lab.ts';
import { PAPER_NAMES, PAPERS, type PaperName } from '../../src/experiments/papers/registry.ts';
import { order, reproduce } from '../../src/experiments/papers/reproduce.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

const unread = (): Promise<never> => Promise.reject(new Error('no file is read'));
/** One thread: a worker takes longer to start than these take to run. */
const MEANS: Means = {
  open: async (problem: Problem) => {
    const kernels = await compiledKernels(problem.activation, 'f64');
    return replicasOf(problem) > 1
      ? createCpuReplicas(problem, { kernels })
      : createCpuEngine(problem, { kernels });
  },
  density: unread,
  files: { readBytes: unread, note: () => undefined },
  onProgress: () => undefined,
};

interface Small {
  readonly changes: ConfigInput;
  /** A check that the control must break. */
  readonly broken: RegExp;
  /** Checks that are of the full size alone. */
  readonly large?: RegExp;
}

/** What keeps each short. */
const SMALL: Record<PaperName, Small> = {
  'mmn-isotropic': {
    changes: {
      data: { dataset: 'two-gaussians', dimension: 20, parameters: { delta: 0.6 }, testSamples: 500 },
      dynamics: { dt: 0.004, steps: 125 },
    },
    broken: /risk at t = 0.5/,
  },
  'mmn-transition': {
    changes: {
      data: { dataset: 'two-gaussians', dimension: 20, parameters: { delta: 0.3 }, testSamples: 4000 },
      model: { width: 100 },
      dynamics: { dt: 0.02, steps: 150 },
    },
    broken: /risk at δ = 0.3/,
    large: /risk at δ = 0.3/,
  },
  'mmn-two-fates': {
    changes: {
      data: { dataset: 'two-gaussians', dimension: 80, parameters: { delta: 0.5 }, testSamples: 100 },
      model: { width: 100 },
      initial: { w0: { law: 'normal', std: 0.1 / Math.sqrt(80) } },
      dynamics: { dt: 0.005, steps: 300 },
    },
    broken: /dynamics, κ = 0.4/,
    large: /gradient descent/,
  },
  'chizat-bach-relu': {
    changes: { model: { width: 40 }, dynamics: { dt: 1, steps: 4000 } },
    broken: /over theory/,
  },
  'mmn-anisotropic': {
    changes: {
      data: {
        dataset: 'anisotropic-gaussians',
        dimension: 80,
        parameters: { delta: 0.8, s0: 16 },
        testSamples: 100,
      },
      model: { width: 60 },
      initial: { w0: { law: 'normal', std: 0.8 / Math.sqrt(80) } },
      dynamics: { dt: 0.01, steps: 200 },
    },
    broken: /r1 beside the reduced dynamics/,
    large: /r1 over r2 at t = 2|risk at t = 2|of d = 20/,
  },
  'mmn-dimension-free': {
    changes: {
      data: {
        dataset: 'teacher',
        dimension: 60,
        parameters: { units: 1, activation: 'erf', norm: 2 },
        testSamples: 200,
      },
      model: { width: 64 },
      initial: { w0: { law: 'normal', std: 1 / Math.sqrt(60) } },
      dynamics: { dt: 0.01, steps: 100 },
    },
    broken: /d = 60/,
  },
  'saad-solla': {
    changes: { dynamics: { steps: 60 } },
    broken: /loss at α = 0.3 as N/,
  },
  'chizat-bach-deconvolution': {
    changes: {
      data: { dataset: 'spikes', samples: 8, parameters: { spikes: 2, order: 3, separation: 0.3 } },
      model: { features: { translate: { order: 3, metric: 0.002 } }, width: 12 },
      dynamics: { steps: 2400 },
    },
    broken: /over theory/,
    large: /above|seeds|falls/,
  },
  'lazy-or-mean-field': {
    changes: {
      data: {
        dataset: 'teacher',
        dimension: 30,
        samples: 500,
        test: 0.5,
        parameters: { units: 3, scale: 30, inputs: 'unit-sphere' },
      },
      model: { width: 128 },
      dynamics: { dt: 0.5, steps: 300 },
    },
    broken: /lazy training over the mean-field/,
  },
  'rotskoff-3spin': {
    changes: {
      data: { dataset: 'three-spin', dimension: 3, samples: 20 },
      model: { features: { rbf: { alpha: 1 } }, width: 128 },
      dynamics: { dt: 0.5, steps: 40 },
    },
    broken: /Var f_n, radial, t = 5/,
    large: /independent draws’, .*samples|over that of/,
  },
  'sirignano-digits': {
    changes: { model: { width: 100 }, dynamics: { dt: 0.04, steps: 250 } },
    broken: /deviation of f_n/,
    large: /deviation of f_n/,
  },
  'nitanda-classify': {
    changes: { data: { dataset: 'moons', samples: 40 }, model: { width: 64 }, dynamics: { steps: 20 } },
    broken: /f_n − f_N/,
  },
  'yang-hu-slider': {
    changes: { model: { width: 4096 }, dynamics: { dt: 0.5, steps: 2 } },
    broken: /Δh at t = 1, a = 1$/,
  },
  'langevin-uniform': {
    changes: { data: { dataset: 'moons', samples: 8 }, model: { width: 1024 } },
    broken: /at rest/,
    large: /objective/,
  },
  margin: {
    changes: {
      data: { dataset: 'clusters', samples: 12, parameters: { k: 2 } },
      model: { width: 100 },
      dynamics: { steps: 1500 },
    },
    broken: /over its limit/,
  },
  escape: {
    changes: {
      data: { dataset: 'parity', dimension: 8, parameters: { k: 3 } },
      model: { width: 200 },
      initial: { w0: { law: 'normal', std: 0.5 / Math.sqrt(8) } },
      dynamics: { dt: 0.5 },
    },
    broken: /time of the product/,
  },
};

const reproduced = (name: PaperName, control: boolean) =>
  reproduce(order(name, { config: mergeConfig(PAPERS[name].config, SMALL[name].changes), control }), MEANS);

describe.each(PAPER_NAMES)('%s', (name) => {
  it('is a preset and says what is shown, after whom, and what differs', async () => {
    const { citations, claim, look, differs, control } = await PAPERS[name].paper();
    expect(resolveConfig({ preset: name }).preset).toBe(name);
    expect(citations.length).toBeGreaterThan(0);
    for (const { url } of citations) expect(url).toMatch(/^https:\/\//);
    for (const sentence of [claim, look, differs]) expect(sentence).toMatch(/^[A-Zδnρ].*\.$/);
    expect(control.length).toBeGreaterThan(20);
  });

  it('comes out', async () => {
    const { checks = [], fits = [], verdict, points } = await reproduced(name, false);
    const { large } = SMALL[name];
    const failed = [...checks, ...fits].filter((one) => !one.passed && !large?.test(one.name));
    expect(failed).toEqual([]);
    if (!large) expect(verdict).toBe('holds');
    for (const { value, expected, tolerance, side, passed } of checks)
      expect(passed).toBe(
        side === 'least'
          ? value >= expected - tolerance
          : side === 'most'
            ? value <= expected + tolerance
            : Math.abs(value - expected) <= tolerance,
      );
    expect(points.length).toBeGreaterThan(0);
  });

  it('its control does not', async () => {
    const { checks = [], fits = [], verdict } = await reproduced(name, true);
    expect(verdict).toBe('fails');
    const broken = [...checks, ...fits].filter(({ passed }) => !passed).map((one) => one.name);
    expect(broken).toContainEqual(expect.stringMatching(SMALL[name].broken));
  });
});
