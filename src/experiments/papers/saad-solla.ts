/** Saad, Solla 1995: one pass of gradient descent over fresh samples follows an equation of a few order parameters. */
import { mean, sampleVariance } from '../../core/analysis/statistics.ts';
import { slopeOf, testLoss } from '../../core/analysis/order-parameters.ts';
import type { Check, Measured } from '../measure/measurement.ts';
import type { Curve, CurvePoint, Panel } from '../measure/panel.ts';
import {
  equationFrom,
  offsOf,
  onePassOf,
  passOf,
  withoutSquare,
  type Offs,
  type OnePass,
  type Slope,
} from './one-pass.ts';
import type { Paper, Reproduction } from './paper.ts';

/** α at which runs are held to the equation; where a run is shorter, its end. */
const TIMES = [2, 5, 10, 20];
/** Runs of each N are added, this many at a time, until standard errors are as small as this, and no more than these. */
const ROUND = 36;
const ENOUGH = 0.017;
const MOST = 360;
/** Of the loss, as a share; standard errors between what is seen and the equation. */
const TOLERANCE = { error: 0.02, errors: 3 } as const;
/** Looks at one run for the picture. */
const LOOKS = 40;
const THEORY =
  'the equation of the order parameters by Runge–Kutta from each run’s own start (core/analysis/order-parameters.ts)';

/** What runs of one N have. */
type Runs = Offs[];

interface Found {
  readonly alpha: number;
  /** The equation's loss; how far runs are from it as N → ∞ and the standard error of that, over it. */
  readonly limit: number;
  readonly off: number;
  readonly error: number;
  /** Runs of each N. */
  readonly runs: number;
}

/** From runs of N/2 and of N inputs: what is of the order 1/N drops out. */
function foundAt(half: Runs, whole: Runs, i: number, alpha: number): Found {
  const [p, q] = [half, whole].map((runs) => runs.filter(({ off }) => i < off.length));
  const offs = [p, q].map((runs) => runs.map(({ off }) => off[i]));
  const limit = mean(q.map((run) => run.limit[i]));
  const variance = (values: number[]): number => sampleVariance(values) / values.length;
  return {
    alpha,
    limit,
    off: (2 * mean(offs[1]) - mean(offs[0])) / limit,
    error: Math.sqrt(4 * variance(offs[1]) + variance(offs[0])) / limit,
    runs: q.length,
  };
}

/** Runs until all times are known well enough; each goes as far as the last of which that is not yet so. */
async function compared(
  reproduction: Reproduction,
  pass: OnePass,
  times: readonly number[],
  slope: Slope,
): Promise<Found[]> {
  const whole: Runs = [];
  const half: Runs = [];
  const found = (): Found[] => times.map((alpha, i) => foundAt(half, whole, i, alpha));
  let wanted = times.length;
  while (wanted > 0 && whole.length < MOST) {
    const until = [0, ...times.slice(0, wanted)];
    for (let k = 0; k < ROUND; k++) {
      for (const [runs, N] of [
        [half, Math.ceil(pass.inputs / 2)],
        [whole, pass.inputs],
      ] as const) {
        const seed = 1e7 * reproduction.seed + 1e3 * N + runs.length;
        runs.push(offsOf(await passOf(reproduction, pass, { N, seed, times: until }), pass, until, slope));
      }
    }
    wanted = found().findLastIndex(({ error }) => !(error <= ENOUGH)) + 1;
  }
  return found();
}

const checksOf = ({ alpha, off, error, runs }: Found): Check[] => [
  {
    name: `loss at α = ${alpha} as N → ∞ less the equation’s, in standard errors of ${runs} runs`,
    value: off / error,
    expected: 0,
    tolerance: TOLERANCE.errors,
    theory: THEORY,
  },
  {
    name: `standard error of the loss at α = ${alpha}, over it`,
    value: error,
    expected: TOLERANCE.error,
    tolerance: 0,
    side: 'most',
  },
];

/** One run with its equation: the loss, and what each student has of each teacher. */
async function pictured(
  reproduction: Reproduction,
  pass: OnePass,
  end: number,
  found: readonly Found[],
  slope: Slope,
): Promise<Panel[]> {
  const { inputs, equation } = pass;
  // the loss falls early, neurons part late
  const times = Array.from({ length: LOOKS + 1 }, (_, k) => end * (k / LOOKS) ** 2);
  const seen = await passOf(reproduction, pass, { N: inputs, seed: reproduction.seed, times });
  const limit = equationFrom(seen[0], pass, times, slope);
  const { students } = equation;
  const fields = Math.sqrt(seen[0].length);
  const points = (Cs: readonly Float64Array[], of: (C: Float64Array) => number): CurvePoint[] =>
    Cs.map((C, k) => ({ x: times[k], y: of(C) }));
  const loss = (C: Float64Array): number => testLoss(C, equation);
  const overlaps = Array.from({ length: students }, (_, i) =>
    Array.from({ length: fields - students }, (__, n) => ({
      name: `student ${i + 1}, teacher ${n + 1}`,
      of: (C: Float64Array) => C[i * fields + students + n],
    })),
  ).flat();
  return [
    {
      title: 'test loss',
      x: { title: 'α = steps/N' },
      y: { title: 'loss', log: true },
      curves: [
        { name: 'equation', mark: 'line', points: points(limit, loss) },
        { name: `a run, N = ${inputs}`, mark: 'dots', points: points(seen, loss) },
        {
          name: 'runs as N → ∞, 95 %',
          mark: 'dots',
          points: found.map(({ alpha, limit: of, off, error }) => ({
            x: alpha,
            y: of * (1 + off),
            low: of * (1 + off - 1.96 * error),
            high: of * (1 + off + 1.96 * error),
          })),
        },
      ],
    },
    {
      title: 'overlaps: the run as dots, the equation as lines',
      x: { title: 'α = steps/N' },
      y: { title: '⟨w0, w̄0⟩' },
      curves: overlaps.flatMap(({ name, of }): Curve[] => [
        { name, mark: 'line', points: points(limit, of) },
        { name, mark: 'dots', points: points(seen, of) },
      ]),
    },
  ];
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const pass = onePassOf(config);
  const end = config.dynamics.steps / pass.inputs;
  const early = TIMES.filter((alpha) => alpha <= end);
  const times = early.length > 0 ? early : [end];
  // as many runs as it mostly takes
  reproduction.expect(4 * ROUND * 1.5 * times.at(-1)! * pass.inputs);
  // the control: the equation to first order in η
  const slope = spoiled ? withoutSquare : slopeOf;
  const found = await compared(reproduction, pass, times, slope);
  return {
    series: [],
    checks: found.flatMap(checksOf),
    panels: await pictured(reproduction, pass, end, found, slope),
    seen: found.map((one) => ({ ...one })),
  };
}

export const SAAD_SOLLA: Paper = {
  citations: [
    {
      authors: 'Saad, Solla',
      year: 1995,
      title: 'On-line learning in soft committee machines',
      url: 'https://doi.org/10.1103/PhysRevE.52.4225',
    },
    {
      authors: 'Goldt, Advani, Saxe, Krzakala, Zdeborová',
      year: 2019,
      title:
        'Dynamics of stochastic gradient descent for two-layer neural networks in the teacher–student setup',
      url: 'https://arxiv.org/abs/1906.08632',
    },
  ],
  claim:
    'The test loss of one pass over fresh samples follows the equation of the overlaps of students and teachers, its square of the rate included, as the number of inputs grows.',
  look: 'The three neurons’ overlaps with the two teachers (dashed) rise together, stand for a while, and part: each teacher gets a neuron of its own.',
  differs:
    'After the papers’ set-up: 3 students, 2 teachers, rate ½ and starts of length ½; N = 100 and 200 are extrapolated to N → ∞, where the papers show larger N.',
  control: 'the equation to first order in the rate, without the term of its square',
  run,
};
