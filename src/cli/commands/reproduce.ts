/** mckean reproduce: a paper's experiment, and whether it came out as theory says. */
import { ENGINE_CHOICES, type Config, type ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { jsonOrWord } from '../../core/words/json.ts';
import { hint } from '../../core/words/nearest.ts';
import { isPaperName, PAPER_NAMES, PAPERS, type PaperName } from '../../experiments/papers/registry.ts';
import { order, reproduce } from '../../experiments/papers/reproduce.ts';
import { wholeNumber, type Arguments, type Command } from '../args.ts';
import { UsageError } from '../errors.ts';
import { judged, JUDGED_FLAGS, listed } from '../judged.ts';
import type { Judged } from '../judging.ts';

export const REPRODUCE: Command = {
  summary:
    'Runs a paper’s experiment and its check, and writes result.json, points.csv and figure.svg into DIR; exit status 1 if it did not come out.',
  positionals: ['[PRESET]'],
  flags: {
    list: { help: 'print the names, one a line; with --json the papers, what is shown and how it differs' },
    seed: { value: 'S', help: 'of everything that is drawn, data included (1)' },
    set: {
      value: 'PATH=VALUE',
      several: true,
      help: 'another value in the preset’s CONFIG.json, as data.parameters.delta=0.3; may be given several times',
    },
    engine: {
      value: 'E',
      choices: ENGINE_CHOICES,
      help: 'auto (default) takes a real GPU, else the float64 CPU engine',
    },
    control: { help: 'run a wrong variant instead, which must not pass: what it is, stands in result.json' },
    ...JUDGED_FLAGS,
  },
  run: (args) =>
    args.on('list')
      ? listed('reproduce', args, PAPER_NAMES, saidOf)
      : judged('reproduce', args, () => orderOf(args)),
};

const saidOf = async (name: PaperName): Promise<object> => {
  const { title, summary, paper } = PAPERS[name];
  const { run: _, ...said } = await paper();
  return { name, title, summary, ...said };
};

async function orderOf(args: Arguments): Promise<Judged> {
  const name = nameOf(args.positionals[0]);
  const seed = wholeNumber('seed', args.text('seed') ?? '1', 0, Number.MAX_SAFE_INTEGER);
  const engine = args.text('engine') as Config['engine'] | undefined;
  const config = { ...changed(PAPERS[name].config, args.texts('set')), ...(engine && { engine }) };
  const wanted = order(name, { config, seed, control: args.on('control') });
  return {
    name,
    config: wanted.config,
    known: { config: wanted.config, seed },
    run: (means) => reproduce(wanted, means),
    drawing: async () => ({ subtitle: (await PAPERS[name].paper()).claim }),
  };
}

function nameOf(name: string | undefined): PaperName {
  if (name === undefined)
    throw new UsageError(`mckean reproduce: PRESET is missing, give one of ${PAPER_NAMES.join(', ')}`);
  if (!isPaperName(name))
    throw new UsageError(
      `PRESET = "${name}" is not a paper’s: ${hint(name, PAPER_NAMES, 'choose another,')} mckean reproduce --list names them`,
    );
  return name;
}

/** A configuration with values at paths of its own, read as CONFIG.json is. */
function changed(config: ConfigInput, changes: readonly string[]): ConfigInput {
  const copy = structuredClone(config) as Record<string, unknown>;
  for (const change of changes) {
    const [path, ...value] = change.split('=');
    if (value.length === 0 || path === '')
      throw new UsageError(`--set: "${change}" is not valid, give PATH=VALUE, as model.width=400`);
    place(copy, path.split('.'), jsonOrWord(value.join('=')));
  }
  return readConfig(copy);
}

function place(object: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (['__proto__', 'constructor', 'prototype'].includes(key))
    throw new UsageError(`--set: "${key}" is no field, give one of CONFIG.json`);
  if (rest.length === 0) object[key] = value;
  else {
    const inner = object[key];
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
    object[key] = next;
    place(next, rest, value);
  }
}
