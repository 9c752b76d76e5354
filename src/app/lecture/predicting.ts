/** The reader's prediction first, then the run laid over it. */
import { mergeConfig, type ConfigInput } from '../../core/config/config.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { button, make } from '../shell/dom.ts';
import type { ChapterId } from './ids.ts';
import { CurvePlot, SPAN } from './curve-plot.ts';
import { ClassRoom, isClass } from './class-room.ts';
import { short, slopeOf, wayOfRun } from './numbers.ts';
import type { CurvePrediction, Prediction, SlopePrediction } from './predictions.ts';
import { SlopePlot } from './slope-plot.ts';
import { curveOff, curveVerdict, slopeVerdict, steepest } from './verdict.ts';
import { say } from '../say.ts';

const HANDLES = 6;
const SLOPES = { min: -1.5, max: 0.5, step: 0.05 };

/** A prediction on the page. */
export abstract class Predicting {
  readonly element = make('section', 'prediction');
  protected readonly plotHost = make('div', 'prediction-plot');
  protected readonly said = make('p', '');
  protected readonly go: HTMLButtonElement;
  private readonly off = new AbortController();

  constructor(
    protected readonly page: Page,
    protected readonly scene: ConfigInput,
    { question }: Prediction,
  ) {
    this.element.setAttribute('aria-label', say('Your prediction'));
    this.said.setAttribute('role', 'status');
    this.go = button(say('Measure'), () => page.act(() => this.start()));
    const text = make('p', '');
    text.append(make('strong', '', say('Predict: ')), question);
    this.element.append(text, this.plotHost);
  }

  abstract setTheme(theme: ThemeName): void;
  protected abstract measure(signal: AbortSignal): Promise<void>;
  protected abstract destroyPlot(): void;

  end(): void {
    this.off.abort();
    this.destroyPlot();
  }

  protected drags(move: (event: PointerEvent) => void): void {
    this.plotHost.addEventListener('pointerdown', (event) => {
      this.plotHost.setPointerCapture(event.pointerId);
      move(event);
    });
    this.plotHost.addEventListener('pointermove', (event) => event.buttons !== 0 && move(event));
  }

  /** A range for keys and fingers, under its label. */
  protected range(label: string, value: number, limits: object, changed: (value: number) => void) {
    const input = make('input', '');
    Object.assign(input, { type: 'range', ...limits });
    input.value = String(value);
    const row = make('label', '');
    row.append(make('span', '', label), input);
    input.addEventListener('input', () => changed(Number(input.value)));
    return { row, input };
  }

  private async start(): Promise<void> {
    this.go.disabled = true;
    try {
      await this.measure(this.off.signal);
    } finally {
      this.go.disabled = false;
    }
  }
}

class Slope extends Predicting {
  private readonly plot: SlopePlot;
  private readonly input: HTMLInputElement;
  private slope = 0;
  private measured: [number, number][] = [];
  private readonly room: ClassRoom | null;

  constructor(
    page: Page,
    chapter: ChapterId,
    scene: ConfigInput,
    private readonly asked: SlopePrediction,
  ) {
    super(page, scene, asked);
    const options = { theme: page.theme, xLabel: 'log₁₀ n', yLabel: say('log₁₀ of the way') };
    this.plot = new SlopePlot(this.plotHost, options, asked.widths);
    this.plot.describe(say('The way of neurons against n, over that at n = {n}', { n: asked.widths[0] }));
    const { row, input } = this.range(say('slope'), 0, SLOPES, (slope) => this.turn(slope));
    this.input = input;
    this.drags((event) => this.turn(this.plot.slopeAt(event)));
    this.element.append(row, this.go, this.said);
    this.room = isClass()
      ? new ClassRoom(
          page,
          chapter,
          () => this.entry(),
          () => this.show(),
        )
      : null;
    if (this.room) this.element.append(this.room.element);
    this.turn(0);
  }

  /** What this student has to send; null before it is measured. */
  private entry(): { predicted: number; measured: number } | null {
    const isDone = this.measured.length === this.asked.widths.length;
    return isDone ? { predicted: this.slope, measured: slopeOf(this.measured) } : null;
  }

  setTheme(theme: ThemeName): void {
    this.plot.setOptions({ theme });
  }

  protected destroyPlot(): void {
    this.plot.destroy();
  }

  private turn(slope: number): void {
    const { min, max } = SLOPES;
    this.slope = Math.min(max, Math.max(min, Number(slope.toFixed(2))));
    this.input.value = String(this.slope);
    this.input.setAttribute('aria-valuetext', short(this.slope));
    this.show();
  }

  protected async measure(signal: AbortSignal): Promise<void> {
    const { session } = this.page;
    this.measured = [];
    let first = NaN;
    for (const width of this.asked.widths) {
      this.said.textContent = say('n = {n} runs.', { n: width.toLocaleString('en') });
      await session.configure(mergeConfig(this.scene, { model: { width } }));
      if (signal.aborted) return;
      await session.step(this.asked.steps);
      const way = await wayOfRun(session);
      if (signal.aborted) return;
      first = Number.isNaN(first) ? way : first;
      this.measured.push([width, way / first]);
      this.show();
    }
    this.said.textContent = slopeVerdict(this.slope, slopeOf(this.measured));
  }

  private show(): void {
    this.plot.show({ slope: this.slope, others: this.room?.predicted ?? [], measured: this.measured });
  }
}

class Curve extends Predicting {
  private readonly plot: CurvePlot;
  private readonly inputs: readonly HTMLInputElement[];
  private readonly values: number[] = Array<number>(HANDLES).fill(0);
  private chosen = -1;

  constructor(
    page: Page,
    scene: ConfigInput,
    private readonly asked: CurvePrediction,
  ) {
    super(page, scene, asked);
    const options = { theme: page.theme, xLabel: 't', yLabel: say('log₁₀ of loss / loss at 0') };
    this.plot = new CurvePlot(this.plotHost, options, asked.t);
    this.plot.describe(say('Your curve of the loss, and the one that came'));
    const group = make('fieldset', 'handles');
    group.append(make('legend', 'visually-hidden', say('Your curve')));
    const fields = this.values.map((value, k) => {
      const [min, max] = SPAN;
      const name = `t = ${short((asked.t * k) / (HANDLES - 1))}`;
      return this.range(name, value, { min, max, step: 0.1 }, (next) => this.set(k, next));
    });
    this.inputs = fields.map(({ input }) => input);
    this.inputs.forEach((input, k) => {
      input.addEventListener('focus', () => this.choose(k));
      input.addEventListener('blur', () => this.choose(-1));
    });
    group.append(...fields.map(({ row }) => row));
    this.drags((event) => {
      const { handle, value } = this.plot.at(event);
      this.set(handle, value);
    });
    this.element.append(group, this.go, this.said);
    this.choose(-1);
  }

  setTheme(theme: ThemeName): void {
    this.plot.setOptions({ theme });
  }

  protected destroyPlot(): void {
    this.plot.destroy();
  }

  private set(handle: number, value: number): void {
    this.values[handle] = value;
    this.inputs[handle].value = String(value);
    this.inputs[handle].setAttribute(
      'aria-valuetext',
      say('loss {value} of its start', { value: short(10 ** value) }),
    );
    this.choose(this.chosen);
  }

  private choose(handle: number): void {
    this.chosen = handle;
    this.plot.show(this.values, handle);
  }

  protected async measure(signal: AbortSignal): Promise<void> {
    const { session } = this.page;
    this.said.textContent = say('The run goes on to the end of your curve.');
    await session.configure(mergeConfig(this.scene, { model: { width: this.asked.width } }));
    const first = session.metrics(true).loss;
    const [t, log] = [[0], [0]];
    const steps = Math.max(1, Math.round(this.asked.t / session.config().dynamics.dt / 50));
    while (!signal.aborted && t.at(-1)! < this.asked.t * (1 - 1e-9)) {
      await session.step(steps);
      const now = session.metrics(true);
      t.push(now.t);
      log.push(Math.log10(now.loss / first));
      this.plot.showRun(t, log);
    }
    if (!signal.aborted)
      this.said.textContent = curveVerdict(curveOff(this.values, this.asked.t, t, log), steepest(t, log));
  }
}

export const predicting = (
  page: Page,
  chapter: ChapterId,
  scene: ConfigInput,
  asked: Prediction,
): Predicting =>
  asked.kind === 'slope' ? new Slope(page, chapter, scene, asked) : new Curve(page, scene, asked);
