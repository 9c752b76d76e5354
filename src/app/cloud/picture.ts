/** How the cloud of a configuration is seen at first: as its preset says, or as usual. */
import type { Config } from '../../core/config/config.ts';
import { overlapName } from '../../core/observables.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Problem } from '../../engines/engine.ts';
import type { Picture, StretchName } from '../../experiments/preset.ts';
import { PRESETS, type Preset } from '../../experiments/presets.ts';
import { defaultAxes, type Axes, type Axis } from '../../views/cloud/cloud.ts';
import { isPrincipal, readAxes, writeAxis, type AxisChoice, type TargetChoice } from '../links/axes.ts';
import { presetOf } from './caption.ts';

/** What counts in a problem where its neurons are looked at. */
export type Seen = Pick<Problem, 'c' | 'd' | 'weights' | 'directions'>;

type Reach = NonNullable<Picture['reach']>;

export interface FirstPicture {
  /** Two pictures of one preset are the same; null: no preset says anything. */
  readonly of: string | null;
  readonly axes: string | null;
  readonly reach: Reach | null;
  readonly stretch: StretchName;
  /** The length |w0| in theory. */
  readonly shell: (() => Promise<number>) | null;
  readonly teacher: boolean;
  readonly tails: boolean;
}

export const NO_PICTURE: FirstPicture = {
  of: null,
  axes: null,
  reach: null,
  stretch: 'none',
  shell: null,
  teacher: false,
  tails: false,
};

/** Of configurations whose theory has been asked: the same run is shown again and again. */
const shells = new WeakMap<Config, Promise<number>>();

function shellOf(config: Config, shell: NonNullable<Picture['shell']>): Promise<number> {
  const known = shells.get(config) ?? shell().then((radius) => radius(config));
  shells.set(config, known);
  return known;
}

export function pictureOf(config: Config): FirstPicture {
  const name = presetOf(config);
  const picture = name === null ? undefined : (PRESETS[name] as Preset).picture;
  if (!picture) return NO_PICTURE;
  const { axes = null, reach = null, stretch = 'none', shell, overlays = [] } = picture;
  return {
    of: name,
    axes,
    reach,
    stretch,
    shell: shell ? () => shellOf(config, shell) : null,
    teacher: overlays.includes('teacher'),
    tails: overlays.includes('tails'),
  };
}

/** The usual ones where neurons have not what the picture names: somebody has changed the network. */
export function firstAxes({ axes }: FirstPicture, problem: Seen): Axes {
  const choices = axes === null ? [] : readAxes(axes);
  const found = choices.map((choice) => axisOf(choice, problem));
  const [x, y, z] = found.filter((axis) => axis !== null);
  return found.length === 3 && !found.includes(null) ? [x, y, z] : defaultAxes(problem);
}

/** Half-heights, where the preset says them: one for each axis says nothing of others. */
export function reachOf({ axes, reach }: FirstPicture, seen: Axes): readonly [number, number, number] | null {
  if (typeof reach === 'number') return [reach, reach, reach];
  return seen.map(spelledOf).join() === axes ? reach : null;
}

/** As links have it. */
export const spelledOf = (axis: Axis): string => (typeof axis === 'number' ? writeAxis(axis) : axis.spelled);

/** These, or the usual ones where they are of another problem, whose neurons have more numbers. */
export function fitting(axes: Axes, problem: Seen): Axes {
  const { width } = shapeOf(problem);
  const fits = (axis: Axis): boolean =>
    typeof axis === 'number' ? axis < width : axis.weights.length === width;
  return axes.every(fits) ? axes : defaultAxes(problem);
}

/** The components across and up, or the usual ones where axes are directions. */
export function planeOf([x, y]: Axes, problem: Seen): readonly [number, number] {
  if (typeof x === 'number' && typeof y === 'number') return [x, y];
  const [across, up] = defaultAxes(problem);
  return [Number(across), Number(up)];
}

/** Null where there is no such axis here; a principal direction is none before it is told. */
export function axisOf(choice: AxisChoice, problem: Seen): Axis | null {
  if (typeof choice === 'number') return choice < shapeOf(problem).width ? choice : null;
  return isPrincipal(choice) ? null : targetAxis(choice, problem);
}

function targetAxis(choice: TargetChoice, problem: Seen): Axis | null {
  const u = problem.directions?.[choice.target];
  const { w0 } = shapeOf(problem);
  return u
    ? {
        name: overlapName(choice.target),
        spelled: writeAxis(choice),
        weights: [...Array.from({ length: w0 }, () => 0), ...u],
      }
    : null;
}
