/** Mei, Montanari, Nguyen 2018, section 3.1, figure 2: one shell is best below a critical δ, and no longer above. */
import { averagedFor, gaussianMean, RadialFlow } from '../../core/analysis/radial.ts';
import { minimumOf, rootOf } from '../../core/analysis/roots.ts';
import type { Activation } from '../../core/activations/activations.ts';
import type { Config } from '../../core/config/config.ts';
import type { Measured } from '../measure/measurement.ts';
import type { CurvePoint } from '../measure/panel.ts';
import type { Paper, Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { advanced, onEngine, ratio } from './run.ts';
import { MEI_MONTANARI_NGUYEN, Reduced, sampledRisk } from './two-gaussians.ts';

/** Other δ of the figure, between which it is a curve. */
const OTHERS = [0.1, 0.3, 0.4];
const CURVE = Array.from({ length: 19 }, (_, k) => 0.05 * (k + 1));
/** Shells lie between these radii. */
const [NEAREST, FARTHEST] = [0.2, 12];
/** How much better than at the shell it may be elsewhere before the shell is no longer best: rounding and table. */
const SLACK = 2e-4;
/** Dimensions in which the limit is seen, over the network's. */
const MORE = 8;
const TOLERANCE = { risk: 0.03, limit: 0.03 } as const;
const SHELL = 'the best single shell, by the golden section over its radius (core/analysis/radial.ts)';
const LIMIT =
  '(a − b)/(a + b) with E φ(a G) = 1 and E φ(b G) = −1, G normal, by halving: d → ∞, where |x|/√d has no spread';

/** δ in the limit d → ∞ from which on one shell has risk 0. */
export function criticalDelta(activation: Activation): number {
  const q = (value: number) => (a: number) => gaussianMean(activation, a) - value;
  const [a, b] = [rootOf(q(1), 0.01, 40), rootOf(q(-1), 0.01, 40)];
  return (a - b) / (a + b);
}

type Shells = Pick<Reduced, 'averaged' | 'dimension'>;

interface Shell {
  readonly r: number;
  readonly risk: number;
  readonly flow: RadialFlow;
}

function shellAt({ averaged, dimension }: Shells, delta: number): Shell {
  const flow = new RadialFlow(averaged, { dimension, delta });
  const r = minimumOf((radius) => flow.risk(Float64Array.of(radius)), NEAREST, FARTHEST);
  return { r, risk: flow.risk(Float64Array.of(r)), flow };
}

/** |w0| of the best single shell of a configuration. */
export function bestRadius(config: Config): number {
  const reduced = new Reduced(config);
  return shellAt(reduced, reduced.delta).r;
}

/** How much better mass elsewhere would be than at the shell: above 0 it is not the best law. */
function gainBeside({ flow, r }: Shell): number {
  const shell = Float64Array.of(r);
  const at = (radius: number): number => flow.potential(shell, radius);
  return at(r) - at(minimumOf(at, 0, FARTHEST)) - SLACK;
}

/** δ from which on the best law is no single shell. */
export const shellsEnd = (of: Shells): number =>
  rootOf((delta) => gainBeside(shellAt(of, delta)), 0.1, 0.8, 16);

/** The same network in so many more dimensions, where |x| has less spread. */
const raised = ({ activation, dimension }: Reduced): Shells => ({
  averaged: averagedFor(activation, MORE * dimension, FARTHEST),
  dimension: MORE * dimension,
});

const withDelta = (config: Config, delta: number): Config => {
  const { data } = config;
  return 'dataset' in data
    ? { ...config, data: { ...data, parameters: { ...data.parameters, delta } } }
    : config;
};

/** The risk at the end of a run. */
async function finalRisk(reproduction: Reproduction, config: Config): Promise<number> {
  const { problem, test } = await prepare(config, reproduction.files);
  return onEngine(reproduction, problem, async (engine) => {
    await advanced(reproduction, engine, config.dynamics.steps, problem.n);
    return sampledRisk(engine, test!);
  });
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const reduced = new Reduced(config);
  const own = reduced.delta;
  const deltas = [...new Set([...OTHERS, own])].sort((p, q) => p - q);
  reproduction.expect(deltas.length * config.model.width * config.dynamics.steps);
  const risks: CurvePoint[] = [];
  for (const delta of deltas)
    risks.push({ x: delta, y: await finalRisk(reproduction, withDelta(config, delta)) });
  const theory = (delta: number): CurvePoint => ({ x: delta, y: shellAt(reduced, delta).risk });
  // the control: a shell that is far from the best one
  const expected = spoiled ? reduced.flow.risk(Float64Array.of(FARTHEST)) : theory(own).y;
  const limit = criticalDelta(reduced.activation);
  const high = raised(reduced);
  return {
    series: [],
    checks: [
      ratio(`risk at δ = ${own}`, risks.find(({ x }) => x === own)!.y, expected, TOLERANCE.risk, SHELL),
      {
        name: `δ from which on no single shell is best, d = ${high.dimension}, over that of d → ∞`,
        value: shellsEnd(high) / limit,
        expected: 1,
        tolerance: TOLERANCE.limit,
        theory: LIMIT,
      },
    ],
    panels: [
      {
        title: 'risk E (f − y)² against δ',
        x: { title: 'δ' },
        y: { title: 'risk' },
        curves: [
          { name: 'best single shell', mark: 'line', points: CURVE.map(theory) },
          {
            name: `n = ${config.model.width} at t = ${config.dynamics.dt * config.dynamics.steps}`,
            mark: 'dots',
            points: risks,
          },
        ],
      },
    ],
    seen: [{ 'critical δ for d → ∞': limit, [`critical δ for d = ${reduced.dimension}`]: shellsEnd(reduced) }],
  };
}

export const MMN_TRANSITION: Paper = {
  citations: [MEI_MONTANARI_NGUYEN],
  claim:
    'Gradient descent reaches the risk of the best single shell where δ is small; from a critical δ on, 0.474 in the limit of many dimensions, one shell is no longer best.',
  look: 'Neurons are drawn as far from 0 as |w0| is long: all gather on the dashed circle, the best single shell of the theory, and stay there.',
  differs:
    'After the paper’s figure 2: batches of 100 at a step of 0.002 stand for single samples; the law above the critical δ is not computed.',
  control: 'theory’s shell at the largest radius in place of the best one',
  run,
};
