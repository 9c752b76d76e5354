/** How much was learned where a measurement or an experiment ended: what its law or figure is worth there. */
import { shapeOf } from '../../core/shape.ts';
import { replicasOf, type Engine, type Problem } from '../../engines/engine.ts';
import { r2, r2OfLoss } from '../data/encoding.ts';
import type { Prepared } from '../prepare.ts';

/**
 * R² of the trained systems, training rows and rows held out: of the widest of those that ran longest, the mean over
 * replicas. Null where nothing was trained, or the loss is no square of f − y on rows that stay.
 */
export interface HowMuch {
  readonly r2: number | null;
  readonly testR2: number | null;
  /** In place of an R² where nothing can be learned: why. */
  readonly unlearned?: string;
}

/** Relative: times, and rates, that differ by rounding are one. */
const ROUNDING = 1e-9;

/** The effective rate n^(κ−2a+1) of f falls with n: the wider, the less is learned in any fixed time. */
export const UNLEARNED = 'κ < 2a − 1: nothing is learned in a fixed time as n grows';
const isHopeless = ({ speed, outer, n }: Problem): boolean => speed * outer * n < 1 - ROUNDING;

interface Noted {
  readonly t: number;
  readonly n: number;
  readonly replicas: number;
  readonly r2: number;
  readonly testR2: number;
}

export class Learned {
  private readonly noted: Noted[] = [];
  private isAside = false;
  private wasHopeless = false;
  private readonly held = new WeakMap<Engine, number>();

  /** The engine, of which a note is taken as it goes. */
  watch<E extends Engine>(engine: E): E {
    const destroy = engine.destroy.bind(engine);
    engine.destroy = () => {
      this.note(engine);
      destroy();
    };
    return engine;
  }

  /** Of what is measured beside the law's own systems nothing is noted. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.isAside = true;
    try {
      return await work();
    } finally {
      this.isAside = false;
    }
  }

  /** What an engine that is about to go makes of rows held out. */
  async test(engine: Engine, test: Prepared['test']): Promise<void> {
    if (!test || engine.step === 0 || engine.problem.loss !== 'squared') return;
    const { c } = shapeOf(engine.problem);
    const f = await engine.predict(test.x);
    const size = test.y.length;
    let sum = 0;
    for (let k = 0; k < f.length; k += size) sum += r2(f.subarray(k, k + size), test.y, c);
    this.held.set(engine, (sum * size) / f.length);
  }

  get howMuch(): HowMuch {
    const seen = { r2: this.mean('r2'), testR2: this.mean('testR2') };
    return this.wasHopeless && this.noted.length === 0 ? { ...seen, unlearned: UNLEARNED } : seen;
  }

  private note(engine: Engine): void {
    const { step, loss, problem } = engine;
    if (this.isAside || step === 0 || problem.loss !== 'squared' || problem.stream) return;
    if (isHopeless(problem)) {
      this.wasHopeless = true;
      return;
    }
    this.noted.push({
      t: step * problem.dt,
      n: problem.n,
      replicas: replicasOf(problem),
      r2: r2OfLoss(loss, problem.y, shapeOf(problem).c),
      testR2: this.held.get(engine) ?? NaN,
    });
  }

  /** The widest of those that ran longest. */
  private get last(): readonly Noted[] {
    const longest = Math.max(...this.noted.map(({ t }) => t));
    const late = this.noted.filter(({ t }) => t >= longest * (1 - ROUNDING));
    const widest = Math.max(...late.map(({ n }) => n));
    return late.filter(({ n }) => n === widest);
  }

  private mean(of: 'r2' | 'testR2'): number | null {
    let [sum, count] = [0, 0];
    for (const noted of this.last) {
      sum += noted.replicas * noted[of];
      count += noted.replicas;
    }
    return Number.isFinite(sum) && count > 0 ? sum / count : null;
  }
}
