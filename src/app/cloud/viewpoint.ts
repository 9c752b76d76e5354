/**
 * Along which axes and in which colours the cloud is seen, as the person or a link chooses it. A principal direction is
 * that of a step: a link's cloud stands at step 0, is seen along that of its start until then, and from there on as it
 * was when the link was written.
 */
import { sameJson } from '../../core/words/json.ts';
import { shapeOf, type Shape } from '../../core/shape.ts';
import type { StretchName } from '../../experiments/preset.ts';
import type { Axes, Axis, CloudColour } from '../../views/cloud/cloud.ts';
import type { Engine } from '../../engines/engine.ts';
import { cameraOf, choiceOfCamera } from '../links/camera.ts';
import {
  isPrincipal,
  readAxis,
  writeAxes,
  writeAxis,
  type AxesChoice,
  type AxisChoice,
  type PrincipalChoice,
} from '../links/axes.ts';
import type { Page } from '../page.ts';
import { directionOf } from './directions.ts';
import { axisOf, pictureOf, spelledOf, type Seen } from './picture.ts';
import { say } from '../../words/say.ts';

type Needs = Pick<Page, 'session' | 'cloud' | 'view' | 'linkChanged'>;

/** Milliseconds without a move after which the address says where the camera stands. */
const MOVED = 300;

/** What a link says of it. */
const choiceOf = (axis: Axis): AxisChoice => readAxis(spelledOf(axis));

/** A direction that was due and came later is that of then. */
const laterOf = (due: AxisChoice, seen: AxisChoice): AxisChoice =>
  !isPrincipal(due) || !isPrincipal(seen) || seen.step < due.step ? due : seen;

/** Why a link's axis is none of these neurons'. */
function whyNot(choice: AxisChoice, problem: Seen): string {
  const { length } = problem.directions ?? [];
  if (typeof choice === 'number')
    return say('neurons have components 0 to {last} here', { last: shapeOf(problem).width - 1 });
  return length > 0
    ? say('the directions of the target are u1 to u{last} here', { last: length })
    : say('no direction of the target is known here, name components');
}

export class Viewpoint {
  private shape: Shape | null = null;
  private picture: string | null = null;
  private engine: Engine | null = null;
  /** The step at which directions of the link are due. */
  private due: number | null = null;
  private moved: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: other axes are seen; `refuse` says what a link has that is not here. */
  constructor(
    private readonly page: Needs,
    private readonly changed: () => void,
    private readonly refuse: (sentence: string) => void,
  ) {
    const { cloud, view } = page;
    if (view.camera) Object.assign(cloud.camera, cameraOf(view.camera));
    cloud.onMove = () => {
      clearTimeout(this.moved);
      this.moved = setTimeout(() => this.note(), MOVED);
    };
  }

  /** The address says from where the cloud is seen now. */
  note(): void {
    const { cloud, view } = this.page;
    clearTimeout(this.moved);
    view.camera = choiceOfCamera(cloud.camera);
    this.page.linkChanged();
  }

  /** Another run is shown, as at first where its neurons have another shape than the last one's, or its preset another picture. */
  async begin(): Promise<void> {
    const { session, view } = this.page;
    const { problem, config } = session.prepared!;
    const shape = shapeOf(problem);
    const picture = pictureOf(config).of;
    if (!this.shape) this.open();
    else if (!sameJson(this.shape, shape) || this.picture !== picture) view.axes = view.stretch = null;
    const isOther = this.engine !== session.engine;
    [this.shape, this.picture, this.engine] = [shape, picture, session.engine];
    if (view.axes) this.check(view.axes, problem);
    if (!view.axes) this.await(null);
    else if (isOther) await this.take();
  }

  /** What a link says beside its axes. */
  private open(): void {
    const { view, cloud } = this.page;
    if (view.colour) cloud.set({ colour: view.colour });
    if (view.stretch) cloud.set({ stretch: view.stretch });
  }

  /** A link may name more than there is. */
  private check(axes: AxesChoice, problem: Seen): void {
    const beyond = axes.find((axis) => !isPrincipal(axis) && axisOf(axis, problem) === null);
    if (beyond === undefined) return;
    this.page.view.axes = null;
    this.refuse(
      say('Of the link, axes = {axes} could not be used: {why}.', {
        axes: writeAxes(axes),
        why: whyNot(beyond, problem),
      }),
    );
  }

  /** The run has gone on. */
  async advance(): Promise<void> {
    if (this.due !== null && this.page.session.metrics().step >= this.due) await this.take();
  }

  /** The person chooses the axis of a place; of the principal directions one as neurons lie now. */
  async choose(place: 0 | 1 | 2, choice: AxisChoice): Promise<void> {
    const { cloud, view } = this.page;
    const axis = await this.axisOf(choice);
    const [x, y, z] = cloud.axes.map((old, i) => (i === place ? axis : old));
    const [p, q, r] = (view.axes ?? cloud.axes.map(choiceOf)).map((old, i) =>
      i === place ? choiceOf(axis) : old,
    );
    this.see([x, y, z], [p, q, r]);
  }

  stretch(stretch: StretchName): void {
    const { cloud, view } = this.page;
    cloud.set({ stretch });
    view.stretch = stretch === cloud.first.stretch ? null : stretch;
    this.page.linkChanged();
    this.changed();
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
    const later = choice.flatMap((axis) => (isPrincipal(axis) && axis.step > step ? [axis.step] : []));
    this.await(later.length > 0 ? Math.min(...later) : null);
    const [x, y, z] = await Promise.all(
      choice.map((axis, i) => (isPrincipal(axis) ? this.along(axis, i) : this.axisOf(axis))),
    );
    const [p, q, r] = [x, y, z].map((axis, i) => laterOf(choice[i], choiceOf(axis)));
    this.see([x, y, z], [p, q, r]);
  }

  /** One that was taken at its step stays. */
  private async along(choice: PrincipalChoice, i: number): Promise<Axis> {
    const { session, cloud } = this.page;
    const now = cloud.axes[i];
    const isThere = typeof now !== 'number' && now.spelled === writeAxis(choice);
    return isThere && session.metrics().step >= choice.step ? now : directionOf(session, choice.place);
  }

  private async axisOf(choice: AxisChoice): Promise<Axis> {
    const { session } = this.page;
    return isPrincipal(choice)
      ? directionOf(session, choice.place)
      : axisOf(choice, session.prepared!.problem)!;
  }

  private see(axes: Axes, choice: AxesChoice): void {
    const { cloud, view } = this.page;
    cloud.set({ axes });
    view.axes = sameJson(choice, cloud.first.axes.map(choiceOf)) ? null : choice;
    this.page.linkChanged();
    this.changed();
  }

  /** No batch of steps leads beyond the step that is waited for. */
  private await(step: number | null): void {
    this.due = step;
    this.page.session.lookAt(step);
  }
}
