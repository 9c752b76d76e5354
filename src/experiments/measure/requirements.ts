/** What a measurement asks of a configuration: each gives one sentence where it is not met, else null. */
import type { Activation } from '../../core/activations/activations.ts';
import type { Config } from '../../core/config/config.ts';
import { lawsIn } from '../../core/config/initial.ts';
import { isPlain } from '../../core/config/dynamics.ts';
import { featureOf, takesWeights } from '../../core/features/features.ts';
import type { LawName } from '../../core/laws.ts';
import { isMeanField } from '../../core/parameterizations.ts';

export type Requirement = (config: Config, widths: readonly number[], replicas: number) => string | null;

/**
 * Laws of large numbers, the central limit and independence speak of independent draws from a law with a
 * density.
 */
export const independentDraws: Requirement = ({ initial }) => {
  if (initial.antithetic)
    return 'initial.antithetic = true pairs the particles, and this law is about independent ones: leave it out';
  for (const [piece, { law }] of lawsIn(initial)) {
    const unfit = UNFIT[law];
    if (unfit)
      return `initial.${piece} is a ${law} law, which ${unfit}: give ${piece === 'joint' ? 'initial.w1 and initial.w0' : 'normal or uniform'}`;
  }
  return null;
};

const UNFIT: Partial<Record<LawName, string>> = {
  dirac: 'has no density, and this law needs one',
  sphere: 'has no density, and this law needs one',
  grid: 'draws nothing, and this law is about independent particles',
};

export const ownDraws: Requirement = ({ initial }) =>
  initial.npy === undefined
    ? null
    : `initial.npy = "${initial.npy}" is one system and replicas are drawn from laws: give initial.w1 and initial.w0`;

export const noNoise: Requirement = ({ dynamics }) =>
  isPlain(dynamics)
    ? null
    : 'dynamics has temperature, decay, rates, batches, streams, penalties, momentum or a schedule of its own, and this law is about the plain flow: leave them out';

const profileOf = ({ model }: Config): Activation => featureOf(model).profile;

export const smooth: Requirement = (config) =>
  profileOf(config).smooth
    ? null
    : `model.activation = ${JSON.stringify(config.model.activation)} has a kink along which particles slide, and this law needs a smooth φ: give tanh, for example`;

export const homogeneous: Requirement = (config) =>
  profileOf(config).homogeneous === 1
    ? null
    : `model.activation = ${JSON.stringify(config.model.activation)} is not homogeneous of degree 1: give relu or linear`;

/** Closed forms and linearised dynamics stand on r = f − y. */
export const squared: Requirement = ({ model: { loss } }) =>
  loss === 'squared'
    ? null
    : `model.loss = "${loss}": this law has its closed form for the square, give "squared"`;

/** Laws of a neuron's inner product with its inputs. */
export const innerProduct: Requirement = ({ model: { features } }) =>
  features === 'inner-product'
    ? null
    : `model.features = ${JSON.stringify(features)}: this law is about φ(⟨w0, x⟩), give "inner-product"`;

/** Laws of which the control is about w1. */
export const outputWeights: Requirement = ({ model: { features } }) =>
  takesWeights(features)
    ? null
    : `model.features = ${JSON.stringify(features)}: this law's control is about w1, give "inner-product"`;

export const linear: Requirement = ({ model: { activation } }) =>
  activation === 'linear'
    ? null
    : `model.activation = ${JSON.stringify(activation)}: this law has its closed form for linear φ, give "linear"`;

export const euler: Requirement = ({ dynamics: { integrator } }) =>
  integrator === 'euler'
    ? null
    : `dynamics.integrator = "${integrator}": residual paths and first steps need "euler"`;

export const meanField: Requirement = ({ parameterization }) =>
  isMeanField(parameterization)
    ? null
    : 'parameterization is not "mean-field", in which alone this law holds: leave it out';

export const evenWidths: Requirement = (_, widths) => {
  const odd = widths.find((n) => n % 2 === 1);
  return odd === undefined ? null : `width ${odd} is odd, and f_0 = 0 takes pairs of neurons: give even widths`;
};
