/**
 * mckean/cloud: <mckean-cloud preset="moons"></mckean-cloud> in any page, the cloud of neurons as it learns. What
 * draws and computes is the page's own. Imported where there is no page, it does nothing.
 *
 * @module mckean/cloud
 */
import { pictureOf } from '../app/cloud/picture.ts';
import { PageCloud } from '../app/cloud/page-cloud.ts';
import { PAGE_PLATFORM } from '../app/platform.ts';
import type { Metrics } from '../app/run/metrics.ts';
import { Pace } from '../app/run/steps/pace.ts';
import { Stopwatch } from '../app/run/steps/stopwatch.ts';
import { ENGINE_CHOICES, ConfigError, type Config, type ConfigInput } from '../core/config/config.ts';
import { Serial } from '../core/serial.ts';
import { JsonError, parseJson } from '../io/json.ts';
import type { Platform } from '../engines/select.ts';
import { DEFAULT_PRESET } from '../experiments/presets.ts';
import { THEMES, type ThemeName } from '../views/palette.ts';
import { STYLE } from './cloud-style.ts';
import { meansOn } from './engines.ts';
import { opened, type Matrix, type OpenRun } from './run.ts';

const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement;

/**
 * Attributes: `preset`, a name; `config`, JSON as in CONFIG.json, laid on it; `engine`, auto, webgpu, cpu or cpu32;
 * `theme`, dark or light; `paused`: it begins standing, as it does for who asks for reduced motion. It plays to
 * `dynamics.steps` while it is seen. Events: `step` after each picture's steps, `finish`, and `error` with the error
 * as `detail`, whose sentence it shows.
 */
export class MckeanCloud extends Base {
  /** Attributes that are heard when they change. */
  static readonly observedAttributes = ['preset', 'config', 'engine', 'theme'];

  /** Settles when the cloud of what the attributes say stands, or cannot. */
  ready: Promise<void> = Promise.resolve();
  private run: OpenRun | null = null;
  private cloud: PageCloud | null = null;
  private playing = false;
  private seen = true;
  private queue = new Serial();
  private readonly pace = new Pace();
  private readonly watch = new Stopwatch(() => performance.now());
  private observer: IntersectionObserver | null = null;
  private host!: HTMLElement;
  private key!: HTMLElement;
  private words!: HTMLElement;

  /** Opens the run; the browser calls it. */
  connectedCallback(): void {
    if (!this.shadowRoot) this.furnish();
    this.observer = new IntersectionObserver(([entry]) => void (this.seen = entry.isIntersecting));
    this.observer.observe(this);
    this.playing = !this.hasAttribute('paused') && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.ready = this.reopen();
  }

  /** Closes the run; the browser calls it. */
  disconnectedCallback(): void {
    this.observer?.disconnect();
    this.close();
  }

  /** Another theme, or another run; the browser calls it. */
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after || !this.shadowRoot) return;
    if (name === 'theme') this.cloud?.set({ theme: this.theme });
    else this.ready = this.reopen();
  }

  /** Complete, as the command line takes it. Throws a ConfigError before `ready`, as all below do or reject. */
  config(): Config {
    return this.need().config();
  }

  /** Of the θ that is drawn. */
  metrics(): Metrics {
    return this.need().metrics();
  }

  /** A copy of θ [n, c + d], w1 first; float64 of a CPU, float32 of a GPU. */
  theta(): Promise<Matrix> {
    return this.need().theta();
  }

  /** Goes on to `dynamics.steps`, some steps between two pictures. */
  async play(): Promise<void> {
    if (this.playing) return;
    this.playing = true;
    this.watch.restart();
    void this.go(this.need());
  }

  /** Settles when it stands. */
  async pause(): Promise<void> {
    this.playing = false;
    await this.queue.run(async () => undefined);
  }

  /** k steps of dt, a whole number from 0, default 1; it stands afterwards. What fails is told by the event `error`. */
  async step(k = 1): Promise<void> {
    await this.pause();
    const run = this.need();
    await this.queue.run(() => run.step(k)).catch((error: unknown) => this.fail(error));
    await this.show(run);
  }

  /** Back to step 0. */
  async reset(): Promise<void> {
    const run = this.need();
    await this.queue.run(() => run.reset());
    await this.show(run);
  }

  /**
   * Where it computes: of a class that is made of this one.
   *
   * @internal
   */
  protected platform(): Platform {
    return PAGE_PLATFORM;
  }

  private get theme(): ThemeName {
    const given = this.getAttribute('theme') ?? 'dark';
    return Object.hasOwn(THEMES, given) ? (given as ThemeName) : 'dark';
  }

  private need(): OpenRun {
    if (!this.run) throw new ConfigError('there is no cloud yet: await ready');
    return this.run;
  }

  private furnish(): void {
    const shadow = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet(); // a policy against inline styles allows it
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    [this.host, this.key, this.words] = ['div', 'div', 'p'].map((name) => document.createElement(name));
    this.key.className = 'key';
    this.words.setAttribute('role', 'alert');
    shadow.append(this.host, this.key, this.words);
  }

  /** What the attributes say, in place of what there is. */
  private async reopen(): Promise<void> {
    this.close();
    this.words.textContent = '';
    const queue = (this.queue = new Serial());
    try {
      const run = await queue.run(() => opened(this.input(), meansOn(this.engine(), this.platform())));
      if (queue !== this.queue || !this.isConnected) return run.close(); // another is asked for
      this.run = run;
      this.cloud = new PageCloud(this.host, this.key);
      const { config, encoding } = run.prepared;
      await this.cloud.show(run.engine, encoding, pictureOf(config));
      this.cloud.set({ theme: this.theme });
      this.pace.restart();
      if (this.playing) void this.go(run);
    } catch (error) {
      if (queue === this.queue) this.fail(error);
    }
  }

  private input(): ConfigInput {
    const text = this.getAttribute('config');
    const preset = this.getAttribute('preset') ?? (text === null ? DEFAULT_PRESET : null);
    return { ...(text !== null && fieldsOf(text)), ...(preset !== null && { preset }) };
  }

  private engine(): Config['engine'] {
    const given = this.getAttribute('engine') ?? 'auto';
    const known = ENGINE_CHOICES.find((name) => name === given);
    if (known === undefined)
      throw new ConfigError(`engine = "${given}" is none: give one of ${ENGINE_CHOICES.join(', ')}`);
    return known;
  }

  /** Steps between two pictures, to the end or until it is to stand. */
  private async go(run: OpenRun): Promise<void> {
    const { steps } = run.prepared.config.dynamics;
    while (this.playing && this.run === run) {
      await new Promise(requestAnimationFrame);
      if (!this.seen) continue;
      try {
        await this.queue.run(() => this.some(run, steps));
      } catch (error) {
        return this.run === run ? this.fail(error) : undefined;
      }
      await this.show(run);
      if (run.engine.step < steps) continue;
      this.playing = false;
      this.dispatchEvent(new Event('finish'));
    }
  }

  private async some(run: OpenRun, steps: number): Promise<void> {
    if (!this.playing || this.run !== run) return;
    const k = Math.min(this.pace.steps, steps - run.engine.step);
    this.pace.note(await this.watch.time(run.engine, () => run.step(k)));
  }

  private async show(run: OpenRun): Promise<void> {
    if (this.run !== run) return;
    await this.cloud?.refresh();
    this.dispatchEvent(new Event('step'));
  }

  private fail(error: unknown): void {
    this.playing = false;
    this.words.textContent = error instanceof Error ? error.message : String(error);
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  private close(): void {
    this.cloud?.destroy();
    this.run?.close();
    this.cloud = this.run = null;
  }
}

function fieldsOf(text: string): ConfigInput {
  try {
    return parseJson(text) as ConfigInput;
  } catch (error) {
    throw error instanceof JsonError ? new ConfigError(`config${error.message}`) : error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mckean-cloud': MckeanCloud;
  }
}

if (globalThis.customElements && !customElements.get('mckean-cloud'))
  customElements.define('mckean-cloud', MckeanCloud);
