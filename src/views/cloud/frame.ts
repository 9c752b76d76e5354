/** A cloud view at home in the page: its canvases, size, camera gestures and redraws. */
import { onPixelRatio, pixelRatio } from '../pixel-ratio.ts';
import { bindCamera } from './camera-input.ts';
import type { Camera } from './camera.ts';
import type { CloudOptions, CloudView } from './cloud.ts';
import { CloudAxes } from './axes.ts';
import type { AxisLabels } from './axes.ts';
import type { Overlay } from './overlay.ts';

export interface CloudFrameOptions extends CloudOptions {
  readonly labels: AxisLabels;
  readonly showAxes: boolean;
  /** Drawn over the cloud with the axes. */
  readonly overlay?: Overlay;
  /** What a screen reader says in place of the picture. */
  readonly description: string;
}

/** Beyond two device pixels a CSS pixel nobody sees a difference. */
const MAX_DPR = 2;

export class CloudFrame<Source> {
  readonly view: CloudView<Source>;
  private readonly canvas = document.createElement('canvas');
  private readonly overlay = document.createElement('canvas');
  private readonly axes = new CloudAxes(this.overlay);
  private readonly observer: ResizeObserver;
  private readonly unbind: () => void;
  private readonly unwatch = onPixelRatio(() => this.fit());
  private frame = 0;
  private before = 0;

  /**
   * `create` makes the view on the canvas it is given; what it throws passes through, with the page as before.
   */
  constructor(
    private readonly host: HTMLElement,
    private readonly camera: Camera,
    private options: CloudFrameOptions,
    create: (canvas: HTMLCanvasElement) => CloudView<Source>,
  ) {
    this.view = create(this.canvas);
    this.view.onReady = () => this.requestDraw();
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
    for (const canvas of [this.canvas, this.overlay]) {
      Object.assign(canvas.style, {
        position: 'absolute',
        inset: '0',
        width: '100%',
        height: '100%',
        display: 'block',
      });
    }
    this.canvas.style.opacity = '0'; // keys and pointers reach it all the same
    this.overlay.style.pointerEvents = 'none';
    this.overlay.setAttribute('aria-hidden', 'true');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    host.append(this.canvas, this.overlay);
    this.unbind = bindCamera(this.canvas, camera, () => this.onCameraChange());
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(host);
    this.fit();
    this.setOptions({});
  }

  /** Called after a gesture; the twin of a second frame with the same camera redraws here. */
  onCameraChange: () => void = () => this.requestDraw();

  setOptions(change: Partial<CloudFrameOptions>): void {
    this.options = { ...this.options, ...change };
    this.canvas.setAttribute('aria-label', this.options.description);
    this.requestDraw();
  }

  setSource(source: Source): void {
    this.view.setSource(source);
    this.requestDraw();
  }

  /** Draws at the next animation frame; any number of calls before it make one picture. */
  requestDraw(): void {
    this.frame ||= requestAnimationFrame((now) => this.tick(now));
  }

  /** Draws now (before a picture is saved). */
  draw(): void {
    this.view.draw(this.camera, this.options);
    if (this.view.isSeen) this.canvas.style.opacity = '';
    const { labels, showAxes, theme, axes, overlay } = this.options;
    this.axes.draw(this.camera, showAxes ? labels : ['', '', ''], theme, axes, overlay);
  }

  /** The picture with its axes as it is seen, at once: a page that is about to be printed does not wait. */
  snapshot(): HTMLCanvasElement | null {
    const sheet = document.createElement('canvas');
    const context = sheet.getContext('2d');
    this.draw();
    Object.assign(sheet, { width: this.overlay.width, height: this.overlay.height });
    context?.drawImage(this.canvas, 0, 0, sheet.width, sheet.height);
    context?.drawImage(this.overlay, 0, 0);
    return context && sheet;
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.observer.disconnect();
    this.unwatch();
    this.unbind();
    this.view.destroy();
    this.canvas.remove();
    this.overlay.remove();
  }

  private tick(now: number): void {
    this.frame = 0;
    const seconds = Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    const moved = this.camera.advance(seconds);
    this.draw();
    if (moved) this.requestDraw();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    const dpr = Math.min(MAX_DPR, pixelRatio());
    this.view.resize(width, height, dpr);
    this.axes.resize(width, height, dpr);
    this.requestDraw();
  }
}
