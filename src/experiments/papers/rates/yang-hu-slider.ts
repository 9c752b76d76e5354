/** Yang, Hu 2020: between the kernel and features there is a slider, the exponent a of f = n^(−a) Σ at the rate n^(2a − 1). */
import { ConfigError, type Config } from '../../../core/config/config.ts';
import { abcOf, featureExponent, type Abc, type Parameterization } from '../../../core/parameterizations.ts';
import { powerLaw } from '../../../core/analysis/statistics.ts';
import { advance, overReplicas } from '../../measure/ensemble.ts';
import { SHIFTS, shifted, symmetryChecks } from '../../measure/laws/abc-symmetry.ts';
import { paired } from '../../measure/laws/exponents.ts';
import { beforeOf, movedSince, type Size } from '../../measure/moved.ts';
import type { Check, Measured, Series } from '../../measure/measurement.ts';
import type { Panel } from '../../measure/panel.ts';
import type { Paper, Reproduction } from '../paper.ts';

/** Places of the slider, beside the configuration's own. */
const PLACES = [1 / 2, 5 / 8, 3 / 4, 7 / 8, 1];
/** Widths over the configuration's, and none is below this. */
const WIDTHS = [1 / 64, 1 / 16, 1 / 4, 1];
const FEWEST = 128;
const REPLICAS = 32;
const TOLERANCE = 0.03;
/** Widths at which parameterizations are shifted: one that is 4^k, where no bit may change, and one that is not. */
const SHIFTED = [4096, 1000];
const ENDS: readonly Parameterization[] = ['mean-field', 'ntk'];
/** What is followed, and how its exponent is called. */
const SIZES = { Δh: 'features', Δf: 'outputs' } as const satisfies Partial<Record<Size, string>>;
type Followed = keyof typeof SIZES;

const placeAt = (a: number): Parameterization => ({ a, kappa: 2 * a - 1 });

/** a of a configuration that is on the slider; throws a ConfigError where it is not. */
function placeOf({ parameterization }: Config): number {
  const { a, b, c } = abcOf(parameterization);
  const off = Math.hypot(a[0], ...b, c - (1 - 2 * a[1]));
  if (off > 1e-9 || a[1] < 1 / 2 || a[1] > 1)
    throw new ConfigError(
      `parameterization = ${JSON.stringify(parameterization)}: the slider is { "a": a, "kappa": 2a − 1 } with ½ ≤ a ≤ 1, give one of these`,
    );
  return a[1];
}

function checked({ model, initial, dynamics }: Config): void {
  const { features, loss, width } = model;
  if (features !== 'inner-product' || loss !== 'squared' || initial.npy)
    throw new ConfigError(
      `model.features = ${JSON.stringify(features)}, loss ${loss}${initial.npy ? ', a start from a file' : ''}: exponents are those of drawn "inner-product" neurons and the squared loss, give these`,
    );
  if (width < 2 * FEWEST)
    throw new ConfigError(
      `model.width = ${width}: exponents are fitted from ${FEWEST} on, give at least ${2 * FEWEST}`,
    );
  if (dynamics.temperature > 0 || dynamics.stream || dynamics.batch)
    throw new ConfigError(
      'dynamics: exponents are those of the plain flow, leave out temperature, batch and stream',
    );
}

/** Even, as neurons come in pairs. */
const widthsFor = ({ model }: Config): number[] => [
  ...new Set(WIDTHS.map((share) => 2 * Math.round((share * model.width) / 2)).filter((n) => n >= FEWEST)),
];

/** How far features and outputs have moved at the end, at one place of the slider. */
async function movedAt(
  reproduction: Reproduction,
  config: Config,
  a: number,
): Promise<Record<Followed, Series>> {
  const widths = widthsFor(config);
  const { steps, dt } = config.dynamics;
  // the control: one rate for all n
  const own = paired(config, reproduction.spoiled ? { a, kappa: 0 } : placeAt(a));
  const found: Record<Size, number>[][] = [];
  for (const n of widths)
    found.push(
      await overReplicas(reproduction, { config: own, n, replicas: REPLICAS }, async (engine) => {
        const before = await beforeOf(engine);
        await advance(reproduction, engine, steps);
        return movedSince(before, engine);
      }),
    );
  const series = (size: Followed, expected: number): Series => ({
    name: `${size} at t = ${+(steps * dt).toPrecision(6)}, a = ${a}`,
    abscissa: 'n',
    expected,
    tolerance: TOLERANCE,
    levels: widths.map((n, i) => ({ n, x: n, values: found[i].map((sizes) => sizes[size]) })),
  });
  return { Δh: series('Δh', -featureExponent(abcOf(placeAt(a)))), Δf: series('Δf', 0) };
}

/** The control's: the rate is left as it was. */
const halfShifted = (abc: Abc, s: number): Parameterization => {
  const { a, b } = abcOf(shifted(abc, s));
  return { abc: { a, b, c: abc.c } };
};

async function shiftChecks(reproduction: Reproduction, config: Config): Promise<Check[]> {
  const checks: Check[] = [];
  for (const parameterization of ENDS)
    for (const n of SHIFTED)
      checks.push(
        ...(await symmetryChecks(
          reproduction,
          { config: paired(config, parameterization), n, replicas: 1 },
          reproduction.spoiled ? halfShifted : shifted,
        )),
      );
  return checks;
}

function sliderPanel(
  places: readonly number[],
  moved: readonly Record<Followed, Series>[],
  seed: number,
): Panel {
  return {
    title: 'exponents along the slider',
    x: { title: 'a' },
    y: { title: 'slope in n' },
    curves: (Object.keys(SIZES) as Followed[]).flatMap((size) => [
      {
        name: `${SIZES[size]}, theory`,
        mark: 'line' as const,
        points: places.map((a, i) => ({ x: a, y: moved[i][size].expected })),
      },
      {
        name: `${SIZES[size]}, ${size}`,
        mark: 'dots' as const,
        points: places.map((a, i) => {
          const { slope, low, high } = powerLaw(moved[i][size].levels, seed);
          return { x: a, y: slope, low, high };
        }),
      },
    ]),
  };
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, seed } = reproduction;
  checked(config);
  const places = [...new Set([...PLACES, placeOf(config)])].sort((p, q) => p - q);
  const all = widthsFor(config).reduce((sum, n) => sum + n, 0);
  const shifts = ENDS.length * (1 + SHIFTS.length) * SHIFTED.reduce((sum, n) => sum + n, 0);
  reproduction.expect(places.length * REPLICAS * all + shifts);
  const moved: Record<Followed, Series>[] = [];
  for (const a of places) moved.push(await movedAt(reproduction, config, a));
  return {
    series: (Object.keys(SIZES) as Followed[]).flatMap((size) => moved.map((one) => one[size])),
    checks: await shiftChecks(reproduction, config),
    panels: [sliderPanel(places, moved, seed)],
  };
}

export const YANG_HU_SLIDER: Paper = {
  citations: [
    {
      authors: 'Yang, Hu',
      year: 2020,
      title: 'Feature learning in infinite-width neural networks',
      url: 'https://arxiv.org/abs/2011.14522',
    },
  ],
  claim:
    'Along f = n^(−a) Σ at the rate n^(2a − 1) features move by n^(−(1 − a)) and outputs by as much at any n; shifted parameterizations are the same network, bit for bit where n = 4^k.',
  look: 'Neurons bend their way to the curve, and leave short paths; set a to ½ and κ to 0 and they stay almost where they are, while f learns as before.',
  differs:
    'The slider is of one hidden layer and of our own design: the paper’s experiments, Word2Vec and Omniglot, are out of reach here; starts are in pairs, so that f is 0 at first.',
  control: 'one rate for all n in place of n^(2a − 1), and a shift that leaves the rate as it was',
  run,
};
