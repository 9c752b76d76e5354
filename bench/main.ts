/** The command itself, given its surroundings: a checkout, or a kit (bench/kit/). */
import { freemem } from 'node:os';
import { openEngine, type Platform } from '../src/engines/select.ts';
import type { Engine, Problem } from '../src/engines/engine.ts';
import { AIMS, holdAims } from './aims.ts';
import type { BenchPage } from './browser.ts';
import { caseText, type Case } from './race/cases.ts';
import type { Duel } from './race/duels.ts';
import { fromNode, fromPage } from './race/entrants.ts';
import { FlagError, helpText, readFlags, type Options } from './flags.ts';
import { heldTable, holds, type Held } from './held.ts';
import { load } from './machine.ts';
import { publish } from './publish.ts';
import type { Python } from './python/python.ts';
import { sharedTable, shareOut, type Shared } from './race/replicas.ts';
import { bytesOf, race, type Entrant, type History } from './race/session.ts';
import { duelLine, skips, tableOf, type Row } from './table.ts';
import { aligned, markdown as markdownOf } from './words.ts';

export interface Surroundings {
  readonly platform: Platform;
  readonly openPage: (peers: boolean) => Promise<BenchPage>;
  /** What is asked after faults, of those whose words hold the text. */
  readonly faults?: (only: string, log: (line: string) => void) => Promise<readonly Held[]>;
  readonly openPython?: () => Promise<Python>;
}

const FAILED = 1;
const BAD_FLAGS = 2;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves to the exit status. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const options = readFlags(argv);
    if (options !== 'help') {
      const work =
        options.faults !== null
          ? runFaults
          : options.aims
            ? runAims
            : options.replicas.length > 0
              ? runReplicas
              : run;
      return await work(options, surroundings);
    }
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
  const page = wantsPage ? await openPage(options.peers) : null;
  const python = options.peers && openPython ? await openPython() : null;
  try {
    const before = load();
    const rows: Row[] = [];
    const duels: Duel[] = [];
    const history: History = new Map();
    const entrants: Entrant[] = [
      ...(page ? fromPage(page, options) : []),
      ...(options.where.includes('node') ? fromNode(platform, options) : []),
      ...(python?.entrants ?? []),
    ];
    const missing = python?.missing ?? [];
    const absent = missing.map(({ name, reason }) => `not here: ${name}: ${reason}`);
    absent.forEach(log);
    for (const given of casesOf(options)) {
      const needed = bytesOf(given);
      if (needed > freemem())
        log(
          `not timed: ${caseText(given)} needs some ${(needed / 1e9).toFixed(1)} GB and ${(freemem() / 1e9).toFixed(1)} GB are free`,
        );
      else {
        const result = await race(given, entrants, { ...options, log }, history);
        rows.push(...result.rows);
        duels.push(...result.duels);
      }
    }
    const notes = [...duels.map(duelLine), ...skips(rows), ...absent];
    const circumstances = { before, browser: page?.version ?? null };
    publish(options, circumstances, [tableOf(rows, options), notes], { rows, duels, missing });
    return rows.some((row) => row.ours && row.wrong) || !rows.some((row) => row.measured) ? FAILED : 0;
  } finally {
    python?.close();
    await page?.close();
  }
}

async function runFaults(options: Options, { faults }: Surroundings): Promise<number> {
  if (!faults) throw new FlagError('--faults needs a checkout: a kit has no tests');
  const before = load();
  const held = await faults(options.faults!, log);
  publish(options, { before }, [[heldTable(held)], []], { held });
  return held.every(holds) ? 0 : FAILED;
}

/** R systems beside one, on each of our engines. */
async function runReplicas(options: Options, { platform }: Surroundings): Promise<number> {
  const { replicas, seconds, markdown } = options;
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
        skipped.push(`not timed: mckean ${engine}, ${caseText(given)}: ${error.message}`);
        return [];
      });
      all.push(...rows);
    }
  }
  const how =
    'Medians (quartiles) of interleaved rounds; the first and the last system checked against float64 before timing.';
  const table = all.length > 0 ? [how, '', sharedTable(all, markdown ? markdownOf : aligned)] : [];
  publish(options, { before }, [table, skipped], { replicas: all });
  return skipped.length > 0 ? FAILED : 0;
}

/** What is asked of our speeds on a processor. */
async function runAims(options: Options, { platform, openPython }: Surroundings): Promise<number> {
  const python = openPython ? await openPython() : null;
  try {
    const before = load();
    const { held, rows, leftOut } = await holdAims(AIMS, {
      ours: (engine, method) => fromNode(platform, { engines: [engine], methods: [method] })[0],
      peers: python?.entrants ?? [],
      missing: python?.missing ?? [],
      pace: { ...options, log },
    });
    const table = held.length > 0 ? [heldTable(held)] : [];
    publish(options, { before }, [table, leftOut, tableOf(rows, options)], { held, leftOut, rows });
    return held.every(holds) && !rows.some((row) => row.ours && row.wrong) ? 0 : FAILED;
  } finally {
    python?.close();
  }
}

function casesOf({ activations, n, m, d }: Options): Case[] {
  return activations.flatMap((activation) =>
    d.flatMap((inputs) =>
      m.flatMap((samples) => n.map((particles) => ({ activation, n: particles, m: samples, d: inputs }))),
    ),
  );
}
