/** f at inputs that are not the problem's: once for a prediction, or again and again for a view. */
import { featureChoiceOf } from '../../core/features.ts';
import { shapeOf } from '../../core/shape.ts';
import { replicasOf } from '../engine.ts';
import { OutputField } from './field.ts';
import { inputsTogether } from './plan.ts';
import { readFloats, run, type Rig } from './rig.ts';

export class Predictor {
  private readonly fields = new Set<OutputField>();
  private field: OutputField | null = null;

  constructor(private readonly rig: Rig) {}

  /** Inputs that are evaluated together. */
  get together(): number {
    const { problem } = this.rig;
    return inputsTogether(problem.n, problem, replicasOf(problem));
  }

  /** f [R, k, c] at some inputs x [k, d]. */
  async predict(x: ArrayLike<number>): Promise<Float64Array> {
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
