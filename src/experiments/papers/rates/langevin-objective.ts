/** With noise and decay: what the objective of n particles has beyond that of many, on average. */
import type { Config } from '../../../core/config/config.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { meanLoss } from '../../../core/model.ts';
import { mean } from '../../../core/analysis/statistics.ts';
import type { Engine } from '../../../engines/engine.ts';
import { advance, outputsOf, overReplicas, particles, rms, thetasOf } from '../../measure/ensemble.ts';
import type { Series } from '../../measure/measurement.ts';
import type { Panel } from '../../measure/panel.ts';
import { referencePath } from '../../measure/reference.ts';
import type { Reproduction } from '../paper.ts';

/** Widths over the configuration's, of which the last stands for the limit; a system of its own width has the residuals. */
const WIDTHS = [1 / 512, 1 / 256, 1 / 128, 1 / 64, 1 / 16];
const REPLICAS = 384;
/** Of the exponent: the claim is of an order. */
const TOLERANCE = 0.2;
/** Looks at the objective, as shares of the steps: late, when it has come to rest. */
const LATE = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

export const widthsOf = ({ model }: Config, shares: readonly number[]): number[] =>
  shares.map((share) => Math.round(share * model.width));

/** Particles that are worked through. */
export const objectiveParticles = (config: Config): number =>
  particles(widthsOf(config, WIDTHS), REPLICAS) + config.model.width;

/** f and the mean of |θ|² of each replica at each of the steps, [look][replica]. */
async function looked(
  reproduction: Reproduction,
  engine: Engine,
  stops: readonly number[],
  path?: Float64Array,
): Promise<{ readonly f: Float64Array; readonly square: number }[][]> {
  const { m, n } = engine.problem;
  const found = [];
  let from = 0;
  for (const stop of stops) {
    await advance(reproduction, engine, stop - from, path?.slice(from * m, stop * m));
    from = stop;
    const thetas = await thetasOf(engine);
    const outputs = await outputsOf(engine);
    found.push(outputs.map((f, k) => ({ f, square: (rms(thetas[k]) ** 2 * thetas[k].length) / n })));
  }
  return found;
}

/**
 * Of each replica of n particles, at each look: the objective L + λ ∫|θ|²/2 less ⟨r̄, f̄⟩ + λ ∫|θ̄|²/2 of copies θ̄_j with the
 * same noise, which the residuals r̄ of a wide system drive. Copies are independent, and means over them the same at any n: what
 * is left has the objective's differences between two n for its own, and little of its spread.
 */
async function objectives(
  reproduction: Reproduction,
  config: Config,
  n: number,
  path: Float64Array,
): Promise<number[][]> {
  const { decay, steps } = config.dynamics;
  const stops = LATE.map((share) => Math.round(share * steps));
  return overReplicas(reproduction, { config, n, replicas: REPLICAS }, async (engine) => {
    const { y, m, loss, theta } = engine.problem;
    const alone = await looked(reproduction, engine, stops);
    await engine.restore(theta, 0);
    const copies = await looked(reproduction, engine, stops, path);
    return alone[0].map((_, k) =>
      stops.map((stop, i) => {
        const [own, copy] = [alone[i][k], copies[i][k]];
        const r = path.subarray((stop - 1) * m, stop * m);
        const linear = copy.f.reduce((sum, f, a) => sum + (r[a] * f) / m, 0);
        return meanLoss(own.f, y, LOSSES[loss], 1) - linear + (decay / 2) * (own.square - copy.square);
      }),
    );
  });
}

/** E of the objective of n particles less that of many, late. */
export async function objectiveCase(reproduction: Reproduction): Promise<{ series: Series; panel: Panel }> {
  const { config: own, spoiled } = reproduction;
  const config: Config = spoiled ? { ...own, dynamics: { ...own.dynamics, temperature: 0 } } : own;
  const widths = widthsOf(config, WIDTHS);
  const path = await referencePath(reproduction, config, config.model.width);
  const found: number[][][] = [];
  for (const n of widths) found.push(await objectives(reproduction, config, n, path));
  const [few, many] = [widths.slice(0, -1), widths.at(-1)!];
  const levels = few.map((n, i) => ({
    n,
    // in draws of their own n and N are apart by 1/n − 1/N
    x: 1 / (1 / n - 1 / many),
    values: found[i].map((looks, k) => mean(looks.map((value, at) => value - found.at(-1)![k][at]))),
  }));
  const { dt, steps } = config.dynamics;
  return {
    series: {
      name: `E of the objective less that of N = ${many}`,
      abscissa: '1/(1/n − 1/N)',
      expected: -1,
      tolerance: TOLERANCE,
      levels,
    },
    panel: {
      title: `the objective less that of N = ${many}, times n N/(N − n)`,
      x: { title: 't' },
      y: { title: '(E F_n − E F_N)/(1/n − 1/N)' },
      curves: few.map((n, i) => ({
        name: `n = ${n}`,
        mark: 'dots',
        points: LATE.map((share, at) => ({
          x: dt * Math.round(share * steps),
          y: levels[i].x * mean(found[i].map((looks, k) => looks[at] - found.at(-1)![k][at])),
        })),
      })),
    },
  };
}
