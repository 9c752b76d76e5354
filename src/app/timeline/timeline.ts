/** Looking back: moments of the run are kept while it goes, and shown again in its place. */
import { outputsIn, type Engine } from '../../engines/engine.ts';
import { sameJson } from '../../core/words/json.ts';
import { shapeOf } from '../../core/shape.ts';
import { pictureOf } from '../cloud/picture.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { copyText } from '../shell/copy.ts';
import { pin } from '../pins/pins.ts';
import { Bar } from './bar.ts';
import { Keeper, neuronsKept, OUTPUTS, type Kept } from './kept.ts';
import { momentsOf } from './moments.ts';
import { PastRun } from './past.ts';
import { momentLink } from './link.ts';
import { say } from '../say.ts';

/** Milliseconds between two looks of the bar while the run goes on. */
const REFRESH = 250;

export class Timeline {
  private readonly keeper = new Keeper<Kept>();
  /** Keeping may cost this share of the time. */
  private readonly turns = new Turns(0.05, 100);
  private readonly bar = new Bar(document.querySelector('.canvas')!, {
    show: (index) => this.page.act(() => this.show(index)),
    copyLink: () => this.page.act(() => this.copyLink()),
    pin: () => pin(this.page, this.page.cloud.snapshot(), say('The cloud')),
  });
  private past: PastRun | null = null;
  /** The moment that is shown, by its place. */
  private index: number | null = null;
  private drawn = -Infinity;

  constructor(private readonly page: Page) {
    const { events } = page.session;
    events.addEventListener('advanced', () => this.follow());
    events.addEventListener('replaced', () => this.begin());
    events.addEventListener('state', () => this.rest());
    events.addEventListener('shown', () => page.act(() => this.turn()));
    if (page.session.prepared) this.begin();
  }

  // --- keeping
  // ------------------------------------------------------------------------------------------------------

  private begin(): void {
    const engine = this.page.session.live!;
    const last = this.keeper.all.at(-1);
    const goesOn =
      last !== undefined &&
      engine.step > 0 &&
      engine.step >= last.step &&
      engine.problem.n === last.problem.n &&
      sameJson(shapeOf(engine.problem), shapeOf(last.problem));
    if (!goesOn) this.keeper.clear();
    this.bar.name([]);
    this.turns.hurry();
    this.follow();
  }

  private follow(): void {
    const { session } = this.page;
    this.draw();
    if (!session.live || session.isLookingBack || !this.keeper.wants(session.live.step)) return;
    void this.turns
      .take(
        (work) => session.ask(work),
        () => this.keep(session.live!),
      )
      .catch(() => undefined); // of an engine that is gone
  }

  private async keep(engine: Engine): Promise<void> {
    const { session } = this.page;
    if (session.isLookingBack || engine !== session.live || !this.keeper.wants(engine.step)) return;
    const { problem, step, loss } = engine;
    const t = session.timeOf(step);
    const sample = await engine.sample(neuronsKept(problem));
    const f = outputsIn(problem) <= OUTPUTS && !problem.stream ? await engine.f() : null;
    if (engine !== session.live || engine.step !== step || !this.keeper.wants(step)) return;
    this.keeper.add({ step, t, loss, sample, f, problem });
    this.rest();
  }

  /** The run stands: its moments have names. */
  private rest(): void {
    const { session } = this.page;
    if (session.state === 'running') this.bar.name([]);
    else if (session.state === 'paused' && !session.isLookingBack) this.bar.name(momentsOf(this.keeper.all));
    this.draw();
  }

  // --- showing
  // ------------------------------------------------------------------------------------------------------

  private async show(index: number | null): Promise<void> {
    const { session } = this.page;
    if (index === null) return session.lookBack(null);
    if (session.state === 'running') await session.pause();
    const kept = this.keeper.all[Math.min(index, this.keeper.all.length - 1)];
    this.index = this.keeper.all.indexOf(kept);
    this.past ??= new PastRun(kept, { ...session.live!.info, name: 'cpu', adapter: say('an earlier state') });
    this.past.go(kept);
    session.lookBack(this.past);
    this.draw();
  }

  /** What is shown is an earlier state, or no longer. */
  private async turn(): Promise<void> {
    const { session, cloud, rack } = this.page;
    const { engine, prepared } = session;
    if (!session.isLookingBack) this.index = this.past = null;
    this.draw();
    if (!engine || !prepared) return;
    await cloud.show(engine, prepared.encoding, pictureOf(prepared.config));
    await rack.begin();
  }

  private async copyLink(): Promise<void> {
    const { step } = this.keeper.all[this.index!];
    this.page.viewpoint.note();
    await copyText(momentLink(location.href, step));
    this.page.tell(
      say('A link that runs to step {step} and stops there is copied.', { step: step.toLocaleString('en') }),
    );
  }

  private draw(): void {
    const { session } = this.page;
    const now = performance.now();
    if (!session.live || (session.state === 'running' && now - this.drawn < REFRESH)) return;
    this.drawn = now;
    this.bar.show(this.keeper.all, this.index, session.metrics(true));
  }
}
