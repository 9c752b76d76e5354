/**
 * What tells one run from another, in a few short words: names of curves and captions of clouds come from here.
 */
import type { Config } from '../../core/config/config.ts';
import type { Momentum, Penalty } from '../../core/config/dynamics.ts';
import { featuresText } from '../../core/features/features.ts';
import { sameJson } from '../../core/words/json.ts';
import type { Schedules } from '../../core/dynamics/schedules.ts';
import { abcOf, type Parameterization } from '../../core/parameterizations.ts';
import { say, sayText } from '../say.ts';

/** A setting by which runs differ: where it stands, and its value in words. */
interface Aspect {
  readonly of: (config: Config) => unknown;
  readonly said: (config: Config) => string;
}

const plain = (value: number): string => String(+value.toPrecision(6)).replace('-', '−');

export const widthName = (n: number): string => `n = ${n.toLocaleString('en')}`;
export const stepName = (dt: number): string => `dt = ${plain(dt)}`;

const penaltyName = (penalty: Penalty | undefined): string =>
  penalty
    ? say('ridge {ridge}, ℓ1 {l1}, variation {variation}', {
        ridge: penalty.ridge.map(plain).join(', '),
        l1: plain(penalty.l1),
        variation: plain(penalty.variation),
      })
    : say('no penalty');

const momentumName = (momentum: Momentum | undefined): string =>
  momentum ? `${momentum.nesterov ? 'Nesterov ' : ''}β = ${plain(momentum.beta)}` : say('no momentum');

const scheduleName = ({ dt, temperature }: Schedules = {}): string =>
  `dt ${sayText(dt?.law ?? 'constant')}${temperature ? `, τ ${sayText(temperature.law)}` : ''}`;

export function parameterizationName(parameterization: Parameterization): string {
  if (typeof parameterization === 'string') return parameterization;
  if ('a' in parameterization) return `a = ${plain(parameterization.a)}, κ = ${plain(parameterization.kappa)}`;
  const { a, b, c } = abcOf(parameterization);
  return `abc ${[...a, ...b, c].map(plain).join(' ')}`;
}

/** In the order in which they are named. */
const ASPECTS: readonly Aspect[] = [
  {
    of: ({ data }) => data,
    said: ({ data, preset }) => preset ?? ('dataset' in data ? data.dataset : say('other data')),
  },
  {
    of: ({ parameterization }) => abcOf(parameterization),
    said: ({ parameterization }) => parameterizationName(parameterization),
  },
  { of: ({ model }) => [model.activation, model.features], said: ({ model }) => featuresText(model) },
  { of: ({ model }) => model.width, said: ({ model }) => widthName(model.width) },
  { of: ({ initial }) => initial.seed, said: ({ initial }) => say('seed {seed}', { seed: initial.seed }) },
  { of: ({ dynamics }) => dynamics.dt, said: ({ dynamics }) => stepName(dynamics.dt) },
  { of: ({ dynamics }) => dynamics.integrator, said: ({ dynamics }) => dynamics.integrator },
  { of: ({ model }) => model.loss, said: ({ model }) => say('{name} loss', { name: model.loss }) },
  { of: ({ model }) => model.bias, said: ({ model }) => (model.bias ? say('with bias') : say('no bias')) },
  {
    of: ({ initial }) => initial.antithetic,
    said: ({ initial }) => (initial.antithetic ? say('paired start') : say('unpaired start')),
  },
  {
    of: ({ initial: { joint, w1, w0, bias, npy } }) => [joint, w1, w0, bias, npy],
    said: () => say('other start'),
  },
  { of: ({ dynamics }) => dynamics.temperature, said: ({ dynamics }) => `τ = ${plain(dynamics.temperature)}` },
  { of: ({ dynamics }) => dynamics.decay, said: ({ dynamics }) => `λ = ${plain(dynamics.decay)}` },
  {
    of: ({ dynamics }) => dynamics.rates,
    said: ({ dynamics: { rates } }) => say('rates {w1}, {w0}', { w1: plain(rates.w1), w0: plain(rates.w0) }),
  },
  { of: ({ dynamics }) => dynamics.penalty, said: ({ dynamics }) => penaltyName(dynamics.penalty) },
  { of: ({ dynamics }) => dynamics.momentum, said: ({ dynamics }) => momentumName(dynamics.momentum) },
  { of: ({ dynamics }) => dynamics.schedule, said: ({ dynamics }) => scheduleName(dynamics.schedule) },
  { of: ({ engine }) => engine, said: ({ engine }) => say('engine {name}', { name: engine }) },
  { of: ({ method }) => method, said: ({ method }) => say('method {name}', { name: method }) },
];

/** What `config` has and `other` has not, one short clause a setting; empty where both move particles alike. */
export const differences = (config: Config, other: Config): string[] =>
  ASPECTS.filter(({ of }) => !sameJson(of(config), of(other))).map(({ said }) => said(config));

/** Losses on other data, or of another kind, do not compare. */
export const comparable = (config: Config, other: Config): boolean =>
  sameJson([config.data, config.model.loss], [other.data, other.model.loss]);
