/** A table is made once for all that is tried with it. */
import type { Data } from '../../core/config/config.ts';
import type { Table } from '../../core/datasets.ts';
import { sameJson } from '../../core/words/json.ts';
import { loadTable, type Files } from './table.ts';

export class KeptTable {
  private last: { readonly data: Data; readonly oneHot: boolean; readonly table: Table } | null = null;

  constructor(private readonly make: typeof loadTable = loadTable) {}

  /** As `loadTable`; the last one again where it is that. */
  readonly load = async (data: Data, files: Files, oneHot = false): Promise<Table> => {
    const { last } = this;
    if (last && last.oneHot === oneHot && sameJson(last.data, data)) return last.table;
    const table = await this.make(data, files, oneHot);
    this.last = { data, oneHot, table };
    return table;
  };
}
