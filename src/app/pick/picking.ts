/**
 * Neurons that answer: the one under the pointer, or that a click, a tap or a key holds, with its ridge over f, its path
 * and its numbers; and the neurons that make f at the input that is looked at.
 */
import { shapeOf } from '../../core/shape.ts';
import type { ParticleSample, Problem } from '../../engines/engine.ts';
import { encodeInputs } from '../../experiments/data/encoding.ts';
import type { FitFigure } from '../figures/fit.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { Card } from './card.ts';
import { bindHands, REACH, type Answers, type Arrow, type Spot } from './hands.ts';
import { layerOf } from './layer.ts';
import { nearest, nextTowards, placesOf, type Places } from './nearest.ts';
import { OverFit } from './over-fit.ts';
import { Path } from './path.ts';
import { Probe } from './probe.ts';
import { LIT, makersOf } from './term.ts';
import { factsOf, inputText, litText, notesOf, notKeptText, spokenOf, titleOf } from './words.ts';
import { say } from '../say.ts';

/** Neurons that answer, at most. */
const MOST = 2 ** 14;
export class Picking implements Answers {
  private readonly turns = new Turns(0.15, 100);
  private readonly host = document.getElementById('cloud')!;
  private readonly card = new Card(this.host.parentElement!, () => this.letGo());
  private readonly overFit = new OverFit(() => this.card.show(this.told()));
  private readonly probe = new Probe((input) => this.lookAt(input));
  private readonly path = new Path();
  private sample: ParticleSample | null = null;
  private problem: Problem | null = null; // whose neurons these are
  /** A neuron's number, and where it is in the sample; −1 where it is not among those. */
  private picked: { readonly neuron: number; readonly index: number; readonly isHeld: boolean } | null = null;
  private pointer: Spot | null = null;
  private input: Float64Array | null = null;
  private lit: readonly number[] = [];
  private version = 0;
  private frame = 0;

  constructor(private readonly page: Page) {
    const { session, rack } = page;
    for (const event of ['advanced', 'replaced', 'state'])
      session.events.addEventListener(event, () => this.follow());
    session.events.addEventListener('replaced', () => this.card.say('')); // columns may be called otherwise
    for (const event of ['changed', 'drawn']) rack.events.addEventListener(event, () => this.show());
    bindHands(this.host, this);
    this.bind();
  }

  // --- what hands ask for
  // -------------------------------------------------------------------------------------------

  get isHolding(): boolean {
    return this.picked?.isHeld === true;
  }

  hover(spot: Spot | null): void {
    this.pointer = spot;
    if (this.isHolding) return;
    if (spot) this.soon();
    else this.letGo();
  }

  tap({ x, y }: Spot, reach: number): void {
    this.page.act(async () => {
      await this.look();
      this.hold(nearest(this.places(), x, y, reach));
    });
  }

  step(arrow: Arrow | null): void {
    this.page.act(async () => {
      await this.look();
      const { clientWidth, clientHeight } = this.host;
      const { picked } = this;
      if (!arrow || !picked || picked.index < 0)
        return this.hold(nearest(this.places(), clientWidth / 2, clientHeight / 2));
      const next = nextTowards(this.places(), picked.index, arrow);
      if (next < 0) this.card.say(say('No neuron further on'));
      else this.hold(next);
    });
  }

  escape(): boolean {
    if (!this.picked && !this.input) return false;
    this.letGo();
    this.lookAt(null);
    return true;
  }

  // --- what is picked
  // -----------------------------------------------------------------------------------------------

  /** Once a picture, however often the pointer moves. */
  private soon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.sample) this.aim();
      else this.follow();
    });
  }

  private aim(): void {
    const { pointer } = this;
    if (!pointer || this.isHolding) return;
    const index = nearest(this.places(), pointer.x, pointer.y, REACH);
    if (index < 0) this.letGo();
    else this.pick(index, false);
  }

  private hold(index: number): void {
    if (index < 0) return this.letGo();
    this.pick(index, true);
    this.card.say(spokenOf(this.told()!));
  }

  private pick(index: number, isHeld: boolean): void {
    const neuron = this.sample!.rows[index];
    if (neuron !== this.picked?.neuron) this.path.clear();
    this.picked = { neuron, index, isHeld };
    this.note();
    this.show();
  }

  private letGo(): void {
    if (!this.picked) return;
    this.card.say('');
    this.picked = null;
    this.path.clear();
    this.show();
  }

  private lookAt(input: Float64Array | null): void {
    this.input = input;
    if (input && !this.sample) return this.follow();
    this.light();
    this.show();
  }

  // --- the run
  // ------------------------------------------------------------------------------------------------------

  private get isWanted(): boolean {
    return this.picked !== null || this.pointer !== null || this.input !== null;
  }

  private follow(): void {
    if (this.isWanted)
      void this.turns
        .take(
          (work) => this.page.session.ask(work),
          () => this.read(),
        )
        .catch(() => undefined); // of an engine that is gone
    else this.sample = null;
  }

  /** The neurons as they are now. */
  private look(): Promise<void> {
    return this.page.session.ask(() => this.read());
  }

  private async read(): Promise<void> {
    const { engine } = this.page.session;
    const sample = await engine!.sample(MOST);
    if (engine !== this.page.session.engine) return;
    const isAlike = !this.sample || shapeOf(this.sample).width === shapeOf(sample).width;
    this.sample = sample;
    this.problem = this.page.session.prepared!.problem;
    const { picked } = this;
    if (picked && isAlike) this.picked = { ...picked, index: sample.rows.indexOf(picked.neuron) };
    else this.letGo();
    this.note();
    this.light();
    if (this.pointer && !this.isHolding) this.aim();
    this.show();
  }

  /** One more moment of the path. */
  private note(): void {
    const { picked, sample } = this;
    if (!picked || picked.index < 0 || !sample || this.page.session.isLookingBack) return;
    const { width } = shapeOf(sample);
    const row = sample.theta.slice(picked.index * width, (picked.index + 1) * width);
    this.path.note(this.page.session.metrics().step, row);
  }

  private light(): void {
    const { input, sample } = this;
    const { prepared } = this.page.session;
    this.lit = [];
    if (!input || !sample || !prepared) return;
    const x = encodeInputs(input, prepared.encoding);
    const output = this.fit?.output ?? 0;
    const { rows, share } = makersOf(prepared.problem, sample.theta, x, { output, ...LIT });
    this.lit = rows;
    this.card.say(litText(inputText(input, prepared.encoding), rows.length, sample.n, share));
  }

  // --- the picture
  // --------------------------------------------------------------------------------------------------

  private get fit(): FitFigure['view'] {
    return (this.page.rack.at('fit') as FitFigure | null)?.view ?? null;
  }

  private bind(): void {
    const { prepared } = this.page.session;
    if (!prepared) return;
    this.overFit.bind(this.fit);
    this.probe.bind(this.fit, document.getElementById('fit'), prepared.encoding);
  }

  private places(): Places {
    const { clientWidth: width, clientHeight: height } = this.host;
    const { camera, drawnAxes } = this.page.cloud;
    return placesOf(this.sample!, camera.matrix(width / height), drawnAxes, { width, height });
  }

  private told() {
    const { picked, sample, pointer } = this;
    const { prepared } = this.page.session;
    if (!picked || !sample || !prepared) return null;
    const { problem, encoding } = prepared;
    const isThere = picked.index >= 0;
    if (!isThere && !this.page.session.isLookingBack) return null;
    return {
      title: titleOf(picked.neuron, problem.n),
      facts: isThere ? factsOf(sample, picked.index, problem, encoding, this.page.cloud.axes) : [],
      notes: isThere ? notesOf(problem, sample.n, this.path, this.overFit.scale) : [notKeptText(sample.n)],
      isHeld: picked.isHeld,
      isLeft: (pointer?.x ?? 0) > this.host.clientWidth / 2,
    };
  }

  private show(): void {
    this.bind();
    const { picked, sample, lit, input, page } = this;
    const { prepared } = page.session;
    if (sample && prepared?.problem !== this.problem) return; // of the run before: that of now is being read
    const index = sample && picked && picked.index >= 0 ? picked.index : null;
    this.overFit.showInput(input);
    if (prepared) this.overFit.showRidge(prepared, index === null ? null : sample!.theta, index ?? 0);
    this.version++;
    const isEmpty = !sample || (index === null && lit.length === 0);
    page.cloud.lay(isEmpty ? null : layerOf(this.version, sample, index, lit, this.path));
    this.card.show(this.told());
  }
}
