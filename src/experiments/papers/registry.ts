/**
 * Experiments of papers by name: each a preset, and a file that says whether it came out. One added here is in the
 * menu, `mckean presets`, `mckean reproduce` and their tests.
 */
import type { Preset } from '../preset.ts';
import { MMN } from './mmn-presets.ts';
import type { Paper } from './paper.ts';

export interface PaperPreset extends Preset {
  /** Loaded where it is asked for. */
  readonly paper: () => Promise<Paper>;
}

export const PAPERS = {
  ...MMN,
  'chizat-bach-relu': {
    title: 'A teacher of three neurons (Chizat, Bach 2018)',
    summary:
      'Relu neurons with weight decay learn fifteen points of the circle from a teacher of three: they gather in a few directions and reach the least objective of all networks.',
    picture: { axes: '1,2,none', stretch: 'w1', reach: 2.4, overlays: ['teacher', 'tails'] },
    config: {
      data: {
        dataset: 'teacher',
        dimension: 2,
        samples: 15,
        parameters: { units: 3, scale: 1 / 3, inputs: 'unit-sphere' },
      },
      model: { activation: 'relu', width: 200, bias: false },
      initial: { joint: { law: 'sphere', radius: 2 } },
      dynamics: { dt: 0.2, steps: 50000, penalty: { ridge: [0.004, 0.004] } },
      record: { every: 100 },
    },
    paper: async () => (await import('./chizat-bach-relu.ts')).CHIZAT_BACH_RELU,
  },
  'saad-solla': {
    title: 'Students and teachers (Saad, Solla 1995)',
    summary:
      'One pass over fresh samples: three erf neurons learn from two, first all alike, then each teacher by one of its own.',
    picture: { axes: 'u1,u2,none', reach: 1.5, overlays: ['teacher', 'tails'] },
    config: {
      data: {
        dataset: 'teacher',
        dimension: 200,
        parameters: { units: 2, activation: 'erf', outer: 'ones' },
        testSamples: 1000,
      },
      model: { features: 'unit', activation: 'erf', width: 3, bias: false },
      parameterization: { a: 0, kappa: 0 },
      initial: { w0: { law: 'sphere', radius: 0.5 } },
      dynamics: { dt: 1 / 200, steps: 60000, rates: { w0: 0.5 }, stream: { size: 1 } },
      record: { every: 200 },
    },
    paper: async () => (await import('./saad-solla.ts')).SAAD_SOLLA,
  },
  'chizat-bach-deconvolution': {
    title: 'Spikes on a circle (Chizat, Bach 2018)',
    summary:
      'Five spikes, seen through a kernel that blurs them, are found by particles that begin on a grid: they gather at five places.',
    picture: { axes: '1,0,none', reach: [0.9, 14, 14], overlays: ['teacher', 'tails'] },
    config: {
      data: {
        dataset: 'spikes',
        samples: 16,
        parameters: { spikes: 5, order: 7, separation: 0.1 },
      },
      model: { features: { translate: { order: 7, metric: 2e-4 } }, width: 100 },
      initial: { w1: { law: 'dirac', at: 0 }, w0: { law: 'grid', low: 0, high: 1 } },
      dynamics: { dt: 0.02, steps: 60000, penalty: { l1: 0.2 } },
      record: { every: 100 },
    },
    paper: async () => (await import('./chizat-bach-deconvolution.ts')).CHIZAT_BACH_DECONVOLUTION,
  },
  'lazy-or-mean-field': {
    title: 'Lazy or not (Chizat, Oyallon, Bach 2019)',
    summary:
      'Relu neurons with the prefactor 1/n learn the three directions of a teacher in a hundred dimensions; with 1/√n they fit as well and learn none.',
    picture: { axes: 'u1,u2,u3', reach: 20, overlays: ['teacher'] },
    config: {
      data: {
        dataset: 'teacher',
        dimension: 100,
        samples: 2000,
        test: 0.5,
        parameters: { units: 3, scale: 100, inputs: 'unit-sphere' },
      },
      model: { activation: 'relu', width: 256, bias: false },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 1 } },
      dynamics: { dt: 0.2, steps: 800 },
      record: { every: 10 },
    },
    paper: async () => (await import('./limit/lazy-or-mean-field.ts')).LAZY_OR_MEAN_FIELD,
  },
  'rotskoff-3spin': {
    title: 'A spin glass (Rotskoff, Vanden-Eijnden 2018)',
    summary:
      'Radial units on a sphere of five dimensions learn the energy of three-spin interactions: f varies by 1/n from draw to draw, and by less in the end.',
    picture: { axes: '1,2,0', reach: [2.8, 2.8, 14], overlays: ['tails'] },
    config: {
      data: { dataset: 'three-spin', dimension: 5, samples: 100 },
      model: { features: { rbf: { alpha: 1 } }, width: 1024 },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 1 } },
      dynamics: { dt: 1, steps: 80 },
    },
    paper: async () => (await import('./limit/rotskoff-3spin.ts')).ROTSKOFF_3SPIN,
  },
  'sirignano-digits': {
    title: 'Digits, one by one (Sirignano, Spiliopoulos 2018)',
    summary:
      'Handwritten digits, odd or even, learned one at a time at a rate of α/n: the law of the outer weights moves and settles as n grows.',
    picture: { axes: '25,0,none', reach: 3 },
    config: {
      data: { dataset: 'digits', test: 0.2 },
      model: { activation: 'tanh', width: 400 },
      initial: { w1: { law: 'normal', std: 0.5 }, w0: { law: 'normal', std: 0.3 } },
      dynamics: { dt: 0.01, steps: 1000, batch: { size: 1, replacement: true } },
      record: { every: 10 },
    },
    paper: async () => (await import('./limit/sirignano-digits.ts')).SIRIGNANO_DIGITS,
  },
  'nitanda-classify': {
    title: 'Particles that classify (Nitanda, Suzuki 2017)',
    summary:
      'A measure of base models, moved by stochastic gradient descent on a logistic loss as particles, tells two moons apart.',
    picture: { axes: '1,2,0', reach: 10, overlays: ['tails'] },
    config: {
      data: { dataset: 'moons', samples: 200 },
      model: { activation: 'tanh', width: 256, loss: 'logistic' },
      initial: { w1: { law: 'normal', std: 1 }, w0: { law: 'normal', std: 1 } },
      dynamics: { dt: 0.5, steps: 200, batch: { size: 32, replacement: true } },
    },
    paper: async () => (await import('./limit/nitanda-classify.ts')).NITANDA_CLASSIFY,
  },
  'yang-hu-slider': {
    title: 'From the kernel to features (Yang, Hu 2020)',
    summary:
      'The prefactor n^(−a) at the rate n^(2a − 1): at a = ½ neurons hardly move, at a = 1 they learn features, and f learns at any a between.',
    picture: { axes: '1,2,0', overlays: ['tails'] },
    config: {
      data: { dataset: 'curve', samples: 20 },
      model: { activation: 'tanh', width: 16384 },
      parameterization: { a: 3 / 4, kappa: 1 / 2 },
      initial: { antithetic: true },
      dynamics: { dt: 0.05, steps: 20 },
    },
    paper: async () => (await import('./rates/yang-hu-slider.ts')).YANG_HU_SLIDER,
  },
  'langevin-uniform': {
    title: 'Noise that holds a cloud together (Chen, Ren, Wang 2022)',
    summary:
      'Noise and weight decay on two moons: neurons never stop, and the cloud stays as near to its limit as it was at first.',
    picture: { axes: '1,2,0', reach: 2.6, overlays: ['tails'] },
    config: {
      data: { dataset: 'moons', samples: 40 },
      model: { activation: 'tanh', width: 4096, loss: 'logistic' },
      dynamics: { dt: 0.4, steps: 120, temperature: 0.02, decay: 0.2 },
    },
    paper: async () => (await import('./rates/langevin-uniform.ts')).LANGEVIN_UNIFORM,
  },
  margin: {
    title: 'The largest margin (Chizat, Bach 2020)',
    summary:
      'Sixteen clusters of two classes and an exponential loss: the margin of the network over its norm grows towards the largest that there is.',
    picture: { axes: '1,2,3', reach: 20, overlays: ['tails'] },
    config: {
      data: { dataset: 'clusters', samples: 60, parameters: { k: 4 } },
      model: { activation: 'relu', width: 400, loss: 'exponential' },
      initial: { joint: { law: 'sphere', radius: 4 } },
      dynamics: { dt: 0.01, steps: 15000 },
    },
    paper: async () => (await import('./margin.ts')).MARGIN,
  },
  escape: {
    title: 'Three coordinates of twelve (Abbe, Boix-Adserà, Misiakiewicz 2023)',
    summary:
      'All corners of a cube of twelve dimensions: nothing of lower degree points to the product of three coordinates, and it is found after a while.',
    picture: { axes: 'u1,u2,u3', reach: 2.4 },
    config: {
      data: { dataset: 'parity', dimension: 12, parameters: { k: 3 } },
      model: { activation: 'tanh', width: 1000 },
      initial: {
        w1: { law: 'uniform', low: -1, high: 1 },
        w0: { law: 'normal', std: 0.5 / Math.sqrt(12) },
        bias: { law: 'uniform', low: -1, high: 1 },
      },
      dynamics: { dt: 0.25, steps: 400 },
      record: { every: 5 },
    },
    paper: async () => (await import('./escape.ts')).ESCAPE,
  },
} as const satisfies Record<string, PaperPreset>;

export type PaperName = keyof typeof PAPERS;
export const PAPER_NAMES = Object.keys(PAPERS) as PaperName[];

export function isPaperName(name: string): name is PaperName {
  return Object.hasOwn(PAPERS, name);
}
