/**
 * Command-line arguments: declared once a command, parsed by node:util, refused with the nearest known flag.
 */
import { parseArgs } from 'node:util';
import { nearest } from '../core/words/nearest.ts';
import { UsageError } from './errors.ts';

export interface Flag {
  /** Placeholder of its value in the help text; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  /** The values it takes, if they are few. */
  readonly choices?: readonly string[];
  /** It may be given several times. */
  readonly several?: true;
}

export interface Command {
  readonly summary: string;
  /** Positional arguments as shown in the usage line; [X] is optional. */
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** Resolves to the exit status. */
  readonly run: (args: Arguments) => Promise<number>;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** Of a flag that may be given several times the last one. */
  readonly text: (flag: string) => string | undefined;
  readonly texts: (flag: string) => readonly string[];
  readonly on: (flag: string) => boolean;
}

const HELP: Record<string, Flag> = { help: { help: 'show this help, as -h does' } };

export function parse(name: string, command: Command, argv: readonly string[]): Arguments | 'help' {
  const flags: Record<string, Flag> = { ...command.flags, ...HELP };
  checkFlags(name, flags, argv);
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, { value, several = false }]) => [
      flag,
      { type: value ? 'string' : 'boolean', multiple: several } as const,
    ]),
  );
  const { values, positionals } = parsed(name, argv.map(long), options);
  if (values.help) return 'help';
  checkPositionals(name, command, positionals);
  for (const [flag, { choices }] of Object.entries(flags)) {
    const value = values[flag];
    if (choices && value !== undefined && !choices.includes(value as string)) {
      throw new UsageError(`--${flag} ${String(value)} is not valid: give one of ${choices.join(', ')}`);
    }
  }
  return {
    positionals,
    text: (flag) => [values[flag] as string | string[] | undefined].flat().at(-1),
    texts: (flag) => [(values[flag] as string | string[] | undefined) ?? []].flat(),
    on: (flag) => values[flag] === true,
  };
}

/** A flag's whole number from low to high. */
export function wholeNumber(flag: string, word: string, low: number, high: number): number {
  const value = Number(word);
  if (word.trim() === '' || !Number.isInteger(value) || value < low || value > high)
    throw new UsageError(`--${flag}: "${word}" is not valid, give a whole number from ${low} to ${high}`);
  return value;
}

/** The one flag with a short form; after "--" come no flags. */
const long = (word: string, at: number, argv: readonly string[]): string =>
  word === '-h' && !argv.slice(0, at).includes('--') ? '--help' : word;

function parsed(
  name: string,
  argv: readonly string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple: boolean }>,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0].replace(/\.$/, '');
    throw new UsageError(`mckean ${name}: ${reason}; see mckean ${name} --help`);
  }
}

function checkFlags(name: string, flags: Record<string, Flag>, argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  for (const word of own) {
    if (!/^-./.test(word) || /^-\.?\d/.test(word) || word === '-h') continue;
    const flag = word.replace(/^--?/, '').split('=')[0];
    if (!word.startsWith('--') || !Object.hasOwn(flags, flag)) {
      const near = nearest(flag, Object.keys(flags));
      const remedy = near === null ? `see mckean ${name} --help` : `did you mean --${near}?`;
      throw new UsageError(`${word} is not a flag of mckean ${name}: ${remedy}`);
    }
  }
}

function checkPositionals(name: string, { positionals: wanted }: Command, given: readonly string[]): void {
  const needed = wanted.filter((positional) => !positional.startsWith('['));
  if (given.length < needed.length)
    throw new UsageError(`mckean ${name}: ${needed[given.length]} is missing; usage: ${usage(name, wanted)}`);
  if (given.length > wanted.length)
    throw new UsageError(
      `mckean ${name}: "${given[wanted.length]}" is one argument too many; usage: ${usage(name, wanted)}`,
    );
}

const usage = (name: string, positionals: readonly string[]): string =>
  ['mckean', name, ...positionals].join(' ');

export function helpText(name: string, command: Command): string {
  const rows = Object.entries({ ...command.flags, ...HELP }).map(([flag, { value, help, choices }]) => {
    const placeholder = choices ? choices.join('|') : value;
    return [`  --${flag}${placeholder ? ` ${placeholder}` : ''}`, help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `${usage(name, command.positionals)} [flags]`,
    '',
    command.summary,
    '',
    ...rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n');
}
