/** The cloud on the page: the best view this machine has, fed by whichever engine runs. */
import { rms } from '../../core/analysis/histogram.ts';
import { sameJson } from '../../core/words/json.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Encoding } from '../../experiments/data/encoding.ts';
import { Camera } from '../../views/cloud/camera.ts';
import type { Overlay } from '../../views/cloud/overlay.ts';
import type { CloudFrameOptions } from '../../views/cloud/frame.ts';
import { coordinate, defaultAxes, type Axes, type Axis, type CloudColour } from '../../views/cloud/cloud.ts';
import { Legend } from '../../views/cloud/legend.ts';
import type { ThemeName } from '../../views/palette.ts';
import { drawn, drawnPlainly, type Drawn, type CloudPlace } from './drawn.ts';
import { USUAL, type PictureChoice } from './picture-choice.ts';
import { Tails } from './tails.ts';
import { cut } from '../../core/words/cut.ts';
import { axisName, colourKey, descriptionOf } from './words.ts';

/** Half-height of the view in standard deviations of the drawn components at step 0. */
const DEVIATIONS = 4;
const SAMPLE = 4096;
/** Particles that are copied for a picture, at most: more would take this thread longer than a frame has. */
const MOST_COPIED = 2 ** 16;

/** Characters of a name beside an axis: more would reach over the cloud. */
const ROOM = 28;

export class PageCloud {
  readonly camera: Camera;
  private options = USUAL;
  private tails: Tails | null = null;
  private encoding: Encoding | null = null;
  private reach: number | null = null;
  private open: Drawn | null = null;
  private engine: Engine | null = null;
  private loading = false;
  private readonly legend: Legend;
  /** The clouds that share a camera and looks, this one among them. */
  private readonly circle: Set<PageCloud>;

  /** Beside another cloud, it has that one's camera, scale and looks: what turns one turns both. */
  constructor(
    private readonly host: HTMLElement,
    key: HTMLElement,
    private readonly lead: PageCloud | null = null,
  ) {
    this.legend = new Legend(key);
    this.camera = lead?.camera ?? new Camera();
    this.circle = lead?.circle ?? new Set();
    this.circle.add(this);
    if (lead) this.options = lead.options;
  }

  /** What draws, and how many of the neurons where that is not all of them. */
  get drawing(): string {
    const view = this.open?.frame.view;
    const renderer = this.open?.renderer ?? 'WebGPU';
    const n = this.engine?.problem.n ?? 0;
    return view && view.drawn > 0 && view.drawn < n
      ? `${renderer}, ${view.drawn.toLocaleString('en')} of them`
      : renderer;
  }

  get axes(): Axes {
    return this.options.axes;
  }
  /** The components across and up, for what has no directions. */
  get plane(): readonly [number, number] {
    const [x, y] = this.axes;
    if (typeof x === 'number' && typeof y === 'number') return [x, y];
    const [across, up] = defaultAxes(this.engine!.problem);
    return [Number(across), Number(up)];
  }
  get colour(): CloudColour {
    return this.options.colour;
  }
  get theme(): ThemeName {
    return this.options.theme;
  }
  get overlays(): Pick<PictureChoice, 'teacher' | 'tails'> {
    return this.options;
  }
  /** All that a picture of the cloud depends on beside camera and neurons. */
  get look(): CloudFrameOptions {
    return this.frameOptions();
  }

  /**
   * Shows another engine's cloud; `reach` is the half-height of the view where the start does not tell it. The
   * camera stays while the problem keeps its shape.
   */
  async show(engine: Engine, encoding: Encoding, reach: number | null): Promise<void> {
    const before = this.engine && shapeOf(this.engine.problem);
    const shape = shapeOf(engine.problem);
    this.open?.frame.destroy();
    this.engine = engine;
    this.encoding = encoding;
    this.reach = reach;
    this.tails = null;
    if (!sameJson(before, shape) && !this.lead) this.options = { ...this.options, axes: defaultAxes(shape) };
    this.fit();
    this.open = this.bound(drawn(engine, this.place(), () => this.drawPlainly(engine)));
    if (this.open.on === 'cpu') await this.open.frame.view.ready?.(this.options);
    await this.refresh();
    this.set({});
  }

  /** θ has moved: the GPU's view sees it by itself, the others are given a copy of some particles. */
  async refresh(): Promise<void> {
    const { open } = this;
    void this.followTails().catch(() => undefined); // of an engine that is gone
    if (open?.on === 'gpu') open.frame.requestDraw();
    if (open?.on !== 'cpu' || this.loading) return;
    this.loading = true;
    // the engine may be gone: another comes, and is shown
    const sample = await open.engine.sample(MOST_COPIED).catch(() => null);
    this.loading = false;
    if (sample && open === this.open) open.frame.setSource(sample);
    if (open !== this.open) await this.refresh();
  }

  private async followTails(): Promise<void> {
    const { engine, options } = this;
    if (!options.tails || !engine) this.tails = null;
    else if (await (this.tails ??= new Tails(engine)).note())
      this.open?.frame.setOptions({ overlay: this.overlay() });
  }

  /** Changes theme, colouring, axes or what is drawn over the cloud. */
  set(change: Partial<PictureChoice>): void {
    const axes = change.axes !== undefined;
    this.options = { ...this.options, ...change };
    if (axes) this.fit();
    for (const cloud of this.circle) cloud.adopt(this.options);
  }

  private adopt(options: PictureChoice): void {
    this.options = options;
    if (!options.tails) this.tails = null;
    this.open?.frame.setOptions(this.frameOptions());
    this.showKey();
  }

  /** The colour key follows the range of speeds. */
  showKey(): void {
    const { theme, colour } = this.options;
    if (!this.encoding) return; // nothing is shown yet
    this.legend.update({
      theme,
      colour,
      labels: colourKey(this.encoding),
      speedRange: this.open?.frame.view.speedRange ?? null,
    });
  }

  /** The picture as it stands, at once; null before there is one. */
  snapshot(): HTMLCanvasElement | null {
    return this.open?.frame.snapshot() ?? null;
  }

  resetView(): void {
    this.camera.reset();
    this.redraw();
  }

  /** Frees what it holds; the other stages of its circle stay. */
  destroy(): void {
    this.circle.delete(this);
    this.open?.frame.destroy();
    this.open = this.engine = null;
    this.legend.destroy();
  }

  /** The camera has moved. */
  private redraw(): void {
    for (const { open } of this.circle) open?.frame.requestDraw();
  }

  private bound(open: Drawn): Drawn {
    open.frame.onCameraChange = () => this.redraw();
    return open;
  }

  /** WebGL cannot draw, or no longer can. */
  private drawPlainly(engine: Engine): void {
    if (this.engine !== engine) return;
    this.open?.frame.destroy();
    this.open = this.bound(drawnPlainly(engine, this.place()));
    void this.refresh();
  }

  private place(): CloudPlace {
    return { host: this.host, camera: this.camera, options: this.frameOptions() };
  }

  private frameOptions(): CloudFrameOptions {
    const axes = this.axesOf(this.engine!);
    const [x, y, z] = axes.map((component) => cut(axisName(component, this.encoding!), ROOM));
    const { theme, colour, still } = this.options;
    return {
      theme,
      colour,
      still,
      axes,
      labels: [x, y, z],
      showAxes: true,
      overlay: this.overlay(),
      description: descriptionOf(colour, this.encoding!),
    };
  }

  private overlay(): Overlay {
    return { rays: this.options.teacher ? this.encoding!.teacher : [], paths: this.tails?.paths ?? null };
  }

  /** Those chosen, unless they are of a problem of the circle's that has more components. */
  private axesOf({ problem }: Engine): Axes {
    const { width } = shapeOf(problem);
    const fits = (axis: Axis): boolean =>
      typeof axis === 'number' ? axis < width : axis.weights.length === width;
    return this.axes.every(fits) ? this.axes : defaultAxes(problem);
  }

  /** The same scale on both screen axes where both are weights of w0, so that directions are true. */
  private fit(): void {
    if (this.lead) return;
    const { theta, n, ...sized } = this.engine!.problem;
    const { width } = shapeOf(sized);
    const sizeOf = (axis: Axis): number =>
      typeof axis === 'number'
        ? rms((row) => coordinate(theta, row * width, axis), Math.min(n, SAMPLE))
        : axis.size;
    const [x, y, z] = this.axes.map((axis) => DEVIATIONS * sizeOf(axis));
    const screen = this.reach ?? (Math.max(x, y) || 1);
    this.camera.setScale(screen, screen, this.reach ?? (z || screen));
  }
}
