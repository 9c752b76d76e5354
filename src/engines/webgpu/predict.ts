/** f at inputs that are not the problem's: once for a prediction, or again and again for a view. */
import { featureChoiceOf } from '../../core/features/features.ts';
import { shapeOf } from '../../core/shape.ts';
import { replicasOf } from '../engine.ts';
import { OutputField } from './field.ts';
import { inputsTogether } from './plan.ts';
import { readFloats, run, type Rig } from './rig.ts';

export class Predictor {
  private readonly fields = new Set<OutputField>();
  private field: OutputField | null = null;

  constructor(private readonly rig: Rig) {}

  /** f [R, k, c] at inputs x [k, d], some at a time, between which `alone` lets others in. */
  async predict(
    x: Float64Array,
    alone: (some: () => Promise<Float64Array>) => Promise<Float64Array>,
  ): Promise<Float64Array> {
    const { problem } = this.rig;
    const { c, d } = shapeOf(problem);
    const replicas = replicasOf(problem);
    const together = inputsTogether(problem.n, problem, replicas);
    const count = x.length / d;
    const f = new Float64Array(replicas * count * c);
    for (let first = 0; first < count; first += together) {
      const some = await alone(() => this.at(x.subarray(first * d, (first + together) * d)));
      const size = some.length / replicas;
      for (let k = 0; k < replicas; k++)
        f.set(some.subarray(k * size, (k + 1) * size), (k * count + first) * c);
    }
    return f;
  }

  /** f [R, k, c] at some inputs x [k, d]. */
  private async at(x: ArrayLike<number>): Promise<Float64Array> {
    const { c, d } = shapeOf(this.rig.problem);
    const count = x.length / d;
    if (this.field?.count !== count) {
      this.field?.destroy();
      this.field = await this.open(count);
    }
    this.field.place(x);
    await run(this.rig, this.field.dispatches);
    return readFloats(this.rig, this.field.values, replicasOf(this.rig.problem) * count * c);
  }

  /** A field that lives as long as the engine. */
  async keep(count: number): Promise<OutputField> {
    const field = await this.open(count);
    this.fields.add(field);
    return field;
  }

  destroy(): void {
    for (const field of this.fields) field.destroy();
    this.field?.destroy();
  }

  private open(points: number): Promise<OutputField> {
    const { gpu, problem, state, limits } = this.rig;
    const { n, outer } = problem;
    const replicas = replicasOf(problem);
    return OutputField.create(
      gpu,
      {
        n,
        ...shapeOf(problem),
        points,
        replicas,
        parts: state.parts,
        ...featureChoiceOf(problem),
        outer,
        limits,
      },
      state.theta,
    );
  }
}
