/** A predicted power law as a line that turns, and what was measured, on logarithmic axes. */
import { Plot } from '../../views/plots/plot.ts';
import type { FrameOptions, Range } from '../../views/plots/frame.ts';

export interface Shown {
  readonly slope: number;
  /** Of others who predicted the same. */
  readonly others: readonly number[];
  /** (n, value), the value over that of the first. */
  readonly measured: readonly (readonly [number, number])[];
}

const DOT = 4;
const HIGH = 1;
const LOW = -2.5;

export class SlopePlot extends Plot<FrameOptions> {
  private shown: Shown = { slope: 0, others: [], measured: [] };
  private readonly range: Range;

  /** `widths`: from the first one on, where the line begins. */
  constructor(
    private readonly host: HTMLElement,
    options: FrameOptions,
    private readonly widths: readonly number[],
  ) {
    super(host, options);
    const [low, high] = [widths[0], widths.at(-1)!].map(Math.log10);
    this.range = [low - 0.2, high + 0.2];
  }

  show(shown: Shown): void {
    this.shown = shown;
    this.frame.requestDraw();
  }

  /** The slope of the line through the pointer. */
  slopeAt({ clientX, clientY }: PointerEvent): number {
    const { left, top } = this.host.getBoundingClientRect();
    const { area } = this.frame;
    const across = (clientX - left - area.left) / area.width;
    const down = (clientY - top - area.top) / area.height;
    const x = this.range[0] + across * (this.range[1] - this.range[0]) - Math.log10(this.widths[0]);
    return (HIGH - down * (HIGH - LOW)) / Math.max(x, 0.3);
  }

  protected paint(): void {
    const { slope, others, measured } = this.shown;
    this.frame.draw(this.range, [LOW, HIGH], this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      const [first, last] = [this.widths[0], this.widths.at(-1)!].map(Math.log10);
      const line = (rate: number, colour: string, width: number, dash: number[]): void => {
        Object.assign(context, { strokeStyle: colour, lineWidth: width });
        context.setLineDash(dash);
        context.beginPath();
        context.moveTo(toX(first), toY(0));
        context.lineTo(toX(last), toY(rate * (last - first)));
        context.stroke();
        context.setLineDash([]);
      };
      for (const other of others) line(other, theme.soft, 1, []);
      line(slope, theme.test, 2.2, [6, 4]);
      context.fillStyle = theme.learned;
      for (const [n, value] of measured) {
        context.beginPath();
        context.arc(toX(Math.log10(n)), toY(Math.log10(value)), DOT, 0, 2 * Math.PI);
        context.fill();
      }
    });
  }
}
