/** What is drawn over the picture of f: the ridge of the picked neuron, and the input that is looked at. */
import { columnOf } from '../../experiments/data/encoding.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import type { Theme } from '../../views/palette.ts';
import type { PlotFrame } from '../../views/plots/frame.ts';
import type { FitView } from '../figures/fit-view.ts';
import { contour } from './contours.ts';
import { ridgeOf, shrinkOf, SIDE, type Ridge } from './ridge.ts';
import { say } from '../say.ts';

/** Heights of the lines over a field, as shares of the greatest. */
const LEVELS = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75];
const DOT = 2.2;

export class OverFit {
  private view: FitView | null = null;
  private ridge: Ridge | null = null;
  /** Makes the ridge again where the picture has other axes; null for none. */
  private make: (() => Ridge) | null = null;
  private axes = '';
  /** Raw input [k]. */
  private input: Float64Array | null = null;

  /** `rescaled`: the ridge stands on other axes, and `scale` may say something else. */
  constructor(private readonly rescaled: () => void) {}

  /** At which fraction of its height the ridge is drawn, in words; '' where at all of it. */
  get scale(): string {
    const { view, ridge } = this;
    if (!view || !ridge || view.form === 'field') return '';
    const by = shrinkOf(ridge, view.frame.y);
    return by === 1 ? '' : say('drawn at 1/{by} of its height', { by: by.toLocaleString('en') });
  }

  /** Draws on this picture from now on. */
  bind(view: FitView | null): void {
    if (view === this.view) return;
    if (this.view) this.view.frame.over = null;
    this.view = view;
    this.ridge = this.make = this.input = null;
    if (view) view.frame.over = (theme) => this.paint(view, theme);
  }

  /** The ridge of the neuron at θ row `row`; null for none. */
  showRidge(prepared: Prepared, theta: ArrayLike<number> | null, row = 0): void {
    const { view } = this;
    if (!view) return;
    this.make = theta && (() => ridgeOf(view, prepared, theta, row));
    this.ridge = this.make?.() ?? null;
    this.axes = axesOf(view);
    view.frame.requestDraw();
  }

  showInput(input: Float64Array | null): void {
    this.input = input;
    this.view?.frame.requestDraw();
  }

  /** A picture has its axes only once it is drawn. */
  private fit(view: FitView): void {
    if (!this.make || this.axes === axesOf(view)) return;
    this.ridge = this.make();
    this.axes = axesOf(view);
    queueMicrotask(this.rescaled);
  }

  private paint(view: FitView, theme: Theme): void {
    const { form, shown, frame, against } = view;
    this.fit(view);
    const { context, area } = frame;
    const { ridge, input } = this;
    context.save();
    if (ridge) {
      const colour = ridge.isPositive ? theme.positive : theme.negative;
      if (form === 'field') paintField(frame, ridge, theme);
      else if (form === 'curve') paintCurve(frame, ridge, colour, theme);
      else {
        const across = form === 'along' ? columnOf(ridge.x, against ?? 0, shown.inputs) : shown.y;
        paintDots(frame, across, ridge, colour);
      }
    }
    if (input && (form === 'curve' || form === 'field' || form === 'along')) {
      const x = frame.toX(input[form === 'along' ? (against ?? 0) : 0]);
      const y = frame.toY(input[1]);
      Object.assign(context, { strokeStyle: theme.ink, lineWidth: 1 });
      context.setLineDash([3, 3]);
      context.beginPath();
      context.moveTo(x, area.top);
      context.lineTo(x, area.top + area.height);
      if (form === 'field') {
        context.moveTo(area.left, y);
        context.lineTo(area.left + area.width, y);
      }
      context.stroke();
    }
    context.restore();
  }
}

const axesOf = ({ frame }: FitView): string => [frame.x, frame.y].join();

function paintCurve(frame: PlotFrame, ridge: Ridge, colour: string, { ground }: Theme): void {
  const { context, toX, toY } = frame;
  const { x, values, base } = ridge;
  const by = shrinkOf(ridge, frame.y);
  context.beginPath();
  for (let i = 0; i < x.length; i++) context.lineTo(toX(x[i]), toY(base + (values[i] - base) / by));
  context.lineJoin = 'round';
  for (const [strokeStyle, lineWidth] of [
    [ground, 4.5],
    [colour, 2],
  ] as const) {
    Object.assign(context, { strokeStyle, lineWidth });
    context.stroke();
  }
}

/** As lines of equal height: dashed where it is 0. */
function paintField(frame: PlotFrame, { values, base }: Ridge, theme: Theme): void {
  const { context, toX, toY } = frame;
  const [left, right] = frame.x;
  const [bottom, top] = frame.y;
  const heights = values.map((value) => value - base);
  const most = heights.reduce((so, height) => Math.max(so, Math.abs(height)), 0);
  const at = (x: number, y: number): [number, number] => [
    toX(left + ((right - left) * x) / (SIDE - 1)),
    toY(bottom + ((top - bottom) * y) / (SIDE - 1)),
  ];
  for (const level of LEVELS) {
    context.beginPath();
    for (const [x, y, u, v] of contour(heights, SIDE, level * most)) {
      context.moveTo(...at(x, y));
      context.lineTo(...at(u, v));
    }
    context.setLineDash(level === 0 ? [5, 4] : []);
    const colour = level === 0 ? theme.ink : level > 0 ? theme.positive : theme.negative;
    for (const [strokeStyle, lineWidth] of [
      [theme.ground, 3.5],
      [colour, 1.6],
    ] as const) {
      Object.assign(context, { strokeStyle, lineWidth });
      context.stroke();
    }
  }
  context.setLineDash([]);
}

function paintDots(frame: PlotFrame, across: Float64Array, ridge: Ridge, colour: string): void {
  const { context, toX, toY } = frame;
  const { values, base } = ridge;
  const by = shrinkOf(ridge, frame.y);
  context.beginPath();
  for (let i = 0; i < Math.min(across.length, values.length); i++) {
    const [x, y] = [toX(across[i]), toY(base + (values[i] - base) / by)];
    context.moveTo(x + DOT, y);
    context.arc(x, y, DOT, 0, 2 * Math.PI);
  }
  context.fillStyle = colour;
  context.fill();
}

/** Raw input [k] where the pointer is, or that of the nearest dot; null beside the axes. */
export function inputAt({ form, shown, frame, against }: FitView, px: number, py: number): Float64Array | null {
  const { area } = frame;
  const [u, v] = [(px - area.left) / area.width, 1 - (py - area.top) / area.height];
  if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) return null;
  const [x, y] = [frame.x[0] + u * (frame.x[1] - frame.x[0]), frame.y[0] + v * (frame.y[1] - frame.y[0])];
  if (form === 'curve') return Float64Array.of(x);
  if (form === 'field') return Float64Array.of(x, y);
  const k = shown.inputs;
  const across = form === 'along' ? columnOf(shown.x, against ?? 0, k) : shown.y;
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < across.length; i++)
    if (Math.abs(across[i] - x) < least) [best, least] = [i, Math.abs(across[i] - x)];
  return best < 0 ? null : shown.x.slice(best * k, (best + 1) * k);
}
