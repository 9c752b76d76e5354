/**
 * The command itself, given its surroundings: a checkout, or the single file that a machine without packages
 * gets.
 */
import { freemem } from 'node:os';
import { writeFileSync } from 'node:fs';
import { openEngine, type Platform } from '../src/engines/select.ts';
import type { Engine, Problem } from '../src/engines/engine.ts';
import { VERSION } from '../src/cli/machine/version.ts';
import type { Case } from './cases.ts';
import type { Duel } from './duels.ts';
import { FlagError, helpText, readFlags, type Options } from './flags.ts';
import { load, machine, machineLine } from './machine.ts';
import { engineRunner } from './runner.ts';
import { BYTES_PER_PARTICLE, race, type Entrant, type History } from './session.ts';
import { sharedTable, shareOut, type Shared } from './replicas.ts';
import {
  aligned,
  duelLine,
  markdown as markdownOf,
  markdownTable,
  power,
  skips,
  textTable,
  type Row,
} from './table.ts';
import type { BenchPage } from './browser.ts';
import type { Python } from './python/python.ts';

export interface Surroundings {
  readonly platform: Platform;
  readonly openPage?: (peers: boolean) => Promise<BenchPage>;
  readonly openPython?: () => Promise<Python>;
}

const PAGE_PEERS = ['plain JavaScript', 'jax-js wasm', 'jax-js webgpu', 'tfjs wasm', 'tfjs webgpu'];
const FAILED = 1;
const BAD_FLAGS = 2;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves to the exit status. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const options = readFlags(argv);
    if (options !== 'help')
      return await (options.replicas.length > 0 ? runReplicas : run)(options, surroundings);
    process.stdout.write(helpText());
    return 0;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    log(`bench: ${error.message}`);
    return BAD_FLAGS;
  }
}

async function run(options: Options, { platform, openPage, openPython }: Surroundings): Promise<number> {
  const wantsPage = options.where.includes('page');
  if (wantsPage && !openPage)
    throw new FlagError('--where page needs a checkout: this single file runs in Node alone');
  const page = wantsPage ? await openPage!(options.peers) : null;
  const python = options.peers && openPython ? await openPython() : null;
  try {
    const before = load();
    const rows: Row[] = [];
    const duels: Duel[] = [];
    const history: History = new Map();
    const entrants = [
      ...(page ? fromPage(page, options) : []),
      ...(options.where.includes('node') ? fromNode(platform, options) : []),
      ...(python?.entrants ?? []),
    ];
    for (const { name, reason } of python?.missing ?? []) log(`not here: ${name}: ${reason}`);
    for (const given of casesOf(options)) {
      const { n } = given;
      const needed = n * BYTES_PER_PARTICLE;
      if (needed > freemem())
        log(
          `not timed: n = ${power(n)} needs some ${(needed / 1e9).toFixed(1)} GB and ${(freemem() / 1e9).toFixed(1)} GB are free`,
        );
      else {
        const result = await race(given, entrants, { ...options, log }, history);
        rows.push(...result.rows);
        duels.push(...result.duels);
      }
    }
    report(options, rows, { duels, before, browser: page?.version ?? null, missing: python?.missing ?? [] });
    return rows.some((row) => row.ours && row.wrong) || !rows.some((row) => row.measured) ? FAILED : 0;
  } finally {
    python?.close();
    await page?.close();
  }
}

/** R systems beside one, on each of our engines. */
async function runReplicas(options: Options, { platform }: Surroundings): Promise<number> {
  const { replicas, seconds, json, markdown } = options;
  const before = load();
  const all: Shared[] = [];
  const skipped: string[] = [];
  for (const given of casesOf(options)) {
    for (const engine of options.engines) {
      const open = async (problem: Problem): Promise<Engine> =>
        (await openEngine({ engine, method: 'direct' }, problem, platform)).engine;
      const rows = await shareOut(given, {
        counts: replicas.filter((count) => count <= given.n),
        seconds,
        open,
        log,
      }).catch((error: Error) => {
        skipped.push(
          `not timed: mckean ${engine}, ${given.activation}, n = ${power(given.n)}, m = ${given.m}: ${error.message}`,
        );
        return [];
      });
      all.push(...rows);
    }
  }
  const here = machine(null);
  const after = load();
  const how =
    'Medians (quartiles) of interleaved rounds; the first and the last system checked against float64 before timing.';
  const table = all.length > 0 ? [how, '', sharedTable(all, markdown ? markdownOf : aligned)] : [];
  process.stdout.write(
    `${[`mckean ${VERSION}. ${machineLine(here)}; load average ${before} before, ${after} after.`, ...table, ...(skipped.length ? ['', ...skipped] : [])].join('\n')}\n`,
  );
  if (json)
    writeFileSync(
      json,
      `${JSON.stringify({ version: VERSION, machine: here, load: { before, after }, replicas: all }, null, 1)}\n`,
    );
  return skipped.length > 0 ? FAILED : 0;
}

function casesOf({ activations, n, m }: Options): Case[] {
  return activations.flatMap((activation) =>
    m.flatMap((samples) => n.map((particles) => ({ activation, n: particles, m: samples }))),
  );
}

function fromPage(page: BenchPage, { engines, methods, peers }: Options): Entrant[] {
  const ours = engines.flatMap((engine) => methods.map((method) => page.entrant(`mckean ${engine}`, method)));
  return [...ours, ...(peers ? PAGE_PEERS.map((name) => page.entrant(name)) : [])];
}

function fromNode(platform: Platform, { engines, methods }: Options): Entrant[] {
  return engines.flatMap((engine) =>
    methods.map(
      (method) =>
        ({
          name: `mckean ${engine}`,
          method,
          where: 'node',
          ours: true,
          open: async (_: Case, problem) => {
            const runner = engineRunner(
              (await openEngine({ engine, method }, problem, platform)).engine,
              method,
            );
            return engine === 'cpu' || runner.info.software
              ? runner
              : { ...runner, info: { ...runner.info, device: await cardOf(platform, runner.info.device) } };
          },
        }) satisfies Entrant,
    ),
  );
}

/** A card's name with its model, which only Node is told. */
async function cardOf(platform: Platform, named: string): Promise<string> {
  const info = (await (await platform.gpu()).gpu?.requestAdapter({ powerPreference: 'high-performance' }))
    ?.info;
  return info && !named.includes(info.device) ? `${named}, ${info.device}` : named;
}

interface Circumstances {
  readonly duels: readonly Duel[];
  readonly before: number;
  readonly browser: string | null;
  readonly missing: Python['missing'];
}

function report(
  { markdown, json }: Options,
  rows: readonly Row[],
  { duels, before, browser, missing }: Circumstances,
): void {
  const after = load();
  const here = machine(browser);
  const notes = [
    ...duels.map(duelLine),
    ...skips(rows),
    ...missing.map(({ name, reason }) => `not here: ${name}: ${reason}`),
  ];
  const conditions = `${machineLine(here)}; load average ${before} before, ${after} after.`;
  const how =
    'Medians (quartiles) of interleaved rounds; checked against float64 before timing: the error is relative to how far θ moved.';
  const table = rows.some((row) => row.measured)
    ? [how, '', markdown ? markdownTable(rows) : textTable(rows)]
    : [];
  process.stdout.write(
    `${[`mckean ${VERSION}. ${conditions}`, ...table, ...(notes.length ? ['', ...notes] : [])].join('\n')}\n`,
  );
  if (json)
    writeFileSync(
      json,
      `${JSON.stringify({ version: VERSION, machine: here, load: { before, after }, rows, duels, missing }, null, 1)}\n`,
    );
}
