/** The command's flags: one table for parsing, help and defaults. */
import { parseArgs } from 'node:util';
import { METHOD_CHOICES } from '../src/core/config/config.ts';
import { ACTIVATIONS_TIMED, type Timed } from './race/cases.ts';
import { ENGINES } from './race/engines.ts';

const PLACES = ['node', 'page'] as const;

export interface Options {
  readonly n: readonly number[];
  readonly m: readonly number[];
  readonly d: readonly number[];
  readonly activations: readonly Timed[];
  readonly engines: readonly (typeof ENGINES)[number][];
  readonly methods: readonly (typeof METHOD_CHOICES)[number][];
  readonly where: readonly (typeof PLACES)[number][];
  readonly peers: boolean;
  /** The cases of aims.ts alone, each held against its aim. */
  readonly aims: boolean;
  /** How soon the page is itself again after faults, those alone whose words hold this text; null: not asked. */
  readonly faults: string | null;
  /** Numbers of systems into which the neurons are shared out; none: peers and methods are timed instead. */
  readonly replicas: readonly number[];
  /** Seconds each runner is timed for, and the longest step that is waited for. */
  readonly seconds: number;
  readonly longest: number;
  readonly markdown: boolean;
  readonly json: string | undefined;
}

export class FlagError extends Error {
  override readonly name = 'FlagError';
}

interface Flag {
  readonly value?: string;
  readonly help: string;
  readonly preset: string | undefined;
}

const FLAGS: Readonly<Record<string, Flag>> = {
  n: { value: 'LIST', help: 'neurons, 1 … 1e8', preset: '1e3,1e4,1e5' },
  m: { value: 'LIST', help: 'samples', preset: '64,256' },
  d: { value: 'LIST', help: 'inputs, 2 or more; 20,100,784 are the wide cases', preset: '2' },
  activation: { value: 'LIST', help: ACTIVATIONS_TIMED.join(', '), preset: 'tanh' },
  engine: { value: 'LIST', help: ENGINES.join(', '), preset: ENGINES.join() },
  method: { value: 'LIST', help: METHOD_CHOICES.join(', '), preset: 'auto,direct' },
  where: {
    value: 'LIST',
    help: 'node (Dawn, worker threads), page (headless Chrome, web workers)',
    preset: 'node',
  },
  peers: {
    help: 'the peers as well, in the page and in python3 (installs bench/package.json once)',
    preset: undefined,
  },
  aims: {
    help: 'our speeds on a processor, each held against its aim (aims.ts): beside the plain loop and numpy, in Node',
    preset: undefined,
  },
  faults: {
    help: 'how soon the page is itself again after each fault, and bad input refused, held against limits',
    preset: undefined,
  },
  only: { value: 'TEXT', help: 'with --faults: those whose words hold it, e.g. (33)', preset: '' },
  replicas: {
    value: 'LIST',
    help: 'the same neurons in so many systems, 2 or more, beside one system: direct sums, in Node',
    preset: '',
  },
  seconds: { value: 'S', help: 'time for each runner, five rounds at least', preset: '2' },
  longest: { value: 'S', help: 'a step that would take longer is not waited for', preset: '20' },
  quick: { help: 'one small case, a fraction of a second each', preset: undefined },
  json: { value: 'FILE', help: 'everything measured, with the machine and its load', preset: undefined },
  markdown: { help: 'a Markdown table', preset: undefined },
  help: { help: 'this text', preset: undefined },
};

/** What --peers, --replicas and --quick put in place of the defaults; given flags win. */
const REPLICAS = { n: String(2 ** 20), m: '64' };
const PEERS = { n: '1e5', m: '64', activation: 'tanh,relu', where: 'page,node' };
const QUICK = { n: '2e3', m: '32', seconds: '0.2', engine: 'cpu' };

export function readFlags(argv: readonly string[]): Options | 'help' {
  const given = parsed(argv);
  if (given.help) return 'help';
  const defaults = Object.fromEntries(Object.entries(FLAGS).map(([name, { preset }]) => [name, preset]));
  const values = {
    ...defaults,
    ...(given.peers ? PEERS : {}),
    ...(given.replicas ? REPLICAS : {}),
    ...(given.quick ? QUICK : {}),
    ...given,
  } as Record<string, string>;
  return {
    n: numbers('n', values.n, 1, 1e8),
    m: numbers('m', values.m, 1, 2 ** 20),
    d: numbers('d', values.d, 2, 2 ** 16),
    activations: choices('activation', values.activation, ACTIVATIONS_TIMED),
    engines: choices('engine', values.engine, ENGINES),
    methods: choices('method', values.method, METHOD_CHOICES),
    where: choices('where', values.where, PLACES),
    peers: given.peers === true,
    aims: given.aims === true,
    faults: given.faults === true ? values.only : null,
    replicas:
      values.replicas === '' && given.replicas === undefined
        ? []
        : numbers('replicas', values.replicas, 2, 2 ** 20),
    seconds: number('seconds', values.seconds, 0, 3600),
    longest: number('longest', values.longest, 0, 36_000),
    markdown: given.markdown === true,
    json: values.json,
  };
}

function parsed(argv: readonly string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
  );
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new FlagError(`${(error as Error).message.split('\n')[0]} (--help lists the flags)`);
  }
}

function numbers(name: string, list: string, low: number, high: number): number[] {
  return list.split(',').map((text) => {
    const value = number(name, text, low, high);
    if (!Number.isInteger(value)) throw new FlagError(`--${name} ${text} is not a whole number`);
    return value;
  });
}

function number(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= low && value <= high))
    throw new FlagError(`--${name} ${text} is not valid: give numbers from ${low} to ${high}`);
  return value;
}

function choices<T extends string>(name: string, list: string, known: readonly T[]): T[] {
  return list.split(',').map((text) => {
    const found = known.find((choice) => choice === text.trim());
    if (found === undefined)
      throw new FlagError(`--${name} ${text} is not valid: give some of ${known.join(', ')}`);
    return found;
  });
}

export function helpText(): string {
  const rows = Object.entries(FLAGS).map(
    ([name, { value, help, preset }]) =>
      [`  --${name}${value ? ` ${value}` : ''}`, `${help}${preset ? ` (${preset})` : ''}`] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    'npm run bench -- [flags]         our engines, in Node and in a page',
    'npm run bench:peers -- [flags]   the same beside other libraries, in one run, interleaved',
    'npm run bench -- --replicas 64,1024   one system of 2^20 neurons beside as many in 64 and in 1024 systems',
    'npm run bench -- --aims          our speeds on a processor, each held against its aim',
    'npm run bench -- --faults        the page after faults and under bad input, each held against its limit',
    '',
    "A step is one of Euler's method for the mean-field problem with n neurons, m samples, d inputs, full batch, squared loss.",
    'Every runner is checked against plain float64 loops before it is timed. Times are medians (quartiles) of rounds in which each has a turn.',
    '',
    ...rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n');
}
