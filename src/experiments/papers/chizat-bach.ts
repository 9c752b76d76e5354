/** What the experiments of Chizat and Bach have in common. */
import type { Citation } from './paper.ts';

export const CHIZAT_BACH: Citation = {
  authors: 'Chizat, Bach',
  year: 2018,
  title: 'On the global convergence of gradient descent for over-parameterized models using optimal transport',
  url: 'https://arxiv.org/abs/1805.09545',
};

/** Whose code has the settings. */
export const SPARSE: Citation = {
  authors: 'Chizat',
  year: 2019,
  title: 'Sparse optimization on measures with over-parameterized gradient descent',
  url: 'https://arxiv.org/abs/1907.10300',
};
