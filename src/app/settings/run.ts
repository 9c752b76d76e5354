/** The panel's folder Run: how fast, how long, and what it costs. */
import type { ControlEntry } from '../../views/controls.ts';
import { CONDITIONS, type ConditionName, type Goal } from '../run/goal.ts';
import type { Page } from '../page.ts';
import { shapeOf } from '../../core/shape.ts';
import { stableStepSoon } from '../../experiments/stable-step.ts';
import { short } from '../shell/status.ts';
import { say } from '../say.ts';

const NEVER = 'never';
const FOLDER = 'Run';
/** Most steps between two pictures. */
const SPEEDS = {
  [say('as fast as it goes')]: 1000,
  [say('16 steps a picture')]: 16,
  [say('4 steps a picture')]: 4,
  [say('1 step a picture')]: 1,
};
/** Copies of θ in 4 bytes a number, rounded up to vectors of four: the state, its next stage and their sum. */
const COPIES = 3;
const BYTES = 4;
const LANES = 4;

/** `changed` is called when other entries are due. */
export function runEntries(page: Page, changed: () => void): ControlEntry[] {
  const { session, view } = page;
  const stop = (goal: Goal | null): void => {
    view.stop = goal;
    session.stopAt(goal);
    page.linkChanged();
  };
  const value = ({ condition }: Goal): ControlEntry => ({
    kind: 'number',
    folder: FOLDER,
    key: 'stop.value',
    label: CONDITIONS[condition].label,
    help: say('The run pauses there by itself; Play goes on'),
    get: () => view.stop!.value,
    set: (next) => stop({ condition, value: next }),
  });
  return [
    {
      kind: 'choice',
      folder: FOLDER,
      key: 'stop',
      label: say('stop when'),
      options: {
        [say('never')]: NEVER,
        ...Object.fromEntries(Object.entries(CONDITIONS).map(([name, { label }]) => [label, name])),
      },
      help: say('A condition at which the run pauses by itself'),
      get: () => view.stop?.condition ?? NEVER,
      set: (name) => {
        stop(
          name === NEVER
            ? null
            : { condition: name as ConditionName, value: CONDITIONS[name as ConditionName].usual },
        );
        changed();
      },
    },
    ...(view.stop ? [value(view.stop)] : []),
    {
      kind: 'choice',
      folder: FOLDER,
      key: 'speed',
      label: say('speed'),
      options: SPEEDS,
      help: say('Fewer steps a picture show more of the way'),
      get: () => session.pace.most,
      set: (most) => (session.pace.most = Number(most)),
    },
    {
      kind: 'info',
      folder: FOLDER,
      key: 'cost',
      label: say('cost'),
      help: say('Memory of the neurons, and time a step takes with all that is drawn'),
      get: () => costOf(page),
    },
  ];
}

/** Beside the step size: where gradient descent at step 0 becomes unstable. */
export const stableEntry = ({ session }: Page, folder: string, changed: () => void): ControlEntry => ({
  kind: 'info',
  folder,
  key: 'stable',
  label: say('stable below'),
  help: say(
    '2m / (n^κ λ_max(K)) at step 0: above it Euler’s method, which is gradient descent, overshoots; later the limit may be lower',
  ),
  get: () => {
    const limit = stableStepSoon(session.prepared!.problem, changed);
    if (limit === null) return '…';
    const { dt } = session.config().dynamics;
    return Number.isFinite(limit)
      ? say('dt ≈ {limit}{note}', {
          limit: limit.toPrecision(2),
          note: dt > limit ? say(' (dt is above)') : '',
        })
      : say('any dt');
  },
});

function costOf({ session }: Page): string {
  const { n, ...sized } = session.engine!.problem;
  const { rate } = session.pace;
  const bytes = COPIES * BYTES * n * LANES * Math.ceil(shapeOf(sized).width / LANES);
  return `${short(bytes)}B${rate > 0 ? say(', {time} ms a step', { time: (1000 / rate).toPrecision(2) }) : ''}`;
}
