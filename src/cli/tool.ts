/** A script of package.json as a command: its arguments, its help and its errors are those of the command line. */
import { helpText, parse, type Command } from './args.ts';
import { EXIT, explain } from './errors.ts';

/** Runs it with this process's arguments; the process ends with its status. `called`: as a person types it. */
export async function runTool(
  script: string,
  command: Command,
  called = `npm run ${script} --`,
): Promise<void> {
  try {
    const args = parse(called, command, process.argv.slice(2));
    if (args === 'help') process.stdout.write(helpText(called, command));
    process.exitCode = args === 'help' ? EXIT.done : await command.run(args);
  } catch (error) {
    const { status, line } = explain(error);
    process.stderr.write(`${script}: ${line}\n`);
    process.exitCode = status;
  }
}
