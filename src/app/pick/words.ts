/** What is said of a picked neuron, and of the input that is looked at. */
import { isolatedName } from '../../core/words/cut.ts';
import { short } from '../../core/words/short.ts';
import { shapeOf } from '../../core/shape.ts';
import type { ParticleSample, Problem } from '../../engines/engine.ts';
import type { Encoding } from '../../experiments/data/encoding.ts';
import type { Axes } from '../../views/cloud/cloud.ts';
import { componentsOf, innerNorm } from '../figures/components.ts';
import { startOf } from '../figures/start.ts';
import type { Path } from './path.ts';
import { say } from '../say.ts';

/** "Neuron 4,211 of 65,536": neurons are counted from 0, as files and tables count them. */
export const titleOf = (neuron: number, n: number): string =>
  say('Neuron {neuron} of {n}', { neuron: neuron.toLocaleString('en'), n: n.toLocaleString('en') });

/** Name and number of all that is told of the neuron at row `index` of a sample. */
export function factsOf(
  sample: ParticleSample,
  index: number,
  problem: Problem,
  encoding: Encoding,
  axes: Axes,
): [string, string][] {
  const { width } = shapeOf(sample);
  const row = index * width;
  const components = componentsOf(sample, encoding, axes);
  const told = components.map(({ name, of }): [string, string] => [name, short(of(sample.theta, row))]);
  const norm: [string, string] = ['|w0|', short(innerNorm(sample.theta, row, sample))];
  const start = startOf(problem, [sample.rows[index]]);
  const moved = Math.hypot(...start.map((value, k) => sample.theta[row + k] - value));
  return [
    ...told,
    ...(components.some(({ name }) => name === '|w0|') ? [] : [norm]),
    [say('way from its start'), short(moved)],
    ...(sample.speed[index] > 0 ? [[say('speed |b|'), short(sample.speed[index])] as [string, string]] : []),
  ];
}

/** The same in a sentence, for those who hear it. */
export const spokenOf = ({
  title,
  facts,
}: {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
}): string =>
  say('{title}: {facts}. Arrows go on, Escape lets go.', {
    title,
    facts: facts.map((fact) => fact.join(' ')).join(', '),
  });

/** Sentences about its path, its ridge, drawn at a `scale` in words or '', and how many neurons of the sample answer. */
export const notesOf = (
  problem: Pick<Problem, 'n' | 'outer'>,
  some: number,
  { since, length }: Pick<Path, 'since' | 'length'>,
  scale: string,
): string[] => [
  length > 1 ? say('Its path since step {since}.', { since: since!.toLocaleString('en') }) : '',
  say('Over f its ridge w1 Φ{scale}; {mean}.', { scale: scale && `, ${scale}`, mean: sharedBy(problem) }),
  some < problem.n
    ? say('One in {count} neurons answers.', { count: Math.ceil(problem.n / some).toLocaleString('en') })
    : '',
];

/** Of a neuron that earlier moments do not have. */
export const notKeptText = (kept: number): string =>
  say('Earlier moments keep {kept} neurons, and this one is not among them: “Now” brings it back.', {
    kept: kept.toLocaleString('en'),
  });

/** What the prefactor makes of ridges. */
function sharedBy({ n, outer }: Pick<Problem, 'n' | 'outer'>): string {
  const isMean = Math.abs(outer * n - 1) < 1e-9;
  return isMean
    ? say('f is the mean of all ridges')
    : say('f is {factor} times the sum of all ridges', { factor: short(outer) });
}

/** "x = 0.31" or "x1 = 0.3, x2 = −1": some of the inputs, and how many more. */
export function inputText(input: Float64Array, { inputs }: Pick<Encoding, 'inputs'>): string {
  const FEW = 2;
  const shown = inputs.slice(0, FEW).map((name, k) => `${isolatedName(name)} = ${short(input[k])}`);
  const more = inputs.length - FEW;
  return more > 0
    ? say('{shown} and {count} more', { shown: shown.join(', '), count: more.toLocaleString('en') })
    : shown.join(', ');
}

export const litText = (where: string, lit: number, some: number, share: number): string =>
  say('At {where}, {lit} of {some} neurons make {percent} % of Σ |w1 Φ|: they are lit.', {
    where,
    lit: lit.toLocaleString('en'),
    some: some.toLocaleString('en'),
    percent: Math.round(100 * share),
  });
