/**
 * Kept moments of a run as an engine that stands still: whatever shows a run shows them. What is asked of all neurons is
 * told by those that were kept, each for as many as there are more of.
 */
import { featureOf } from '../../core/features/features.ts';
import { addOutputs } from '../../core/model.ts';
import { observe, type Means } from '../../core/observables.ts';
import { outputsIn, type EngineInfo, type ParticleSample, type Problem } from '../../engines/engine.ts';
import { evenly, picked } from '../../core/picked.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Past } from '../run/told.ts';
import type { Kept } from './kept.ts';
import { say } from '../say.ts';

const STILL = say('an earlier state stands still: play, and the run goes on');

export class PastRun implements Past {
  constructor(
    private kept: Kept,
    readonly info: EngineInfo,
  ) {}

  /** Another moment. */
  go(kept: Kept): void {
    this.kept = kept;
  }

  get problem(): Problem {
    return this.kept.problem;
  }
  get step(): number {
    return this.kept.step;
  }
  get t(): number {
    return this.kept.t;
  }
  get loss(): number {
    return this.kept.loss;
  }

  sample(most: number): Promise<ParticleSample> {
    const { sample } = this.kept;
    const some = evenly(sample.n, most);
    return Promise.resolve({
      ...sample,
      n: some.length,
      theta: picked(sample.theta, some, shapeOf(sample).width),
      speed: picked(sample.speed, some, 1),
      rows: picked(sample.rows, some, 1),
    });
  }

  predict(x: Float64Array): Promise<Float64Array> {
    const { sample, problem } = this.kept;
    const { c, d } = shapeOf(problem);
    const sum = new Float64Array((x.length / d) * c);
    addOutputs(sum, sample.theta, 0, sample.n, x, problem, featureOf(problem));
    const each = (problem.outer * problem.n) / sample.n;
    return Promise.resolve(sum.map((value) => each * value));
  }

  f(): Promise<Float64Array> {
    const { f, problem } = this.kept;
    return f ? Promise.resolve(f.slice(0, outputsIn(problem))) : this.predict(problem.x);
  }

  observables(): Promise<Means> {
    return Promise.resolve(observe(this.kept.sample.theta, this.problem));
  }

  theta(): Promise<never> {
    return Promise.reject(new Error(STILL));
  }
  advance(): Promise<never> {
    return Promise.reject(new Error(STILL));
  }
  restore(): Promise<never> {
    return Promise.reject(new Error(STILL));
  }

  setStepSize(): void {}
  destroy(): void {}
}
