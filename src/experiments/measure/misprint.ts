/**
 * The lecture notes' misprint as a control: ∂_t w0 = −(1/m) Σ r φ(⟨w0, x⟩) x, where the gradient of L has w1 φ′
 * in place of φ (docs/model.md, Errata). Float64, sums written out; it shares no code with the engines' drift, and
 * the same step as theirs but for the misprint.
 */
import { formOf } from '../../core/activations/parametric.ts';
import { featureOf } from '../../core/features/features.ts';
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { addOutputs, meanLoss, preactivation, residual } from '../../core/model.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { observe, type Means } from '../../core/observables.ts';
import { shapeOf } from '../../core/shape.ts';
import { checkDrive } from '../../engines/check.ts';
import {
  replicasOf,
  type AdvanceOptions,
  type Engine,
  type LossRecord,
  type Problem,
  type ParticleSample,
  type Theta,
} from '../../engines/engine.ts';

/** The misprinted drift of one system [n, 1 + d] of one output at residuals r. */
export function misprintedDrift(
  theta: ArrayLike<number>,
  { x, m, d, activation }: Pick<Problem, 'x' | 'm' | 'd' | 'activation'>,
  r: ArrayLike<number>,
): Float64Array {
  const { phi } = formOf(activation);
  const { w0, width } = shapeOf({ d });
  const b = new Float64Array(theta.length);
  for (let row = 0; row < theta.length; row += width) {
    for (let a = 0; a < m; a++) {
      const value = (-r[a] / m) * phi(preactivation(theta, row + w0, x, a * d, d));
      b[row] += value;
      for (let c = 0; c < d; c++) b[row + 1 + c] += value * x[a * d + c];
    }
  }
  return b;
}

export function misprinted(problem: Problem): Engine {
  return new Misprinted(problem);
}

class Misprinted implements Engine {
  readonly info = {
    name: 'cpu',
    method: 'direct',
    adapter: 'CPU, 1 thread',
    software: false,
    precision: 'float64',
  } as const;
  step = 0;
  private systems: Float64Array[] = [];
  private dt: number;

  constructor(readonly problem: Problem) {
    this.dt = problem.dt;
    this.place(problem.theta);
  }

  get loss(): number {
    const { y, loss } = this.problem;
    const losses = this.systems.map((theta) => meanLoss(this.outputs(theta), y, LOSSES[loss]));
    return losses.reduce((sum, value) => sum + value, 0) / losses.length;
  }

  async advance(k: number, { every = Infinity, signal, drive }: AdvanceOptions = {}): Promise<LossRecord[]> {
    checkDrive(this.problem, k, drive);
    const { m } = this.problem;
    const losses: LossRecord[] = [];
    for (let i = 0; i < k && !signal?.aborted; i++) {
      for (const theta of this.systems) this.move(theta, drive?.subarray(i * m, (i + 1) * m));
      this.step++;
      if (this.step % every === 0) losses.push({ step: this.step, loss: this.loss });
    }
    return losses.at(-1)?.step === this.step ? losses : [...losses, { step: this.step, loss: this.loss }];
  }

  async theta(): Promise<Float64Array> {
    return Float64Array.from(this.systems.flatMap((theta) => [...theta]));
  }
  async sample(most: number): Promise<ParticleSample> {
    const { n, d } = this.problem;
    const every = Math.ceil(n / most);
    const rows = Uint32Array.from({ length: Math.ceil(n / every) }, (_, i) => i * every);
    const row = (j: number): Float64Array => this.systems[0].subarray(j * (1 + d), (j + 1) * (1 + d));
    const theta = Float32Array.from([...rows].flatMap((j) => [...row(j)]));
    return { theta, speed: new Float32Array(rows.length), rows, n: rows.length, c: 1, d, weights: 1 };
  }
  async f(): Promise<Float64Array> {
    return Float64Array.from(this.systems.flatMap((theta) => [...this.outputs(theta)]));
  }
  async observables(): Promise<Means> {
    return observe(await this.theta(), this.problem);
  }
  async predict(x: Float64Array): Promise<Float64Array> {
    return Float64Array.from(this.systems.flatMap((theta) => [...this.outputs(theta, x)]));
  }
  async restore(theta: Theta, step: number): Promise<void> {
    this.place(theta);
    this.step = step;
  }
  setStepSize(dt: number): void {
    this.dt = dt;
  }
  destroy(): void {}

  private place(theta: Theta): void {
    const R = replicasOf(this.problem);
    const size = theta.length / R;
    this.systems = Array.from({ length: R }, (_, k) =>
      Float64Array.from(theta.subarray(k * size, (k + 1) * size)),
    );
  }

  private outputs(theta: Float64Array, x = this.problem.x): Float64Array {
    const { n, d, outer } = this.problem;
    const sum = new Float64Array(x.length / d);
    addOutputs(sum, theta, 0, n, x, this.problem, featureOf(this.problem));
    return sum.map((value) => outer * value);
  }

  private move(theta: Float64Array, drive?: Float64Array): void {
    const { problem, dt } = this;
    const { weights, advance } = INTEGRATORS[problem.integrator] as {
      weights: readonly number[];
      advance: readonly number[];
    };
    const start = theta.slice();
    const sum = theta.slice();
    const r = new Float64Array(problem.m);
    for (let i = 0; i < weights.length; i++) {
      residual(r, this.outputs(theta), problem.y, LOSSES[problem.loss]);
      const b = misprintedDrift(theta, problem, drive ?? r);
      const last = i === weights.length - 1;
      for (let k = 0; k < theta.length; k++) {
        sum[k] += dt * problem.speed * weights[i] * b[k];
        theta[k] = last ? sum[k] : start[k] + dt * problem.speed * advance[i] * b[k];
      }
    }
  }
}
