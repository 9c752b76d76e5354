/**
 * Rates in dt: gradient descent against the flow, and Euler–Maruyama's steps against those of a much finer grid along the
 * same Brownian paths. The noise is additive, so that the strong order is 1, not ½ (docs/model.md, fact 19).
 */
import type { Config } from '../../../core/config/config.ts';
import { isLangevin } from '../../../core/config/dynamics.ts';
import { squareOfMean } from '../../../core/analysis/statistics.ts';
import { BrownianPaths } from '../../../core/dynamics/paths.ts';
import { ratesOf } from '../../../core/dynamics/terms.ts';
import { systemSeed } from '../../../core/random.ts';
import { layerOf, shapeOf } from '../../../core/shape.ts';
import { replicasOf, type Engine, type Problem } from '../../../engines/engine.ts';
import {
  advance,
  difference,
  outputsOf,
  overReplicas,
  particles,
  replicasIn,
  rms,
  squareDistance,
  thetasOf,
} from '../ensemble.ts';
import { TOLERANCE, type Context, type Measured, type Measurement, type Series } from '../measurement.ts';
import { euler, ownDraws, smooth, type Requirement } from '../requirements.ts';
import { gridsOf, type TimeGrid } from '../time.ts';
import { settled } from './orders.ts';
import { BOUNDED, SOON } from './soon.ts';

/** Of the configuration's steps: of the finest grid, and of the reference, whose steps each grid's hold a whole number of. */
const REFINED = 4;
const FINE = 48;

const noisy: Requirement = ({ dynamics }) =>
  !isLangevin(dynamics)
    ? 'dynamics has penalties, momentum, batches or a schedule of its own, and the law is about noise and weight decay alone: leave them out'
    : dynamics.temperature > 0
      ? null
      : `dynamics.temperature = ${dynamics.temperature}: the law is about steps with noise, too, give a number above 0`;

/** θ [n, c + d] and f [m] at the end. */
interface End {
  readonly theta: ArrayLike<number>;
  readonly f: Float64Array;
}

async function ends(engine: Engine): Promise<End[]> {
  const outputs = await outputsOf(engine);
  return (await thetasOf(engine)).map((theta, k) => ({ theta, f: outputs[k] }));
}

/** Where each replica ends on one grid, by the engine's own steps. */
const ended = (context: Context, config: Config, n: number, grid: TimeGrid): Promise<End[]> =>
  overReplicas(context, { config, n, replicas: context.replicas }, async (engine) => {
    engine.setStepSize(grid.dt);
    await advance(context, engine, grid.steps);
    return ends(engine);
  });

/**
 * The same on coarser grids along the Brownian paths of `fine`: an engine without noise takes a step, and what the paths
 * have done in its time is added.
 */
async function coarse(
  context: Context,
  config: Config,
  n: number,
  grids: readonly TimeGrid[],
  fine: TimeGrid,
): Promise<End[][]> {
  const { temperature } = config.dynamics;
  const still: Config = { ...config, dynamics: { ...config.dynamics, temperature: 0 } };
  let first = systemSeed(config.initial.seed, 0);
  return overReplicas(context, { config: still, n, replicas: context.replicas }, async (engine) => {
    const { problem } = engine;
    const R = replicasOf(problem);
    const paths = Array.from(
      { length: R },
      (_, k) => new BrownianPaths(first + k, n, shapeOf(problem).width, fine.steps, BLOCK),
    );
    first += R;
    const scales = deviations(problem, temperature, fine.dt);
    const found: End[][] = [];
    for (const { dt, steps } of grids) {
      await engine.restore(problem.theta, 0);
      engine.setStepSize(dt);
      for (let k = 0; k < steps; k++) {
        await advance(context, engine, 1);
        const theta = Float64Array.from(await engine.theta());
        replicasIn(theta, R).forEach((own, replica) =>
          paths[replica].add(own, scales, (k * fine.steps) / steps, ((k + 1) * fine.steps) / steps),
        );
        await engine.restore(theta, k + 1);
      }
      found.push(await ends(engine));
    }
    return found[0].map((_, k) => found.map((own) => own[k]));
  });
}
/** Fine steps in a block: steps of the grids of time.ts have 12, 16, 24, 32 and 48 of them. */
const BLOCK = 4;

/** √(2 τ s δ) of each coordinate of a row. */
function deviations(problem: Problem, temperature: number, δ: number): number[] {
  const shape = shapeOf(problem);
  const rates = ratesOf(problem.terms);
  return Array.from({ length: shape.width }, (_, k) =>
    Math.sqrt(2 * temperature * rates[layerOf(k, shape)] * problem.speed * δ),
  );
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas } = context;
  const grids = gridsOf(config, REFINED);
  const fine = { steps: FINE * config.dynamics.steps, dt: config.dynamics.dt / FINE };
  context.expect((grids.length + 3) * particles(widths, replicas));
  const series: Series[] = [];
  for (const n of widths) {
    const rate = (name: string, values: (grid: number) => number[]): Series => ({
      name: `${name}, n = ${n}`,
      abscissa: 'dt',
      expected: 1,
      tolerance: TOLERANCE.rate,
      root: 2,
      levels: grids.map(({ dt }, i) => ({ n, x: dt, values: values(i) })),
    });
    const { temperature: _, ...cold } = config.dynamics;
    const descent: Config = { ...config, dynamics: { ...cold, temperature: 0 } };
    const flow = await ended(
      context,
      { ...descent, dynamics: { ...descent.dynamics, integrator: 'rk4' } },
      n,
      grids.at(-1)!,
    );
    const descents: End[][] = [];
    for (const grid of grids) descents.push(await ended(context, descent, n, grid));
    const reference = await ended(context, config, n, fine);
    const walks = await coarse(context, config, n, grids, fine);
    series.push(
      rate('E (1/n) Σ|θ_j − flow|², gradient descent', (i) =>
        descents[i].map(({ theta }, k) => squareDistance(theta, flow[k].theta, n)),
      ),
      rate('E |f − flow|², gradient descent', (i) =>
        descents[i].map(({ f }, k) => rms(difference(f, flow[k].f)) ** 2),
      ),
      rate('E (1/n) Σ|θ_j − path|², Euler–Maruyama', (i) =>
        walks.map((looks, k) => squareDistance(looks[i].theta, reference[k].theta, n)),
      ),
      apart(
        rate('|E f − E f of the path|², Euler–Maruyama', (i) =>
          squareOfMean(
            walks.map((looks, k) =>
              difference(looks[i].f, reference[k].f).map((entry) => entry / Math.sqrt(reference[k].f.length)),
            ),
          ),
        ),
        fine,
      ),
    );
  }
  return { series: series.map(settled), checks: [] };
}

/** Weak errors of two grids differ by what their steps differ by; few replicas tell the order from ½, not more. */
const FEW = 0.2;
const apart = (weak: Series, fine: TimeGrid): Series => ({
  ...weak,
  abscissa: 'dt − δ, δ the path’s',
  tolerance: FEW,
  levels: weak.levels.map((level) => ({ ...level, x: level.x - fine.dt })),
});

/** Faults of the engine that no dt mends: the flow runs too fast, the noise is too hot. */
const TOO_FAST = 1.05;
const TOO_HOT = 1.2;
const spoil = (problem: Problem): Problem => ({
  ...problem,
  speed: problem.integrator === 'rk4' ? TOO_FAST * problem.speed : problem.speed,
  ...(problem.terms?.noise && {
    terms: {
      ...problem.terms,
      noise: { ...problem.terms.noise, temperature: TOO_HOT * problem.terms.noise.temperature },
    },
  }),
});

export const STEP_SIZE: Measurement = {
  summary:
    'How far gradient descent ends from the flow, and Euler–Maruyama’s steps from a grid so fine that it is the path, along the same noise, against dt: particle by particle and in the mean of f.',
  law: 'gradient descent is within O(dt) of the flow; with additive noise E |θ − path|² = O(dt²), the strong order 1, and |E f − E f(path)| = O(dt) (docs/model.md, fact 19; Kloeden, Platen 1992)',
  defaults: {
    config: {
      ...SOON,
      initial: { ...BOUNDED, antithetic: true },
      dynamics: { dt: 0.75, steps: 16, temperature: 0.01, decay: 0.01 },
    },
    widths: [64],
    replicas: 128,
  },
  fewestWidths: 1,
  requires: [ownDraws, euler, smooth, noisy],
  control: {
    summary: `in the engine the flow runs ${TOO_FAST} times as fast, and its noise is ${TOO_HOT} times as hot: no dt brings them together`,
    spoil,
  },
  run,
};
