/** Presets after Mei, Montanari, Nguyen, and Misiakiewicz. */
import type { PaperPreset } from './registry.ts';

/** Knots of Mei, Montanari, Nguyen's activation: −2.5 up to ½, 7.5 from 3/2 on. */
const RAMP = {
  knots: [
    [0.5, -2.5],
    [1.5, 7.5],
  ],
} as const;

/** Another of theirs, which first falls. */
const DIP = {
  knots: [
    [0, -2.5],
    [0.5, -4],
    [1.5, 7.5],
  ],
} as const;

export const MMN = {
  'mmn-isotropic': {
    title: 'Two Gaussians told apart (Mei, Montanari, Nguyen 2018)',
    summary:
      'One pass of stochastic gradient descent on two Gaussians about 0 of different size: the law of |w0| splits into two bumps.',
    picture: { axes: '0,1,none', stretch: 'w0', reach: 6.5 },
    config: {
      data: { dataset: 'two-gaussians', dimension: 40, parameters: { delta: 0.8 }, testSamples: 1000 },
      model: { features: 'unit', activation: RAMP, width: 800, bias: false },
      initial: { w0: { law: 'normal', std: 0.8 / Math.sqrt(40) } },
      dynamics: { dt: 0.002, steps: 10000, rates: { w0: 2 }, stream: { size: 100 } },
    },
    paper: async () => (await import('./mmn-isotropic.ts')).MMN_ISOTROPIC,
  },
  'mmn-transition': {
    title: 'One shell (Mei, Montanari, Nguyen 2018)',
    summary:
      'Two Gaussians that differ less: all neurons gather on one sphere, the best law as long as δ is below a critical value.',
    picture: {
      axes: '0,1,none',
      stretch: 'w0',
      shell: async () => (await import('./mmn-transition.ts')).bestRadius,
      overlays: ['teacher'],
    },
    config: {
      data: { dataset: 'two-gaussians', dimension: 40, parameters: { delta: 0.2 }, testSamples: 20000 },
      model: { features: 'unit', activation: RAMP, width: 800, bias: false },
      initial: { w0: { law: 'normal', std: 0.8 / Math.sqrt(40) } },
      dynamics: { dt: 0.002, steps: 5000, rates: { w0: 2 }, stream: { size: 100 } },
    },
    paper: async () => (await import('./mmn-transition.ts')).MMN_TRANSITION,
  },
  'mmn-two-fates': {
    title: 'Two fates (Mei, Montanari, Nguyen 2018)',
    summary:
      'An activation that first falls and then rises: from a narrow start all neurons fall to 0 and stay, from one four times as wide they learn.',
    picture: { axes: '0,1,none', stretch: 'w0', reach: 0.15 },
    config: {
      data: { dataset: 'two-gaussians', dimension: 320, parameters: { delta: 0.5 } },
      model: { features: 'unit', activation: DIP, width: 800, bias: false },
      initial: { w0: { law: 'normal', std: 0.1 / Math.sqrt(320) } },
      dynamics: { dt: 0.001, steps: 3000, rates: { w0: 2 }, stream: { size: 100 } },
    },
    paper: async () => (await import('./mmn-two-fates.ts')).MMN_TWO_FATES,
  },
  'mmn-anisotropic': {
    title: 'Sixty coordinates of 320 (Mei, Montanari, Nguyen 2018)',
    summary:
      'Two Gaussians that differ in 60 of 320 coordinates: relu neurons grow in those and shrink in the others, which is learning features.',
    picture: { axes: '1,320,none', reach: 0.5 },
    config: {
      data: {
        dataset: 'anisotropic-gaussians',
        dimension: 320,
        parameters: { delta: 0.8, s0: 60 },
        testSamples: 1000,
      },
      model: { activation: 'relu', width: 400 },
      initial: {
        w1: { law: 'dirac', at: 1 },
        w0: { law: 'normal', std: 0.8 / Math.sqrt(320) },
        bias: { law: 'dirac', at: 1 },
      },
      dynamics: { dt: 0.004, steps: 3000, rates: { w1: 2, w0: 2 }, stream: { size: 100 } },
    },
    paper: async () => (await import('./mmn-anisotropic.ts')).MMN_ANISOTROPIC,
  },
  'mmn-dimension-free': {
    title: 'One direction of two hundred (Mei, Misiakiewicz, Montanari 2019)',
    summary:
      'An erf teacher of one neuron in 200 dimensions: how far the loss is from its limit depends on the number of neurons alone.',
    picture: { axes: 'u1,1,0', reach: [1, 1, 3], overlays: ['teacher'] },
    config: {
      data: {
        dataset: 'teacher',
        dimension: 200,
        parameters: { units: 1, activation: 'erf', norm: 2 },
        testSamples: 1000,
      },
      model: { activation: 'erf', width: 240, bias: false },
      initial: { w0: { law: 'normal', std: 1 / Math.sqrt(200) } },
      dynamics: { dt: 0.002, steps: 1000, stream: { size: 100 } },
    },
    paper: async () => (await import('./rates/mmn-dimension-free.ts')).MMN_DIMENSION_FREE,
  },
} as const satisfies Record<string, PaperPreset>;
