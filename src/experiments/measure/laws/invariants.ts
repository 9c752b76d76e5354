/**
 * docs/model.md, fact 2: with homogeneous φ the flow conserves w1² − |w0|² of every particle, and Euler's step
 * changes it by a known amount.
 */
import { activationOf, featureOf, spelled } from '../../../core/features/features.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { drift, residual } from '../../../core/model.ts';
import { innerSquare, rowsOf, shapeOf, type Sized } from '../../../core/shape.ts';
import type { Engine, Problem } from '../../../engines/engine.ts';
import { advance, outputsOf, overReplicas, particles, thetasOf } from '../ensemble.ts';
import type { Check, Context, Measured, Measurement, Series } from '../measurement.ts';
import { misprinted } from '../misprint.ts';
import { ordersOf, type Identity } from './orders.ts';
import { homogeneous, noNoise, ownDraws, innerProduct } from '../requirements.ts';
import { EPSILON } from '../rounding.ts';
import { CROSS } from './soon.ts';

const HOMOGENEOUS = ['relu', 'linear'] as const;
/** Factors of dt: the increment is exact whatever dt. */
const STEPS = [1 / 16, 1, 16];
/**
 * Rounding of θ and of b, squared, in units of w1² + |w0|²: each of a few products of numbers that are right to
 * ε.
 */
const ROUNDINGS = 64;

function invariantsOf(theta: ArrayLike<number>, sized: Sized): { difference: number; sum: number }[] {
  const shape = shapeOf(sized);
  return Array.from({ length: rowsOf(theta, shape) }, (_, j) => {
    const outer = theta[j * shape.width + shape.w1] ** 2;
    const inner = innerSquare(theta, j * shape.width, shape);
    return { difference: outer - inner, sum: outer + inner };
  });
}

/**
 * Greatest |Δ(w1² − |w0|²) − dt² speed² (b1² − |b0|²)| / (w1² + |w0|²) over particles, of each replica's first
 * step.
 */
async function incrementErrors(context: Context, engine: Engine, dt: number): Promise<number[]> {
  const { problem } = engine;
  const before = await thetasOf(engine);
  const outputs = await outputsOf(engine);
  engine.setStepSize(dt);
  await advance(context, engine, 1);
  return (await thetasOf(engine)).map((theta, k) => {
    const start = invariantsOf(before[k], problem);
    const end = invariantsOf(theta, problem);
    const b = driftsOf(before[k], outputs[k], problem);
    return Math.max(
      ...end.map(
        ({ difference, sum }, j) =>
          Math.abs(
            difference -
              start[j].difference -
              (dt * problem.speed) ** 2 * invariantsOf(b[j], problem)[0].difference,
          ) /
          (sum + start[j].sum),
      ),
    );
  });
}

function driftsOf(theta: ArrayLike<number>, f: Float64Array, problem: Problem): Float64Array[] {
  const { y, n } = problem;
  const { width } = shapeOf(problem);
  const r = new Float64Array(y.length);
  residual(r, f, y, LOSSES[problem.loss]);
  return Array.from({ length: n }, (_, j) => {
    const b = new Float64Array(width);
    drift(b, theta, j * width, problem, r, featureOf(problem));
    return b;
  });
}

/** Mean over particles of |w1² − |w0|²| gained along the run. */
const conserved = (activation: string): Identity<number[]> => ({
  name: `gain, ${activation}`,
  look: (theta, _, problem) => invariantsOf(theta, problem).map(({ difference }) => difference),
  defect: (seen) =>
    seen.at(-1)!.reduce((sum, value, j) => sum + Math.abs(value - seen[0][j]), 0) / seen[0].length,
});

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const activations = given.model?.activation ? [activationOf(config.model)] : HOMOGENEOUS;
  context.expect(activations.length * (1 + STEPS.length) * particles(widths, replicas));
  const series: Series[] = [];
  const checks: Check[] = [];
  for (const n of widths)
    for (const activation of activations) {
      const own = { ...config, model: { ...config.model, activation } };
      for (const factor of STEPS) {
        const dt = factor * config.dynamics.dt;
        let precision: keyof typeof EPSILON = 'float64';
        const errors = await overReplicas(
          context,
          { config: { ...own, dynamics: { ...own.dynamics, integrator: 'euler' } }, n, replicas },
          (engine) => {
            precision = engine.info.precision;
            return incrementErrors(context, engine, dt);
          },
        );
        checks.push({
          name: `error of Euler’s increment, ${spelled(activation)}, dt = ${dt}, n = ${n}`,
          value: Math.max(...errors),
          expected: 0,
          tolerance: ROUNDINGS * EPSILON[precision],
        });
      }
      series.push(...(await ordersOf(context, own, n, ['euler'], conserved(spelled(activation)))));
    }
  return { series, checks };
}

export const INVARIANTS: Measurement = {
  summary:
    'The invariant w1² − |w0|² of every particle: its exact change in an Euler step, whatever dt, and its gain along a run against dt.',
  law: 'for relu and linear φ the flow conserves w1² − |w0|², and one Euler step changes it by exactly dt² (b1² − |b0|²) (docs/model.md, fact 2)',
  defaults: {
    config: {
      data: CROSS,
      model: { activation: 'relu' },
      dynamics: { dt: 0.05, steps: 32 },
      method: 'direct',
    },
    widths: [64],
    replicas: 64,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, homogeneous, innerProduct],
  control: { summary: 'the lecture notes’ misprint in the w0 equation', open: misprinted },
  run,
};
