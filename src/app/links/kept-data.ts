/** The person's own data where they are too long for an address: a reload of the tab finds them. */
import type { Table } from '../../core/datasets.ts';
import { portable } from '../../experiments/portable.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { lacksData } from './link.ts';
import type { TabStore } from './tab-store.ts';

const LINK = 'link';
const DATA = 'data';

export class KeptData {
  private table: Table | null = null;
  private written = false;

  constructor(private readonly tab: TabStore) {}

  /** The tab keeps what the link that it shows lacks. */
  get isComplete(): boolean {
    return this.written;
  }

  /** The page's address is another one. */
  note(link: string, { config, source }: Pick<Prepared, 'config' | 'source'>): void {
    if (!lacksData(link)) return;
    if (source !== this.table) {
      this.table = source;
      this.written = this.tab.set(DATA, JSON.stringify(portable(config, source).data));
    }
    this.tab.set(LINK, this.written ? link : null);
  }

  /** JSON of the data that were left out of this link, where this tab has shown it. */
  of(link: string): string | null {
    return this.tab.get(LINK) === link ? this.tab.get(DATA) : null;
  }
}
