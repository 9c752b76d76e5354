/** docs/model.md, fact 5: ρ^(n) solves the mean-field PDE weakly. */
import { featureOf } from '../../../core/features/features.ts';
import { INTEGRATORS, type IntegratorName } from '../../../core/dynamics/integrators.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { drift, residual } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Problem } from '../../../engines/engine.ts';
import { particles } from '../ensemble.ts';
import type { Context, Measured, Measurement, Series } from '../measurement.ts';
import { misprintedDrift } from '../misprint.ts';
import { ordersOf, type Identity } from './orders.ts';
import { innerProduct, noNoise, ownDraws, smooth } from '../requirements.ts';
import { BOUNDED, SOON } from './soon.ts';
import { simpson } from '../time.ts';

/**
 * q(θ) = exp(1 − 1/(1 − |θ − c|²/ρ²)) within distance ρ of c, 0 beyond: smooth, compactly supported, 1 at c.
 */
export interface Bump {
  readonly centre: readonly number[];
  readonly radius: number;
}

/** q at θ[row …]; its gradient goes into g [c + d]. */
export function bump({ centre, radius }: Bump, theta: ArrayLike<number>, row: number, g: Float64Array): number {
  let square = 0;
  for (let c = 0; c < centre.length; c++) square += ((theta[row + c] - centre[c]) / radius) ** 2;
  if (square >= 1) {
    g.fill(0);
    return 0;
  }
  const q = Math.exp(1 - 1 / (1 - square));
  const slope = (-2 * q) / ((1 - square) * radius) ** 2;
  for (let c = 0; c < centre.length; c++) g[c] = slope * (theta[row + c] - centre[c]);
  return q;
}

/** Bumps off the middle of the cloud, in different directions, so that particles cross them; so wide that steps see them as smooth. */
const bumps = (width: number): Bump[] =>
  [1, -1].map((side) => ({
    centre: Array.from({ length: width }, (_, c) => (c % 2 === 0 ? side : -side) / 2),
    radius: 4 * Math.sqrt(width / 3),
  }));

interface Seen {
  /** ∫ q dρ of each bump, and ∫ ⟨∇q, b⟩ dρ. */
  readonly q: readonly number[];
  readonly flow: readonly number[];
}

function look(theta: ArrayLike<number>, f: Float64Array, problem: Problem, spoiled: boolean): Seen {
  const { n, y } = problem;
  const { width } = shapeOf(problem);
  const r = new Float64Array(y.length);
  const b = new Float64Array(width);
  const g = new Float64Array(width);
  const tests = bumps(width);
  residual(r, f, y, LOSSES[problem.loss]);
  const q = tests.map(() => 0);
  const flow = tests.map(() => 0);
  const wrong = spoiled ? misprintedDrift(theta, problem, r) : null;
  for (let row = 0; row < theta.length; row += width) {
    if (!wrong) drift(b, theta, row, problem, r, featureOf(problem));
    tests.forEach((test, i) => {
      q[i] += bump(test, theta, row, g) / n;
      flow[i] += g.reduce((sum, slope, c) => sum + slope * (wrong ? wrong[row + c] : b[c]), 0) / n;
    });
  }
  return { q, flow };
}

const weakIdentity = (spoiled: boolean): Identity<Seen> => ({
  name: 'defect',
  look: (theta, f, problem) => look(theta, f, problem, spoiled),
  defect: (seen, dt, { speed }) => {
    const last = seen.at(-1)!;
    const parts = last.q.map(
      (q, i) =>
        q -
        seen[0].q[i] -
        speed *
          simpson(
            seen.map(({ flow }) => flow[i]),
            dt,
          ),
    );
    return parts.reduce((sum, part) => sum + Math.abs(part), 0) / parts.length;
  },
});

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, spoiled } = context;
  const names = Object.keys(INTEGRATORS) as IntegratorName[];
  const series: Series[] = [];
  context.expect(names.length * particles(widths, replicas));
  for (const n of widths) series.push(...(await ordersOf(context, config, n, names, weakIdentity(spoiled))));
  return { series, checks: [] };
}

export const WEAK_FORM: Measurement = {
  summary:
    'Defect of the weak form of the mean-field PDE along a run, for smooth compactly supported q, against dt.',
  law: 'd/dt ∫ q dρ = ∫ ⟨∇q, b⟩ dρ: ρ^(n) is a weak solution of ∂_t ρ = −div(b(θ,ρ) ρ); along Euler’s, Heun’s and RK4’s method the defect is O(dt), O(dt²), O(dt⁴) (docs/model.md, fact 5)',
  defaults: {
    config: {
      ...SOON,
      initial: BOUNDED,
      dynamics: { dt: 0.75, steps: 16 },
    },
    widths: [32],
    replicas: 128,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, innerProduct, smooth],
  control: {
    summary: 'the lecture notes’ misprint in b on the right-hand side, while the particles move by the model',
  },
  run,
};
