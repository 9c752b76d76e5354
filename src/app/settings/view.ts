/** The panel's folder View: how the cloud is looked at. */
import { overlapName } from '../../core/observables.ts';
import { shapeOf } from '../../core/shape.ts';
import { distinct } from '../../io/distinct.ts';
import type { StretchName } from '../../experiments/preset.ts';
import type { CloudColour } from '../../views/cloud/cloud.ts';
import type { ControlEntry } from '../../views/controls.ts';
import { directionName } from '../cloud/directions.ts';
import { pictureOf, spelledOf } from '../cloud/picture.ts';
import type { PageCloud } from '../cloud/page-cloud.ts';
import { axisName, signName } from '../cloud/words.ts';
import { DIRECTIONS, readAxis, writeAxis, type AxisChoice } from '../links/axes.ts';
import type { Session } from '../run/session.ts';
import type { Panel } from './entry.ts';
import { say } from '../say.ts';

/** Weights of inputs that are looked at one by one. */
const FEW = 3;
/** Components that a menu bears; of more, these from the first on and the last one, the bias. */
const MOST = 200;

export function viewEntries({ page }: Panel): ControlEntry[] {
  const { session, cloud, viewpoint } = page;
  const { encoding, problem } = session.prepared!;
  const { d, width, weights } = shapeOf(problem);
  const components = Array.from({ length: Math.min(width, MOST) }, (_, k) => (k === MOST - 1 ? width - 1 : k));
  const names = distinct(components.map((k) => axisName(k, encoding)));
  const axes = components.map((k, i) => [names[i], String(k)] as const);
  const targets = (problem.directions ?? []).map((_, k) => [overlapName(k), writeAxis({ target: k })] as const);
  const principal = Array.from(
    { length: d > FEW ? DIRECTIONS : 0 },
    (_, k) => [directionName(k), `p${k + 1}`] as const,
  );
  const axis = (place: 0 | 1 | 2, label: string): ControlEntry => ({
    kind: 'choice',
    folder: 'View',
    key: `axis${place}`,
    label,
    options: Object.fromEntries([
      ...(place === 2 || cloud.axes[place] === -1 ? [[say('none'), 'none'] as const] : []),
      ...targets,
      ...principal,
      ...axes,
    ]),
    get: () => spelledOf(cloud.axes[place]).replace(/@.*/, ''),
    set: (text) => page.act(() => viewpoint.choose(place, choiceAt(String(text), session.metrics().step))),
  });
  return [
    {
      kind: 'choice',
      folder: 'View',
      key: 'colour',
      label: say('colour'),
      options: {
        [say('sign of {number}', { number: signName(encoding) })]: 'sign',
        [say('speed |b|')]: 'speed',
      },
      get: () => cloud.colour,
      set: (colour) => viewpoint.colour(colour as CloudColour),
    },
    axis(0, say('across')),
    axis(1, say('up')),
    axis(2, say('depth')),
    {
      kind: 'choice',
      folder: 'View',
      key: 'stretch',
      label: say('distance from 0'),
      help: say('How far from 0 neurons are drawn: as they lie, |w1| times as far, or as far as |w0| is long'),
      options: {
        [say('as they lie')]: 'none',
        ...(weights > 0 && { [say('times |w1|')]: 'w1' }),
        '|w0|': 'w0',
      },
      get: () => cloud.stretch,
      set: (stretch) => viewpoint.stretch(stretch as StretchName),
    },
    ...overlayEntries(session, cloud),
    {
      kind: 'button',
      folder: 'View',
      key: 'resetView',
      label: say('Reset view'),
      set: () => cloud.resetView(),
    },
  ];
}

/** What a menu's word means now: a principal direction is that of the step. */
const choiceAt = (text: string, step: number): AxisChoice =>
  readAxis(text.startsWith('p') ? `${text}@${step}` : text);

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
  const tails = entry('tails', say('tails'), say('The paths of some 200 neurons over the last pictures'));
  const teacher = entry(
    'teacher',
    say('teacher'),
    say('Dashed rays towards what made the data, a network’s neurons or spikes; orange for a weight above 0'),
  );
  const theory = entry('teacher', say('theory'), say('A dashed circle where the theory has all neurons'));
  const { encoding, config } = session.prepared!;
  if (encoding.rays.length > 0) return [tails, teacher];
  return pictureOf(config).shell ? [tails, theory] : [tails];
}
