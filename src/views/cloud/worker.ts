/** The cloud drawn by WebGL in a worker: the page sends what changed, at most one picture is under way. */
import type { Camera } from './camera.ts';
import type { ArraySource, CloudOptions, CloudView } from './cloud.ts';
import type { Look, Size } from './painter.ts';

/** What changed since the last order; an order is answered when its picture is there. */
export interface Order {
  readonly canvas?: OffscreenCanvas;
  readonly size?: Size;
  readonly source?: ArraySource;
  readonly look?: Look;
}
export type Answer =
  | { readonly drawn: number; readonly speedRange: readonly [number, number] | null }
  | { readonly failed: string };

interface Wish {
  readonly camera: Camera;
  readonly options: CloudOptions;
}

export class CloudWorker implements CloudView<ArraySource> {
  drawn = 0;
  isSeen = false;
  speedRange: readonly [number, number] | null = null;
  onReady?: () => void;
  private readonly worker = new Worker(new URL('./worker-web.ts', import.meta.url), { type: 'module' });
  private readonly opened: Promise<void>;
  private settle: () => void = () => undefined;
  private next: Order = {};
  private size: Size = { width: 1, height: 1, dpr: 1 };
  /** What the worker is at. */
  private under: 'opening' | 'picture' | null = 'opening';
  private latest: Wish | null = null;
  private over = false;

  /**
   * `onFail` is called once, when the worker cannot draw or no longer can. Throws where a canvas cannot go to a
   * worker.
   */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly onFail: () => void,
  ) {
    this.opened = new Promise((resolve) => (this.settle = resolve));
    this.worker.addEventListener('message', ({ data }: MessageEvent<Answer>) =>
      'failed' in data ? this.fail() : this.note(data),
    );
    this.worker.addEventListener('error', () => this.fail());
    const offscreen = canvas.transferControlToOffscreen();
    this.worker.postMessage({ canvas: offscreen } satisfies Order, [offscreen]);
  }

  /** Until the worker has said whether it can draw. */
  ready(): Promise<void> {
    return this.opened;
  }

  /** Takes the arrays over: they go to the worker. */
  setSource(source: ArraySource): void {
    this.next = { ...this.next, source };
  }

  resize(width: number, height: number, dpr: number): void {
    this.size = { width, height, dpr };
    this.next = { ...this.next, size: this.size };
  }

  /** Of several while a picture is under way, the last one is drawn after it. */
  draw(camera: Camera, options: CloudOptions): void {
    this.latest = { camera, options };
    this.send();
  }

  destroy(): void {
    this.over = true;
    this.worker.terminate();
    this.settle();
  }

  private send(): void {
    const wish = this.latest;
    if (this.under || this.over || !wish) return;
    this.latest = null;
    this.under = 'picture';
    const { width, height } = this.size;
    const { theta, speed } = this.next.source ?? {};
    const arrays = [theta, speed].filter((array) => array != null);
    const { theme, colour, axes, gain = 1 } = wish.options; // what else callers have in it need not be data
    const look = { matrix: wish.camera.matrix(width / height), options: { theme, colour, axes, gain } };
    this.worker.postMessage(
      { ...this.next, look } satisfies Order,
      arrays.map(({ buffer }) => buffer),
    );
    this.next = {};
  }

  private note({ drawn, speedRange }: Exclude<Answer, { failed: string }>): void {
    const opened = this.under === 'opening';
    this.under = null;
    [this.drawn, this.speedRange] = [drawn, speedRange];
    if (opened) this.settle();
    const isFirst = !this.isSeen && drawn > 0;
    this.isSeen ||= isFirst;
    if (opened || isFirst) this.onReady?.();
    this.send();
  }

  private fail(): void {
    if (this.over) return;
    this.destroy();
    this.onFail();
  }
}
