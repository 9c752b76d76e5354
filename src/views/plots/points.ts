/**
 * Points on axes, coloured by a value or not, with a curve behind them; positions on the screen go back to
 * data.
 */
import { THEMES, type ThemeName } from '../palette.ts';
import { Plot } from './plot.ts';
import type { Range } from './frame.ts';
import { valueColour } from '../field/value-colour.ts';

export interface Dots {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** A value of each for its colour; null for one colour. */
  readonly values: ArrayLike<number> | null;
}

interface Picture {
  readonly dots: Dots;
  readonly curve?: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
  readonly ranges: readonly [Range, Range];
  readonly valueRange: Range;
  readonly names: readonly [string, string];
  /** This one has a ring; −1 for none. */
  readonly chosen: number;
}

const LARGEST = 5;
const SMALLEST = 1.8;
const AREA = 30;
const RIMMED = 3;

export class PointPlot extends Plot {
  private picture: Picture = {
    dots: { x: [], y: [], values: null },
    ranges: [
      [-1, 1],
      [-1, 1],
    ],
    valueRange: [-1, 1],
    names: ['x', 'y'],
    chosen: -1,
  };

  constructor(
    private readonly host: HTMLElement,
    theme: ThemeName,
  ) {
    super(host, { theme, xLabel: '', yLabel: '' });
  }

  show(picture: Picture, description: string): void {
    const [xLabel, yLabel] = picture.names;
    this.picture = picture;
    this.describe(description);
    this.setOptions({ xLabel, yLabel });
  }

  /** A place on the screen as data coordinates, within the axes. */
  dataAt({
    clientX,
    clientY,
  }: {
    readonly clientX: number;
    readonly clientY: number;
  }): readonly [number, number] {
    const { left, top } = this.host.getBoundingClientRect();
    const { area } = this.frame;
    const [x, y] = this.picture.ranges;
    const across = clamp((clientX - left - this.host.clientLeft - area.left) / area.width);
    const down = clamp((clientY - top - this.host.clientTop - area.top) / area.height);
    return [x[0] + across * (x[1] - x[0]), y[1] - down * (y[1] - y[0])];
  }

  /** The nearest dot within `reach` CSS pixels, the latest of equals; −1 for none. */
  nearest(place: { readonly clientX: number; readonly clientY: number }, reach: number): number {
    const [x, y] = this.dataAt(place);
    const { dots, ranges } = this.picture;
    const { area } = this.frame;
    const scaleX = area.width / (ranges[0][1] - ranges[0][0]);
    const scaleY = area.height / (ranges[1][1] - ranges[1][0]);
    let best = -1;
    let least = reach;
    for (let i = 0; i < dots.x.length; i++) {
      const distance = Math.hypot((dots.x[i] - x) * scaleX, (dots.y[i] - y) * scaleY);
      if (distance <= least) [best, least] = [i, distance];
    }
    return best;
  }

  protected paint(): void {
    const { dots, curve, ranges, chosen } = this.picture;
    const { context } = this.frame;
    this.frame.draw(ranges[0], ranges[1], this.options, false, ({ learned, test }) => {
      const { toX, toY } = this.frame;
      const count = dots.x.length;
      const radius = Math.max(SMALLEST, Math.min(LARGEST, AREA / Math.sqrt(count + 1)));
      if (curve) {
        context.beginPath();
        for (let i = 0; i < curve.x.length; i++) context.lineTo(toX(curve.x[i]), toY(curve.y[i]));
        context.strokeStyle = test;
        context.lineWidth = 1.5;
        context.stroke();
      }
      for (let i = 0; i < count; i++) {
        context.beginPath();
        context.arc(toX(dots.x[i]), toY(dots.y[i]), radius, 0, 2 * Math.PI);
        context.fillStyle = dots.values
          ? valueColour(dots.values[i], this.picture.valueRange, this.options.theme)
          : learned;
        context.fill();
        if (i === chosen || radius > RIMMED) this.rim(i === chosen);
      }
    });
  }

  /** Tells dots of any colour from the ground, and the chosen one from the others. */
  private rim(chosen: boolean): void {
    const { context } = this.frame;
    const { ink, soft } = THEMES[this.options.theme];
    context.strokeStyle = chosen ? ink : soft;
    context.lineWidth = chosen ? 2.5 : 1;
    context.stroke();
  }
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
