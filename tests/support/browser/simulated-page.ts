/**
 * A page on a display of 60 Hz and the device that it has, as a model on a clock of its own: a queue that works in
 * order, answers that are on their way for a while, and frames that come when no more than one picture is behind.
 */
import type { AdvanceOptions, Engine, LossRecord } from '../../../src/engines/engine.ts';
import type { Spent } from '../../../src/gpu/schedule.ts';
import type { Pace } from '../../../src/app/run/steps/pace.ts';
import { Stepping } from '../../../src/app/run/steps/stepping.ts';

export const FRAME = 1000 / 60;

export interface Machine {
  /** Milliseconds a step and a picture; or that of each frame. */
  readonly step: number;
  readonly draw: number | ((frame: number) => number);
  /** Milliseconds from the end of work to its answer, at least; and by how much more, from answer to answer. */
  readonly latency?: number;
  readonly jitter?: number;
  /** Milliseconds of the clock's ticks. */
  readonly tick?: number;
  /** An engine beside the device that draws: it does not tell what it did, and does all at once. */
  readonly beside?: boolean;
}

export interface Seen {
  /** Share of the display's frames in which a new picture was asked for. */
  readonly drawn: number;
  /** Milliseconds of stepping in a picture's time, and their share of all time. */
  readonly stepping: number;
  readonly share: number;
  /** Of each batch. */
  readonly steps: readonly number[];
  /** Steps a second. */
  readonly rate: number;
}

/** What is due, in the order of its time. */
class Timeline {
  now = 0;
  private due: { readonly at: number; readonly done: () => void }[] = [];

  at(time: number): Promise<void> {
    return new Promise((done) => {
      const i = this.due.findIndex((other) => other.at > time);
      this.due.splice(i < 0 ? this.due.length : i, 0, { at: time, done });
    });
  }

  /** Lets everything happen that is due by then. */
  async until(time: number): Promise<void> {
    while (this.due.length > 0 && this.due[0].at <= time) {
      const next = this.due.shift()!;
      this.now = Math.max(this.now, next.at);
      next.done();
      await turn();
    }
    this.now = time;
    await turn();
  }
}

/** All that follows at once has followed. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

class Device {
  /** When all that is in the queue is done. */
  free = 0;
  step = 0;
  loss = 1;
  asked = 0;
  spent: Spent | undefined;
  /** Milliseconds of steps. */
  worked = 0;
  readonly batches: number[] = [];
  private total: Spent = { busy: 0, waited: 0, apart: 0 };
  private under: { readonly to: number; readonly answer: Promise<Spent> }[] = [];
  private lastDone = 0;
  private lastAnswer = 0;
  private random = 1;

  constructor(
    private readonly time: Timeline,
    private readonly machine: Machine,
  ) {
    if (!machine.beside) this.spent = this.total;
  }

  /** As src/engines/webgpu/run.ts and src/gpu/schedule.ts do it. */
  async advance(k: number, { ahead = false }: AdvanceOptions): Promise<LossRecord[]> {
    const { time, machine } = this;
    if (k > 0) {
      this.asked += k;
      this.batches.push(k);
      this.worked += k * machine.step;
    }
    if (machine.beside) {
      await time.at(time.now + k * machine.step + this.late());
      this.step = this.asked;
    } else {
      if (k > 0) this.under.push({ to: this.asked, answer: this.submit(k * machine.step) });
      while (this.under.length > (ahead ? 1 : 0)) {
        const { to, answer } = this.under.shift()!;
        this.spent = await answer;
        this.step = to;
      }
    }
    return [{ step: this.step, loss: this.loss }];
  }

  private async submit(work: number): Promise<Spent> {
    const submitted = this.seen(this.time.now);
    const others = this.answer(Math.max(this.free, this.time.now));
    this.free = Math.max(this.free, this.time.now) + work;
    const done = this.answer(this.free);
    const begun = Math.max(this.lastDone, await others);
    const now = await done;
    const { busy, waited, apart } = this.total;
    const from = Math.max(this.lastDone, begun);
    this.total = {
      busy: busy + now - from,
      waited: waited + from - submitted,
      apart: apart + from - this.lastDone,
    };
    this.lastDone = now;
    return this.total;
  }

  /** When it is known that the queue was done at `end`; answers keep their order. */
  private async answer(end: number): Promise<number> {
    this.lastAnswer = Math.max(this.lastAnswer, end + this.late());
    await this.time.at(this.lastAnswer);
    return this.seen(this.time.now);
  }

  private late(): number {
    const { latency = 1, jitter = 0 } = this.machine;
    this.random = (this.random * 16807) % 2147483647;
    return latency + (jitter * this.random) / 2147483647;
  }

  private seen(time: number): number {
    const { tick = 0 } = this.machine;
    return tick > 0 ? Math.ceil(time / tick) * tick : time;
  }
}

/** What became of the last of so many frames. */
export async function play(
  machine: Machine,
  paced: (pace: Pace) => void = () => undefined,
  frames = 1500,
  last = 500,
): Promise<Seen & { readonly pace: Pace }> {
  const time = new Timeline();
  const device = new Device(time, machine);
  const page = new Page(time, device, machine.draw);
  paced(page.pace);
  await page.frames(frames - last);
  const before = {
    worked: device.worked,
    step: device.step,
    drawn: page.drawn,
    batches: device.batches.length,
  };
  await page.frames(last);
  const [worked, drawn] = [device.worked - before.worked, page.drawn - before.drawn];
  return {
    drawn: drawn / last,
    stepping: worked / Math.max(1, drawn),
    share: worked / (last * FRAME),
    steps: device.batches,
    rate: (1000 * (device.step - before.step)) / (last * FRAME),
    pace: page.pace,
  };
}

class Page {
  drawn = 0;
  private moved = false;
  private busy = false;
  private frame = 0;
  private pictures: number[] = [];
  private readonly stepping: Stepping;
  private readonly signal = new AbortController().signal;

  constructor(
    private readonly time: Timeline,
    private readonly device: Device,
    private readonly draw: Machine['draw'],
  ) {
    const running = { engine: device as unknown as Engine } as ReturnType<Carried['need']>;
    const carrier: Carried = {
      need: () => running,
      on: (work) => work(running),
      note: () => Promise.resolve(),
      backTo: () => Promise.resolve(),
    };
    this.stepping = new Stepping(
      carrier,
      () => (this.moved = true),
      () => undefined,
      () => time.now,
    );
  }

  get pace(): Pace {
    return this.stepping.pace;
  }

  /** As App.frame and what it draws. */
  async frames(count: number): Promise<void> {
    for (const end = this.frame + count; this.frame < end; this.frame++) {
      const now = this.frame * FRAME;
      await this.time.until(now);
      this.pictures = this.pictures.filter((done) => done > now);
      if (this.pictures.length > 1) continue;
      const { moved } = this;
      this.moved = false;
      if (!this.busy) {
        this.busy = true;
        void this.stepping.play(Infinity, this.signal).finally(() => (this.busy = false));
      }
      if (!moved) continue;
      const draw = typeof this.draw === 'number' ? this.draw : this.draw(this.frame);
      this.device.free = Math.max(now, this.device.free) + draw;
      this.pictures.push(this.device.free);
      this.drawn++;
    }
  }
}

type Carried = ConstructorParameters<typeof Stepping>[0];
