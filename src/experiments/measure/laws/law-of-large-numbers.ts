/** docs/model.md, fact 7: the output of n particles comes as near to the limit's as n independent draws would. */
import type { Engine } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { sharedDraws } from '../reference.ts';
import { independentDraws, meanField, noNoise, ownDraws } from '../requirements.ts';

/** Particles of the reference, in units of the greatest width. */
const REFERENCE = 4;
/** Distinct particles of the control. */
const DISTINCT = 16;

/** f at t = 0, half of T and T, for each replica. */
export async function threeTimes(context: Context, engine: Engine): Promise<Float64Array[][]> {
  const { steps } = context.config.dynamics;
  const half = Math.floor(steps / 2);
  const seen = [await outputsOf(engine)];
  for (const count of [half, steps - half]) {
    await advance(context, engine, count);
    seen.push(await outputsOf(engine));
  }
  return seen[0].map((_, k) => seen.map((outputs) => outputs[k]));
}
export const timesOf = ({
  config: {
    dynamics: { dt, steps },
  },
}: Context): number[] => [0, Math.floor(steps / 2), steps].map((step) => +(step * dt).toPrecision(6));

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, spoiled } = context;
  const N = REFERENCE * widths.at(-1)!;
  context.expect(particles([...widths, N], replicas));
  const reference = await overReplicas(context, { config, n: N, replicas }, (engine) =>
    threeTimes(context, engine),
  );
  const found: Float64Array[][][] = [];
  for (const n of widths)
    found.push(
      await overReplicas(
        context,
        { config, n, replicas, ...(spoiled && { alter: sharedDraws(DISTINCT) }) },
        (engine) => threeTimes(context, engine),
      ),
    );
  const series = nestedAndIndependent({
    widths,
    times: timesOf(context),
    found,
    reference,
    exponent: -1,
    nested: { name: '1/(1/n − 1/N)', x: (n) => 1 / (1 / n - 1 / N) },
    independent: { name: '1/(1/n + 1/N)', x: (n) => 1 / (1 / n + 1 / N) },
  });
  return { series, checks: [] };
}

/** f [m] at each time, of each replica at each width. */
export type OutputsFound = readonly (readonly (readonly ArrayLike<number>[])[])[];

interface Abscissa {
  readonly name: string;
  readonly x: (n: number) => number;
}

/** Replica k of each width and the reference's have the same draws as far as they go. */
export function nestedAndIndependent({
  widths,
  times,
  found,
  reference,
  exponent,
  ...abscissas
}: {
  readonly widths: readonly number[];
  readonly times: readonly number[];
  readonly found: OutputsFound;
  readonly reference: OutputsFound[number];
  /** Of both distances in their x. */
  readonly exponent: number;
  readonly nested: Abscissa;
  readonly independent: Abscissa;
}): Series[] {
  const of = (kind: keyof typeof abscissas, t: number, time: number, shift: number): Series => ({
    name: `${kind} reference, t = ${t}`,
    abscissa: abscissas[kind].name,
    expected: exponent,
    tolerance: TOLERANCE.rate,
    levels: widths.map((n, i) => ({
      n,
      x: abscissas[kind].x(n),
      values: found[i].map(
        (seen, k) => rms(difference(seen[time], reference[(k + shift) % reference.length][time])) ** 2,
      ),
    })),
  });
  // the reference of the next replica is independent of this one's draws
  return times.flatMap((t, time) => [of('nested', t, time, 0), of('independent', t, time, 1)]);
}

export const LAW_OF_LARGE_NUMBERS: Measurement = {
  summary:
    'Mean square distance of f from that of a wide reference, whose draws contain the n particles’ or are independent of them, against n.',
  law: 'E‖f^(n)_t − f_t‖² = Θ(1/n); against N particles proportional to 1/n − 1/N if the draws are nested, to 1/n + 1/N if they are independent (docs/model.md, fact 7)',
  defaults: {
    config: {
      data: { dataset: 'curve', samples: 12 },
      model: { activation: 'tanh' },
      dynamics: { dt: 0.2, steps: 10 },
      method: 'direct',
    },
    widths: [48, 96, 192, 384, 768],
    replicas: 512,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, meanField, independentDraws],
  control: { summary: `draws shared in blocks of n/${DISTINCT}` },
  run,
};
