/**
 * The figures beside the cloud, in the order of ids.ts. Adding one is adding one entry and its name there;
 * those that few open are loaded when they do.
 */
import type { FigureEntry } from './figure.ts';
import { FIGURE_IDS, type FigureId } from './ids.ts';
import { FitFigure } from './fit.ts';
import { ObservablesFigure } from './observables.ts';
import { say } from '../say.ts';

export const FIGURES = {
  fit: {
    title: say('f against the data'),
    summary: say('The network’s output and the data: a curve, a field, or predicted against true.'),
    standard: true,
    open: (place, page) => new FitFigure(place, page),
  },
  loss: {
    title: say('Loss'),
    summary: say('The loss over steps, and that on held-out data where there are any.'),
    standard: true,
    open: async (place, page) => new (await import('./loss.ts')).LossFigure(place, page),
  },
  density: {
    title: say('Density ρ'),
    summary: say('The mean-field PDE on a grid, solved to the time of the cloud; for one input without bias.'),
    standard: true,
    open: async (place, page) => new (await import('./density.ts')).DensityFigure(place, page),
  },
  marginals: {
    title: say('Marginals'),
    summary: say('Histograms of each component of the neurons, now and at the start.'),
    standard: false,
    open: async (place, page) => new (await import('./marginals.ts')).MarginalsFigure(place, page),
  },
  kernel: {
    title: say('Tangent kernel K'),
    summary: say(
      'K at the training inputs as a heat map, its eigenvalues, and how far it is from that of the start.',
    ),
    standard: false,
    open: async (place, page) => new (await import('./kernel.ts')).KernelFigure(place, page),
  },
  velocity: {
    title: say('Velocity field b'),
    summary: say('Where the residual pushes a neuron, over the plane in which the cloud is drawn; for d ≤ 2.'),
    standard: false,
    open: async (place, page) => new (await import('./velocity.ts')).VelocityFigure(place, page),
  },
  neurons: {
    title: say('Table of neurons'),
    summary: say('The cloud in numbers: its largest neurons, and quantiles of each component.'),
    standard: false,
    open: async (place, page) => new (await import('./neurons.ts')).NeuronsFigure(place, page),
  },
  observables: {
    title: say('Observables'),
    summary: say('Means of test functions over the cloud, now and at the start.'),
    standard: true,
    below: true,
    open: (place, page) => new ObservablesFigure(place, page),
  },
} as const satisfies Record<FigureId, FigureEntry>;

export type FigureName = FigureId;
export const FIGURE_NAMES = FIGURE_IDS;
export const entryOf = (name: FigureName): FigureEntry => FIGURES[name];
export const STANDARD_FIGURES = FIGURE_NAMES.filter((name) => FIGURES[name].standard);
