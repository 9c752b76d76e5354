/** What chapters rest on, by name; docs/model.md has the list with full titles. */
import { say } from '../say.ts';

interface Source {
  readonly title: string;
  /** Where it can be read; the notes are not public. */
  readonly link?: string;
}

export const SOURCES = {
  notes: { title: say('STAT 946, lecture 12: the notes that this lecture follows, and mends where they slip') },
  jacot: {
    title: 'Jacot, Gabriel, Hongler 2018: Neural tangent kernel',
    link: 'https://arxiv.org/abs/1806.07572',
  },
  luo: {
    title: 'Luo, Xu, Ma, Zhang 2021: Phase diagram for two-layer ReLU networks',
    link: 'https://arxiv.org/abs/2007.07497',
  },
  mei: {
    title: 'Mei, Montanari, Nguyen 2018: A mean field view of the landscape of two-layer neural networks',
    link: 'https://arxiv.org/abs/1804.06561',
  },
  yang: {
    title: 'Yang, Hu 2020: Feature learning in infinite-width neural networks',
    link: 'https://arxiv.org/abs/2011.14522',
  },
  rotskoff: {
    title: 'Rotskoff, Vanden-Eijnden 2018: Trainability and accuracy of neural networks',
    link: 'https://arxiv.org/abs/1805.00915',
  },
  mckean: {
    title: 'McKean 1966: A class of Markov processes associated with nonlinear parabolic equations',
    link: 'https://doi.org/10.1073/pnas.56.6.1907',
  },
  sznitman: {
    title: 'Sznitman 1991: Topics in propagation of chaos',
    link: 'https://doi.org/10.1007/BFb0085169',
  },
  sirignano: {
    title: 'Sirignano, Spiliopoulos 2018: Mean field analysis of neural networks, a law of large numbers',
    link: 'https://arxiv.org/abs/1805.01053',
  },
  chizat: {
    title: 'Chizat, Bach 2018: Global convergence of gradient descent using optimal transport',
    link: 'https://arxiv.org/abs/1805.09545',
  },
  nitanda: {
    title: 'Nitanda, Suzuki 2017: Stochastic particle gradient descent for infinite ensembles',
    link: 'https://arxiv.org/abs/1712.05438',
  },
} as const satisfies Record<string, Source>;

export type SourceName = keyof typeof SOURCES;
export const sourceOf = (name: SourceName): Source => SOURCES[name];
