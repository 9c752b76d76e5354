/**
 * What Chrome's trace says of the main thread, frame by frame. Times are thread times: what else the machine
 * does is no part of them.
 */

/** The trace events that matter: complete ones ("X") in microseconds, and metadata ("M"). */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

export const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

export interface Frame {
  /** Milliseconds of the main thread's own time from this frame's first callback to the next frame's. */
  readonly milliseconds: number;
  /** The cloud was drawn in it. */
  readonly drawn: boolean;
}

export interface Task {
  readonly milliseconds: number;
  /** What it spent most of its time with, outermost first. */
  readonly what: string;
}

const TASK = 'RunTask';
const CALLBACK = 'FireAnimationFrame';
/** Of tasks: starting a trace is no work of the page. */
const FOREIGN = /Profiling|TracingStart/;
const HEAVIEST = 5;
const NAMES = 4;

/**
 * Frames of the thread that runs the animation frames, in order, and its longest tasks. Each has the page's
 * loop; a second callback draws.
 */
export function readTrace(all: readonly TraceEvent[]): { frames: Frame[]; tasks: Task[] } {
  const events = onMainThread(all);
  const callbacks = startsOf(events, CALLBACK);
  const tasks = events
    .filter(({ name }) => name === TASK)
    .sort((p, q) => p.ts - q.ts)
    .map((task) => ({ task, inside: events.filter((event) => event !== task && within(task, event)) }))
    .filter(({ inside }) => !inside.some(({ name }) => FOREIGN.test(name)));
  const callsIn = ({ ts, dur = 0 }: TraceEvent): number =>
    callbacks.filter((at) => at >= ts && at < ts + dur).length;
  const frames: { milliseconds: number; drawn: boolean }[] = [];
  for (const { task } of tasks) {
    const calls = callsIn(task);
    if (calls > 0) frames.push({ milliseconds: 0, drawn: calls > 1 });
    if (frames.length > 0) frames[frames.length - 1].milliseconds += own(task);
  }
  const longest = tasks
    .sort((p, q) => own(q.task) - own(p.task))
    .slice(0, HEAVIEST)
    .map(({ task, inside }) => ({ milliseconds: own(task), what: described(inside) }));
  return { frames: frames.slice(0, -1), tasks: longest };
}

const own = ({ tdur = 0 }: TraceEvent): number => tdur / 1000;
const startsOf = (events: readonly TraceEvent[], wanted: string): number[] =>
  events.filter(({ name }) => name === wanted).map(({ ts }) => ts);
const within = (outer: TraceEvent, { ts, dur = 0 }: TraceEvent): boolean =>
  ts >= outer.ts && ts + dur <= outer.ts + (outer.dur ?? 0);

function onMainThread(all: readonly TraceEvent[]): TraceEvent[] {
  const counts = new Map<string, number>();
  const place = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  for (const event of all)
    if (event.name === CALLBACK) counts.set(place(event), (counts.get(place(event)) ?? 0) + 1);
  const [busiest] = [...counts].sort((p, q) => q[1] - p[1]);
  if (!busiest) throw new Error('the trace has no animation frame');
  return all.filter((event) => event.ph === 'X' && place(event) === busiest[0]);
}

/** The largest things inside a task, by thread time, in the order in which they hold each other. */
function described(inside: readonly TraceEvent[]): string {
  const sums = new Map<string, number>();
  for (const event of inside) sums.set(event.name, (sums.get(event.name) ?? 0) + own(event));
  const largest = [...sums]
    .filter(([name]) => name !== TASK)
    .sort((p, q) => q[1] - p[1])
    .slice(0, NAMES);
  return largest.map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(1)}`).join(', ');
}

/** The share-th smallest, e.g. 0.95. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((p, q) => p - q);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
