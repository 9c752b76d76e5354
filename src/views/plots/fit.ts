/**
 * f against the data: a curve for one input, for three or more predicted against true or both along one of them (two
 * inputs: field.ts).
 */
import { Plot } from './plot.ts';
import { extent, type FrameOptions, type Range } from './frame.ts';
import type { Theme } from '../palette.ts';

type Numbers = ArrayLike<number>;

/** Dots shrink and fade as they grow many. */
const dotRadius = (count: number): number => Math.min(4, Math.max(1.2, 14 / Math.sqrt(count + 1) + 1));

function dots(context: CanvasRenderingContext2D, count: number, place: (i: number) => [number, number]): void {
  const radius = dotRadius(count);
  context.beginPath();
  for (let i = 0; i < count; i++) {
    const [x, y] = place(i);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/** f at ascending x. */
interface Curve {
  readonly x: Numbers;
  readonly f: Numbers;
}

/** One input: data (x, y), and the curve x ↦ f(x). */
export class FitCurve extends Plot {
  private data: { x: Numbers; y: Numbers } = { x: [], y: [] };
  private curve: Curve = { x: [], f: [] };
  private twin: Curve = this.curve;
  private xRange: Range = [0, 1];
  private yRange: Range = [0, 1];

  /**
   * Data in the units of the axes; they also fix the ranges, so that the picture stands still while f moves.
   */
  setData(x: Numbers, y: Numbers): void {
    this.data = { x, y };
    this.xRange = extent(x);
    this.yRange = extent(y, 0.12);
    this.frame.requestDraw();
  }

  /** f at ascending x. */
  setCurve(x: Numbers, f: Numbers): void {
    this.curve = { x, f };
    this.frame.requestDraw();
  }

  /** f of a run beside this one; empty: there is none. */
  setTwin(x: Numbers, f: Numbers): void {
    this.twin = { x, f };
    this.frame.requestDraw();
  }

  protected paint(): void {
    this.frame.draw(this.xRange, this.yRange, this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      const { x, y } = this.data;
      dots(context, x.length, (i) => [toX(x[i]), toY(y[i])]);
      context.fillStyle = theme.soft;
      context.globalAlpha = 0.75;
      context.fill();
      context.globalAlpha = 1;
      this.stroke(this.twin, theme.twin, theme);
      this.stroke(this.curve, theme.learned, theme);
    });
  }

  /** On a rim of the ground, so that it stands out from dots. */
  private stroke({ x, f }: Curve, colour: string, { ground }: Theme): void {
    const { context, toX, toY } = this.frame;
    context.beginPath();
    for (let i = 0; i < f.length; i++) context.lineTo(toX(x[i]), toY(f[i]));
    context.lineJoin = 'round';
    for (const [ink, width] of [
      [ground, 5],
      [colour, 2.4],
    ] as const) {
      context.strokeStyle = ink;
      context.lineWidth = width;
      context.stroke();
    }
  }
}

/** What is seen of f at the samples, of a run and of one beside it. */
abstract class OfSamples<Options extends FrameOptions = FrameOptions> extends Plot<Options> {
  protected f: Numbers = [];
  protected twin: Numbers = [];

  /** f [m], in the order of y. */
  setPrediction(f: Numbers): void {
    this.f = f;
    this.frame.requestDraw();
  }

  /** That of a run beside this one; empty: there is none. */
  setTwin(f: Numbers): void {
    this.twin = f;
    this.frame.requestDraw();
  }

  /** All values of f, of both. */
  protected get seen(): number[] {
    return [...Array.from(this.f), ...Array.from(this.twin)];
  }
}

/** Any number of inputs: data and f against one of them, a dot for each sample. */
export class FitAlong extends OfSamples {
  private x: Numbers = [];
  private y: Numbers = [];
  private ranges: readonly [Range, Range] = [
    [0, 1],
    [0, 1],
  ];

  setData(x: Numbers, y: Numbers): void {
    [this.x, this.y] = [x, y];
    this.ranges = [extent(x), extent(y, 0.12)];
    this.frame.requestDraw();
  }

  protected paint(): void {
    const [across, up] = this.ranges;
    const { seen } = this;
    const [low, high] = seen.length > 0 ? extent(seen, 0.12) : up; // classes are told by what lies beyond them
    const both: Range = [Math.min(low, up[0]), Math.max(high, up[1])];
    this.frame.draw(across, both, this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      for (const [values, colour] of [
        [this.y, theme.soft],
        [this.twin, theme.twin],
        [this.f, theme.learned],
      ] as const) {
        dots(context, Math.min(this.x.length, values.length), (i) => [toX(this.x[i]), toY(values[i])]);
        context.fillStyle = colour;
        context.globalAlpha = 0.75;
        context.fill();
      }
    });
  }
}

interface ScatterOptions extends FrameOptions {
  /** f has the range of y, and a perfect fit lies on the diagonal; else f has a range of its own. */
  readonly alike: boolean;
}

/** Any number of inputs: f^α against y^α. */
export class FitScatter extends OfSamples<ScatterOptions> {
  private y: Numbers = [];
  private range: Range = [0, 1];

  setData(y: Numbers): void {
    this.y = y;
    this.range = extent(y, 0.08);
    this.frame.requestDraw();
  }

  protected paint(): void {
    const { alike } = this.options;
    const { seen } = this;
    const own = alike || seen.length === 0 ? this.range : extent(seen, 0.08);
    this.frame.draw(this.range, own, this.options, false, (theme: Theme) => {
      const { context, toX, toY } = this.frame;
      const [low, high] = this.range;
      context.strokeStyle = theme.soft;
      context.setLineDash([5, 4]);
      context.beginPath();
      context.moveTo(toX(low), toY(alike ? low : 0));
      context.lineTo(toX(high), toY(alike ? high : 0));
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 0.8;
      for (const [values, colour] of [
        [this.twin, theme.twin],
        [this.f, theme.learned],
      ] as const) {
        dots(context, Math.min(this.y.length, values.length), (i) => [toX(this.y[i]), toY(values[i])]);
        context.fillStyle = colour;
        context.fill();
      }
      context.globalAlpha = 1;
    });
  }
}
