/** mckean sweep plan: SWEEP.json becomes cells, chunks of them, and what queues need. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config, ConfigInput } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { readSweep, type SweepInput } from '../../core/config/sweep.ts';
import type { Table } from '../../core/datasets.ts';
import { loadTable, type Files } from '../../experiments/data/table.ts';
import { chunksOf } from '../../experiments/sweep/chunks.ts';
import { forecast } from '../../experiments/sweep/cost.ts';
import { cellOf, expand, type Expanded } from '../../experiments/sweep/expand.ts';
import { checkLaws, LAW_NAMES, LAWS, type LawName } from '../../experiments/sweep/laws.ts';
import { preparedOne } from '../../experiments/sweep/outcome.ts';
import type { Arguments } from '../args.ts';
import { EXIT } from '../errors.ts';
import { filesFor, readJson, writeWhole } from '../files/files.ts';
import { OutDirectory } from '../files/out-directory.ts';
import { toJson } from '../files/outputs.ts';
import { callerPath } from '../files/paths.ts';
import { located, namedAfter } from '../files/sources.ts';
import { VERSION } from '../machine/version.ts';
import { openShare } from '../progress.ts';
import { commandOf } from '../command.ts';
import { cellAddress, PLAN_FILE, writeCells, type SweepPlan } from './folder.ts';
import { noting } from './inputs.ts';
import { writeQueues } from './queues.ts';
import { counted, duration } from '../words.ts';

export async function planSweep(args: Arguments): Promise<number> {
  const out = new OutDirectory('sweep plan', args);
  await out.check();
  const path = callerPath(args.positionals[0]);
  const value = await readJson(path);
  const name = { name: path, folder: dirname(path) };
  const sweep = namedAfter(name, () => readSweep(value, LAW_NAMES));
  const base = namedAfter(name, () => located(baseOf(sweep), name));
  const expanded = namedAfter(name, () => {
    const cells = expand(base, sweep.grid);
    checkLaws(sweep.measure, cells);
    return cells;
  });
  const inputs: Record<string, string> = {};
  const files = noting(filesFor(args.on('quiet')), inputs);
  const reference = referenceOf(sweep.measure, expanded);
  const cells = await costedCells(expanded, { reference, inputs }, files, args.on('quiet'));
  const plan: SweepPlan = {
    version: VERSION,
    command: commandOf(),
    ...(sweep.title !== undefined && { title: sweep.title }),
    base,
    grid: sweep.grid,
    measure: sweep.measure,
    reference,
    inputs,
    chunks: chunksOf(
      cells.map(({ seconds }) => seconds),
      sweep.seconds,
    ).map(({ from, to, seconds }) => ({
      seconds,
      cells: cells.slice(from, to).map(({ address }) => address),
    })),
  };
  try {
    await out.hold();
    await out.claim();
    files.say();
    await removeMarks(out.path);
    await writeCells(
      out.path,
      cells.map(({ address, config }) => [address, config]),
    );
    await writeQueues(out.path, plan, Math.max(...expanded.families[0].groups.map(({ n }) => n)));
    await writeWhole(out.path, PLAN_FILE, toJson(plan));
  } finally {
    out.release();
  }
  process.stdout.write(args.on('json') ? toJson(summaryOf(plan)) : linesOf(plan, args.text('out')!));
  return EXIT.done;
}

const baseOf = ({ base }: SweepInput): ConfigInput =>
  typeof base === 'string' ? { preset: base } : readConfig(base);

/** Particles of the system that drives copies, where a law has them. */
const referenceOf = (measure: readonly LawName[], { families }: Expanded): number | null =>
  measure.some((name) => LAWS[name].driven) ? families[0].groups.at(-1)!.n : null;

interface Costed {
  readonly address: string;
  readonly config: Config;
  readonly seconds: number;
}

/** `files` notes in the plan's `inputs` what it reads. */
async function costedCells(
  { families, seeds }: Expanded,
  plan: Pick<SweepPlan, 'reference' | 'inputs'>,
  files: Files,
  quiet: boolean,
): Promise<Costed[]> {
  const load = once(files);
  const share = openShare('planning', quiet);
  const cells = [];
  for (const [at, { groups }] of families.entries()) {
    share.update(at / families.length);
    const one = await preparedOne(groups[0].config, { files }, load);
    for (const { config, n } of groups) {
      const { method, seconds } = forecast({ config, n }, one, plan.reference !== null);
      for (const seed of seeds) {
        const cell = cellOf({ config: { ...config, method } }, seed);
        cells.push({ address: cellAddress(cell, plan), config: cell, seconds });
      }
    }
  }
  share.stop();
  return cells;
}

/** Reads each table once, for all families that learn from it. */
function once(files: Files): typeof loadTable {
  const tables = new Map<string, Promise<Table>>();
  return (data, _, oneHot) => {
    const key = JSON.stringify([data, oneHot]);
    const table = tables.get(key) ?? loadTable(data, files, oneHot);
    tables.set(key, table);
    return table;
  };
}

/** What a workflow believes to be done is no more, where the plan changes: the cells know better. */
async function removeMarks(path: string): Promise<void> {
  const folder = join(path, 'chunks');
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) await rm(join(folder, name, 'done'), { force: true });
}

const summaryOf = ({ chunks }: SweepPlan) => ({
  cells: chunks.reduce((sum, { cells }) => sum + cells.length, 0),
  chunks: chunks.length,
  seconds: chunks.reduce((sum, { seconds }) => sum + seconds, 0),
});

function linesOf(plan: SweepPlan, out: string): string {
  const { cells, chunks, seconds } = summaryOf(plan);
  const cores = availableParallelism();
  return `${counted(cells, 'cell')} in ${counted(chunks, 'chunk')}, about ${duration(seconds)} of one thread, ${duration(seconds / cores)} on the ${cores} cores here
mckean sweep run ${out}      computes them here, and goes on where it was stopped
mckean sweep report ${out}   fits what is there
files for Snakemake, Slurm, GNU parallel and HyperQueue are in ${join(out, 'queues')}
`;
}
