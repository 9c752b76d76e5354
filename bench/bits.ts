/**
 * npm run bits -- record FILE | compare FILE [--root DIR] [--engine E] [--only TEXT]: SHA-256 of θ, f and history of many small
 * runs and of the points of all measurements, from the command line alone, so that two checkouts can be compared:
 * a change of the design changes none of them. Bits are those of one machine: its Node, its adapter.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../src/cli/args.ts';
import { UsageError } from '../src/cli/errors.ts';
import { runTool } from '../src/cli/tool.ts';

interface Case {
  readonly name: string;
  readonly args: (directory: string) => string[];
  /** A file that is there where the run came to its end. */
  readonly proof: string;
  /** What of the folder is hashed. */
  readonly hashes: (out: string) => Record<string, string>;
}

const ENGINES = ['cpu', 'webgpu'] as const;
const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid', 'erf', 'gelu', 'softplus', 'sin', 'quadratic'];
const FORMS = [
  'mean-field',
  'ntk',
  'naive',
  'compensated',
  { a: 0.75, kappa: 0.5 },
  { abc: { a: [0.25, 0.75], b: [0.25, 0], c: -0.5 } },
];
const INTEGRATORS = ['euler', 'heun', 'rk4'];
/** Inner dimensions, the bias included. */
const DIMENSIONS = [2, 1, 3, 8, 64];

const sha = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** Numbers without a pattern, as a function of their place. */
const noise = (i: number): number => {
  const s = Math.sin(i * 12.9898 + 4.1414) * 43758.5453;
  return Math.round((2 * (s - Math.floor(s)) - 1) * 1e6) / 1e6;
};

const inline = (m: number, inputs: number, seed: number) => ({
  inline: {
    x: Array.from({ length: m }, (_, a) => Array.from({ length: inputs }, (__, c) => noise(seed + a * 97 + c))),
    y: Array.from({ length: m }, (_, a) => noise(seed + 7919 + a)),
  },
});

interface Wish {
  readonly phi: string;
  readonly form?: unknown;
  readonly integrator?: string;
  readonly d?: number;
  readonly n?: number;
  readonly m?: number;
  readonly method?: string;
  readonly dynamics?: object;
  readonly initial?: object;
  readonly bias?: boolean;
  readonly test?: number;
}

/** A configuration and a name that says what is in it. */
function config(wish: Wish, seed: number): { name: string; json: object } {
  const { phi, form = 'mean-field', integrator = 'euler', d = 3, n = 70, m = 21, method = 'direct' } = wish;
  const { bias = d > 1, test = 0 } = wish;
  const json = {
    data: { ...inline(m, d - Number(bias), seed), test },
    model: { activation: phi, width: n, bias },
    parameterization: form,
    initial: { seed, ...wish.initial },
    dynamics: { integrator, dt: 0.05, steps: 12, ...wish.dynamics },
    record: { every: 3 },
    method,
  };
  const more = [wish.dynamics, wish.initial].filter(Boolean).map((part) => JSON.stringify(part));
  const name = [phi, JSON.stringify(form), integrator, `d=${d}`, `n=${n}`, `m=${m}`, method, ...more].join(' ');
  return { name, json };
}

const NOISE = { temperature: 0.1, decay: 0.05, rates: { w1: 0.5, w0: 2 } };

/** Everything at least once with something else; what is rare in pairs. */
function wishes(): Wish[] {
  const mixed = ACTIVATIONS.flatMap((phi, i) =>
    FORMS.slice(0, 4).map((form, k) => ({
      phi,
      form,
      integrator: INTEGRATORS[(i + k) % 3],
      d: DIMENSIONS[(i + 2 * k) % 5],
      n: 40 + 17 * ((i + k) % 5),
      m: 9 + 11 * k,
    })),
  );
  return [
    ...mixed,
    ...FORMS.slice(4).flatMap((form) =>
      INTEGRATORS.map((integrator) => ({ phi: 'tanh', form, integrator, d: 3 })),
    ),
    ...DIMENSIONS.flatMap((d) => [
      { phi: 'relu', d, dynamics: NOISE },
      { phi: 'tanh', d, dynamics: { decay: 0.3 }, integrator: 'rk4' },
    ]),
    ...INTEGRATORS.map((integrator) => ({ phi: 'gelu', d: 64, m: 70, n: 300, integrator })),
    { phi: 'sin', d: 100, m: 33, n: 130, dynamics: { temperature: 0.2 } },
    { phi: 'tanh', d: 8, n: 1, m: 1 },
    { phi: 'tanh', d: 2, n: 5000, m: 64, dynamics: { rates: { w1: 0, w0: 1 } } },
    {
      phi: 'relu',
      d: 2,
      n: 4099,
      m: 65,
      initial: { antithetic: false, w1: { law: 'uniform' }, w0: { law: 'sphere' } },
    },
    { phi: 'tanh', d: 3, test: 0.3, initial: { antithetic: true } },
    ...['tanh', 'softplus', 'erf', 'sin'].flatMap((phi, i) => [
      { phi, d: 2, n: 3000, m: 24, method: 'mesh', integrator: INTEGRATORS[i % 3] },
    ]),
    { phi: 'tanh', d: 1, n: 2000, m: 16, method: 'mesh', integrator: 'heun', dynamics: { decay: 0.1 } },
    { phi: 'tanh', d: 2, n: 70000, m: 16, method: 'mesh', dynamics: { ...NOISE, steps: 40 } },
    ...INTEGRATORS.map((integrator) => ({ phi: 'relu', d: 2, n: 3000, m: 40, method: 'sector', integrator })),
    { phi: 'linear', d: 2, n: 20000, m: 30, method: 'sector', dynamics: NOISE },
  ];
}

const MEASURES: Record<string, string[]> = {
  'law-of-large-numbers': ['--widths', '16,32,64,128,256', '--replicas', '64'],
  coupling: ['--widths', '16,32,64,128,256', '--replicas', '64'],
  clt: ['--widths', '16,32,64,128,256', '--replicas', '64'],
  independence: ['--widths', '4,6,8,12,16', '--replicas', '2560'],
  energy: ['--widths', '64'],
  exponents: ['--widths', '64,128,256,512,1024', '--replicas', '64'],
  'weak-form': ['--widths', '64'],
  kernel: ['--widths', '64,128,256,512,1024', '--replicas', '64'],
  invariants: ['--widths', '64'],
};

/** result.json without what differs from run to run. */
function lasting(path: string): string {
  const { points, fit, fits, checks } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return JSON.stringify({ points, fit, fits, checks });
}

function cases(directory: string, engines: readonly string[]): Case[] {
  const runs = wishes().flatMap((wish, i): Case[] => {
    const { name, json } = config(wish, 100 + i);
    const file = join(directory, `${i}.json`);
    writeFileSync(file, JSON.stringify(json));
    return engines.map((engine) => ({
      name: `${engine} ${name}`,
      args: (out) => ['run', file, '--out', out, '--engine', engine, '--quiet'],
      proof: 'theta.npy',
      hashes: (out) =>
        Object.fromEntries(
          ['theta.npy', 'f.npy', 'history.csv'].map((part) => [part, sha(readFileSync(join(out, part)))]),
        ),
    }));
  });
  const measures = Object.entries(MEASURES).flatMap(([name, flags]) =>
    engines.map((engine): Case => ({
      name: `${engine} measure ${name}`,
      args: (out) => ['measure', name, '--out', out, '--engine', engine, '--seed', '5', '--quiet', ...flags],
      proof: 'result.json',
      hashes: (out) => ({ points: sha(lasting(join(out, 'result.json'))) }),
    })),
  );
  return [...runs, ...measures];
}

/** Exit statuses 0 and 1 both leave results; the status is part of what is compared. */
function mckean(root: string, args: readonly string[]): Promise<{ status: number | null; stderr: string }> {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, join(root, 'src/cli/main.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((done, fail) => child.on('error', fail).on('close', (status) => done({ status, stderr })));
}

type Record_ = Record<string, Record<string, string>>;

async function record(root: string, engines: readonly string[], only: string): Promise<Record_> {
  const directory = mkdtempSync(join(tmpdir(), 'bits-'));
  const found: Record_ = {};
  const all = cases(directory, engines).filter(({ name }) => name.includes(only));
  let at = 0;
  const worker = async (): Promise<void> => {
    while (at < all.length) {
      const k = at++;
      const out = join(directory, `out-${k}`);
      const { status, stderr } = await mckean(root, all[k].args(out));
      if (status !== 0 && !existsSync(join(out, all[k].proof)))
        found[all[k].name] = { status: String(status), stderr };
      else found[all[k].name] = { status: String(status), ...all[k].hashes(out) };
      process.stderr.write(`${k + 1} of ${all.length}: ${all[k].name.slice(0, 90)}\n`);
    }
  };
  await Promise.all([worker(), worker()]);
  rmSync(directory, { recursive: true });
  return Object.fromEntries(all.map(({ name }) => [name, found[name]]));
}

function compare(before: Record_, now: Record_): number {
  const names = Object.keys(now);
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  for (const name of changed) {
    console.log(`${name}\n  before ${JSON.stringify(before[name])}\n  now    ${JSON.stringify(now[name])}`);
  }
  console.log(`${names.length - changed.length} of ${names.length} have equal bits`);
  return changed.length === 0 ? 0 : 1;
}

async function run({ positionals: [verb, file], text }: Arguments): Promise<number> {
  if (verb !== 'record' && verb !== 'compare') throw new UsageError(`"${verb}": give record or compare`);
  const engine = text('engine');
  const found = await record(resolve(text('root')!), engine ? [engine] : ENGINES, text('only')!);
  if (verb === 'compare') return compare(JSON.parse(readFileSync(file, 'utf8')) as Record_, found);
  writeFileSync(file, `${JSON.stringify(found, null, 1)}\n`);
  return 0;
}

await runTool('bits', {
  summary:
    'Records the bits of many small runs and of all measurements in FILE, or compares them with those in it.',
  positionals: ['record|compare', 'FILE'],
  flags: {
    root: { value: 'DIR', help: 'another checkout', preset: fileURLToPath(new URL('..', import.meta.url)) },
    engine: { value: 'E', help: 'that one alone', choices: ENGINES },
    only: { value: 'TEXT', help: 'those whose names hold it', preset: '' },
  },
  run,
});
