/** What a measurement asks of a configuration: each gives one sentence where it is not met, else null. */
import type { Activation } from '../../core/activations/activations.ts';
import type { Config } from '../../core/config/config.ts';
import { lawsIn } from '../../core/config/initial.ts';
import { isPlain } from '../../core/config/dynamics.ts';
import { featureOf, takesWeights } from '../../core/features/features.ts';
import type { Law } from '../../core/laws.ts';
import { isMeanField } from '../../core/parameterizations.ts';

export type Requirement = (config: Config, widths: readonly number[], replicas: number) => string | null;

/** Laws of averages speak of particles that are drawn independently, whatever from; but from something. */
export const drawnApart: Requirement = ({ initial }) => {
  if (initial.antithetic)
    return 'initial.antithetic = true pairs the particles, and this law is about independent ones: leave it out';
  const laws = lawsIn(initial);
  for (const [piece, { law }] of laws)
    if (law === 'grid')
      return `initial.${piece} is a grid law, which draws nothing, and this law is about independent particles: ${instead(piece)}`;
  return laws.every(([, law]) => isPoint(law))
    ? 'initial: every particle starts at the same point, and this law is about random ones: give normal, uniform or sphere'
    : null;
};

/** Rates of laws (not of averages) need a ρ_0 with a density, too. */
export const independentDraws: Requirement = (config, widths, replicas) => {
  const refusal = drawnApart(config, widths, replicas);
  if (refusal) return refusal;
  for (const [piece, law] of lawsIn(config.initial))
    if (law.law === 'sphere' || isPoint(law))
      return `initial.${piece} is a ${law.law} law${law.law === 'dirac' || law.law === 'sphere' ? '' : ' of no width'}, which has no density, and this law needs one: ${instead(piece)}`;
  return null;
};

const instead = (piece: string): string =>
  piece === 'joint' ? 'give initial.w1 and initial.w0' : 'give normal or uniform';
const isPoint = (law: Law): boolean =>
  law.law === 'dirac' ||
  (law.law === 'normal' && law.std === 0) ||
  (law.law === 'uniform' && law.low === law.high);

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
