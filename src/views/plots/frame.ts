/** A 2-D canvas with axes, ticks and names, on which the plots of f draw. */
import { THEMES } from '../palette.ts';
import type { Theme, ThemeName } from '../palette.ts';
import { onPixelRatio, pixelRatio } from '../pixel-ratio.ts';
import { ticks, tickText } from './ticks.ts';

export type Range = readonly [number, number];

export interface FrameOptions {
  readonly theme: ThemeName;
  /** Names with units, e.g. 'year', 'temperature anomaly (°C)'. */
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Plot area in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const FONT = '11px system-ui, sans-serif';
const MARGIN = { left: 52, right: 14, top: 10, bottom: 36 };

/** [low, high] of the finite values, widened by `pad` of its length; never empty. */
export function extent(values: ArrayLike<number>, pad = 0.04): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low > high) return [0, 1];
  const room = (high - low) * pad || Math.abs(low) * 0.1 || 1;
  return [low - room, high + room];
}

export class PlotFrame {
  readonly context: CanvasRenderingContext2D;
  area: Area = { left: 0, top: 0, width: 1, height: 1 };
  private readonly canvas = document.createElement('canvas');
  private readonly observer: ResizeObserver;
  private readonly unwatch = onPixelRatio(() => this.fit());
  private size = { width: 1, height: 1 };
  /** What the axes span. */
  x: Range = [0, 1];
  y: Range = [0, 1];
  /** Drawn over what is inside, by somebody else. */
  over: ((theme: Theme) => void) | null = null;
  private frame = 0;

  /** `paint` draws everything; it runs at the next animation frame after a resize or `requestDraw`. */
  constructor(
    private readonly host: HTMLElement,
    private readonly paint: () => void,
    /** Room kept free on the right, in CSS pixels. */
    private readonly aside = 0,
  ) {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this canvas gives no 2-D context');
    this.context = context;
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
    Object.assign(this.canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    this.canvas.setAttribute('role', 'img');
    host.append(this.canvas);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(host);
    this.fit();
  }

  requestDraw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  describe(text: string): void {
    this.canvas.setAttribute('aria-label', text);
  }

  toX = (value: number): number =>
    this.area.left + ((value - this.x[0]) / (this.x[1] - this.x[0])) * this.area.width;
  toY = (value: number): number =>
    this.area.top + ((this.y[1] - value) / (this.y[1] - this.y[0])) * this.area.height;

  /**
   * Clears and draws axes for the ranges; `inside` then draws clipped to the plot area. `filled` leaves out the
   * grid lines.
   */
  draw(x: Range, y: Range, options: FrameOptions, filled: boolean, inside: (theme: Theme) => void): void {
    [this.x, this.y] = [x, y];
    const theme: Theme = THEMES[options.theme];
    const { context, area } = this;
    context.clearRect(0, 0, this.size.width, this.size.height);
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    if (!filled) this.grid(theme);
    inside(theme);
    this.over?.(theme);
    context.restore();
    context.strokeStyle = theme.faint;
    context.lineWidth = 1;
    context.strokeRect(area.left + 0.5, area.top + 0.5, area.width - 1, area.height - 1);
    this.text(theme, options);
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.observer.disconnect();
    this.unwatch();
    this.canvas.remove();
  }

  private xTicks = (): number[] => ticks(this.x[0], this.x[1], Math.max(2, this.area.width / 70));
  private yTicks = (): number[] => ticks(this.y[0], this.y[1], Math.max(2, this.area.height / 42));

  private grid(theme: Theme): void {
    const { context, area } = this;
    context.strokeStyle = theme.faint;
    context.lineWidth = 1;
    context.beginPath();
    for (const value of this.xTicks()) {
      const x = Math.round(this.toX(value)) + 0.5;
      context.moveTo(x, area.top);
      context.lineTo(x, area.top + area.height);
    }
    for (const value of this.yTicks()) {
      const y = Math.round(this.toY(value)) + 0.5;
      context.moveTo(area.left, y);
      context.lineTo(area.left + area.width, y);
    }
    context.stroke();
  }

  private text(theme: Theme, { xLabel, yLabel }: FrameOptions): void {
    const { context, area } = this;
    const bottom = area.top + area.height;
    context.font = FONT;
    context.fillStyle = theme.soft;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const value of this.xTicks()) context.fillText(tickText(value), this.toX(value), bottom + 5);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const value of this.yTicks()) context.fillText(tickText(value), area.left - 6, this.toY(value));
    context.fillStyle = theme.ink;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.fillText(xLabel, area.left + area.width / 2, this.size.height - 2, area.width);
    context.save();
    context.translate(3, area.top + area.height / 2);
    context.rotate(-Math.PI / 2);
    context.textBaseline = 'top';
    context.fillText(yLabel, 0, 0, area.height);
    context.restore();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    const dpr = pixelRatio();
    this.size = { width, height };
    this.canvas.width = Math.round(width * dpr);
    this.canvas.height = Math.round(height * dpr);
    this.context.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.area = {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(10, width - MARGIN.left - MARGIN.right - this.aside),
      height: Math.max(10, height - MARGIN.top - MARGIN.bottom),
    };
    this.requestDraw();
  }
}
