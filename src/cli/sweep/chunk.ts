/** mckean sweep chunk: computes what is missing of a chunk, replicas together, and writes each cell where it belongs. */
import { availableParallelism, hostname } from 'node:os';
import { complete, type Config } from '../../core/config/config.ts';
import { readConfig } from '../../core/config/schema.ts';
import { DeviceLostError, type EngineInfo } from '../../engines/engine.ts';
import { openEngine, type Platform } from '../../engines/select.ts';
import { Interrupted, type Lab } from '../../experiments/measure/measurement.ts';
import { forecast } from '../../experiments/sweep/cost.ts';
import { isBatched, mostTogether, outcomes, preparedOne } from '../../experiments/sweep/outcome.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { wholeNumber, type Arguments } from '../args.ts';
import { EXIT, explain, oneLine, UsageError, WriteError } from '../errors.ts';
import { filesFor } from '../files/files.ts';
import { Interruption } from '../interruption.ts';
import { adaptersHad } from '../machine/dawn.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { placeOf } from '../machine/provenance.ts';
import { VERSION } from '../machine/version.ts';
import { openShare } from '../progress.ts';
import { commandOf } from '../command.ts';
import { addressOf } from '../files/address.ts';
import { cellAddress, SweepFolder, type ChunkLog } from './folder.ts';
import { unchanged } from './inputs.ts';
import { References } from './references.ts';

export async function computeChunk(args: Arguments): Promise<number> {
  const folder = await SweepFolder.open(args.positionals[0]);
  const count = folder.plan.chunks.length;
  const k = numberOf(args.positionals[1], count);
  const threads = args.text('threads');
  const interruption = new Interruption();
  const lock = folder.lock(k);
  try {
    lock.check();
    lock.take();
    interruption.begin();
    const platform = platformOf(
      threads === undefined ? availableParallelism() : wholeNumber('threads', threads, 1, 4096),
    );
    return await new ChunkRun(folder, k, platform, interruption, args).drive();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(`stopped: the cells that were done are kept, the same command goes on\n`);
    return interruption.status;
  } finally {
    lock.release();
    interruption.release();
  }
}

function numberOf(word: string, count: number): number {
  const k = Number(word);
  if (/^\d+$/.test(word) && k >= 1 && k <= count) return k;
  throw new UsageError(`K = "${word}" is not valid: the chunks of this sweep are 1 to ${count}`);
}

const wordsOf = ([first, ...others]: readonly string[]): string =>
  `cell ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;

const platformOf = (threads: number): Platform => ({
  ...NODE_PLATFORM,
  cpu: threads === 1 ? {} : { ...NODE_PLATFORM.cpu, workers: threads },
});

/** Cells of one group with neighbouring seeds, in one engine. */
interface Batch {
  readonly config: Config;
  readonly addresses: readonly string[];
  readonly one: Prepared;
  /** Predicted, of a cell. */
  readonly secondsEach: number;
}

const secondsOf = ({ addresses, secondsEach }: Batch): number => addresses.length * secondsEach;

/** Seconds of work after which results are written: a kill costs no more. */
const SECONDS_OF_BATCH = 20;

class ChunkRun {
  private readonly files;
  private readonly references: References;
  /** A system of one particle, by the configuration without width and seed. */
  private readonly ones = new Map<string, Promise<Prepared>>();
  private info: EngineInfo | null = null;
  private failed = 0;
  private computed = 0;
  /** Why cells could not be run, and which. */
  private readonly refusals = new Map<string, readonly string[]>();

  constructor(
    private readonly folder: SweepFolder,
    private readonly k: number,
    private readonly platform: Platform,
    private readonly interruption: Interruption,
    private readonly args: Arguments,
  ) {
    this.files = unchanged(filesFor(args.on('quiet')), folder.plan.inputs);
    this.references = new References(folder.path, folder.plan.inputs, (config) => this.labFor(config));
  }

  async drive(): Promise<number> {
    const { folder, k, args } = this;
    const { cells } = folder.plan.chunks[k - 1];
    const started = performance.now();
    const missing = cells.filter((address) => folder.result(address) === null);
    const batches = await this.batchesOf(missing);
    this.files.say();
    const all = batches.reduce((sum, batch) => sum + secondsOf(batch), 0);
    const progress = openShare(`chunk ${k}`, args.on('quiet'));
    let done = 0;
    for (const batch of batches) {
      await this.compute(batch);
      done += secondsOf(batch);
      progress.update(Math.min(1, done / all));
      if (args.on('json'))
        process.stdout.write(
          `${JSON.stringify({ cells: batch.addresses.length, seconds: secondsOf(batch) })}\n`,
        );
    }
    progress.stop();
    for (const [reason, addresses] of this.refusals)
      process.stderr.write(`chunk ${k}, ${wordsOf(addresses)} cannot be run: ${reason}\n`);
    if (missing.length > 0) await folder.log(k, await this.log((performance.now() - started) / 1000));
    if (!args.on('json')) process.stdout.write(this.words(cells.length, missing.length));
    return this.failed === 0 ? EXIT.done : EXIT.failed;
  }

  private words(all: number, missing: number): string {
    const failed = this.failed === 0 ? '' : `, ${this.failed} could not be run`;
    return `chunk ${this.k}: ${all - missing} of ${all} cells were there, ${this.computed} were computed${failed}\n`;
  }

  /** Neighbouring cells that differ in seeds one after the other, a few at a time. */
  private async batchesOf(addresses: readonly string[]): Promise<Batch[]> {
    const batches: Batch[] = [];
    let last = { kin: '', next: 0, addresses: [] as string[], most: 0 };
    for (const address of addresses) {
      const config = await this.attempt([address], () => this.configOf(address));
      if (!config) continue;
      const kin = JSON.stringify({ ...config, initial: { ...config.initial, seed: 0 } });
      const { seed } = config.initial;
      if (last.kin === kin && last.next === seed && last.addresses.length < last.most) {
        last.addresses.push(address);
        last.next = seed + 1;
        continue;
      }
      const one = await this.attempt([address], () => this.oneOf(config));
      if (!one) continue;
      const n = config.model.width;
      const { seconds } = forecast({ config, n }, one, this.folder.plan.reference !== null);
      const most = isBatched(config, one)
        ? Math.max(1, Math.min(mostTogether(n, one), Math.floor(SECONDS_OF_BATCH / seconds)))
        : 1;
      last = { kin, next: seed + 1, addresses: [address], most };
      batches.push({ config, addresses: last.addresses, one, secondsEach: seconds });
    }
    return batches;
  }

  private async configOf(address: string): Promise<Config> {
    const config = complete(readConfig(await this.folder.readConfig(address)));
    if (cellAddress(config, this.folder.plan) === address) return config;
    throw new UsageError('its CONFIG.json is not as it was planned, plan again with --force');
  }

  private oneOf(config: Config): Promise<Prepared> {
    const key = addressOf({
      ...config,
      model: { ...config.model, width: 0 },
      initial: { ...config.initial, seed: 0 },
    });
    const one = this.ones.get(key) ?? preparedOne(config, { files: this.files });
    this.ones.set(key, one);
    return one;
  }

  private async compute({ config, addresses, one }: Batch): Promise<void> {
    const { folder } = this;
    const results = await this.attempt(addresses, async () => {
      const { reference } = folder.plan;
      const path = reference === null ? null : await this.references.path(config, one, reference);
      if (path !== null && 'failure' in path) return addresses.map(() => path);
      return outcomes(this.labFor(config), config, addresses.length, one, path);
    });
    if (!results) return;
    for (const [i, address] of addresses.entries()) await folder.keep(address, results[i]);
    this.computed += addresses.length;
  }

  /** Null, for a sentence at the end, where cells cannot be run: others can. */
  private async attempt<T>(addresses: readonly string[], work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if ([Interrupted, WriteError, DeviceLostError].some((Kind) => error instanceof Kind)) throw error;
      this.failed += addresses.length;
      const reason = oneLine(explain(error).line);
      this.refusals.set(reason, [...(this.refusals.get(reason) ?? []), ...addresses]);
      return null;
    }
  }

  private labFor(config: Config): Lab {
    return {
      files: this.files,
      open: async (problem) => {
        const { engine } = await openEngine(
          { engine: config.engine, method: config.method, steps: config.dynamics.steps },
          problem,
          this.platform,
        );
        this.info ??= engine.info;
        return engine;
      },
      expect: () => undefined,
      done: () => undefined,
      signal: this.interruption.signal,
    };
  }

  private async log(seconds: number): Promise<ChunkLog> {
    return {
      computed: this.computed,
      failed: this.failed,
      seconds,
      host: hostname(),
      ...placeOf(),
      engine: this.info?.name ?? '',
      adapter: this.info?.adapter ?? '',
      gpu: await adaptersHad(this.info?.name ?? ''),
      version: VERSION,
      command: commandOf(),
    };
  }
}
