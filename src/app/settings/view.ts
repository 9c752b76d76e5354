/** The panel's folder View: how the cloud is looked at. */
import { shapeOf } from '../../core/shape.ts';
import { distinct } from '../../io/distinct.ts';
import type { CloudColour } from '../../views/cloud/cloud.ts';
import type { ControlEntry } from '../../views/controls.ts';
import { directionName } from '../cloud/directions.ts';
import type { PageCloud } from '../cloud/page-cloud.ts';
import { axisName, signName } from '../cloud/words.ts';
import { DIRECTIONS } from '../links/axes.ts';
import type { Session } from '../run/session.ts';
import type { Panel } from './entry.ts';

/** Weights of inputs that are looked at one by one. */
const FEW = 3;
/** Components that a menu bears; of more, these from the first on and the last one, the bias. */
const MOST = 200;

export function viewEntries({ page }: Panel): ControlEntry[] {
  const { session, cloud, viewpoint } = page;
  const { encoding, problem } = session.prepared!;
  const { d, width } = shapeOf(problem);
  const components = Array.from({ length: Math.min(width, MOST) }, (_, k) => (k === MOST - 1 ? width - 1 : k));
  const names = distinct(components.map((k) => axisName(k, encoding)));
  const axes = components.map((k, i) => [names[i], k] as const);
  const directions = Array.from(
    { length: d > FEW ? DIRECTIONS : 0 },
    (_, k) => [directionName(k), width + k] as const,
  );
  const axis = (place: 0 | 1 | 2, label: string): ControlEntry => ({
    kind: 'choice',
    folder: 'View',
    key: `axis${place}`,
    label,
    options: Object.fromEntries([
      ...(place === 2 || cloud.axes[place] === -1 ? [['none', -1] as const] : []),
      ...directions,
      ...axes,
    ]),
    get: () => {
      const now = cloud.axes[place];
      return typeof now === 'number' ? now : width + now.place;
    },
    set: (text) => {
      const choice = Number(text);
      page.act(() => viewpoint.choose(place, choice < width ? choice : { direction: choice - width }));
    },
  });
  return [
    {
      kind: 'choice',
      folder: 'View',
      key: 'colour',
      label: 'colour',
      options: {
        [`sign of ${signName(encoding)}`]: 'sign',
        'speed |b|': 'speed',
      },
      get: () => cloud.colour,
      set: (colour) => viewpoint.colour(colour as CloudColour),
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
