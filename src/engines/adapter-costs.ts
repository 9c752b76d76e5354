/** What sums cost on an adapter: as it was measured there, else as on its class. */
import { classOf, COST_NAMES, COSTS, type Costs, type MachineCosts } from '../core/methods/costs.ts';
import type { GpuContext } from '../gpu/device.ts';
import { entriesIn, type Store } from './store.ts';

type Adapter = Pick<GpuContext, 'adapter' | 'driver' | 'software'>;

/** Costs that were measured on an adapter. */
export interface CostsEntry {
  readonly adapter: string;
  readonly driver: string;
  readonly costs: Costs;
  /** ISO 8601. */
  readonly when: string;
}

export function adapterCosts(gpu: Adapter, store: Store | undefined): MachineCosts {
  const known = COSTS[classOf(gpu)];
  const own = costsRemembered(gpu, store);
  return own ? { ...known, costs: own.costs, timed: true } : known;
}

/** Those that were measured on this adapter by this driver; null where there are none. */
export const costsRemembered = (gpu: Adapter, store: Store | undefined): CostsEntry | null =>
  entriesIn(store, isEntry).find((entry) => isOf(entry, gpu)) ?? null;

export function rememberCosts({ adapter, driver }: Adapter, costs: Costs, store: Store | undefined): void {
  const entry = { adapter, driver, costs, when: new Date().toISOString() };
  store?.set([...entriesIn(store, isEntry).filter((other) => !isOf(other, entry)), entry]);
}

const isOf = (entry: CostsEntry, { adapter, driver }: Pick<Adapter, 'adapter' | 'driver'>): boolean =>
  entry.adapter === adapter && entry.driver === driver;

function isEntry(value: unknown): value is CostsEntry {
  const { adapter, driver, when, costs } = (value ?? {}) as Record<keyof CostsEntry, unknown>;
  const numbers = (costs ?? {}) as Partial<Record<string, unknown>>;
  return (
    [adapter, driver, when].every((text) => typeof text === 'string') &&
    COST_NAMES.every((name) => Number.isFinite(numbers[name]) && (numbers[name] as number) >= 0)
  );
}
