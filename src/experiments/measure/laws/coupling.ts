/**
 * docs/model.md, fact 6, Sznitman's coupling: particles beside copies of themselves that the limit's residual path
 * drives.
 */
import { shapeOf } from '../../../core/shape.ts';
import { complete, type Config } from '../../../core/config/config.ts';
import { linearLimit } from '../../../core/analysis/linear-moments.ts';
import { mean, meanOf, NORMAL_95 } from '../../../core/analysis/statistics.ts';
import { squareW2 } from '../../../core/analysis/transport.ts';
import type { Engine } from '../../../engines/engine.ts';
import {
  advance,
  difference,
  outputsOf,
  overReplicas,
  particles,
  problemOf,
  rms,
  squareDistance,
  thetasOf,
} from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Check,
  type Context,
  type Measured,
  type Measurement,
} from '../measurement.ts';
import { referencePath, sharedDraws } from '../reference.ts';
import { drawnApart, euler, meanField, noNoise, ownDraws, squared } from '../requirements.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';

/** Particles of the reference: its own distance from the limit is that of so many. */
const REFERENCE = 2 ** 16;
/** Distinct particles of the control. */
const DISTINCT = 16;
/** Times at which the distance is taken, as shares of T. */
const SHARES = [1 / 4, 1 / 2, 1];

const stopsOf = ({ steps }: Config['dynamics']): number[] =>
  SHARES.map((share) => Math.max(1, Math.round(share * steps)));

/** Replicas whose clouds are assigned to one another, and the most particles of such a cloud. */
const ASSIGNED = 4;
const MOST_ASSIGNED = 256;

interface Apart {
  /** (1/n) Σ_j |θ_j − θ̄_j|² at each stop. */
  readonly squares: readonly number[];
  /** W2² of the two clouds at the last stop over what the coupling says of it, where somebody has asked. */
  readonly transport: number | null;
}

/** How far each replica of n particles is from its driven copies. */
async function distances(
  context: Context,
  config: Config,
  n: number,
  replicas: number,
  path: Float64Array,
): Promise<Apart[]> {
  const draw = { config, n, replicas, ...(context.spoiled && { alter: sharedDraws(DISTINCT) }) };
  let asked = n <= MOST_ASSIGNED ? ASSIGNED : 0;
  return overReplicas(context, draw, async (engine) => {
    const { problem } = engine;
    const stops = stopsOf(config.dynamics);
    const alone = await thetasAt(context, engine, stops);
    await engine.restore(problem.theta, 0);
    const driven = await thetasAt(context, engine, stops, path);
    return alone[0].map((_, k) => ({
      squares: alone.map((thetas, stop) => squareDistance(thetas[k], driven[stop][k], n)),
      transport:
        asked-- > 0
          ? squareW2(alone.at(-1)![k], driven.at(-1)![k], shapeOf(problem).width) /
            squareDistance(alone.at(-1)![k], driven.at(-1)![k], n)
          : null,
    }));
  });
}

/** θ of each replica at each stop. */
async function thetasAt(context: Context, engine: Engine, stops: readonly number[], path?: Float64Array) {
  const found = [];
  const { m } = engine.problem;
  let from = 0;
  for (const stop of stops) {
    await advance(context, engine, stop - from, path?.slice(from * m, stop * m));
    found.push(await thetasOf(engine));
    from = stop;
  }
  return found;
}

/**
 * The closed case: data of such a size that, with this dt, the constants of docs/model.md, fact 12, are 0.346 and
 * 0.635.
 */
const LINEAR = {
  data: {
    inline: {
      x: [
        [0.644, 0.186, 0.482],
        [-0.41, 0.294, 0.141],
        [-0.169, 0.418, -0.623],
        [0.674, 0.189, 0.317],
        [-0.423, 0.24, 0.121],
        [0.342, 1.075, -0.055],
        [0.763, -0.115, -0.734],
      ],
      y: [1.13, -0.117, 0.777, -1.749, 1.911, -1.106, -1.765],
    },
  },
  model: { activation: 'linear', bias: false },
  dynamics: { dt: 0.05 },
} as const;
const LINEAR_WIDTH = 256;
const LINEAR_REPLICAS = 8;
const STANDARD_ERRORS = 3;
/**
 * Steps after which the linear case is looked at: so it is seen to grow as it must, and the last is
 * fact 12's.
 */
const LINEAR_STEPS = [10, 20, 30];

/**
 * n E‖f_n − f‖² and, as it grows, n E (1/n) Σ |θ_j − θ̄_j|² of the linear case against what its moments
 * predict.
 */
async function linearChecks(context: Context): Promise<Check[]> {
  const config = complete({
    ...LINEAR,
    initial: { seed: context.seed },
    engine: context.config.engine,
    method: context.config.method,
  });
  const n = LINEAR_WIDTH;
  const { dt } = config.dynamics;
  const { x, y, d } = await problemOf({ config, n: 1, replicas: 1 }, context.files);
  const limits = LINEAR_STEPS.map((steps) => linearLimit({ x, y, d, dt, steps, stds: [1, 1] }));
  const draw = {
    config,
    n,
    replicas: context.replicas * LINEAR_REPLICAS,
    ...(context.spoiled && { alter: sharedDraws(DISTINCT) }),
  };
  const last = limits.at(-1)!;
  const found = await overReplicas(context, draw, async (engine) => {
    const { problem } = engine;
    const alone = await thetasAt(context, engine, LINEAR_STEPS);
    const outputs = await outputsOf(engine);
    await engine.restore(problem.theta, 0);
    const copies = await thetasAt(context, engine, LINEAR_STEPS, last.residuals);
    return outputs.map((f, k) => ({
      output: n * rms(difference(f, last.f)) ** 2,
      coupling: alone.map((thetas, i) => n * squareDistance(thetas[k], copies[i][k], n)),
    }));
  });
  return [
    within(
      'n E‖f_n − f‖², linear φ',
      found.map(({ output }) => output),
      last.outputConstant,
    ),
    ...limits.map((limit, i) =>
      within(
        `n E (1/n) Σ|θ_j − θ̄_j|², linear φ, t = ${+(LINEAR_STEPS[i] * dt).toPrecision(6)}`,
        found.map(({ coupling }) => coupling[i]),
        limit.couplingConstant,
      ),
    ),
  ];
}

function within(name: string, values: readonly number[], expected: number): Check {
  const { value, high } = meanOf(values);
  return { name, value, expected, tolerance: (STANDARD_ERRORS * (high - value)) / NORMAL_95 };
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas } = context;
  const { dt } = config.dynamics;
  context.expect(particles(widths, replicas) + REFERENCE + LINEAR_WIDTH * LINEAR_REPLICAS * replicas);
  const path = await referencePath(context, config, REFERENCE);
  const found: Apart[][] = [];
  for (const n of widths) found.push(await distances(context, config, n, replicas, path));
  const series = stopsOf(config.dynamics).map((stop, i) => ({
    name: `(1/n) Σ|θ_j − θ̄_j|², t = ${+(stop * dt).toPrecision(6)}`,
    abscissa: '1/(1/n + 1/N)',
    expected: -1,
    tolerance: TOLERANCE.rate,
    levels: widths.map((n, at) => ({
      n,
      x: 1 / (1 / n + 1 / REFERENCE),
      values: found[at].map(({ squares }) => squares[i]),
    })),
  }));
  const assigned = found.map((ones) => ones.flatMap(({ transport }) => transport ?? []));
  return {
    series,
    checks: await (context.learned?.aside(() => linearChecks(context)) ?? linearChecks(context)),
    seen: widths.flatMap((n, i) =>
      assigned[i].length === 0
        ? []
        : [
            {
              seen: 'W2² of the cloud from its copies over (1/n) Σ|θ_j − θ̄_j|²: 1 where no assignment is better',
              n,
              value: mean(assigned[i]),
            },
          ],
    ),
  };
}

export const COUPLING: Measurement = {
  summary:
    'Mean square distance of particles from copies that the limit’s residual path drives, against n at three times; beside it whether another assignment of particles to copies would be better; for linear φ its constant at three times, and that of f.',
  law: 'with θ̄_j(0) = θ_j(0), (1/n) Σ_j |θ_j − θ̄_j|² = Θ(1/n), growing with t (docs/model.md, fact 6); for linear φ n E‖f_n − f‖² and n E (1/n) Σ_j |θ_j − θ̄_j|² tend to constants in closed form, 0.346 and 0.635 for seven points in R³ (docs/model.md, fact 12)',
  defaults: {
    config: {
      ...SOON,
      dynamics: UNTIL_LEARNED,
    },
    widths: [32, 64, 128, 256, 512],
    replicas: 512,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, meanField, drawnApart, squared],
  control: { summary: `draws shared in blocks of n/${DISTINCT}` },
  run,
};
