/** The command line: one table of commands, one place that turns errors into exit states. */
import { closest } from 'fastest-levenshtein';
import { helpText, parse, type Command } from './args.ts';
import { DOCTOR } from './doctor.ts';
import { EXIT, explain, UsageError } from './errors.ts';
import { EVAL } from './eval.ts';
import { PRESETS_COMMAND } from './presets.ts';
import { RUN } from './run.ts';
import { VERSION } from './version.ts';

const COMMANDS: Record<string, Command> = { run: RUN, eval: EVAL, presets: PRESETS_COMMAND, doctor: DOCTOR };

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { positionals, summary }]) => `  mckean ${[name, ...positionals].join(' ').padEnd(22)}${summary.split(/[.:;] | \(|\.$/)[0]}\n`);
  return `mckean ${VERSION}: the mean-field limit of two-layer networks, as moving particles\n\n${rows.join('')}\nmckean COMMAND --help says more about each.\n`;
}

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined) throw new UsageError(`a command is missing: give one of ${Object.keys(COMMANDS).join(', ')}; mckean --help says more`);
  if (name === '--help' || name === 'help') {
    process.stdout.write(overview());
    return EXIT.done;
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return EXIT.done;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(`"${name}" is not a command of mckean: did you mean "${closest(name, Object.keys(COMMANDS))}"? mckean --help lists them`);
  }
  const args = parse(name, COMMANDS[name], rest);
  if (args !== 'help') return COMMANDS[name].run(args);
  process.stdout.write(helpText(name, COMMANDS[name]));
  return EXIT.done;
}

// A closed pipe (mckean presets | head -1) is the reader's choice, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed));
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
