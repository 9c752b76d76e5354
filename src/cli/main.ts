/** The command line: one table of commands, one place that turns errors into exit states. */
import { closest } from 'fastest-levenshtein';
import { helpText, parse, type Command } from './args.ts';
import { EXIT, explain, UsageError } from './errors.ts';
import { VERSION } from './machine/version.ts';

/** Each is loaded where it is asked for: a start costs what it uses. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./commands/run.ts')).RUN,
  eval: async () => (await import('./commands/eval.ts')).EVAL,
  presets: async () => (await import('./commands/presets.ts')).PRESETS_COMMAND,
  measure: async () => (await import('./commands/measure.ts')).MEASURE,
  doctor: async () => (await import('./commands/doctor.ts')).DOCTOR,
};

async function overview(): Promise<string> {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => [name, await load()] as const),
  );
  const rows = commands.map(
    ([name, { positionals, summary }]) =>
      `  mckean ${[name, ...positionals].join(' ').padEnd(22)}${summary.split(/[.:;] | \(|\.$/)[0]}\n`,
  );
  return `mckean ${VERSION}: the mean-field limit of two-layer networks, as moving particles\n\n${rows.join('')}\nmckean COMMAND --help says more about each.\n`;
}

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined)
    throw new UsageError(
      `a command is missing: give one of ${Object.keys(COMMANDS).join(', ')}; mckean --help says more`,
    );
  if (name === '--help' || name === 'help') {
    process.stdout.write(await overview());
    return EXIT.done;
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return EXIT.done;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(
      `"${name}" is not a command of mckean: did you mean "${closest(name, Object.keys(COMMANDS))}"? mckean --help lists them`,
    );
  }
  const command = await COMMANDS[name]();
  const args = parse(name, command, rest);
  if (args !== 'help') return command.run(args);
  process.stdout.write(helpText(name, command));
  return EXIT.done;
}

// A closed pipe (mckean presets | head -1) is the reader's choice, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed),
);
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
