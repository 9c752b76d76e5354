/** Rotskoff, Vanden-Eijnden 2018: f of n units varies by 1/n, and by less than that where the limit interpolates. */
import { meanOf } from '../../../core/analysis/statistics.ts';
import type { Config } from '../../../core/config/config.ts';
import { meanLoss } from '../../../core/model.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { advance, outputsOf, overReplicas, particles } from '../../measure/ensemble.ts';
import type { Check, Measured, Series } from '../../measure/measurement.ts';
import type { Panel } from '../../measure/panel.ts';
import { sharedDraws } from '../../measure/reference.ts';
import type { Paper, Reproduction } from '../paper.ts';
import { monteCarlo, variancesOf } from './fluctuations.ts';
import { unitsOf } from './units.ts';

/** Looks; of a run to the last one more is asked, a GPU's work. Sigmoid units are cheap, and their f varies along fewer directions. */
const TIMES = [5, 20, 80, 140, 200];
const SIZES = {
  reduced: { seeds: { radial: 64, sigmoid: 128 }, slope: 0.2 },
  whole: { seeds: { radial: 64, sigmoid: 256 }, slope: 0.15 },
} as const;
/** Widths, each half of the next, up to the configuration's. */
const WIDTHS = 4;
/** So few samples are interpolated after so much longer, with shorter steps, by the smallest of the widths. */
const LONG = { samples: 10, longer: 5, finer: 4, looks: 16 } as const;
/** Distinct particles of the control. */
const DISTINCT = 16;
/** Half-widths of the 95 % interval of a mean. */
const HALVES = 2;
const LIMITS = { left: 0.05, below: 0.5 } as const;
const THEORY = 'variance of w1 Φ over the particles, that of n independent draws from their law';

interface Look {
  readonly t: number;
  /** One a replica; their mean is the variance of f. */
  readonly variances: readonly number[];
  /** n times the variance of n independent draws. */
  readonly independent: number;
  /** The loss over that of f = 0, the mean over replicas. */
  readonly left: number;
}

interface Followed {
  readonly n: number;
  readonly looks: readonly Look[];
}

async function followed(
  reproduction: Reproduction,
  config: Config,
  n: number,
  replicas: number,
  times: readonly number[],
): Promise<Followed> {
  const { spoiled } = reproduction;
  const looks: Look[] = [];
  await overReplicas(
    reproduction,
    { config, n, replicas, ...(spoiled && { alter: sharedDraws(DISTINCT) }) },
    async (engine) => {
      const { dt, m, y } = engine.problem;
      const null0 = meanLoss(new Float64Array(m), y, LOSSES.squared, 1);
      for (const t of times) {
        await advance(reproduction, engine, Math.round(t / dt) - engine.step);
        looks.push({
          t,
          variances: variancesOf(await outputsOf(engine)),
          independent: monteCarlo(await engine.theta(), engine.problem),
          left: engine.loss / null0,
        });
      }
      return [];
    },
  );
  return { n, looks };
}

/** n Var f over what independent draws have, with its interval. */
function besideDraws({ n, looks }: Followed, k: number): { value: number; half: number } {
  const { variances, independent } = looks[k];
  const { value, high } = meanOf(variances);
  return { value: (n * value) / independent, half: (n * (high - value)) / independent };
}

function timesIn({ dynamics: { dt, steps } }: Config): number[] {
  const end = dt * steps;
  const times = TIMES.filter((t) => t <= end * (1 + 1e-9) && t >= dt);
  const some = times.length >= 3 ? times : [0.25, 0.5, 1].map((share) => dt * Math.round(share * steps));
  return [0, ...some];
}

const longOf = (config: Config): Config => ({
  ...config,
  data: { ...config.data, samples: LONG.samples } as Config['data'],
  dynamics: {
    ...config.dynamics,
    dt: config.dynamics.dt / LONG.finer,
    steps: LONG.longer * LONG.finer * config.dynamics.steps,
  },
});

/** 0 and then evenly in the logarithm. */
function laterIn({ dynamics: { dt, steps } }: Config): number[] {
  const found = Array.from({ length: LONG.looks }, (_, k) => Math.round(steps ** ((k + 1) / LONG.looks)));
  return [0, ...new Set(found)].map((step) => step * dt);
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  const times = timesIn(config);
  const size = times.includes(TIMES.at(-1)!) ? SIZES.whole : SIZES.reduced;
  const widths = Array.from({ length: WIDTHS }, (_, k) =>
    Math.floor(config.model.width / 2 ** (WIDTHS - 1 - k)),
  );
  const units = unitsOf(config);
  const seeds = size.seeds.radial + size.seeds.sigmoid;
  reproduction.expect(particles([...widths, widths[0]], seeds));
  const parts: Measured[] = [];
  for (const { name, config: own } of units) {
    const found: Followed[] = [];
    for (const n of widths) found.push(await followed(reproduction, own, n, size.seeds[name], times));
    const long = await followed(reproduction, longOf(own), widths[0], size.seeds[name], laterIn(longOf(own)));
    parts.push(foundOf(name, found, long, size.slope));
  }
  return {
    series: parts.flatMap(({ series }) => series),
    checks: parts.flatMap(({ checks }) => checks),
    panels: parts.flatMap(({ panels = [] }) => panels),
  };
}

function foundOf(name: string, all: readonly Followed[], long: Followed, tolerance: number): Measured {
  const largest = all.at(-1)!;
  const first = besideDraws(largest, 0);
  const last = long.looks.length - 1;
  const checks: Check[] = [
    {
      name: `n Var f_n over independent draws’, ${name}, n = ${largest.n}, t = 0`,
      value: first.value,
      expected: 1,
      tolerance: HALVES * first.half,
      theory: THEORY,
    },
    {
      name: `loss over that of f = 0, ${name}, ${LONG.samples} samples, t = ${+long.looks[last].t.toPrecision(6)}`,
      value: long.looks[last].left,
      expected: LIMITS.left,
      tolerance: 0,
      side: 'most',
    },
    {
      name: `n Var f_n over independent draws’, ${name}, ${LONG.samples} samples, t = ${+long.looks[last].t.toPrecision(6)}`,
      value: besideDraws(long, last).value,
      expected: LIMITS.below,
      tolerance: 0,
      side: 'most',
      theory: THEORY,
    },
  ];
  const series = largest.looks.slice(1).map(({ t }, k): Series => ({
    name: `Var f_n, ${name}, t = ${+t.toPrecision(6)}`,
    abscissa: 'n',
    expected: -1,
    tolerance,
    levels: all.map(({ n, looks }) => ({ x: n, n, values: looks[k + 1].variances })),
  }));
  return { series, checks, panels: panelsOf(name, all, long) };
}

function panelsOf(name: string, all: readonly Followed[], long: Followed): Panel[] {
  const largest = all.at(-1)!;
  const late = long.looks.slice(1);
  return [
    {
      title: `variance of f, ${name} units`,
      x: { title: 'n', log: true },
      y: { title: 'Var f', log: true },
      curves: largest.looks.slice(1).flatMap(({ t }, k) => {
        const points = all.map(({ n, looks }) => {
          const { value, low, high } = meanOf(looks[k + 1].variances);
          return { x: n, y: value, low, high };
        });
        const mid = points.reduce((sum, { x, y }) => sum + (x * y) / points.length, 0);
        return [
          {
            name: `1/n, t = ${+t.toPrecision(4)}`,
            mark: 'line' as const,
            points: points.map(({ x }) => ({ x, y: mid / x })),
          },
          { name: `t = ${+t.toPrecision(4)}`, mark: 'dots' as const, points },
        ];
      }),
    },
    {
      title: `${LONG.samples} samples, ${name} units`,
      x: { title: 't', log: true },
      y: { title: 'n Var f', log: true },
      curves: [
        {
          name: 'independent draws',
          mark: 'line',
          points: late.map(({ t, independent }) => ({ x: t, y: independent })),
        },
        {
          name: `n = ${long.n}`,
          mark: 'dots',
          points: late.map(({ t, variances }) => ({ x: t, y: long.n * meanOf(variances).value })),
        },
      ],
    },
  ];
}

export const ROTSKOFF_3SPIN: Paper = {
  citations: [
    {
      authors: 'Rotskoff, Vanden-Eijnden',
      year: 2018,
      title: 'Trainability and accuracy of neural networks: an interacting particle system approach',
      url: 'https://arxiv.org/abs/1805.00915',
    },
    {
      authors: 'Chen, Rotskoff, Bruna, Vanden-Eijnden',
      year: 2020,
      title: 'A dynamical central limit theorem for shallow neural networks',
      url: 'https://arxiv.org/abs/2008.09623',
    },
  ],
  claim:
    'The variance of f over draws of n radial or sigmoid units falls as 1/n while they learn a spin glass, and below that of independent draws where the limit interpolates.',
  look: 'Units move over the sphere, as their paths show, gather in a few places and gain weight of either sign there, and the loss falls.',
  differs:
    'After the paper’s experiment with d = 5: 100 fixed samples of the sphere and all of them in each step, where the paper takes fresh ones and 2·10⁶ steps; whether its loss falls as 1/n is not asked.',
  control: `draws shared in blocks of n/${DISTINCT}: more units vary no less`,
  run,
};
