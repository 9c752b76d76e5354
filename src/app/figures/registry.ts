/** The figures beside the cloud, in the order in which they stand. Adding one is adding one entry; those that few open are loaded when they do. */
import type { FigureEntry } from './figure.ts';
import { FitFigure } from './fit.ts';
import { LossFigure } from './loss.ts';
import { ObservablesFigure } from './observables.ts';

export const FIGURES = {
  fit: { title: 'f against the data', summary: 'The network’s output and the data: a curve, a field, or predicted against true.', standard: true, open: (place, page) => new FitFigure(place, page) },
  loss: { title: 'Loss', summary: 'The loss over steps, and that on held-out data where there are any.', standard: true, open: (place, page) => new LossFigure(place, page) },
  density: {
    title: 'Density ρ', summary: 'The mean-field PDE on a grid, solved to the time of the cloud; for one input without bias.', standard: true,
    open: async (place, page) => new (await import('./density.ts')).DensityFigure(place, page),
  },
  observables: { title: 'Observables', summary: 'Means of test functions over the cloud, now and at the start.', standard: true, open: (place, page) => new ObservablesFigure(place, page) },
} as const satisfies Record<string, FigureEntry>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
export const STANDARD_FIGURES = FIGURE_NAMES.filter((name) => FIGURES[name].standard);
