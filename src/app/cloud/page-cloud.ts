/** The cloud on the page: the best view this machine has, fed by whichever engine runs. */
import { sameJson } from '../../core/words/json.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import type { StretchName } from '../../experiments/preset.ts';
import type { Encoding } from '../../experiments/data/encoding.ts';
import { Camera } from '../../views/cloud/camera.ts';
import type { Layer, Overlay } from '../../views/cloud/overlay.ts';
import type { CloudFrameOptions } from '../../views/cloud/frame.ts';
import type { Axes, CloudColour } from '../../views/cloud/cloud.ts';
import { Legend } from '../../views/cloud/legend.ts';
import type { ThemeName } from '../../views/palette.ts';
import { drawn, drawnPlainly, type Drawn, type CloudPlace } from './drawn.ts';
import { firstAxes, fitting, NO_PICTURE, planeOf, reachOf, type FirstPicture } from './picture.ts';
import { USUAL, type PictureChoice } from './picture-choice.ts';
import { scaleOf } from './scale.ts';
import { stretched } from './stretch.ts';
import { Theory } from './theory.ts';
import { Tails } from './tails.ts';
import { cut } from '../../core/words/cut.ts';
import { colourKey, descriptionOf, drawnName } from './words.ts';
import { say } from '../../words/say.ts';

/** Particles that are copied for a picture, at most: more would take this thread longer than a frame has. */
const MOST_COPIED = 2 ** 16;

/** Characters of a name beside an axis: more would reach over the cloud. */
const ROOM = 28;

export class PageCloud {
  readonly camera: Camera;
  /** Called after the person has moved the camera. */
  onMove: () => void = () => undefined;
  private options = USUAL;
  private tails: Tails | null = null;
  private encoding: Encoding | null = null;
  private picture = NO_PICTURE;
  private theory: Theory | null = null;
  private layer: Layer | null = null;
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
      ? say('{renderer}, {drawn} of them', { renderer, drawn: view.drawn.toLocaleString('en') })
      : renderer;
  }

  get axes(): Axes {
    return this.options.axes;
  }
  /** Those along which neurons are drawn: of another problem's, the usual ones of this; and stretched. */
  get drawnAxes(): Axes {
    const { problem } = this.engine!;
    return stretched(fitting(this.axes, problem), this.options.stretch, problem);
  }
  /** The components across and up, for what has no directions. */
  get plane(): readonly [number, number] {
    return planeOf(this.axes, this.engine!.problem);
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
  get stretch(): StretchName {
    return this.options.stretch;
  }
  /** As it is seen where nobody chooses. */
  get first(): { readonly axes: Axes; readonly stretch: StretchName } {
    return { axes: firstAxes(this.picture, this.engine!.problem), stretch: this.picture.stretch };
  }
  /** All that a picture of the cloud depends on beside camera and neurons. */
  get look(): CloudFrameOptions {
    return this.frameOptions();
  }

  /**
   * Shows another engine's cloud; what was chosen of it, and the camera, stay while the problem keeps its shape and
   * the same preset says how it is seen first.
   */
  async show(engine: Engine, encoding: Encoding, picture: FirstPicture): Promise<void> {
    const before = this.engine && shapeOf(this.engine.problem);
    const shape = shapeOf(engine.problem);
    this.open?.frame.destroy();
    this.engine = engine;
    this.encoding = encoding;
    const isOther = picture.of !== this.picture.of;
    const { teacher, tails } = picture;
    this.picture = picture;
    this.tails = null;
    if (!this.lead && (isOther || !sameJson(before, shape)))
      this.options = { ...this.options, ...this.first, ...(isOther && { teacher, tails }) };
    this.theory = new Theory(picture, () => this.lay(this.layer));
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
    const { engine, options, open } = this;
    if (!options.tails || !engine || !open?.frame.view.isSeen)
      this.tails = null; // the cloud itself comes first
    else if (await (this.tails ??= new Tails(engine)).note())
      this.open?.frame.setOptions({ overlay: this.overlay() });
  }

  /** Changes theme, colouring, axes or what is drawn over the cloud. */
  set(change: Partial<PictureChoice>): void {
    const axes = change.axes !== undefined || change.stretch !== undefined;
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

  /** Draws this over the cloud, too, in place of the last. */
  lay(layer: Layer | null): void {
    this.layer = layer;
    this.open?.frame.setOptions({ overlay: this.overlay() });
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
    (this.lead ?? this).onMove();
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
    const axes = fitting(this.axes, this.engine!.problem);
    const { theme, colour, still, stretch } = this.options;
    const [x, y, z] = axes.map((axis) => cut(drawnName(axis, stretch, this.encoding!), ROOM));
    return {
      theme,
      colour,
      still,
      axes: this.drawnAxes,
      labels: [x, y, z],
      showAxes: true,
      overlay: this.overlay(),
      description: descriptionOf(colour, this.encoding!),
    };
  }

  private overlay(): Overlay {
    const { teacher, stretch } = this.options;
    const rays = teacher ? this.encoding!.rays : [];
    const rings = teacher && stretch === 'w0' ? this.theory!.rings : [];
    return { rays, rings, paths: this.tails?.paths ?? null, layer: this.layer };
  }

  private fit(): void {
    const { picture, axes, drawnAxes, engine } = this;
    if (!this.lead) this.camera.setScale(...(reachOf(picture, axes) ?? scaleOf(drawnAxes, engine!.problem)));
  }
}
