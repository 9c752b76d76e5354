/**
 * Learning-rate transfer: the best η0 for a fixed number of steps goes like n^−(κ − 2a + 1), so that in mean field and
 * in `ntk` the one of a narrow network serves a wide one (docs/model.md, fact 21).
 */
import type { Config } from '../../../core/config/config.ts';
import { mean } from '../../../core/analysis/statistics.ts';
import { PARAMETERIZATIONS, type Parameterization } from '../../../core/parameterizations.ts';
import { DivergedError, replicasOf, type Engine } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms } from '../ensemble.ts';
import { FEWEST_LEVELS, TOLERANCE, type Context, type Measured, type Measurement } from '../measurement.ts';
import type { CurvePoint } from '../panel.ts';
import {
  euler,
  evenWidths,
  innerProduct,
  noNoise,
  ownDraws,
  smooth,
  squared,
  type Requirement,
} from '../requirements.ts';
import { exponentsOf, nameOf, outputAndRate, paired, SLOWED } from './exponents.ts';
import { SOON } from './soon.ts';

/** Rates η0 of the search are 2^(i/RUNGS) times the configuration's dt, i whole; it begins with large strides. */
const RUNGS = 4;
const STRIDES = [8, 4, 2, 1];
const rateAt = ({ dynamics: { dt } }: Config, i: number): number => dt * 2 ** (i / RUNGS);
/** Rungs to each side of the best, through which a parabola is laid. */
const SIDE = 2;
const OFFSETS = Array.from({ length: 2 * SIDE + 1 }, (_, i) => i - SIDE);
/** Strides to one side after which there is no best rate. */
const MOST = 40;

/** From the limit of moving features to that of the frozen kernel the best η itself goes by a factor, so slowly. */
const SLOW = 'features move by n^(a−1) at these widths, and the best rate with them: give a = 1/2 or a = 1';

/** Kernels of fewer neurons, drawn anew in each replica, are so far from their mean that the best rate is another one. */
const LEAST = 64;
const wide: Requirement = (_, widths) =>
  widths[0] >= LEAST
    ? null
    : `width ${widths[0]}: with few neurons the best rate depends on them, give widths of ${LEAST} and more`;

interface Best {
  /** The best η0; a value a replica, whose mean it is. */
  readonly rates: readonly number[];
  /** ln of the loss, the mean over replicas, at each rate that was tried. */
  readonly tried: readonly { readonly rate: number; readonly loss: number }[];
}

/** ln of the loss of each replica after all steps at each rate of the ladder, computed where it is asked for. */
class Ladder {
  private readonly known = new Map<number, number[]>();

  constructor(
    private readonly context: Context,
    private readonly engine: Engine,
  ) {}

  async losses(i: number): Promise<number[]> {
    const found = this.known.get(i) ?? (await this.measured(i));
    this.known.set(i, found);
    return found;
  }

  /** NaN, of a run that has left all bounds, counts as more than any other. */
  async mean(i: number): Promise<number> {
    const value = mean(await this.losses(i));
    return Number.isNaN(value) ? Infinity : value;
  }

  get tried(): Best['tried'] {
    return [...this.known]
      .map(([i, losses]) => ({ rate: rateAt(this.context.config, i), loss: mean(losses) }))
      .filter(({ loss }) => Number.isFinite(loss))
      .sort((p, q) => p.rate - q.rate);
  }

  async measured(i: number): Promise<number[]> {
    const { context, engine } = this;
    const { problem } = engine;
    await engine.restore(problem.theta, 0);
    engine.setStepSize(rateAt(context.config, i));
    try {
      await advance(context, engine, context.config.dynamics.steps);
      return (await outputsOf(engine)).map((f) => 2 * Math.log(rms(difference(f, problem.y))));
    } catch (error) {
      if (!(error instanceof DivergedError)) throw error;
      return Array.from({ length: replicasOf(problem) }, () => Infinity);
    }
  }
}

/** From rung `start` downhill in ever smaller strides. */
async function lowest(ladder: Ladder, start: number): Promise<number> {
  let at = start;
  for (const stride of STRIDES)
    for (const side of [-1, 1])
      for (let count = 0; count < MOST; count++) {
        const next = at + side * stride;
        if (!((await ladder.mean(next)) < (await ladder.mean(at)))) break;
        at = next;
      }
  return at;
}

/** The lowest point of the parabola through the rungs about the best, with every replica's influence on it. */
async function best(context: Context, engine: Engine, start: number): Promise<Best & { readonly at: number }> {
  const ladder = new Ladder(context, engine);
  const at = await lowest(ladder, start);
  const near: number[][] = [];
  for (const offset of OFFSETS) near.push(await ladder.losses(at + offset));
  const squares = OFFSETS.map((i) => i * i);
  const centred = squares.map((square) => square - mean(squares));
  const norm = (weights: readonly number[]): number => weights.reduce((sum, one) => sum + one * one, 0);
  const fitted = (weights: readonly number[], losses: readonly number[]): number =>
    weights.reduce((sum, weight, i) => sum + weight * losses[i], 0) / norm(weights);
  const means = near.map((losses) => mean(losses));
  const [slope, bend] = [fitted(OFFSETS, means), fitted(centred, means)];
  const off = -slope / (2 * bend);
  const rate = rateAt(context.config, at + off);
  const rates = near[0].map((_, k) => {
    const own = near.map((losses) => losses[k]);
    const influence =
      -(fitted(OFFSETS, own) - slope) / (2 * bend) + (slope * (fitted(centred, own) - bend)) / (2 * bend ** 2);
    return rate * (1 + (Math.LN2 / RUNGS) * influence);
  });
  await ladder.measured(at); // so that what is learned is that at the best rate
  return { rates, tried: ladder.tried, at };
}

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const regimes =
    given.parameterization === undefined
      ? (Object.keys(PARAMETERIZATIONS) as Parameterization[])
      : [config.parameterization];
  context.expect(regimes.length * particles(widths, replicas));
  const series = [];
  const panels = [];
  for (const parameterization of regimes) {
    const { a, kappa } = exponentsOf(parameterization)!;
    const name = nameOf(parameterization);
    const levels = [];
    const curves = [];
    let start = 0;
    for (const n of widths) {
      const draw = { config: paired(config, parameterization), n, replicas };
      let tried: Best['tried'] = [];
      const values = await overReplicas(context, draw, async (engine) => {
        const found = await best(context, engine, start);
        start = found.at;
        ({ tried } = found);
        return found.rates;
      });
      levels.push({ n, x: n, values });
      const points = tried.map(({ rate, loss }): CurvePoint => ({ x: rate, y: Math.exp(loss) / 2 }));
      curves.push({ name: `n = ${n}`, mark: 'line' as const, points: worthSeeing(points) });
    }
    series.push({
      name: `best η0, ${name}`,
      abscissa: 'n',
      expected: 2 * a - kappa - 1,
      tolerance: TOLERANCE.rate,
      levels,
      ...(a > 1 / 2 && a < 1 && { caveat: SLOW }),
    });
    panels.push({
      title: name,
      x: { title: 'η0', log: true as const },
      y: { title: `loss after ${config.dynamics.steps} steps, geometric mean`, log: true as const },
      curves,
    });
  }
  return { series, checks: [], panels };
}

/** Losses far above the best one hide it. */
const worthSeeing = (points: readonly CurvePoint[]): CurvePoint[] => {
  const least = Math.min(...points.map(({ y }) => y));
  return points.filter(({ y }) => y < 1e3 * least);
};

export const LEARNING_RATE_TRANSFER: Measurement = {
  summary:
    'The learning rate η0 with the least loss after a fixed number of steps, against n, in each parameterization: where it stays, that of a narrow network serves a wide one.',
  law: 'argmin over η0 of the loss after a fixed number of steps = Θ(n^(2a−κ−1)): n^0 in mean-field and ntk, n^(1/2) in compensated, n^(−1/2) in naive (docs/model.md, fact 21; Yang et al. 2022)',
  defaults: {
    config: {
      ...SOON,
      dynamics: { dt: 1, steps: 8 },
    },
    widths: [64, 128, 256, 512, 1024],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, outputAndRate, smooth, squared, innerProduct, wide],
  control: {
    ...SLOWED,
    summary: 'the learning rate is √n too small in the engine: the best η0 grows by √n more',
  },
  run,
};
