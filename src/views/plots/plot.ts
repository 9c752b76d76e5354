/**
 * What every plot in a frame is: options that change, a description for those who cannot see it, and a picture.
 */
import { PlotFrame, type FrameOptions } from './frame.ts';

export abstract class Plot<Options extends FrameOptions = FrameOptions> {
  readonly frame: PlotFrame;

  /** `aside` is room kept free on the right, in CSS pixels. */
  constructor(
    host: HTMLElement,
    protected options: Options,
    aside = 0,
  ) {
    this.frame = new PlotFrame(host, () => this.paint(), aside);
  }

  setOptions(change: Partial<Options>): void {
    this.options = { ...this.options, ...change };
    this.frame.requestDraw();
  }

  describe(text: string): void {
    this.frame.describe(text);
  }

  destroy(): void {
    this.frame.destroy();
  }

  /** Draws everything; first at an animation frame after the plot stands. */
  protected abstract paint(): void;
}
