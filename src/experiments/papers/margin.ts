/** Chizat, Bach 2020: gradient descent on an exponential loss finds the largest margin of all networks of its norm. */
import { ConfigError, type Config } from '../../core/config/config.ts';
import type { Engine, Problem } from '../../engines/engine.ts';
import type { Measured } from '../measure/measurement.ts';
import type { CurvePoint } from '../measure/panel.ts';
import { largestMargin } from './max-margin.ts';
import type { Paper, Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { advanced, onEngine } from './run.ts';

/** So many times the configuration's steps, */
const LONGER = 4;
/** which become shorter as the network grows: dt times its norm stays below this, so that ln L falls smoothly. */
const LONGEST = 4;
/** After so many steps dt is chosen anew. */
const EACH = 100;
/** Looks for the figure. */
const LOOKS = 60;
/** −ln L beyond which float64 has no more of the loss. */
const DEEPEST = 600;
const TOLERANCE = 0.05;

interface Seen {
  readonly norm: number;
  readonly margin: number;
}

/** The norm (1/n) Σ (w1² + |w0|²)/2, and the least y f over it. */
async function look(engine: Engine): Promise<Seen> {
  const means = await engine.observables();
  const norm = (means['mean w1²'] + means['mean |w0|²']) / 2;
  const f = await engine.f();
  const least = engine.problem.y.reduce((p, label, i) => Math.min(p, label * f[i]), Infinity);
  return { norm, margin: least / norm };
}

function checked({ model }: Config, { d, c = 1 }: Problem): void {
  if (d !== 3 || c !== 1 || model.activation !== 'relu' || model.loss !== 'exponential')
    throw new ConfigError(
      `inputs of ${d} coordinates, bias included, activation ${JSON.stringify(model.activation)}, loss ${model.loss}: directions of R³ are asked for, give two inputs with bias, relu and the exponential loss`,
    );
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const { problem } = await prepare(config, reproduction.files);
  checked(config, problem);
  const steps = LONGER * config.dynamics.steps;
  reproduction.expect(problem.n * steps);
  const limit = await largestMargin(problem);
  // the control: directions that stay where they were, a kernel's
  const spoils: Pick<Problem, 'terms'> = spoiled ? { terms: { ...problem.terms, rates: [1, 0] } } : {};
  // steps on ln L, of which a page cannot tell the time: its own run takes even ones on L
  const kept: Problem = { ...problem, ...spoils, schedules: { dt: { law: 'over-loss' } } };
  const points = await onEngine(reproduction, kept, async (engine) => {
    const seen: CurvePoint[] = [];
    while (engine.step < steps && engine.loss > Math.exp(-DEEPEST)) {
      const { norm, margin } = await look(engine);
      if (engine.step * LOOKS >= seen.length * steps) seen.push({ x: norm, y: margin });
      engine.setStepSize(Math.min(problem.dt, LONGEST / norm));
      await advanced(reproduction, engine, Math.min(EACH, steps - engine.step), problem.n);
    }
    const { norm, margin } = await look(engine);
    return [...seen, { x: norm, y: margin }];
  });
  return found(points, limit);
}

function found(points: readonly CurvePoint[], limit: number): Measured {
  return {
    series: [],
    checks: [
      {
        name: 'margin min y f over (1/n) Σ (w1² + |w0|²)/2 at the end, over its limit',
        value: points.at(-1)!.y / limit,
        expected: 1,
        tolerance: TOLERANCE,
        theory: 'the largest margin of all networks, a linear programme over a grid of directions (yalps)',
      },
      {
        name: 'margin at the end less that at the start, over its limit',
        value: (points.at(-1)!.y - points[0].y) / limit,
        expected: 1 - TOLERANCE,
        tolerance: 0,
        side: 'least',
      },
    ],
    panels: [
      {
        title: 'margin against the norm',
        x: { title: '(1/n) Σ (w1² + |w0|²)/2', log: true },
        y: { title: 'margin' },
        curves: [
          {
            name: 'largest of all',
            mark: 'line',
            points: [points[0].x, points.at(-1)!.x].map((x) => ({ x, y: limit })),
          },
          { name: 'gradient descent', mark: 'dots', points: points.filter(({ y }) => y > -limit) },
        ],
      },
    ],
    seen: [{ 'largest margin': limit }],
  };
}

export const MARGIN: Paper = {
  citations: [
    {
      authors: 'Chizat, Bach',
      year: 2020,
      title:
        'Implicit bias of gradient descent for wide two-layer neural networks trained with the logistic loss',
      url: 'https://arxiv.org/abs/2002.04486',
    },
  ],
  claim:
    'Steps on ln L of an exponential loss raise the margin of a wide relu network to within 5 % of the largest that any of its norm has.',
  look: 'The cloud grows without end, and ever fewer directions have most of it.',
  differs:
    'After the paper’s figure of clusters in the plane: sixteen clusters, 60 points, n = 400; steps shorten as the network grows, where the code takes 1/√k; the kernel’s phase is not shown.',
  control: 'directions that stay where they were: only the outer weights learn, a kernel machine’s features',
  run,
};
