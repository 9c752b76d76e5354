/**
 * What is asked of a run's configuration. While one choice is carried out, a later one supersedes it and is laid on it:
 * what nobody wants any more is not waited for, and the last choice is what runs.
 */
import { mergeConfig, type ConfigInput } from '../../core/config/config.ts';
import type { Serial } from '../../core/serial.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import { changeOf, type Change } from './change.ts';
import type { Running } from './opening.ts';

interface Choice {
  readonly over: ConfigInput;
  /** In place of what there is, not laid on it. */
  readonly whole: boolean;
  readonly done: () => void;
  readonly refuse: (error: unknown) => void;
}

/** What some choices, one laid on the other, come to. */
export interface Plan {
  readonly input: ConfigInput;
  readonly change: Change;
}

/** From the least to what takes the others with it. */
const ORDER: readonly Change[] = ['step', 'engine', 'draw'];

export class Choices {
  /** Those that a next one may supersede. */
  private open: Choice[] = [];
  private under: { readonly group: readonly Choice[]; readonly stop: AbortController } | null = null;

  /** `carryOut` rejects, and changes nothing, where it cannot or its signal is aborted. */
  constructor(
    private readonly queue: Serial,
    private readonly present: () => Running | null,
    private readonly carryOut: (plan: Plan, signal: AbortSignal) => Promise<void>,
  ) {}

  /** A later choice waits: what comes next is not what was chosen last. */
  get pending(): boolean {
    return this.open.length > 0;
  }

  /** What is asked for between two choices finds the first one carried out. */
  seal(): void {
    this.open = [];
  }

  /** Settles when it, and what is laid on it meanwhile, runs; rejects where it does not fit. */
  add(over: ConfigInput, whole = false): Promise<void> {
    const group = this.open;
    const settled = new Promise<void>((done, refuse) => group.push({ over, whole, done, refuse }));
    if (this.under?.group === group) this.under.stop.abort();
    void this.queue.run(() => this.settle(group));
    return settled;
  }

  private async settle(group: Choice[]): Promise<void> {
    while (group.length > 0) {
      const batch = group.splice(0);
      const stop = new AbortController();
      this.under = { group, stop };
      const left = await this.tryAll(batch, stop.signal);
      this.under = null;
      group.unshift(...left);
    }
  }

  /** Carries out all of them at once, else one by one; those that are left where a later one supersedes them. */
  private async tryAll(batch: readonly Choice[], signal: AbortSignal): Promise<readonly Choice[]> {
    const { fitting, plan } = this.planOf(batch);
    if (!plan) return [];
    try {
      await this.carryOut(plan, signal);
      for (const choice of fitting) choice.done();
      return [];
    } catch (error) {
      if (signal.aborted) return fitting;
      if (fitting.length > 1) return this.tryEach(fitting, signal);
      fitting[0].refuse(error);
      return [];
    }
  }

  private async tryEach(batch: readonly Choice[], signal: AbortSignal): Promise<readonly Choice[]> {
    for (const [i, choice] of batch.entries()) {
      const left = await this.tryAll([choice], signal);
      if (signal.aborted) return [...left, ...batch.slice(i + 1)];
    }
    return [];
  }

  /** What they come to; one that is not valid is refused and left out. */
  private planOf(batch: readonly Choice[]): { fitting: readonly Choice[]; plan: Plan | null } {
    const fitting: Choice[] = [];
    let plan: Plan | null = null;
    for (const choice of batch)
      try {
        plan = this.laidOn(plan, choice);
        fitting.push(choice);
      } catch (error) {
        choice.refuse(error);
      }
    return { fitting, plan };
  }

  private laidOn(before: Plan | null, { over, whole }: Choice): Plan {
    if (whole) return { input: over, change: 'draw' };
    const present = this.present();
    if (!before && !present) throw new Error('the page is still loading: await mckean.ready');
    const below = before?.input ?? present!.input;
    const input = over.preset === undefined ? mergeConfig(below, over) : over;
    const was = before ? resolveConfig(before.input) : present!.prepared.config;
    const change = changeOf(was, over, input);
    return { input, change: before && isMore(before.change, change) ? before.change : change };
  }
}

const isMore = (one: Change, other: Change): boolean => ORDER.indexOf(one) > ORDER.indexOf(other);
