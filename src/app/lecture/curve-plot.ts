/** A drawn curve by its handles, and the curve that came, on a logarithmic axis. */
import { Plot } from '../../views/plots/plot.ts';
import type { FrameOptions, Range } from '../../views/plots/frame.ts';

/** log₁₀ of the loss over its start. */
export const SPAN: Range = [-4, 0.5];
const HANDLE = 6;

export class CurvePlot extends Plot<FrameOptions> {
  /** log₁₀ at each handle. */
  private handles: readonly number[] = [];
  private chosen = -1;
  private came: { readonly t: readonly number[]; readonly log: readonly number[] } = { t: [], log: [] };

  constructor(
    private readonly host: HTMLElement,
    options: FrameOptions,
    private readonly end: number,
  ) {
    super(host, options);
  }

  show(handles: readonly number[], chosen: number): void {
    [this.handles, this.chosen] = [handles, chosen];
    this.frame.requestDraw();
  }

  showRun(t: readonly number[], log: readonly number[]): void {
    this.came = { t, log };
    this.frame.requestDraw();
  }

  /** The handle nearest to the pointer, and the value where it is. */
  at({ clientX, clientY }: PointerEvent): { handle: number; value: number } {
    const { left, top } = this.host.getBoundingClientRect();
    const { area } = this.frame;
    const across = (clientX - left - area.left) / area.width;
    const down = Math.min(1, Math.max(0, (clientY - top - area.top) / area.height));
    const last = this.handles.length - 1;
    return {
      handle: Math.min(last, Math.max(0, Math.round(across * last))),
      value: SPAN[1] - down * (SPAN[1] - SPAN[0]),
    };
  }

  protected paint(): void {
    this.frame.draw([0, this.end], SPAN, this.options, false, (theme) => {
      const { context, toX, toY } = this.frame;
      const place = (k: number): [number, number] => [
        toX((this.end * k) / (this.handles.length - 1)),
        toY(this.handles[k]),
      ];
      context.beginPath();
      this.handles.forEach((_, k) => context.lineTo(...place(k)));
      Object.assign(context, { strokeStyle: theme.test, lineWidth: 2 });
      context.setLineDash([6, 4]);
      context.stroke();
      context.setLineDash([]);
      this.handles.forEach((_, k) => {
        context.beginPath();
        context.arc(...place(k), k === this.chosen ? HANDLE + 2 : HANDLE, 0, 2 * Math.PI);
        context.fillStyle = theme.test;
        context.fill();
      });
      context.beginPath();
      this.came.t.forEach((t, i) => context.lineTo(toX(t), toY(this.came.log[i])));
      Object.assign(context, { strokeStyle: theme.learned, lineWidth: 2 });
      context.stroke();
    });
  }
}
