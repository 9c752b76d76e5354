/** Fact 1: the loss falls by what the particles dissipate. */
import { ACTIVATIONS } from '../../core/activations.ts';
import { INTEGRATORS, type IntegratorName } from '../../core/integrators.ts';
import { LOSSES } from '../../core/losses.ts';
import { drift, meanLoss, residual } from '../../core/model.ts';
import type { Engine, Problem } from '../../engines/engine.ts';
import { advance, outputsOf, overReplicas, particles, thetasOf } from './ensemble.ts';
import { TOLERANCE, type Context, type Measured, type Measurement, type Series } from './measurement.ts';
import { misprinted } from './misprint.ts';
import { noNoise, ownDraws, smooth } from './requirements.ts';
import { gridsOf, simpson, type Grid } from './time.ts';

/** ∫ |b|² dρ of one system. */
export function dissipation(theta: ArrayLike<number>, problem: Problem, f: Float64Array): number {
  const { d, y, n } = problem, b = new Float64Array(1 + d), r = new Float64Array(y.length);
  residual(r, f, y, LOSSES[problem.loss]);
  let sum = 0;
  for (let row = 0; row < theta.length; row += 1 + d) {
    drift(b, theta, row, problem, r, ACTIVATIONS[problem.activation]);
    for (let c = 0; c <= d; c++) sum += b[c] ** 2;
  }
  return sum / n;
}

/** L and the dissipation along the run, for each replica [step]. */
async function story(context: Context, engine: Engine, steps: number): Promise<{ losses: number[]; rates: number[] }[]> {
  const stories = Array.from({ length: engine.problem.replicas ?? 1 }, () => ({ losses: [] as number[], rates: [] as number[] }));
  for (let k = 0; k <= steps; k++) {
    if (k > 0) await advance(context, engine, 1);
    const outputs = await outputsOf(engine), thetas = await thetasOf(engine);
    stories.forEach(({ losses, rates }, replica) => {
      losses.push(meanLoss(outputs[replica], engine.problem.y, LOSSES[engine.problem.loss]));
      rates.push(dissipation(thetas[replica], engine.problem, outputs[replica]));
    });
  }
  return stories;
}

/** Low orders show on finer grids than high ones: how many times finer than the configuration's. */
const REFINED: Record<number, number> = { 1: 2, 2: 8, 4: 1 };

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas } = context, names = Object.keys(INTEGRATORS) as IntegratorName[];
  context.expect(names.length * particles(widths, replicas));
  const series: Series[] = [];
  for (const n of widths) for (const integrator of names) {
    const { order } = INTEGRATORS[integrator], grids = gridsOf(config, REFINED[order]);
    const own = { ...config, dynamics: { ...config.dynamics, integrator } };
    const found = await overReplicas(context, { config: own, n, replicas }, (engine) => defects(context, engine, grids));
    const levels = grids.map(({ dt }, i) => ({ n, x: dt, values: found.map((one) => one[i]) }));
    series.push({ name: `defect, ${integrator}, n = ${n}`, abscissa: 'dt', expected: order, tolerance: TOLERANCE.rate, levels });
  }
  return { series, checks: [] };
}

/** |L(T) − L(0) + ∫ n^(κ−2a+1) ∫ |b|² dρ dt| of each replica on each grid. */
async function defects(context: Context, engine: Engine, grids: readonly Grid[]): Promise<number[][]> {
  const { theta, outer, speed, n } = engine.problem, factor = speed * outer * n, found: number[][] = [];
  for (const { dt, steps } of grids) {
    await engine.restore(theta, 0);
    engine.setStepSize(dt);
    const stories = await story(context, engine, steps);
    stories.forEach(({ losses, rates }, k) => (found[k] ??= []).push(Math.abs(losses[steps] - losses[0] + factor * simpson(rates, dt))));
  }
  return found;
}

export const ENERGY: Measurement = {
  summary: 'Defect of the energy identity along a run against dt, for every integrator.',
  law: 'dL/dt = −n^(κ−2a+1) ∫ |b|² dρ for smooth φ; along Euler’s, Heun’s and RK4’s method its defect is O(dt), O(dt²), O(dt⁴) (model.md, fact 1)',
  defaults: {
    config: { data: { dataset: 'curve', samples: 12 }, model: { activation: 'tanh' }, dynamics: { dt: 0.15, steps: 16 }, method: 'direct' },
    widths: [64],
    replicas: 64,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, smooth],
  control: { summary: 'the lecture notes’ misprint in the w0 equation', open: misprinted },
  run,
};
