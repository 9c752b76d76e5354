/** mckean measure --all: every law one after another, each in a folder of its own, and one page of all. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../core/config/config.ts';
import { DivergedError } from '../../engines/engine.ts';
import { worstOf } from '../../experiments/measure/judge.ts';
import type { Plan } from '../../experiments/measure/measure.ts';
import { Interrupted } from '../../experiments/measure/measurement.ts';
import { MEASUREMENT_NAMES, type MeasurementName } from '../../experiments/measure/registry.ts';
import type { Arguments } from '../args.ts';
import { commandOf } from '../command.ts';
import { JUDGED, UsageError } from '../errors.ts';
import { addressOf } from '../files/address.ts';
import { readJson, readText, writeWhole } from '../files/files.ts';
import { OutDirectory } from '../files/out-directory.ts';
import { removeOutputs, toJson } from '../files/outputs.ts';
import { Interruption } from '../interruption.ts';
import { judgeInto } from '../judging.ts';
import { chooseGpu } from '../machine/adapters.ts';
import { VERSION } from '../machine/version.ts';
import { counted, duration } from '../words.ts';
import { askedBy, judgedFor, planFor, type Asked } from './asked.ts';
import { pageOfLaws } from './page.ts';
import { rowOf, type Done, type Row } from './rows.ts';

/** What is asked of a law: a plan, or why it refuses. */
type Order = { readonly name: MeasurementName } & (
  { readonly plan: Plan; readonly order: string } | { readonly refusal: string }
);

export async function measureAll(args: Arguments): Promise<number> {
  const interruption = new Interruption();
  try {
    const out = new OutDirectory('measure --all', args);
    await out.check();
    const asked = await askedFor(args);
    const orders = MEASUREMENT_NAMES.map((name) => orderOf(name, asked));
    chooseGpu(args, asked.given.engine ?? 'auto');
    try {
      await out.hold();
      return await new AllLaws(out, orders, asked, interruption, args).run();
    } finally {
      out.release();
    }
  } finally {
    interruption.release();
  }
}

async function askedFor(args: Arguments): Promise<Asked> {
  for (const flag of ['widths', 'replicas'])
    if (args.text(flag) !== undefined)
      throw new UsageError(`--${flag}: with --all each law has its own, leave it out`);
  const [word, another] = args.positionals;
  if (another !== undefined)
    throw new UsageError(`mckean measure --all: "${another}" is one argument too many, leave it out`);
  return askedBy(args, word);
}

/** Without a configuration of one's own there is nothing to refuse. */
function orderOf(name: MeasurementName, asked: Asked): Order {
  try {
    const plan = planFor(name, { ...asked, source: null });
    return { name, plan, order: addressOf({ plan, precision: asked.precision, version: VERSION }) };
  } catch (error) {
    if (!(error instanceof ConfigError) || asked.source === null) throw error;
    return { name, refusal: error.message };
  }
}

class AllLaws {
  private readonly rows: Row[] = [];
  /** Those that DIR has already. */
  private readonly there = new Map<MeasurementName, Done>();
  private begun = false;
  private said = false;

  constructor(
    private readonly out: OutDirectory,
    private readonly orders: readonly Order[],
    private readonly asked: Asked,
    private readonly interruption: Interruption,
    private readonly args: Arguments,
  ) {}

  async run(): Promise<number> {
    try {
      for (const order of this.args.on('resume') ? this.orders : []) {
        const kept = 'order' in order ? await this.kept(order.name, order.order) : null;
        if (kept) this.there.set(order.name, kept);
      }
      for (const order of this.orders) await this.add(order);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      process.stderr.write(
        `stopped with ${this.rows.length} of ${counted(this.orders.length, 'law')} done; --resume goes on\n`,
      );
      return this.interruption.status;
    }
    const lines = this.rows.map(lineOf).join('');
    process.stdout.write(
      this.args.on('json')
        ? toJson(this.rows.map(summaryOf))
        : `${lines}files in ${this.out.path}, all of it in report.html\n`,
    );
    return JUDGED[worstOf(this.rows.flatMap((row) => ('verdict' in row ? [row.verdict] : [])))];
  }

  private async add(order: Order): Promise<void> {
    const { name } = order;
    if ('refusal' in order) return this.show({ name, refusal: order.refusal });
    const kept = this.there.get(name);
    if (kept) return this.show(kept);
    const refusal = await this.measure(order);
    await this.show(refusal === null ? (await this.kept(name, order.order))! : { name, refusal });
    this.say();
  }

  /** What the folder has of a law, where that is what is asked for. */
  private async kept(name: MeasurementName, order: string): Promise<Done | null> {
    const folder = this.folder(name);
    if (!existsSync(join(folder, 'result.json'))) return null;
    const result = (await readJson(join(folder, 'result.json'))) as { readonly order?: string };
    if (result.order !== order) return null;
    const figure = existsSync(join(folder, 'figure.svg')) ? await readText(join(folder, 'figure.svg')) : null;
    return rowOf(name, result, figure);
  }

  /** Why it is not about this problem, where only its data tell; else null, and its result lies in its folder. */
  private async measure({ name, plan, order }: Extract<Order, { plan: Plan }>): Promise<string | null> {
    const quiet = this.args.on('quiet');
    const judged = judgedFor(plan, this.asked);
    const folder = this.folder(name);
    try {
      await judgeInto(
        {
          ...judged,
          known: { ...judged.known, order },
          run: async (means) => ({ ...(await judged.run(means)), order }),
        },
        {
          folder,
          title: `${name}, ${this.rows.length + 1} of ${this.orders.length}`,
          quiet,
          interruption: this.interruption,
          begin: async () => {
            await this.begin();
            await mkdir(folder, { recursive: true });
            await removeOutputs(folder);
          },
          onEngine: (line) => {
            if (!quiet && !this.said) process.stderr.write(`${line}\n`);
            this.said = true;
          },
        },
      );
    } catch (error) {
      if (error instanceof ConfigError && this.asked.source !== null) return error.message;
      // its result says so, and others may hold
      if (!(error instanceof DivergedError)) throw error;
    }
    return null;
  }

  private async begin(): Promise<void> {
    if (this.begun) return;
    this.begun = true;
    await this.out.claim();
    this.interruption.begin();
  }

  private folder(name: MeasurementName): string {
    return join(this.out.path, name);
  }

  /** The page is whole after every law: who stops here has it, too. */
  private async show(row: Row): Promise<void> {
    await this.begin();
    this.rows.push(row);
    const laws = { rows: this.rows, of: this.orders.length, control: this.asked.control };
    await writeWhole(this.out.path, 'report.html', pageOfLaws({ ...laws, command: commandOf() }));
  }

  /** What the last one came to, and how long the others will take by what those took that are done. */
  private say(): void {
    const { length } = this.rows;
    const row = this.rows[length - 1];
    const missing = this.orders
      .slice(length)
      .filter((order) => 'plan' in order && !this.there.has(order.name)).length;
    if (this.args.on('quiet') || !('verdict' in row) || missing === 0) return;
    const times = this.rows.flatMap((one) => ('seconds' in one ? [one.seconds] : []));
    const mean = times.reduce((sum, seconds) => sum + seconds, 0) / times.length;
    process.stderr.write(
      `${length} of ${this.orders.length}: ${wordsOf(row)}, about ${duration(mean * missing)} left for ${counted(missing, 'law')}\n`,
    );
  }
}

const wordsOf = ({ name, verdict, seconds }: Done): string =>
  `${name} ${verdict === 'undecided' ? 'is undecided' : verdict} (${seconds.toFixed(1)} s)`;

const summaryOf = (row: Row): object => {
  if ('refusal' in row) return row;
  const { name, verdict, r2, testR2, seconds } = row;
  return { name, verdict, r2, testR2, seconds };
};

function lineOf(row: Row): string {
  if ('refusal' in row) return `refused    ${row.name}: ${row.refusal}\n`;
  const { name, verdict, r2, seconds } = row;
  const learned = r2 === null ? '' : `, R² ${r2.toPrecision(3)}`;
  return `${(verdict === 'fails' ? 'FAILS' : verdict).padEnd(10)} ${name} in ${seconds.toFixed(1)} s${learned}\n`;
}
