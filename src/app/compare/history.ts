/** Loss curves of runs that are over: the last few, each named by what tells it from the run of today. */
import type { Config } from '../../core/config/config.ts';
import { decimate, type Curve } from '../../views/plots/decimate.ts';
import { comparable, differences } from './difference.ts';
import { say } from '../say.ts';

export interface Earlier {
  readonly config: Config;
  readonly curve: Curve;
}

export interface Named {
  readonly name: string;
  readonly curve: Curve;
}

const MOST = 8;
/** Points of a kept curve: one every pixel of a common chart. */
const POINTS = 400;
/** Clauses of a name. */
const CLAUSES = 3;

export class History {
  private runs: readonly Earlier[] = [];

  /**
   * Keeps a run that is over; of runs with the same settings the one that went furthest. A single point is no
   * curve.
   */
  keep(config: Config, curve: Curve): void {
    if (curve.x.length < 2) return;
    const twin = this.runs.find((run) => differences(run.config, config).length === 0);
    if (twin && twin.curve.x.at(-1)! > curve.x.at(-1)!) return;
    const { x, y } = decimate(curve, POINTS);
    this.runs = [...this.runs.filter((run) => run !== twin), { config, curve: { x: [...x], y: [...y] } }].slice(
      -MOST,
    );
  }

  clear(): void {
    this.runs = [];
  }

  /** Those whose loss compares with that of a run, oldest first, under names that are all different. */
  beside(config: Config): Named[] {
    const names = new Map<string, number>();
    return this.runs
      .filter((run) => comparable(run.config, config))
      .map((run) => {
        const name = nameOf(differences(run.config, config));
        const count = (names.get(name) ?? 0) + 1;
        names.set(name, count);
        return { name: count > 1 ? `${name} (${count})` : name, curve: run.curve };
      });
  }
}

function nameOf(clauses: readonly string[]): string {
  if (clauses.length === 0) return say('same, earlier');
  const more = clauses.length - CLAUSES;
  return clauses.slice(0, CLAUSES).join(', ') + (more > 0 ? ` +${more}` : '');
}
