/**
 * mckean measure: a law of the model, asked of an engine; result.json says what was seen and whether the law
 * held.
 */
import { ENGINE_CHOICES, MAX_WIDTH, type Config, type ConfigInput } from '../../core/config/config.ts';
import { hint } from '../../core/words/nearest.ts';
import { measure, plan, type Plan } from '../../experiments/measure/measure.ts';
import type { Measurement } from '../../experiments/measure/measurement.ts';
import {
  isMeasurementName,
  MEASUREMENT_NAMES,
  MEASUREMENTS,
  type MeasurementName,
} from '../../experiments/measure/registry.ts';
import { wholeNumber, type Arguments, type Command } from '../args.ts';
import { UsageError } from '../errors.ts';
import { judged, JUDGED_FLAGS, listed, type Judged } from '../judged.ts';
import { located, namedAfter, readSource, SOURCE_HELP } from '../files/sources.ts';

export const MEASURE: Command = {
  summary: `Measures a law of the model and writes result.json, points.csv and figure.svg into DIR; exit status 1 if the law did not hold. CONFIG.json is laid on the measurement’s own defaults; its width is not used, the widths are those of --widths. ${SOURCE_HELP}`,
  positionals: ['[NAME]', '[CONFIG.json]'],
  flags: {
    list: { help: 'print the names, one a line; with --json what each shows and its defaults' },
    engine: {
      value: 'E',
      choices: ENGINE_CHOICES,
      help: 'overrides the config: auto takes a real GPU, else the float64 CPU engine',
    },
    widths: { value: 'N,N,…', help: 'numbers of particles; default: the measurement’s own' },
    replicas: { value: 'R', help: 'independent systems at each width; default: the measurement’s own' },
    seed: { value: 'S', help: 'overrides the config; another seed has no replica in common with it' },
    control: {
      help: 'measure a wrong variant instead, which must not pass: what it is, stands in result.json',
    },
    ...JUDGED_FLAGS,
  },
  run: (args) =>
    args.on('list')
      ? listed('measure', args, MEASUREMENT_NAMES, saidOf)
      : judged('measure', args, () => orderOf(args)),
};

async function saidOf(name: MeasurementName): Promise<object> {
  const { summary, law, defaults, control }: Measurement = MEASUREMENTS[name];
  return { name, summary, law, control: control.summary, defaults };
}

async function orderOf(args: Arguments): Promise<Judged> {
  const name = nameOf(args.positionals[0]);
  const wanted = await planOf(name, args);
  const { law, figure }: Measurement = MEASUREMENTS[name];
  const { config, widths, replicas } = wanted;
  return {
    name,
    config,
    known: { law, config, widths, replicas, seed: config.initial.seed },
    run: (means) => measure(wanted, means),
    drawing: async () => ({ subtitle: law, ...(figure && { figure }) }),
  };
}

function nameOf(name: string | undefined): MeasurementName {
  if (name === undefined)
    throw new UsageError(`mckean measure: NAME is missing, give one of ${MEASUREMENT_NAMES.join(', ')}`);
  if (!isMeasurementName(name))
    throw new UsageError(
      `NAME = "${name}" is not a measurement: ${hint(name, MEASUREMENT_NAMES, 'choose another,')} mckean measure --list names them`,
    );
  return name;
}

async function planOf(name: MeasurementName, args: Arguments): Promise<Plan> {
  const word = args.positionals[1];
  const source = word === undefined ? null : await readSource(word);
  const given = source ? located(source.input, source) : {};
  const widths = args
    .text('widths')
    ?.split(',')
    .map((one) => wholeNumber('widths', one, 1, MAX_WIDTH));
  const replicas = args.text('replicas');
  const seed = args.text('seed');
  const engine = args.text('engine') as Config['engine'] | undefined;
  const flagged: ConfigInput = {
    ...given,
    ...(engine && { engine }),
    ...(seed !== undefined && {
      initial: { ...given.initial, seed: wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER) },
    }),
  };
  const planned = (): Plan =>
    plan(name, {
      given: flagged,
      control: args.on('control'),
      ...(widths && { widths }),
      ...(replicas !== undefined && { replicas: wholeNumber('replicas', replicas, 1, 2 ** 24) }),
    });
  return source ? namedAfter(source, planned) : planned();
}
