/** Values as dots joined by a line. */
import { Plot } from './plot.ts';
import { extent } from './frame.ts';

const RADIUS = 2;

export class DotPlot extends Plot {
  private x: ArrayLike<number> = [];
  private y: ArrayLike<number> = [];

  /** What is not finite is a gap. */
  show(x: ArrayLike<number>, y: ArrayLike<number>): void {
    [this.x, this.y] = [x, y];
    this.frame.requestDraw();
  }

  protected paint(): void {
    const { x, y } = this;
    this.frame.draw(extent(x), extent(y, 0.08), this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      context.strokeStyle = context.fillStyle = theme.learned;
      context.lineWidth = 1;
      const points = Array.from(x)
        .map((value, i) => [toX(value), toY(y[i])])
        .filter((point) => point.every(Number.isFinite));
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
