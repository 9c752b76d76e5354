/**
 * The second part of the book: losses of nested widths in one chart, and how fast f of the few comes near f of
 * the many.
 */
import type { Config } from '../../core/config/config.ts';
import { isMeanField } from '../../core/parameterizations.ts';
import { meanOf } from '../../core/analysis/statistics.ts';
import { sameJson } from '../../core/json.ts';
import type { Problem } from '../../engines/engine.ts';
import { openEngine } from '../../engines/select.ts';
import { parameterizationName, widthName } from '../../experiments/difference.ts';
import { drawNested, levelsOf, rateOf, Stopped, type Draw, type Nested } from '../../experiments/nested.ts';
import { affordable, LEAST, MOST, stepsTo, widthsTo } from '../../experiments/nested-plan.ts';
import { formatCsv } from '../../io/csv.ts';
import { LossChart, shade } from '../../views/plots/chart-loss.ts';
import { RateChart } from '../../views/plots/chart-rate.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import { labelled } from '../settings/fields.ts';
import { NO_FILES } from '../run/opening.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { sentenceOf } from '../cloud/words.ts';

/** Draws below which a bootstrap interval covers less than it says. */
const FEW = 8;
const MORE = 8;

export class NestedPanel {
  readonly element = make('section', 'nested');
  private readonly widest = make('select', '');
  private readonly until = make('input', '');
  private readonly once = button('Run one draw', () => void this.run(1));
  private readonly more = button(`Add ${MORE} draws`, () => void this.run(MORE));
  private readonly stop = button('Stop', () => this.running?.abort());
  private readonly progress = make('progress', '');
  private readonly state = make('p', 'state');
  private readonly results = make('div', '');
  private readonly losses = make('div', 'plot');
  private readonly rate = make('div', 'plot rate');
  private readonly caption = make('p', 'state');
  private readonly table = make('table', 'nested-table');
  private readonly lossChart: LossChart;
  private readonly rateChart = new RateChart(this.rate);
  /** The person has said how wide; until then it is what the machine can. */
  private picked = false;
  private running: AbortController | null = null;
  private plan: Nested | null = null;
  private draws: readonly Draw[] = [];

  constructor(private readonly page: Page) {
    this.lossChart = new LossChart(this.losses, { theme: page.theme, logX: false, abscissa: 't' });
    this.until.type = 'number';
    this.until.min = '0';
    this.until.step = 'any';
    this.progress.setAttribute('aria-label', 'Progress');
    this.state.setAttribute('role', 'status');
    this.losses.setAttribute('role', 'group');
    this.losses.setAttribute('aria-label', 'Losses of all widths over t');
    this.widest.append(
      ...widthsTo(MOST)
        .filter((n) => n >= LEAST)
        .map((n) => new Option(widthName(n).replace('n', 'N'), String(n))),
    );
    const fields = make('div', 'compare-fields');
    const buttons = make('div', 'nested-buttons');
    fields.append(
      labelled('Widest network', this.widest).row,
      labelled('Until t (empty: the time of the page’s run)', this.until).row,
    );
    buttons.append(this.once, this.more, this.stop);
    this.results.append(
      this.losses,
      this.rate,
      this.caption,
      this.table,
      button('Save CSV', () => this.save()),
    );
    this.element.append(
      make('h2', '', 'Nested widths'),
      make(
        'p',
        '',
        'Networks of many widths, each with the first n neurons of one draw. How far is their f from that of the widest?',
      ),
      fields,
      buttons,
      this.progress,
      this.state,
      this.results,
    );
    this.widest.addEventListener('change', () => {
      this.picked = true;
      this.describe();
    });
    this.until.addEventListener('input', () => this.describe());
    this.busy(false);
    this.results.hidden = true;
  }

  /** The page's run is another, or stands elsewhere. */
  describe(): void {
    const { session } = this.page;
    if (!session.prepared || this.running) return;
    if (!this.picked) this.widest.value = String(affordable({ ...session.metrics(), rate: session.pace.rate }));
    const { t } = session.metrics();
    const { dt } = session.config().dynamics;
    this.until.placeholder = String(+(stepsTo(null, t, dt) * dt).toPrecision(6));
    this.once.textContent = this.draws.length > 0 && this.isSame(this.wanted()) ? 'Add a draw' : 'Run one draw';
  }

  close(): void {
    this.running?.abort();
  }

  setTheme(theme: ThemeName): void {
    this.lossChart.setOptions({ theme });
    this.rateChart.setTheme(theme);
  }

  private wanted(): Nested {
    const { session } = this.page;
    const config = session.config();
    const until = this.until.value === '' ? null : Number(this.until.value);
    return {
      config,
      widths: widthsTo(Number(this.widest.value)),
      steps: stepsTo(until, session.metrics().t, config.dynamics.dt),
    };
  }

  private isSame(wanted: Nested): boolean {
    return sameJson(wanted, this.plan);
  }

  private async run(count: number): Promise<void> {
    const { page } = this;
    const running = (this.running = new AbortController());
    this.page.act(() => page.session.pause()); // the cloud rests: the machine is needed
    this.busy(true);
    try {
      await page.session.ask(() => Promise.resolve()); // until it rests
      this.picked = true;
      this.begin(this.wanted());
      for (let k = 0; k < count; k++) await this.draw(running.signal, k, count);
      this.say('');
    } catch (error) {
      this.say(error instanceof Stopped ? 'Stopped.' : sentenceOf(error));
    } finally {
      this.running = null;
      this.busy(false);
      this.describe();
    }
  }

  /** Other settings: what was measured does not belong to them. */
  private begin(wanted: Nested): void {
    if (this.isSame(wanted)) return;
    this.plan = wanted;
    this.draws = [];
    const { widths } = wanted;
    this.lossChart.setLines(
      Object.fromEntries(
        widths.map((n, i) => [String(n), { name: widthName(n), ...shade(i / (widths.length - 1)) }]),
      ),
    );
    for (const n of widths) this.lossChart.put(String(n), { x: [], y: [] });
    this.results.hidden = false;
    this.present();
  }

  private async draw(signal: AbortSignal, k: number, count: number): Promise<void> {
    const plan = this.plan!;
    const seed = plan.config.initial.seed + this.draws.length;
    const { platform } = this.page;
    const means = {
      open: async (config: Config, problem: Problem) => (await openEngine(config, problem, platform)).engine,
      files: NO_FILES,
      signal,
    };
    const draw = await drawNested(plan, seed, means, {
      progress: (share, what) => {
        this.progress.value = (k + share) / count;
        this.say(`Draw ${this.draws.length + 1}, ${Math.round(100 * share)} % on ${what}`);
      },
      curve: (i, curve) => this.lossChart.put(String(plan.widths[i]), curve),
    });
    this.draws = [...this.draws, draw];
    this.present();
  }

  private present(): void {
    const { draws, page } = this;
    const { widths, config, steps } = this.plan!;
    const law = draws.length > 0 ? rateOf(widths, draws) : null;
    this.rate.hidden = law === null;
    this.caption.textContent =
      draws.length > 0 ? sentence(draws.length, law, config, steps * config.dynamics.dt) : '';
    this.table.replaceChildren();
    if (draws.length === 0) return;
    if (law) {
      const levels = levelsOf(widths, draws);
      const points = levels.map(({ x, values }) => ({
        x,
        ...(values.length > 1 ? meanOf(values) : { value: values[0], low: values[0], high: values[0] }),
      }));
      const mark = (x: number): string => (levels.find((level) => level.x === x)?.n ?? x).toLocaleString('en');
      this.rateChart.show(
        {
          abscissa: 'n',
          points,
          slope: law.slope,
          expected: isMeanField(config.parameterization) ? -1 : null,
          mark,
        },
        page.theme,
      );
    }
    this.table.append(
      row('th', ['n', 'loss', 'distance²', 'times 1/(1/n − 1/N)']),
      ...widths.map((n, i) => this.row(n, i)),
    );
  }

  private row(n: number, i: number): HTMLElement {
    const { widths } = this.plan!;
    const mean = (of: (draw: Draw) => number): number =>
      this.draws.reduce((sum, draw) => sum + of(draw), 0) / this.draws.length;
    const square = mean(({ squares }) => squares[i]);
    const N = widths.at(-1)!;
    return row('td', [
      n.toLocaleString('en'),
      short(mean(({ losses }) => losses[i])),
      ...(n === N ? ['–', '–'] : [short(square), short(square / (1 / n - 1 / N))]),
    ]);
  }

  private save(): void {
    const { widths, steps, config } = this.plan!;
    const t = steps * config.dynamics.dt;
    const rows = this.draws.flatMap(({ seed, losses, squares }) =>
      widths.map((n, i) => [seed, n, t, losses[i], squares[i]]),
    );
    saveFile(
      'mckean-nested-widths.csv',
      new Blob([formatCsv(['seed', 'n', 't', 'loss', 'squareDistance'], rows)], { type: 'text/csv' }),
    );
  }

  private busy(on: boolean): void {
    this.progress.hidden = this.stop.hidden = !on;
    this.once.hidden = this.more.hidden = on;
    this.progress.value = 0;
    this.widest.disabled = this.until.disabled = on;
  }

  private say(text: string): void {
    this.state.textContent = text;
  }
}

function sentence(draws: number, law: ReturnType<typeof rateOf>, config: Config, t: number): string {
  if (!law) return 'A distance is 0, which has no logarithm: let the run go on for a while.';
  const at = `At t = ${short(t)} the mean square distance of f from that of the widest goes as (1/n − 1/N)^${short(-law.slope)}`;
  const sure =
    draws === 1
      ? 'It is one draw of each width, and so it scatters: add draws for an interval.'
      : `The 95 % interval of the exponent over ${draws} draws is [${short(-law.high)}, ${short(-law.low)}]${draws < FEW ? ', too narrow from so few' : ''}.`;
  const theory = isMeanField(config.parameterization)
    ? 'The law of large numbers says 1 (dashed).'
    : `The law of large numbers says 1 in the mean-field scaling; this run is ${parameterizationName(config.parameterization)}.`;
  return `${at}. ${sure} ${theory}`;
}

const short = (value: number): string => String(+value.toPrecision(3)).replaceAll('-', '−');

function row(cell: 'th' | 'td', texts: readonly string[]): HTMLElement {
  const element = make('tr', '');
  element.append(...texts.map((text) => make(cell, '', text)));
  return element;
}
