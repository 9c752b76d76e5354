/**
 * Command-line arguments: declared once a command, parsed by node:util, refused with the nearest known flag.
 */
import { parseArgs } from 'node:util';
import { hint, nearest } from '../core/words/nearest.ts';
import { UsageError } from './errors.ts';

export interface Flag {
  /** Placeholder of its value in the help text; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  /** Its value where none is given; the help says it. */
  readonly preset?: string;
  /** The values it takes, if they are few. */
  readonly choices?: readonly string[];
  /** It may be given several times. */
  readonly several?: true;
}

export interface Command {
  readonly summary: string;
  /** Positional arguments as shown in the usage line; [X] is optional, [X…] stands for as many as there are. */
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

/** `called`: the words before the arguments, as a person types them, "mckean run" or "npm run laws --". */
export function parse(called: string, command: Command, argv: readonly string[]): Arguments | 'help' {
  const flags: Record<string, Flag> = { ...command.flags, ...HELP };
  checkFlags(called, flags, argv);
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, { value, several = false }]) => [
      flag,
      { type: value ? 'string' : 'boolean', multiple: several } as const,
    ]),
  );
  const { values, positionals } = parsed(called, argv.map(long), options);
  if (values.help) return 'help';
  checkPositionals(called, command, positionals);
  for (const [flag, { choices }] of Object.entries(flags)) {
    const value = values[flag];
    if (choices && value !== undefined && !choices.includes(value as string)) {
      throw new UsageError(`--${flag} ${String(value)} is not valid: give one of ${choices.join(', ')}`);
    }
  }
  return {
    positionals,
    text: (flag) => [values[flag] as string | string[] | undefined].flat().at(-1) ?? flags[flag].preset,
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

/** Words parted by commas, each of those that are known; `what` they are, in an error: a flag, or an argument’s name. */
export function someOf<Word extends string>(what: string, words: string, known: readonly Word[]): Word[] {
  const isKnown = (word: string): word is Word => (known as readonly string[]).includes(word);
  return words.split(',').map((word) => {
    if (isKnown(word)) return word;
    throw new UsageError(
      `${what}: "${word}" is not valid, ${hint(word, known, `give some of ${known.join(', ')}`)}`,
    );
  });
}

/** The one flag with a short form; after "--" come no flags. */
const long = (word: string, at: number, argv: readonly string[]): string =>
  word === '-h' && !argv.slice(0, at).includes('--') ? '--help' : word;

/** A command's name in a sentence. */
const spoken = (called: string): string => called.replace(/ --$/, '');

function parsed(
  called: string,
  argv: readonly string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple: boolean }>,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0].replace(/\.$/, '');
    throw new UsageError(`${spoken(called)}: ${reason}; see ${called} --help`);
  }
}

function checkFlags(called: string, flags: Record<string, Flag>, argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  for (const word of own) {
    if (!/^-./.test(word) || /^-\.?\d/.test(word) || word === '-h') continue;
    const flag = word.replace(/^--?/, '').split('=')[0];
    if (!word.startsWith('--') || !Object.hasOwn(flags, flag)) {
      const near = nearest(flag, Object.keys(flags));
      const remedy = near === null ? `see ${called} --help` : `did you mean --${near}?`;
      throw new UsageError(`${word} is not a flag of ${spoken(called)}: ${remedy}`);
    }
  }
}

function checkPositionals(called: string, { positionals: wanted }: Command, given: readonly string[]): void {
  const needed = wanted.filter((positional) => !positional.startsWith('['));
  const most = wanted.at(-1)?.endsWith('…]') ? Infinity : wanted.length;
  const fault =
    given.length < needed.length
      ? `${needed[given.length]} is missing`
      : given.length > most && `"${given[most]}" is one argument too many`;
  if (fault) throw new UsageError(`${spoken(called)}: ${fault}; usage: ${usage(called, wanted)}`);
}

const usage = (called: string, positionals: readonly string[]): string => [called, ...positionals].join(' ');

export function helpText(called: string, command: Command): string {
  const rows = Object.entries({ ...command.flags, ...HELP }).map(([flag, { value, help, choices, preset }]) => {
    const placeholder = choices ? choices.join('|') : value;
    const said = preset === undefined ? help : `${help} (${preset})`;
    return [`  --${flag}${placeholder ? ` ${placeholder}` : ''}`, said] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `${usage(called, command.positionals)} [flags]`,
    '',
    command.summary,
    '',
    ...rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n');
}
