/** Names of the figures beside the cloud, in their order, for links. */
export const FIGURE_IDS = [
  'fit',
  'loss',
  'density',
  'marginals',
  'kernel',
  'velocity',
  'neurons',
  'observables',
] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

export const isFigure = (name: string): name is FigureId => (FIGURE_IDS as readonly string[]).includes(name);
