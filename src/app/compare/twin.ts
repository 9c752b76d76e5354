/**
 * A run beside the page's own: the present configuration with one difference, from the same initial draws, on
 * an engine of its own. It is always where the page's run is, as near as its dt allows: it steps after it, and
 * the page's next step waits for it.
 */
import { mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { sameJson } from '../../core/words/json.ts';
import { differences } from './difference.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { Opener } from '../run/opening.ts';
import type { Page } from '../page.ts';
import { Session } from '../run/session.ts';
import { say } from '../say.ts';

/** Rounding of t must not cost a step, in steps. */
const SLACK = 1e-6;

export class Twin {
  private readonly opener: Opener;
  readonly session: Session;
  private readonly off = new AbortController();
  /** What of the page's run it mirrors, and with which difference. */
  private mirrored: { readonly prepared: Prepared; readonly over: ConfigInput } | null = null;
  private behind = false;
  /** The page's run has moved since this one was last asked to follow. */
  private moved = false;
  /** Settles when no engine is being made. */
  private opening: Promise<unknown> = Promise.resolve();

  /** `over` says what the other run has, beside a configuration of the page's. */
  constructor(
    private readonly page: Page,
    private over: (config: Config) => ConfigInput,
  ) {
    const { session, platform, data } = page;
    this.opener = new Opener(platform, data);
    this.session = new Session(this.opener);
    const on = (event: string, work: () => void): void =>
      session.events.addEventListener(event, work, { signal: this.off.signal });
    on('replaced', () => this.mirror());
    on('state', () => this.retune());
    on('advanced', () => this.follow());
  }

  /** Both begin again, from t = 0, with another difference or the same. */
  async begin(over = this.over): Promise<void> {
    this.over = over;
    if (this.page.session.prepared) await this.page.session.reset();
  }

  /** Frees the engine. */
  close(): void {
    this.off.abort();
    this.page.session.pace.followed = Infinity;
    this.page.twin.put(null);
    // there may be none yet
    void this.opening.then(() => this.session.ask(async (engine) => engine.destroy())).catch(() => undefined);
  }

  private get closed(): boolean {
    return this.off.signal.aborted;
  }

  /** The page's run is another, or begins again. */
  private mirror(): void {
    const { session } = this.page;
    if (session.state === 'recovering') return;
    // it goes on under other settings: no run to compare
    if (session.metrics().step > 0) return this.page.act(() => session.reset());
    this.page.act(() => session.ask(() => this.take()));
  }

  private async take(): Promise<void> {
    const { prepared } = this.page.session;
    const { config } = prepared!;
    const over = this.over(config);
    const before = this.mirrored;
    if (this.closed) return;
    this.mirrored = null; // where no engine can be made, none is kept for the next time
    if (before?.prepared.problem === prepared!.problem && sameJson(before.over, over))
      await this.session.reset();
    else await this.open(config, over);
    this.mirrored = { prepared: prepared!, over };
    this.tellFigures();
  }

  private open(config: Config, over: ConfigInput): Promise<void> {
    const opened = this.session.open(mergeConfig(config, over));
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  private tellFigures(): void {
    const { prepared } = this.page.session;
    const own = prepared!.config;
    const twin = this.session.config();
    const named = (clauses: readonly string[]): string => clauses.join(', ') || say('the same');
    if (!this.closed)
      this.page.twin.put({
        name: named(differences(twin, own)),
        ownName: named(differences(own, twin)),
        session: this.session,
      });
  }

  /** Another dt alone leaves θ where it is, here as there. */
  private retune(): void {
    const { session } = this.page;
    const { prepared } = session;
    if (
      !prepared ||
      !this.mirrored ||
      prepared === this.mirrored.prepared ||
      prepared.problem !== this.mirrored.prepared.problem
    )
      return;
    const over = this.over(prepared.config);
    this.mirrored = { prepared, over };
    this.page.act(() =>
      session.ask(async () => {
        await this.session.configure({ dynamics: { dt: mergeConfig(prepared.config, over).dynamics!.dt } });
        this.tellFigures();
      }),
    );
  }

  private follow(): void {
    this.moved = this.behind;
    if (this.behind) return;
    this.behind = true;
    void this.page.session
      .ask(() => this.catchUp())
      .catch(() => undefined) // what went wrong stands in its caption
      .finally(() => {
        this.behind = false;
        if (this.moved && !this.closed) this.follow();
      });
  }

  /** Steps until the next one would lead beyond the page's run. */
  private async catchUp(): Promise<void> {
    const { session } = this.page;
    const { session: twin } = this;
    if (!twin.engine || twin.state === 'error') return;
    const goal = session.metrics().t;
    const { dt } = twin.config().dynamics;
    const steps = (): number => Math.floor((goal - twin.metrics().t) / dt + SLACK);
    for (let left = steps(); left > 0 && !this.closed; left = steps())
      await twin.step(Math.min(left, twin.pace.steps));
    if (!this.closed)
      session.pace.followed = Math.max(1, Math.floor((twin.pace.steps * dt) / session.config().dynamics.dt));
  }
}
