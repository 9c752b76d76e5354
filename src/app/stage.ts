/** The cloud on the page: the view that this machine can have, fed by whichever engine runs. */
import type { CpuEngine } from '../engines/cpu.ts';
import type { Engine } from '../engines/engine.ts';
import type { WebGpuEngine } from '../engines/webgpu.ts';
import { bindCamera } from '../views/camera-input.ts';
import { Camera } from '../views/camera.ts';
import { CloudCanvas } from '../views/cloud-canvas.ts';
import { CloudRegl } from '../views/cloud-regl.ts';
import { CloudWebGpu } from '../views/cloud-webgpu.ts';
import { defaultAxes, type ArraySource, type Axes, type CloudColour, type CloudOptions, type CloudView, type GpuSource } from '../views/cloud.ts';
import type { ThemeName } from '../views/palette.ts';

/** What draws, in words for people. */
export type Renderer = 'WebGPU' | 'WebGL' | '2-D canvas';

/** Half-height of the view in standard deviations of the drawn components at step 0. */
const DEVIATIONS = 4;
const SAMPLE = 4096;

export class Stage {
  readonly camera = new Camera();
  renderer: Renderer = 'WebGPU';
  axes: Axes = [1, 2, 0];
  colour: CloudColour = 'sign';
  theme: ThemeName = 'dark';
  private view: CloudView<GpuSource> | CloudView<ArraySource> | null = null;
  private engine: Engine | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private unbind = (): void => undefined;
  private dirty = true;
  private loading = false;

  constructor(private readonly container: HTMLElement) {
    new ResizeObserver(() => this.resize()).observe(container);
  }

  get speedRange(): readonly [number, number] | null {
    return this.view?.speedRange ?? null;
  }

  /** Shows another engine's cloud; a new canvas, since a canvas keeps its first kind of context. */
  async show(engine: Engine): Promise<void> {
    this.engine = engine;
    this.view?.destroy();
    this.unbind();
    this.axes = defaultAxes(engine.problem.d);
    this.fit(engine);
    this.view = this.open(engine);
    this.unbind = bindCamera(this.container, this.camera, () => this.touch());
    this.resize();
    await this.refresh();
  }

  /** θ has moved: the GPU's view sees it by itself, the others are given a copy. */
  async refresh(): Promise<void> {
    const { engine, view } = this;
    this.dirty = true;
    if (!engine || !view || engine.info.name === 'webgpu' || this.loading) return;
    this.loading = true;
    try {
      const cpu = engine as CpuEngine, { n, d } = engine.problem;
      const [theta, speed] = await Promise.all([cpu.theta(), this.colour === 'speed' ? cpu.speeds() : null]);
      if (engine === this.engine) (view as CloudView<ArraySource>).setSource({ theta, speed, n, d });
      this.dirty = true;
    } finally {
      this.loading = false;
    }
  }

  /** Something other than θ changed: camera, axes, colours. */
  touch(): void {
    this.dirty = true;
  }

  /** Draws if there is anything new; once a frame. */
  frame(): void {
    if (!this.dirty || !this.view) return;
    this.dirty = false;
    const options: CloudOptions = { theme: this.theme, colour: this.colour, axes: this.axes };
    this.view.draw(this.camera, options);
  }

  /** The picture as it is, for saving. */
  get element(): HTMLCanvasElement | null {
    return this.canvas;
  }

  private open(engine: Engine): CloudView<GpuSource> | CloudView<ArraySource> {
    if (engine.info.name === 'webgpu') {
      const cloud = (engine as WebGpuEngine).cloud();
      const view = new CloudWebGpu(this.newCanvas(), cloud.device, { software: engine.info.software });
      view.setSource(cloud);
      this.renderer = 'WebGPU';
      return view;
    }
    try {
      const view = new CloudRegl(this.newCanvas());
      this.renderer = 'WebGL';
      return view;
    } catch {
      this.renderer = '2-D canvas';
      return new CloudCanvas(this.newCanvas());
    }
  }

  private newCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', 'Every neuron as a point; orange where w1 > 0, blue where w1 < 0');
    this.canvas?.remove();
    this.container.prepend(canvas);
    return (this.canvas = canvas);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.view?.resize(clientWidth, clientHeight, devicePixelRatio);
    this.dirty = true;
  }

  /** The same scale on both screen axes, so that directions of w0 are true. */
  private fit({ problem: { theta, d, n } }: Engine): void {
    const rms = (component: number): number => {
      if (component < 0) return 0;
      let square = 0;
      const rows = Math.min(n, SAMPLE);
      for (let j = 0; j < rows; j++) square += theta[j * (1 + d) + component] ** 2 / rows;
      return Math.sqrt(square);
    };
    const [x, y, z] = this.axes.map(rms);
    const screen = DEVIATIONS * Math.max(x, y) || 1;
    this.camera.setScale(screen, screen, DEVIATIONS * z || screen);
  }
}
