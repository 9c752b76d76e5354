/** What `mckean measure` was asked, whatever the law. */
import { ENGINE_CHOICES, MAX_WIDTH, type Config, type ConfigInput } from '../../core/config/config.ts';
import { measure, plan, type Plan } from '../../experiments/measure/measure.ts';
import type { Measurement } from '../../experiments/measure/measurement.ts';
import { checkPrecision, measureTo, MOST_TIMES } from '../../experiments/measure/precision.ts';
import { MEASUREMENTS, type MeasurementName } from '../../experiments/measure/registry.ts';
import { wholeNumber, type Arguments, type Flag } from '../args.ts';
import { located, namedAfter, readSource, type Source } from '../files/sources.ts';
import type { Judged } from '../judging.ts';

export const ASKED_FLAGS = {
  engine: {
    value: 'E',
    choices: ENGINE_CHOICES,
    help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine',
  },
  widths: { value: 'N,N,…', help: 'numbers of particles; default: the measurement’s own' },
  replicas: { value: 'R', help: 'independent systems at each width; default: the measurement’s own' },
  precision: {
    value: 'P',
    help: `half-width that the slopes’ intervals should have, as 0.05: after a pilot as many replicas as that takes, at most ${MOST_TIMES} times as many`,
  },
  seed: { value: 'S', help: 'overrides the config; another seed has no replica in common with it' },
  control: {
    help: 'measure a wrong variant instead, which must not pass: what it is, stands in result.json',
  },
} as const satisfies Record<string, Flag>;

export interface Asked {
  readonly source: Source | null;
  readonly given: ConfigInput;
  readonly widths: readonly number[] | null;
  readonly replicas: number | null;
  readonly precision: number | null;
  readonly control: boolean;
  /** Hears what is said on the way. */
  readonly say: (sentence: string) => void;
}

/** Of a command with ASKED_FLAGS; `word` names its CONFIG.json. */
export async function askedBy(args: Arguments, word: string | undefined): Promise<Asked> {
  const source = word === undefined ? null : await readSource(word);
  const given = source ? located(source.input, source) : {};
  const number = (flag: string, low: number, high: number): number | null => {
    const text = args.text(flag);
    return text === undefined ? null : wholeNumber(flag, text, low, high);
  };
  const seed = number('seed', 0, Number.MAX_SAFE_INTEGER);
  const engine = args.text('engine') as Config['engine'] | undefined;
  const precision = args.text('precision');
  return {
    source,
    given: {
      ...given,
      ...(engine && { engine }),
      ...(seed !== null && { initial: { ...given.initial, seed } }),
    },
    widths:
      args
        .text('widths')
        ?.split(',')
        .map((one) => wholeNumber('widths', one, 1, MAX_WIDTH)) ?? null,
    replicas: number('replicas', 1, 2 ** 24),
    precision:
      precision === undefined
        ? null
        : checkPrecision(precision.trim() === '' ? NaN : Number(precision), precision),
    control: args.on('control'),
    say: (sentence) => void (args.on('quiet') || process.stderr.write(`${sentence}\n`)),
  };
}

/** Throws a ConfigError where the law is not about what is asked. */
export function planFor(name: MeasurementName, { source, given, widths, replicas, control }: Asked): Plan {
  const planned = (): Plan =>
    plan(name, { given, control, ...(widths && { widths }), ...(replicas !== null && { replicas }) });
  return source ? namedAfter(source, planned) : planned();
}

/** What is to be done for a plan. */
export function judgedFor(wanted: Plan, { precision, say }: Asked): Judged {
  const { name, config, widths, replicas } = wanted;
  const { law, figure }: Measurement = MEASUREMENTS[name];
  return {
    name,
    config,
    known: { law, config, widths, replicas, seed: config.initial.seed },
    run: (means) => (precision === null ? measure(wanted, means) : measureTo(precision, wanted, means, say)),
    drawing: async () => ({ subtitle: law, ...(figure && { figure }) }),
  };
}
