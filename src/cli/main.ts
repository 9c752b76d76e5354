/** The command line: one table of commands, one place that turns errors into exit states. */
import { hint } from '../core/words/nearest.ts';
import { helpText, parse, type Command } from './args.ts';
import { EXIT, explain, UsageError } from './errors.ts';
import { VERSION } from './machine/version.ts';

/** Each is loaded where it is asked for: a start costs what it uses. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./commands/run.ts')).RUN,
  eval: async () => (await import('./commands/eval.ts')).EVAL,
  presets: async () => (await import('./commands/presets.ts')).PRESETS_COMMAND,
  schema: async () => (await import('./commands/schema.ts')).SCHEMA_COMMAND,
  measure: async () => (await import('./commands/measure.ts')).MEASURE,
  reproduce: async () => (await import('./commands/reproduce.ts')).REPRODUCE,
  'sweep plan': async () => (await import('./commands/sweep.ts')).SWEEP.plan,
  'sweep chunk': async () => (await import('./commands/sweep.ts')).SWEEP.chunk,
  'sweep run': async () => (await import('./commands/sweep.ts')).SWEEP.run,
  'sweep report': async () => (await import('./commands/sweep.ts')).SWEEP.report,
  doctor: async () => (await import('./commands/doctor.ts')).DOCTOR,
};

const FIRST_WORDS = [...new Set(Object.keys(COMMANDS).map((name) => name.split(' ')[0]))];

/** First words of names of two, with the second ones. */
const groupOf = (name: string): string[] =>
  Object.keys(COMMANDS).flatMap((known) =>
    known.startsWith(`${name} `) ? [known.slice(name.length + 1)] : [],
  );

async function overview(group = ''): Promise<string> {
  const commands = await Promise.all(
    Object.entries(COMMANDS)
      .filter(([name]) => name.startsWith(group))
      .map(async ([name, load]) => [name, await load()] as const),
  );
  const rows = commands.map(
    ([name, { positionals, summary }]) =>
      `  mckean ${[name, ...positionals].join(' ').padEnd(30)}${summary.split(/[.:;] | \(|\.$/)[0]}\n`,
  );
  return `mckean ${VERSION}: the mean-field limit of two-layer networks, as moving particles\n\n${rows.join('')}\nmckean COMMAND --help says more about each.\n`;
}

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined)
    throw new UsageError(
      `a command is missing: give one of ${FIRST_WORDS.join(', ')}; mckean --help says more`,
    );
  if (name === 'help' && rest.length > 0) return main([...rest, '--help']);
  if (['help', '--help', '-h'].includes(name)) return say(await overview());
  if (name === '--version' || name === '-V') return say(`${VERSION}\n`);
  const verbs = groupOf(name);
  if (verbs.length > 0) return grouped(name, verbs, rest);
  if (!Object.hasOwn(COMMANDS, name)) {
    const known = FIRST_WORDS;
    throw new UsageError(
      `"${name}" is not a command of mckean: ${hint(name, known, `give one of ${known.join(', ')};`)} mckean --help says more`,
    );
  }
  return start(name, rest);
}

/** A command of two words. */
async function grouped(name: string, verbs: readonly string[], [verb, ...rest]: string[]): Promise<number> {
  if (verb !== undefined && verbs.includes(verb)) return start(`${name} ${verb}`, rest);
  if (verb === '--help' || verb === '-h') return say(await overview(`${name} `));
  const known = `give one of ${verbs.join(', ')};`;
  throw new UsageError(
    verb === undefined
      ? `mckean ${name}: what to do is missing, ${known} mckean ${name} --help says more`
      : `"${verb}" is nothing that mckean ${name} does: ${hint(verb, verbs, known)} mckean ${name} --help says more`,
  );
}

async function start(name: string, rest: readonly string[]): Promise<number> {
  const command = await COMMANDS[name]();
  const called = `mckean ${name}`;
  const args = parse(called, command, rest);
  return args === 'help' ? say(helpText(called, command)) : command.run(args);
}

function say(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done); // mckean presets | head -1: the reader's choice, no failure
  const why =
    error.code === 'ENOSPC' ? 'the disk is full, free some of it' : `it cannot be written (${error.code})`;
  process.stderr.write(`mckean: stdout: ${why}; what was computed is on disk where there was an --out\n`);
  process.exit(EXIT.failed);
});
// Nobody reads the progress of a run any more: it goes on all the same.
process.stderr.on('error', () => undefined);

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    const { status, line } = explain(error);
    process.stderr.write(`mckean: ${line}\n`);
    process.exitCode = status;
  },
);
