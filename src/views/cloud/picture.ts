/**
 * The cloud at a size of its own, off the page: what pictures and films are made of. Nothing in it is scaled
 * up.
 */
import type { Camera } from './camera.ts';
import { CloudAxes } from './axes.ts';
import type { CloudFrameOptions } from './frame.ts';
import type { CloudView } from './cloud.ts';
import { THEMES } from '../palette.ts';

/** CSS pixels of the shorter side: text and dots grow with the picture as they do on a finer screen. */
const SHORTER = 720;
const FONT = '14px system-ui, sans-serif';
const MARGIN = 16;

export class CloudPicture<Source> {
  /** The picture as last drawn, with axes and words on it. */
  readonly sheet = document.createElement('canvas');
  readonly view: CloudView<Source>;
  private readonly canvas = document.createElement('canvas');
  private readonly overlay = document.createElement('canvas');
  private readonly axes = new CloudAxes(this.overlay);
  private readonly context: CanvasRenderingContext2D;
  private readonly dpr: number;

  /**
   * Of width × height pixels. `create` makes the view on the canvas it is given; the view must be one that does
   * not save pixels.
   */
  constructor(
    private readonly width: number,
    private readonly height: number,
    create: (canvas: HTMLCanvasElement) => CloudView<Source>,
  ) {
    this.dpr = Math.max(1, Math.min(width, height) / SHORTER);
    Object.assign(this.sheet, { width, height });
    const context = this.sheet.getContext('2d', { alpha: false });
    if (!context)
      throw new Error(`this browser gives no canvas of ${width} × ${height} pixels: choose a smaller picture`);
    this.context = context;
    this.view = create(this.canvas);
    const whole = 0.01; // what is cut to whole pixels must not fall a rounding error short of them
    this.view.resize((width + whole) / this.dpr, (height + whole) / this.dpr, this.dpr);
    this.axes.resize(width / this.dpr, height / this.dpr, this.dpr);
  }

  /** Draws the source as it is now; `words` stand in the lower left corner. */
  async draw(
    source: Source,
    camera: Camera,
    options: CloudFrameOptions,
    words = '',
  ): Promise<HTMLCanvasElement> {
    const { context, canvas, view } = this;
    view.setSource(source);
    await view.ready?.(options);
    view.draw(camera, options);
    if (canvas.width !== this.width || canvas.height !== this.height) {
      throw new Error(
        `this machine draws at most ${canvas.width} × ${canvas.height} of the ${this.width} × ${this.height} pixels: choose a smaller picture`,
      );
    }
    context.drawImage(canvas, 0, 0);
    if (options.showAxes) {
      this.axes.draw(camera, options.labels, options.theme, options.axes, options.overlay);
      context.drawImage(this.overlay, 0, 0);
      this.write(words, THEMES[options.theme]);
    }
    return this.sheet;
  }

  destroy(): void {
    this.view.destroy();
    // memory goes at once
    for (const canvas of [this.sheet, this.overlay]) Object.assign(canvas, { width: 1, height: 1 });
  }

  private write(words: string, { ink, ground }: { readonly ink: string; readonly ground: string }): void {
    const { context, dpr } = this;
    context.save();
    context.scale(dpr, dpr);
    context.font = FONT;
    context.textBaseline = 'alphabetic';
    context.lineWidth = 4;
    context.strokeStyle = ground;
    context.fillStyle = ink;
    const [x, y] = [MARGIN, this.height / dpr - MARGIN];
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
    context.restore();
  }
}
