/** docs/model.md, fact 1: the loss falls by what the particles dissipate. */
import { featureOf } from '../../../core/features/features.ts';
import { INTEGRATORS, type IntegratorName } from '../../../core/dynamics/integrators.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { drift, meanLoss, residual } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Problem } from '../../../engines/engine.ts';
import { particles } from '../ensemble.ts';
import type { Context, Measured, Measurement, Series } from '../measurement.ts';
import { misprinted } from '../misprint.ts';
import { ordersOf, type Identity } from './orders.ts';
import { innerProduct, noNoise, ownDraws, smooth } from '../requirements.ts';
import { BOUNDED, SOON } from './soon.ts';
import { simpson } from '../time.ts';

/** ∫ |b|² dρ of one system. */
function dissipation(theta: ArrayLike<number>, problem: Problem, f: Float64Array): number {
  const { y, n } = problem;
  const { width } = shapeOf(problem);
  const b = new Float64Array(width);
  const r = new Float64Array(y.length);
  residual(r, f, y, LOSSES[problem.loss]);
  let sum = 0;
  for (let row = 0; row < theta.length; row += width) {
    drift(b, theta, row, problem, r, featureOf(problem));
    for (let k = 0; k < width; k++) sum += b[k] ** 2;
  }
  return sum / n;
}

/** L(T) − L(0) + n^(κ−2a+1) ∫ ∫ |b|² dρ dt; the factor is speed · outer · n. */
const ENERGY_IDENTITY: Identity<{ loss: number; rate: number }> = {
  name: 'defect',
  look: (theta, f, problem) => ({
    loss: meanLoss(f, problem.y, LOSSES[problem.loss]),
    rate: dissipation(theta, problem, f),
  }),
  defect: (seen, dt, { speed, outer, n }) =>
    seen.at(-1)!.loss -
    seen[0].loss +
    speed *
      outer *
      n *
      simpson(
        seen.map(({ rate }) => rate),
        dt,
      ),
};

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas } = context;
  const names = Object.keys(INTEGRATORS) as IntegratorName[];
  const series: Series[] = [];
  context.expect(names.length * particles(widths, replicas));
  for (const n of widths) series.push(...(await ordersOf(context, config, n, names, ENERGY_IDENTITY)));
  return { series, checks: [] };
}

export const ENERGY: Measurement = {
  summary: 'Defect of the energy identity along a run against dt, for every integrator.',
  law: 'dL/dt = −n^(κ−2a+1) ∫ |b|² dρ for smooth φ; along Euler’s, Heun’s and RK4’s method its defect is O(dt), O(dt²), O(dt⁴) (docs/model.md, fact 1)',
  defaults: {
    config: {
      ...SOON,
      initial: BOUNDED,
      dynamics: { dt: 0.75, steps: 16 },
    },
    widths: [32],
    replicas: 64,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, innerProduct, smooth],
  control: { summary: 'the lecture notes’ misprint in the w0 equation', open: misprinted },
  run,
};
