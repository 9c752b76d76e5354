/**
 * mckean measure: a law of the model, asked of an engine; result.json says what was seen and whether the law
 * held.
 */
import { hint } from '../../core/words/nearest.ts';
import type { Measurement } from '../../experiments/measure/measurement.ts';
import {
  isMeasurementName,
  MEASUREMENT_NAMES,
  MEASUREMENTS,
  type MeasurementName,
} from '../../experiments/measure/registry.ts';
import type { Arguments, Command } from '../args.ts';
import { UsageError } from '../errors.ts';
import { judged, JUDGED_FLAGS, listed } from '../judged.ts';
import { askedBy, ASKED_FLAGS, judgedFor, planFor } from '../laws/asked.ts';
import { SOURCE_HELP } from '../files/sources.ts';

export const MEASURE: Command = {
  summary: `Measures a law of the model and writes result.json, points.csv, figure.svg and replicas-R.npy into DIR; exit status 1 if the law did not hold, 3 if what was seen allows either. CONFIG.json is laid on the measurement’s own defaults; its width is not used, the widths are those of --widths. ${SOURCE_HELP}`,
  positionals: ['[NAME]', '[CONFIG.json]'],
  flags: {
    list: { help: 'print the names, one a line; with --json what each shows and its defaults' },
    all: {
      help: 'every law one after another, each into a folder of its own in DIR, and report.html of all; with --resume goes on where it stopped',
    },
    ...ASKED_FLAGS,
    ...JUDGED_FLAGS,
    resume: { help: 'with --all: keep the laws that DIR has with the same settings' },
  },
  run,
};

async function run(args: Arguments): Promise<number> {
  if (args.on('list')) return listed('measure', args, MEASUREMENT_NAMES, saidOf);
  if (args.on('all')) return (await import('../laws/all.ts')).measureAll(args);
  if (args.on('resume'))
    throw new UsageError('--resume goes on with all laws: give --all, too, or leave it out');
  const [word, config] = args.positionals;
  const name = nameOf(word);
  return judged('measure', args, async () => {
    const asked = await askedBy(args, config);
    return judgedFor(planFor(name, asked), asked);
  });
}

async function saidOf(name: MeasurementName): Promise<object> {
  const { summary, law, defaults, control }: Measurement = MEASUREMENTS[name];
  return { name, summary, law, control: control.summary, defaults };
}

function nameOf(name: string | undefined): MeasurementName {
  if (name === undefined)
    throw new UsageError(
      `mckean measure: NAME is missing, give one of ${MEASUREMENT_NAMES.join(', ')}, or --all`,
    );
  if (!isMeasurementName(name))
    throw new UsageError(
      `NAME = "${name}" is not a measurement: ${hint(name, MEASUREMENT_NAMES, 'choose another,')} mckean measure --list names them`,
    );
  return name;
}
