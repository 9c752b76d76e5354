/** Chizat, Bach 2018, figure 2: a few relu neurons more than the teacher has reach the least objective of all networks. */
import type { Least } from '../../core/analysis/lasso.ts';
import { ConfigError, type Config } from '../../core/config/config.ts';
import { ridgeOf } from '../../core/dynamics/terms.ts';
import type { Engine, Problem, Theta } from '../../engines/engine.ts';
import type { Check, Measured } from '../measure/measurement.ts';
import type { CurvePoint, Panel } from '../measure/panel.ts';
import { objectiveOf } from '../run.ts';
import { CHIZAT_BACH, SPARSE } from './chizat-bach.ts';
import type { Paper, Reproduction } from './paper.ts';
import { directionsIn, imbalance, leastIn, raysOf, strayIn } from './plane.ts';
import { prepare } from '../prepare.ts';
import { alongRun, onEngine, ratio } from './run.ts';

/** Other widths than the configuration's: fewer than are sure to find the teacher, and enough. */
const [FEW, ENOUGH] = [5, 20];
/** Steps of a run up to which the objective is looked at, a share each. */
const LOOKS = [0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1];
/** Directions that remain at ENOUGH, at most. */
const MOST = 8;
/** The law of decay is looked at where |w1² − |w0|²| is e times smaller, and before; in steps so many times as fine. */
const DECAY = { looks: 10, finer: 4 } as const;
const TOLERANCE = { objective: 0.005, above: 1e-6, stray: 0.01, decay: 0.02 } as const;
const LEAST =
  'the least objective over all measures of directions, on a grid, by coordinate descent (core/analysis/lasso.ts)';

interface Run {
  readonly n: number;
  readonly seen: readonly CurvePoint[];
  readonly theta: Theta;
}

function checked({ model, dynamics: { penalty } }: Config, { d, c = 1 }: Problem): void {
  const [outer, inner] = penalty?.ridge ?? [0, 0];
  if (!(outer > 0 && inner > 0))
    throw new ConfigError(
      `dynamics.penalty.ridge = [${outer}, ${inner}]: the least objective needs both above 0, give them`,
    );
  if (d !== 2 || c !== 1 || model.activation !== 'relu' || model.loss !== 'squared')
    throw new ConfigError(
      `data of ${d} inputs, bias included, with model.activation = ${JSON.stringify(model.activation)}: directions of the plane are asked for, give data.dimension = 2, bias false, relu and the squared loss`,
    );
}

const withWidth = (config: Config, width: number): Config => ({ ...config, model: { ...config.model, width } });

/** The control: directions that stay where they were drawn. */
const frozen = (problem: Problem): Problem => ({
  ...problem,
  terms: { ...problem.terms, rates: [1, 0] },
});

async function runOf(reproduction: Reproduction, n: number): Promise<Run> {
  const { config, spoiled } = reproduction;
  const { problem } = await prepare(withWidth(config, n), reproduction.files);
  const { dt, steps } = config.dynamics;
  const times = [...new Set(LOOKS.map((share) => Math.round(share * steps)))].map((step) => step * dt);
  return onEngine(reproduction, spoiled ? frozen(problem) : problem, async (engine) => {
    const seen = await alongRun(reproduction, engine, times, async (t) => ({
      x: t,
      y: await objectiveOf(engine, engine.loss),
    }));
    return { n, seen, theta: await engine.theta() };
  });
}

/** Σ |w1² − |w0|²| over what it was, until it is e times smaller. */
async function decayOf(reproduction: Reproduction, rate: number): Promise<CurvePoint[]> {
  const { config, spoiled } = reproduction;
  const { problem } = await prepare(withWidth(config, ENOUGH), reproduction.files);
  const fine = { ...(spoiled ? frozen(problem) : problem), dt: problem.dt / DECAY.finer };
  const times = Array.from({ length: DECAY.looks + 1 }, (_, k) => k / (DECAY.looks * rate));
  return onEngine(reproduction, fine, async (engine: Engine) => {
    const first = imbalance(await engine.theta());
    return alongRun(reproduction, engine, times, async (t) => ({
      x: t,
      y: imbalance(await engine.theta()) / first,
    }));
  });
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  const { problem } = await prepare(config, reproduction.files);
  checked(config, problem);
  const widths = [...new Set([FEW, ENOUGH, config.model.width])];
  reproduction.expect(widths.reduce((sum, n) => sum + n, 0) * config.dynamics.steps);
  const least = leastIn(problem);
  const runs: Run[] = [];
  for (const n of widths) runs.push(await runOf(reproduction, n));
  const [outer, inner] = ridgeOf(problem.terms);
  // only where both layers decay alike the difference of their squares has a law of its own
  const decay = outer === inner ? await decayOf(reproduction, 2 * outer) : [];
  return found(runs, least, decay, 2 * outer);
}

function found(runs: readonly Run[], least: Least, decay: readonly CurvePoint[], rate: number): Measured {
  const [few, enough] = runs;
  const many = runs.at(-1)!;
  const end = ({ seen }: Run): number => seen.at(-1)!.y;
  const at = ({ n }: Run): string => `n = ${n}`;
  const law = decay.map(({ x }) => ({ x, y: Math.exp(-rate * x) }));
  const checks: Check[] = [
    ratio(`objective, ${at(many)},`, end(many), least.objective, TOLERANCE.objective, LEAST),
    {
      name: `objective, ${at(enough)}, over that of ${at(many)}`,
      value: end(enough) / end(many),
      expected: 1,
      tolerance: TOLERANCE.objective,
    },
    {
      name: `objective, ${at(few)}, less that of ${at(many)}`,
      value: end(few) - end(many),
      expected: 0,
      tolerance: TOLERANCE.above,
      side: 'least',
    },
    {
      name: `directions that remain, ${at(enough)}`,
      value: directionsIn(enough.theta),
      expected: MOST,
      tolerance: 0,
      side: 'most',
    },
    {
      name: `mass where no best network has any, ${at(enough)}`,
      value: strayIn(enough.theta, least),
      expected: 0,
      tolerance: TOLERANCE.stray,
      theory: 'the dual of that least objective, which touches its bound where a best network has mass',
    },
    ...(decay.length === 0
      ? []
      : [
          ratio(
            `|w1² − |w0|²| at t = ${+decay.at(-1)!.x.toPrecision(4)}`,
            decay.at(-1)!.y,
            law.at(-1)!.y,
            TOLERANCE.decay,
            'exp(−2λt) of its first value, λ the ridge of both layers (docs/model.md, Least objective)',
          ),
        ]),
  ];
  return { series: [], checks, panels: panelsOf(runs, least, decay, law) };
}

function panelsOf(
  runs: readonly Run[],
  least: Least,
  decay: readonly CurvePoint[],
  law: readonly CurvePoint[],
): Panel[] {
  const later = runs.map(({ n, seen }) => ({ n, seen: seen.filter(({ x }) => x > 0) }));
  const [from, to] = [later[0].seen[0].x, later[0].seen.at(-1)!.x];
  return [
    {
      title: 'objective',
      x: { title: 't', log: true },
      y: { title: 'objective', log: true },
      curves: [
        {
          name: 'least of all networks',
          mark: 'line',
          points: [from, to].map((x) => ({ x, y: least.objective })),
        },
        ...later.map(({ n, seen }) => ({ name: `n = ${n}`, mark: 'dots' as const, points: seen })),
      ],
    },
    {
      title: '|w1| w0 at the end',
      x: { title: '|w1| w0, first input' },
      y: { title: '|w1| w0, second input' },
      curves: runs.map(({ n, theta }) => ({
        name: `n = ${n}`,
        mark: 'dots' as const,
        points: raysOf(theta).map(({ angle, mass }) => ({
          x: mass * Math.cos(angle),
          y: mass * Math.sin(angle),
        })),
      })),
    },
    ...(decay.length === 0
      ? []
      : [
          {
            title: 'Σ |w1² − |w0|²| over its first value',
            x: { title: 't' },
            y: { title: 'share', log: true as const },
            curves: [
              { name: 'exp(−2λt)', mark: 'line' as const, points: law },
              { name: `n = ${ENOUGH}`, mark: 'dots' as const, points: decay },
            ],
          },
        ]),
  ];
}

export const CHIZAT_BACH_RELU: Paper = {
  citations: [CHIZAT_BACH, SPARSE],
  claim:
    'Twenty relu neurons reach the least objective of all networks, which two hundred reach as well, and gather in a few directions; five may miss it.',
  look: 'Neurons, drawn |w1| times as far out, run along a few directions and gather on two lines, one near a teacher’s (dashed); two teachers nearly cancel, and what finds none falls to 0.',
  differs:
    'After the paper’s figure 2, with the settings of the code of 2019: 15 points of the circle, a teacher of three neurons, λ = 0.002; the paper’s own teachers are not known.',
  control: 'directions that stay where they were drawn: only w1 learns',
  run,
};
