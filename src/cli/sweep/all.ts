/** mckean sweep run: all chunks on this machine, each in a process of its own, the longest first. */
import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { complete } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { isCpu } from '../../engines/engine.ts';
import { openEngine } from '../../engines/select.ts';
import { preparedOne } from '../../experiments/sweep/outcome.ts';
import { wholeNumber, type Arguments } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { filesFor } from '../files/files.ts';
import { Interruption } from '../interruption.ts';
import { dealtAdapters } from '../machine/adapters.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { openShare } from '../progress.ts';
import { PROGRAM } from '../command.ts';
import { SweepFolder } from './folder.ts';
import { counted, duration } from '../words.ts';

interface Waiting {
  readonly k: number;
  readonly missing: number;
  /** Predicted, of what is missing. */
  readonly seconds: number;
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/** A chunk whose process was killed is tried so often. */
const TRIES = 3;

export async function computeAll(args: Arguments): Promise<number> {
  const folder = await SweepFolder.open(args.positionals[0]);
  const quiet = args.on('quiet');
  const waiting = waitingIn(folder);
  const interruption = new Interruption();
  try {
    const adapters = dealtAdapters();
    const most = await jobsFor(folder, waiting, args, Math.max(1, adapters.length));
    const jobs = Math.min(most, Math.max(1, waiting.length));
    const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
    interruption.begin();
    const all = waiting.reduce((sum, { seconds }) => sum + seconds, 0);
    const missing = waiting.reduce((sum, chunk) => sum + chunk.missing, 0);
    if (!quiet && missing > 0)
      process.stderr.write(
        `${counted(missing, 'cell')} in ${counted(waiting.length, 'chunk')}, ${counted(jobs, 'process', 'processes')}, about ${duration(all / jobs)}\n`,
      );
    const progress = openShare('sweep', quiet);
    const run = new AllRun(folder, waiting, threads, interruption, (done) =>
      progress.update(Math.min(1, done / all)),
    );
    await Promise.all(
      Array.from({ length: jobs }, (_, j) => run.work({ ...process.env, ...adapters[j % adapters.length] })),
    );
    progress.stop();
    return run.end(args.positionals[0]);
  } finally {
    interruption.release();
  }
}

function waitingIn(folder: SweepFolder): Waiting[] {
  return folder.plan.chunks
    .map(({ cells, seconds }, at) => {
      const missing = cells.filter((address) => folder.result(address) === null).length;
      return { k: at + 1, missing, seconds: (seconds * missing) / cells.length };
    })
    .filter(({ missing }) => missing > 0)
    .sort((p, q) => q.seconds - p.seconds);
}

/** A GPU is one machine for all; the threads of a CPU each take a chunk. */
async function jobsFor(
  folder: SweepFolder,
  waiting: readonly Waiting[],
  args: Arguments,
  gpus: number,
): Promise<number> {
  const [asked, gpu] = [args.text('jobs'), args.text('gpu')];
  const jobs = asked === undefined ? undefined : wholeNumber('jobs', asked, 1, 4096);
  if (waiting.length === 0 || (jobs !== undefined && gpu === undefined)) return jobs ?? 1;
  const [address] = folder.plan.chunks[waiting[0].k - 1].cells;
  const config = complete(readConfig(await folder.readConfig(address)));
  const { problem } = await preparedOne(config, { files: filesFor(true) });
  const { engine } = await openEngine(config, problem, NODE_PLATFORM);
  engine.destroy();
  const onCpu = isCpu(engine.info.name);
  if (onCpu && gpu !== undefined)
    throw new UsageError(
      `--gpu ${gpu}: engine "${engine.info.name}" computes these cells, leave --gpu out or plan them with engine "webgpu"`,
    );
  return jobs ?? (onCpu ? availableParallelism() : gpus);
}

class AllRun {
  private done = 0;
  private readonly failed: number[] = [];
  /** Chunks that other processes compute meanwhile. */
  private readonly elsewhere: number[] = [];
  private readonly children = new Set<ChildProcess>();

  constructor(
    private readonly folder: SweepFolder,
    private readonly waiting: Waiting[],
    private readonly threads: number,
    private readonly interruption: Interruption,
    private readonly onDone: (seconds: number) => void,
  ) {
    interruption.signal.addEventListener('abort', () => {
      for (const child of this.children) child.kill('SIGTERM');
    });
  }

  /** Takes chunk after chunk until there is none. */
  async work(env: NodeJS.ProcessEnv): Promise<void> {
    for (;;) {
      const next = this.interruption.signal.aborted ? undefined : this.waiting.shift();
      if (!next) return;
      await this.compute(next.k, env);
    }
  }

  private async compute(k: number, env: NodeJS.ProcessEnv, tries = TRIES): Promise<void> {
    const { status, signal, said } = await this.process(k, env);
    if (this.interruption.signal.aborted || status === EXIT.done) return;
    if (this.folder.lock(k).isHeld()) return void this.elsewhere.push(k);
    if (signal !== null && tries > 1) return this.compute(k, env, tries - 1);
    this.failed.push(k);
    process.stderr.write(said || `chunk ${k}: its process was ended by ${signal ?? `status ${status}`}\n`);
  }

  private process(k: number, env: NodeJS.ProcessEnv): Promise<Ended> {
    const [program, script] = PROGRAM;
    const child = spawn(
      program,
      [
        script,
        'sweep',
        'chunk',
        this.folder.path,
        String(k),
        '--json',
        '--quiet',
        '--threads',
        String(this.threads),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env },
    );
    this.children.add(child);
    let said = '';
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) this.done += (JSON.parse(line) as { seconds: number }).seconds;
      this.onDone(this.done);
    });
    return new Promise((resolve, reject) =>
      child.on('error', reject).on('close', (status, signal) => {
        this.children.delete(child);
        resolve({ status, signal, said });
      }),
    );
  }

  end(out: string): number {
    const { signal, status } = this.interruption;
    const waiting = waitingIn(this.folder);
    const left = waiting.reduce((sum, { missing }) => sum + missing, 0);
    const elsewhere = this.elsewhere.filter((k) => waiting.some((chunk) => chunk.k === k));
    if (signal.aborted) {
      process.stderr.write(`stopped with ${counted(left, 'cell')} to do; the same command goes on\n`);
      return status;
    }
    if (left > 0) {
      const parts = [
        ...(this.failed.length > 0 ? [`${chunksOf(this.failed)} could not be computed whole`] : []),
        ...(elsewhere.length > 0
          ? [`other processes compute ${chunksOf(elsewhere)}, the same command goes on when they have ended`]
          : []),
      ];
      process.stderr.write(`${counted(left, 'cell')} to do: ${parts.join('; ')}\n`);
      return EXIT.failed;
    }
    process.stdout.write(`all cells are done; mckean sweep report ${out} fits them\n`);
    return EXIT.done;
  }
}

const chunksOf = (numbers: readonly number[]): string =>
  `${numbers.length === 1 ? 'chunk' : 'chunks'} ${[...numbers].sort((p, q) => p - q).join(', ')}`;
