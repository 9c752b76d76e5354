/** The cloud drawn by WebGL in a worker: the page sends what changed, at most one picture is under way. */
import type { Camera } from './camera.ts';
import type { ArraySource, CloudOptions, CloudView } from './cloud.ts';
import type { Look, Size } from './cloud-painter.ts';

/** What changed since the last order; an order is answered when its picture is there. */
export interface Order {
  readonly canvas?: OffscreenCanvas;
  readonly size?: Size;
  readonly source?: ArraySource;
  readonly look?: Look;
  /** The answer brings the picture. */
  readonly keep?: boolean;
}
export type Answer =
  | { readonly drawn: number; readonly speedRange: readonly [number, number] | null; readonly picture: ImageBitmap | null }
  | { readonly failed: string };

interface Wish {
  readonly camera: Camera;
  readonly options: CloudOptions;
}
/** Of a picture to keep. */
interface Request extends Wish {
  readonly resolve: (picture: ImageBitmap) => void;
  readonly reject: (error: Error) => void;
}

export class CloudWorker implements CloudView<ArraySource> {
  drawn = 0;
  speedRange: readonly [number, number] | null = null;
  onReady?: () => void;
  private readonly worker = new Worker(new URL('./cloud-worker-web.ts', import.meta.url), { type: 'module' });
  private readonly opened: Promise<void>;
  private settle: () => void = () => undefined;
  private next: Order = {};
  private size: Size = { width: 1, height: 1, dpr: 1 };
  /** What the worker is at. */
  private under: Wish | Request | 'opening' | null = 'opening';
  private latest: Wish | null = null;
  private requests: Request[] = [];
  private failure: Error | null = null;

  /** `onFail` is called once, when the worker cannot draw or no longer can. Throws where a canvas cannot go to a worker. */
  constructor(canvas: HTMLCanvasElement, private readonly onFail: () => void) {
    this.opened = new Promise((resolve) => (this.settle = resolve));
    this.worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => ('failed' in data ? this.fail(data.failed) : this.note(data)));
    this.worker.addEventListener('error', ({ message }) => this.fail(message || 'it could not be started'));
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

  picture(camera: Camera, options: CloudOptions): Promise<ImageBitmap> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.requests.push({ camera, options, resolve, reject });
      this.send();
    });
  }

  destroy(): void {
    this.end(new Error('the cloud has changed meanwhile: ask again'));
  }

  private send(): void {
    if (this.under || this.failure) return;
    const wish = this.requests.shift() ?? this.latest;
    if (!wish) return;
    if (wish === this.latest) this.latest = null;
    this.under = wish;
    const { width, height } = this.size, { theta, speed } = this.next.source ?? {}, arrays = [theta, speed].filter((array) => array != null);
    const { theme, colour, axes, gain = 1 } = wish.options; // what else callers have in it need not be data
    const look = { matrix: wish.camera.matrix(width / height), options: { theme, colour, axes, gain } };
    this.worker.postMessage({ ...this.next, look, keep: 'resolve' in wish } satisfies Order, arrays.map(({ buffer }) => buffer));
    this.next = {};
  }

  private note({ drawn, speedRange, picture }: Exclude<Answer, { failed: string }>): void {
    const { under } = this;
    this.under = null;
    [this.drawn, this.speedRange] = [drawn, speedRange];
    if (under === 'opening') {
      this.settle();
      this.onReady?.();
    } else if (picture && under && 'resolve' in under) under.resolve(picture);
    this.send();
  }

  private fail(reason: string): void {
    if (this.failure) return;
    this.end(new Error(`WebGL cannot draw the cloud: ${reason}`));
    this.onFail();
  }

  private end(reason: Error): void {
    this.failure ??= reason;
    this.worker.terminate();
    const { under } = this;
    for (const { reject } of [...(under && typeof under === 'object' && 'reject' in under ? [under] : []), ...this.requests.splice(0)]) reject(reason);
    this.settle();
  }
}
