/** What the page knows of data: files that were brought, and how tables and runs are made of them while it answers. */
import type { Config } from '../../core/config/config.ts';
import { DATASETS, type Dataset } from '../../core/datasets.ts';
import { memberOf, usualRows } from '../../core/generators/dataset.ts';
import type { Files } from '../../experiments/data/table.ts';
import { KeptTable } from '../../experiments/data/kept-table.ts';
import { prepare, type Prepared } from '../../experiments/prepare.ts';
import { RemoteDesk } from './desk/remote.ts';
import { LongWork } from './long-work.ts';
import { OwnFiles } from './own-files.ts';

/** Bytes of files, and numbers that are drawn, which the page itself makes ready within a few hundredths of a second. */
const SMALL_FILE = 2 ** 17;
const FEW_NUMBERS = 2 ** 17;

export class PageData {
  readonly files: OwnFiles;
  private readonly work: LongWork;
  private readonly desk: RemoteDesk;
  private readonly kept = new KeptTable();

  /** `say` gets a sentence while work lasts, and '' when it is over; `draw`: see `Files`. */
  constructor(say: (sentence: string) => void, draw: Files['draw'] = null) {
    this.work = new LongWork(say);
    this.files = new OwnFiles((task, share) => this.work.turn(task, share), new Map(), draw);
    this.desk = new RemoteDesk(this.files, (task, share) => this.work.tell(task, share));
  }

  look: RemoteDesk['look'] = (file, choice) => this.during(this.desk.look(file, choice));
  choose: RemoteDesk['choose'] = (file, choice) => this.during(this.desk.choose(file, choice));
  prepare = (config: Config, mostBytes: number): Promise<Prepared> =>
    this.during(
      this.isLarge(config)
        ? this.desk.prepare(config, mostBytes)
        : prepare(config, this.files, mostBytes, this.kept.load),
    );

  /** Whether it takes so long to make ready that the page leaves it to others. */
  isLarge({ data, initial }: Config): boolean {
    const named = [
      ...('csv' in data ? [data.csv] : 'npy' in data ? [data.npy.x, data.npy.y] : []),
      ...(initial.npy === undefined ? [] : [initial.npy]),
    ];
    if (named.some((path) => this.files.sizeOf(path) > SMALL_FILE)) return true;
    if (!('dataset' in data)) return false;
    const dataset: Dataset = DATASETS[data.dataset];
    const member = memberOf(dataset, data);
    return (data.samples ?? usualRows(dataset, member)) * (1 + member.dimension) > FEW_NUMBERS;
  }

  wait = <T>(sentence: string, work: Promise<T>): Promise<T> => this.work.wait(sentence, work);

  /** Ends what is said to last. */
  stop(): void {
    this.work.stop();
    this.desk.stop();
  }

  /** Work that tells of itself through `files` is over when this settles. */
  async during<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      this.work.over();
    }
  }
}
