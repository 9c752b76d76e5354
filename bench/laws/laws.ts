/**
 * `npm run laws`: every law under many seeds, its control under a few, on the CPU engine; goes on where it stopped and
 * prints a Markdown table. Exit status 1 if a law does not do what is asked of it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { someOf, wholeNumber, type Arguments } from '../../src/cli/args.ts';
import { addressOf } from '../../src/cli/files/address.ts';
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { provenanceOf } from '../../src/cli/machine/provenance.ts';
import { runTool } from '../../src/cli/tool.ts';
import { duration } from '../../src/cli/words.ts';
import { openDensity, openEngine } from '../../src/engines/select.ts';
import { measure, plan, type Plan, type Result } from '../../src/experiments/measure/measure.ts';
import { MEASUREMENT_NAMES, type MeasurementName } from '../../src/experiments/measure/registry.ts';
import { isSound, keepSeen, readSeen, remarksOn, tableOf, type Seen } from './seen.ts';

interface Task {
  readonly plan: Plan;
  readonly seed: number;
  readonly order: string;
}

async function asked({ plan: wanted, seed, order }: Task, commit: string): Promise<Seen> {
  const { config, name: law, control } = wanted;
  const known = { law, seed, control, order, commit };
  const started = performance.now();
  try {
    const result = await measure(wanted, {
      open: async (problem) => (await openEngine(config, problem, NODE_PLATFORM)).engine,
      density: (problem) => openDensity('cpu', problem, NODE_PLATFORM),
      files: { readBytes: () => Promise.reject(new Error('no file is read')), note: () => undefined },
      onProgress: () => undefined,
    });
    const { verdict, seconds, r2 } = result;
    return { ...known, verdict, seconds, r2, off: offIn(result) };
  } catch (error) {
    const seconds = (performance.now() - started) / 1000;
    const off = [{ name: (error as Error).message, verdict: 'fails' as const, value: NaN }];
    return { ...known, verdict: 'fails', seconds, r2: null, off };
  }
}

const offIn = ({ fits = [], checks = [] }: Result): Seen['off'] =>
  [
    ...fits.map(({ name, verdict, slope }) => ({ name, verdict, value: slope })),
    ...checks.map(({ name, verdict, value }) => ({ name, verdict, value })),
  ].filter(({ verdict }) => verdict !== 'holds');

/** One seed of every law before the next: a table of what is there says something of each. */
function tasks(names: readonly MeasurementName[], seeds: number, controls: number): Task[] {
  const task = (name: MeasurementName, seed: number, control: boolean): Task => {
    const wanted = plan(name, { given: { engine: 'cpu', initial: { seed } }, control });
    return { plan: wanted, seed, order: addressOf(wanted) };
  };
  return Array.from({ length: Math.max(seeds, controls) }, (_, i) => [
    ...(i < seeds ? names.map((name) => task(name, i + 2, false)) : []),
    ...(i < controls ? names.map((name) => task(name, i + 1, true)) : []),
  ]).flat();
}

async function run({ text, on }: Arguments): Promise<number> {
  const only = text('only');
  const names = only === undefined ? MEASUREMENT_NAMES : someOf('--only', only, MEASUREMENT_NAMES);
  const out = text('out')!;
  mkdirSync(out, { recursive: true });
  const file = join(out, 'seen.jsonl');
  const all = tasks(
    names,
    wholeNumber('seeds', text('seeds')!, 0, 10_000),
    wholeNumber('controls', text('controls')!, 0, 10_000),
  );
  const kept = new Map(readSeen(file).map((seen) => [seen.order, seen]));
  const missing = on('table') ? [] : all.filter(({ order }) => !kept.has(order));
  const started = performance.now();
  const { cpu, cores, node, commit, modified } = provenanceOf(all[0].plan.config, new Date(), null);
  const program = `${commit?.slice(0, 12) ?? 'unknown'}${modified ? ' and changes' : ''}`;
  for (const [done, task] of missing.entries()) {
    const seen = await asked(task, program);
    keepSeen(file, seen);
    kept.set(task.order, seen);
    const left = ((performance.now() - started) / (done + 1)) * (missing.length - done - 1);
    const what = `${seen.law}${seen.control ? ', its control' : ''}, seed ${seen.seed}`;
    process.stderr.write(
      `${done + 1} of ${missing.length}: ${what}: ${seen.verdict} in ${seen.seconds.toFixed(1)} s, about ${duration(left / 1000)} left\n`,
    );
  }
  const seen = all.flatMap(({ order }) => kept.get(order) ?? []);
  const remarks = remarksOn(seen);
  const programs = [...new Set(seen.map((one) => one.commit))];
  process.stdout.write(
    [
      tableOf(seen, names),
      ...(remarks.length > 0 ? [remarks.join('\n')] : []),
      `${cpu}, ${cores} cores, Node ${node}; commit ${programs.join(', ')}.`,
    ].join('\n\n') + '\n',
  );
  return names.every((name) => isSound(seen.filter(({ law }) => law === name))) ? 0 : 1;
}

await runTool('laws', {
  summary: 'Measures every law under many seeds, and its control under a few; goes on where it stopped.',
  positionals: [],
  flags: {
    seeds: { value: 'N', help: 'seeds of every law, from 2 on: 1 is that of the defaults', preset: '20' },
    controls: { value: 'N', help: 'seeds of every control, from 1 on', preset: '5' },
    only: { value: 'LIST', help: 'these laws alone' },
    out: { value: 'DIR', help: 'where what was seen is kept, a line each', preset: join('runs', 'laws') },
    table: {
      help: 'print what is there, measure nothing: a plan that has changed is measured anew, a program is not',
    },
  },
  run,
});
