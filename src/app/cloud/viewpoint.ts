/**
 * Along which axes and in which colours the cloud is seen, as the person or a link chooses it. A principal direction is
 * that of a step: a link's cloud stands at step 0, is seen along that of its start until then, and from there on as it
 * was when the link was written.
 */
import { sameJson } from '../../core/words/json.ts';
import { shapeOf, type Shape } from '../../core/shape.ts';
import { defaultAxes, type Axes, type Axis, type CloudColour } from '../../views/cloud/cloud.ts';
import type { Engine } from '../../engines/engine.ts';
import { writeAxes, type AxesChoice, type AxisChoice, type PrincipalChoice } from '../links/axes.ts';
import type { Page } from '../page.ts';
import { directionOf } from './directions.ts';

type Needs = Pick<Page, 'session' | 'cloud' | 'view' | 'linkChanged'>;

/** What a link says of it. */
const choiceOf = (axis: Axis): AxisChoice =>
  typeof axis === 'number' ? axis : { place: axis.place, step: axis.step };

/** A direction that was due and came later is that of then. */
const laterOf = (due: AxisChoice, seen: AxisChoice): AxisChoice =>
  typeof due === 'number' || typeof seen === 'number' || seen.step < due.step ? due : seen;

export class Viewpoint {
  private shape: Shape | null = null;
  private engine: Engine | null = null;
  /** The step at which directions of the link are due. */
  private due: number | null = null;

  /** `changed`: other axes are seen; `refuse` says what a link has that is not here. */
  constructor(
    private readonly page: Needs,
    private readonly changed: () => void,
    private readonly refuse: (sentence: string) => void,
  ) {}

  /** Another run is shown, along the usual axes where its neurons have another shape than the last one's. */
  async begin(): Promise<void> {
    const { session, view, cloud } = this.page;
    const shape = shapeOf(session.prepared!.problem);
    if (!this.shape && view.colour) cloud.set({ colour: view.colour });
    else if (!sameJson(this.shape, shape)) view.axes = null;
    const isOther = this.engine !== session.engine;
    [this.shape, this.engine] = [shape, session.engine];
    if (view.axes) this.check(view.axes, shape.width);
    if (!view.axes) this.await(null);
    else if (isOther) await this.take();
  }

  /** A link may name more than there is. */
  private check(axes: AxesChoice, width: number): void {
    const beyond = axes.find((axis) => typeof axis === 'number' && axis >= width);
    if (beyond === undefined) return;
    this.page.view.axes = null;
    this.refuse(
      `Of the link, axes = ${writeAxes(axes)} could not be used: neurons have components 0 to ${width - 1} here.`,
    );
  }

  /** The run has gone on. */
  async advance(): Promise<void> {
    if (this.due !== null && this.page.session.metrics().step >= this.due) await this.take();
  }

  /** The person chooses the axis of a place: a component, or one of the principal directions as neurons lie now. */
  async choose(place: 0 | 1 | 2, choice: number | { readonly direction: number }): Promise<void> {
    const { session, cloud, view } = this.page;
    const axis = typeof choice === 'number' ? choice : await directionOf(session, choice.direction);
    const [x, y, z] = cloud.axes.map((old, i) => (i === place ? axis : old));
    const [p, q, r] = (view.axes ?? cloud.axes.map(choiceOf)).map((old, i) =>
      i === place ? choiceOf(axis) : old,
    );
    this.see([x, y, z], [p, q, r]);
  }

  colour(colour: CloudColour): void {
    this.page.cloud.set({ colour });
    this.page.view.colour = colour;
    this.page.linkChanged();
  }

  /** The axes of the link, as far as they are there by now. */
  private async take(): Promise<void> {
    const { session, view } = this.page;
    const choice = view.axes!;
    const { step } = session.metrics();
    const later = choice.flatMap((axis) => (typeof axis === 'number' || axis.step <= step ? [] : [axis.step]));
    this.await(later.length > 0 ? Math.min(...later) : null);
    const [x, y, z] = await Promise.all(
      choice.map((axis, i) => (typeof axis === 'number' ? axis : this.along(axis, i))),
    );
    const [p, q, r] = [x, y, z].map((axis, i) => laterOf(choice[i], choiceOf(axis)));
    this.see([x, y, z], [p, q, r]);
  }

  /** One that was taken at its step stays. */
  private async along({ place, step }: PrincipalChoice, i: number): Promise<Axis> {
    const { session, cloud } = this.page;
    const now = cloud.axes[i];
    const isThere = typeof now !== 'number' && now.place === place && now.step === step;
    return isThere && session.metrics().step >= step ? now : directionOf(session, place);
  }

  private see(axes: Axes, choice: AxesChoice): void {
    const { cloud, view, session } = this.page;
    cloud.set({ axes });
    view.axes = sameJson(choice, defaultAxes(session.prepared!.problem)) ? null : choice;
    this.page.linkChanged();
    this.changed();
  }

  /** No batch of steps leads beyond the step that is waited for. */
  private await(step: number | null): void {
    this.due = step;
    this.page.session.lookAt(step);
  }
}
