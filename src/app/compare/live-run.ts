/** Follows the losses of a session over t, and tells one run of it from the next. */
import type { Config } from '../../core/config/config.ts';
import type { LossRecord, Problem } from '../../engines/engine.ts';
import { decimate, type Curve } from '../../views/plots/decimate.ts';
import type { Session } from '../run/session.ts';

/** From t on, steps of length dt: one entry a change of dt. */
interface Stretch {
  readonly t: number;
  readonly step: number;
  readonly dt: number;
}

/** Points that are kept of a run, and up to twice as many. */
const POINTS = 2000;

export class LiveRun {
  private problem: Problem | null = null;
  private config: Config | null = null;
  private seen: readonly LossRecord[] | null = null;
  private curve: { x: number[]; y: number[] } = { x: [], y: [] };
  private stretches: Stretch[] = [];
  private readonly off = new AbortController();

  /**
   * `take` is given new points, `fresh` where another run begins with them; `over` the run that has ended
   * before.
   */
  constructor(
    readonly session: Session,
    private readonly take: (points: Curve, fresh: boolean) => void,
    private readonly over: (config: Config, curve: Curve) => void,
  ) {
    for (const event of ['advanced', 'replaced'])
      session.events.addEventListener(event, () => this.follow(), { signal: this.off.signal });
  }

  /** Takes what the session's last batch of steps brought, once. */
  follow(): void {
    const { prepared, losses } = this.session;
    if (!prepared || losses === this.seen || losses.length === 0) return;
    this.seen = losses;
    const points = {
      x: losses.map(({ step }) => this.session.timeOf(step)),
      y: losses.map(({ loss }) => loss),
    };
    const fresh = prepared.problem !== this.problem || points.x[0] < (this.curve.x.at(-1) ?? -Infinity);
    if (fresh) this.end();
    this.problem = prepared.problem;
    this.config = prepared.config;
    this.note({ t: points.x[0], step: losses[0].step, dt: prepared.config.dynamics.dt });
    this.grow(points);
    this.take(points, fresh);
  }

  /** The step that ended at t, one of the times that `take` was given. */
  stepOf(t: number): number {
    const { t: from, step, dt } = this.stretches.findLast((stretch) => stretch.t <= t)!;
    return step + Math.round((t - from) / dt);
  }

  /** Follows no longer; what there is of a curve is handed over. */
  stop(): void {
    this.off.abort();
    this.end();
  }

  private grow({ x, y }: Curve): void {
    this.curve.x.push(...x);
    this.curve.y.push(...y);
    if (this.curve.x.length <= 2 * POINTS) return;
    const thinned = decimate(this.curve, POINTS);
    this.curve = { x: [...thinned.x], y: [...thinned.y] };
  }

  private note(stretch: Stretch): void {
    if (this.stretches.at(-1)?.dt !== stretch.dt) this.stretches.push(stretch);
  }

  private end(): void {
    if (this.config) this.over(this.config, this.curve);
    this.curve = { x: [], y: [] };
    this.stretches = [];
  }
}
