/**
 * A loss that has run away though it is a number still: what is seen, why, and what to do, in a sentence that stands
 * until the loss is back or another run begins.
 */
import { stableStep, stableStepAt } from '../../experiments/stable-step.ts';
import type { Session } from './session.ts';
import { say } from '../say.ts';

/** Times the least loss so far: gradient descent that overshoots once and catches itself stays below. */
const FAR = 1e4;
/** Neurons that tell where a step is stable. */
const SAMPLE = 4096;

export class Runaway {
  sentence = '';
  private least = Infinity;
  private isAway = false;

  /** `changed`: there is another sentence, or none. */
  constructor(
    private readonly session: Pick<Session, 'events' | 'live' | 'config' | 'ask'>,
    private readonly changed: () => void,
  ) {
    session.events.addEventListener('replaced', () => this.begin());
    session.events.addEventListener('advanced', () => this.look());
  }

  /** The person has read it. */
  dismiss(): void {
    this.sentence = '';
  }

  private begin(): void {
    this.least = Infinity;
    this.isAway = false;
    this.say('');
    this.look();
  }

  private look(): void {
    const engine = this.session.live;
    if (!engine || engine.problem.stream) return; // a batch's loss is of other rows each time
    const { loss } = engine;
    this.least = Math.min(this.least, loss);
    const isAway = loss > FAR * this.least && loss > this.least + 1;
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    if (!isAway) return this.say('');
    const { least } = this;
    void this.reason(loss, least)
      .then((sentence) => this.isAway && this.least === least && this.say(sentence))
      .catch(() => undefined); // of an engine that is gone
  }

  private async reason(loss: number, least: number): Promise<string> {
    const { dt, integrator } = this.session.config().dynamics;
    const limits = await this.session.ask(async (engine) => ({
      now: stableStepAt(engine.problem, (await engine.sample(SAMPLE)).theta),
      first: stableStep(engine.problem),
    }));
    const isTold = limits.now > 0; // numbers may be too large to tell
    const limit = isTold ? limits.now : limits.first;
    const most = limit.toPrecision(2);
    const reason = isTold
      ? say('is above ≈ {most}, the longest that is stable where the run is', { most })
      : say('is above ≈ {most}, the longest that is stable where the run began', { most });
    const why = integrator === 'euler' && dt > limit ? reason : say('is too long here');
    return say(
      'The loss has run away, from {least} to {loss} and on: the step dt = {dt} {why}. Take a shorter step or fewer neurons, then Reset.',
      { least: least.toPrecision(2), loss: loss.toPrecision(2), dt, why },
    );
  }

  private say(sentence: string): void {
    if (sentence === this.sentence) return;
    this.sentence = sentence;
    this.changed();
  }
}
