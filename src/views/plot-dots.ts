/** Values as dots joined by a line. */
import { extent, PlotFrame, type FrameOptions } from './plot-frame.ts';

const RADIUS = 2;

export class DotPlot {
  private readonly frame: PlotFrame;
  private x: ArrayLike<number> = [];
  private y: ArrayLike<number> = [];

  constructor(host: HTMLElement, private options: FrameOptions) {
    this.frame = new PlotFrame(host, () => this.paint());
  }

  /** What is not finite is a gap. */
  show(x: ArrayLike<number>, y: ArrayLike<number>): void {
    [this.x, this.y] = [x, y];
    this.frame.requestDraw();
  }

  setOptions(change: Partial<FrameOptions>): void {
    this.options = { ...this.options, ...change };
    this.frame.requestDraw();
  }

  describe(text: string): void {
    this.frame.describe(text);
  }

  destroy(): void {
    this.frame.destroy();
  }

  private paint(): void {
    const { x, y } = this;
    this.frame.draw(extent(x), extent(y, 0.08), this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      context.strokeStyle = context.fillStyle = theme.learned;
      context.lineWidth = 1;
      const points = Array.from(x).map((value, i) => [toX(value), toY(y[i])]).filter((point) => point.every(Number.isFinite));
      context.beginPath();
      for (const [px, py] of points) context.lineTo(px, py);
      context.stroke();
      context.beginPath();
      for (const [px, py] of points) {
        context.moveTo(px + RADIUS, py);
        context.arc(px, py, RADIUS, 0, 2 * Math.PI);
      }
      context.fill();
    });
  }
}
