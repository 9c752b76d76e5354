/**
 * Schedules: what dt and the temperature of step k, which starts at θ_k, are to those that the configuration says.
 * Each depends on k, and one on L(θ_k), alone: never on how many steps there will be, so that a longer run is the
 * shorter one's continuation.
 */
export type Schedule =
  | { readonly law: 'constant' }
  | { readonly law: 'power'; readonly k0: number; readonly exponent: number }
  | { readonly law: 'cosine'; readonly horizon: number }
  | { readonly law: 'steps'; readonly every: number; readonly factor: number };
/** dt over the loss: with Euler's method gradient descent on ln L. */
export type StepSchedule = Schedule | { readonly law: 'over-loss' };
type ScheduleName = StepSchedule['law'];

export interface Schedules {
  readonly dt?: StepSchedule;
  readonly temperature?: Schedule;
}

type Factor<N extends ScheduleName> = (
  law: Extract<StepSchedule, { law: N }>,
  k: number,
  loss: number,
) => number;

export const SCHEDULES: { readonly [N in ScheduleName]: Factor<N> } = {
  constant: () => 1,
  power: ({ k0, exponent }, k) => (1 + k / k0) ** -exponent,
  cosine: ({ horizon }, k) => (1 + Math.cos((Math.PI * Math.min(k, horizon)) / horizon)) / 2,
  steps: ({ every, factor }, k) => factor ** Math.floor(k / every),
  'over-loss': (_law, _k, loss) => 1 / loss,
};

const factorOf = (law: StepSchedule | undefined, k: number, loss: number): number =>
  law ? (SCHEDULES[law.law] as Factor<ScheduleName>)(law as never, k, loss) : 1;

/** One step's dt, and what its temperature is multiplied by. */
export interface Tempo {
  readonly dt: number;
  readonly heat: number;
}

/** Of step k, where the loss is `loss`. */
export const tempoOf = (schedules: Schedules | undefined, dt: number, k: number, loss: number): Tempo => ({
  dt: dt * factorOf(schedules?.dt, k, loss),
  heat: factorOf(schedules?.temperature, k, loss),
});

/** Whether a step cannot be told before the loss is known where it starts. */
export const needsLoss = (schedules: Schedules | undefined): boolean => schedules?.dt?.law === 'over-loss';

/** Whether all steps have one dt. */
export const isEven = (schedules: Schedules | undefined): boolean =>
  schedules?.dt === undefined || schedules.dt.law === 'constant';

/** t of a run: the sum of its steps' dt, k dt where all are the same. */
export class Elapsed {
  private step = 0;
  private loss = NaN;
  private sum = 0;

  constructor(
    private readonly dt: number,
    private readonly schedules?: Schedules,
  ) {}

  get t(): number {
    return isEven(this.schedules) ? this.step * this.dt : this.sum;
  }

  /** A run goes on from there; `t` where the steps so far do not tell it. */
  start(step: number, loss: number, t: number): void {
    this.step = step;
    this.loss = loss;
    this.sum = t;
  }

  /** Of a schedule that needs the loss, each step must be told. */
  reach(step: number, loss: number): number {
    if (!isEven(this.schedules))
      for (let k = this.step; k < step; k++) this.sum += tempoOf(this.schedules, this.dt, k, this.loss).dt;
    this.step = step;
    this.loss = loss;
    return this.t;
  }
}
