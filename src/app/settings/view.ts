/** The panel's folder View: how the cloud is looked at. */
import { shapeOf } from '../../core/shape.ts';
import type { CloudColour } from '../../views/cloud/cloud.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { PageCloud } from '../cloud/page-cloud.ts';
import { axisName } from '../cloud/words.ts';
import type { Session } from '../run/session.ts';
import type { Panel } from './entry.ts';

export function viewEntries({ page: { session, cloud }, actions }: Panel): ControlEntry[] {
  const { encoding, problem } = session.prepared!;
  const axes = Object.fromEntries(
    Array.from({ length: shapeOf(problem).width }, (_, k) => [axisName(k, encoding), k]),
  );
  const axis = (place: 0 | 1 | 2, label: string): ControlEntry => ({
    kind: 'choice',
    folder: 'View',
    key: `axis${place}`,
    label,
    options: place === 2 ? { none: -1, ...axes } : axes,
    get: () => cloud.axes[place],
    set: (component) => {
      const [x, y, z] = cloud.axes.map((old, i) => (i === place ? Number(component) : old));
      cloud.set({ axes: [x, y, z] });
      actions.viewChanged();
    },
  });
  return [
    {
      kind: 'choice',
      folder: 'View',
      key: 'colour',
      label: 'colour',
      options: {
        [problem.c === undefined ? 'sign of w1' : 'sign of the first w1']: 'sign',
        'speed |b|': 'speed',
      },
      get: () => cloud.colour,
      set: (colour) => cloud.set({ colour: colour as CloudColour }),
    },
    axis(0, 'across'),
    axis(1, 'up'),
    axis(2, 'depth'),
    ...overlayEntries(session, cloud),
    { kind: 'button', folder: 'View', key: 'resetView', label: 'Reset view', set: () => cloud.resetView() },
  ];
}

/** What may be drawn over the cloud. */
function overlayEntries(session: Session, cloud: PageCloud): ControlEntry[] {
  const entry = (key: 'tails' | 'teacher', label: string, help: string): ControlEntry => ({
    kind: 'boolean',
    folder: 'View',
    key,
    label,
    help,
    get: () => cloud.overlays[key],
    set: (on) => cloud.set({ [key]: on }),
  });
  const tails = entry('tails', 'tails', 'The paths of some 200 neurons over the last pictures');
  const teacher = entry(
    'teacher',
    'teacher',
    'Dashed rays towards the neurons of the network that made the data; orange for an output weight above 0',
  );
  return session.prepared!.encoding.teacher.length > 0 ? [tails, teacher] : [tails];
}
