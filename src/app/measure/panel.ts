/**
 * The laws of the lecture, measured in the page: choose one, let it run, see its points, its slope and the
 * verdict.
 */
import type { FitPoint } from '../../experiments/measure/judge.ts';
import type { Result } from '../../experiments/measure/measure.ts';
import { Interrupted, type Measurement } from '../../experiments/measure/measurement.ts';
import { MEASUREMENT_NAMES, MEASUREMENTS, type MeasurementName } from '../../experiments/measure/registry.ts';
import { RateChart } from '../../views/plots/chart-rate.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, headedRow, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { saveJson } from '../shell/download.ts';
import type { Book } from '../shell/shelf.ts';
import { measureHere } from './bench.ts';
import { sentenceOf } from '../cloud/words.ts';

type Row = {
  readonly name: string;
  readonly value: string;
  readonly expected: string;
  readonly passed: boolean;
  readonly fit: NonNullable<Result['fits']>[number] | null;
};

export class MeasurePanel implements Book {
  private readonly menu = make('select', '');
  private readonly law = make('p', 'law');
  private readonly start = button('Measure', () => void this.toggle());
  private readonly control = make('input', '');
  private readonly progress = make('progress', '');
  private readonly state = make('p', 'state');
  private readonly chartHost = make('div', 'plot rate');
  private readonly chart = new RateChart(this.chartHost);
  private readonly caption = make('p', 'state');
  private readonly table = make('table', '');
  private readonly saving = button('Save result.json', () => this.save());
  private theme: ThemeName;
  private running: AbortController | null = null;
  private result: Result | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
    putAway: () => void,
  ) {
    this.theme = page.theme;
    this.menu.setAttribute('aria-label', 'Measurement');
    this.menu.append(...MEASUREMENT_NAMES.map((name) => new Option(name, name)));
    this.menu.addEventListener('change', () => this.choose());
    this.control.type = 'checkbox';
    this.progress.setAttribute('aria-label', 'Progress');
    this.state.setAttribute('role', 'status');
    const bar = make('div', 'lecture-bar');
    const spoil = make('label', 'spoil');
    const buttons = make('div', 'lecture-ends');
    bar.append(this.menu, button('Close', putAway));
    spoil.append(this.control, make('span', 'control'));
    buttons.append(this.start, this.saving);
    this.host.replaceChildren(
      bar,
      make('h2', '', 'Measure a law'),
      this.law,
      spoil,
      buttons,
      this.progress,
      this.state,
      this.chartHost,
      this.caption,
      this.table,
    );
    this.choose();
  }

  show(): void {}

  close(): void {
    this.running?.abort();
  }

  setTheme(theme: ThemeName): void {
    this.theme = theme;
    this.chart.setTheme(theme);
  }

  private get name(): MeasurementName {
    return this.menu.value as MeasurementName;
  }

  /** Another measurement: what it shows, and no result yet. */
  private choose(): void {
    this.running?.abort();
    const {
      summary,
      law,
      control,
      defaults: { widths, replicas },
    }: Measurement = MEASUREMENTS[this.name];
    const sizes = `n = ${widths.map((n) => n.toLocaleString('en')).join(', ')}; ${replicas.toLocaleString('en')} replicas`;
    this.law.replaceChildren(
      summary,
      make('br', ''),
      make('em', '', law),
      make('br', ''),
      make('small', '', sizes),
    );
    this.host.querySelector('.control')!.textContent =
      ` with an error on purpose: ${control.summary}. Then the law must fail.`;
    this.control.checked = false;
    this.present(null);
    this.say('');
  }

  private async toggle(): Promise<void> {
    if (this.running) return this.running.abort();
    const running = (this.running = new AbortController());
    const name = this.name;
    this.page.act(() => this.page.session.pause()); // the cloud rests: a measurement needs the machine
    this.present(null);
    this.busy(true);
    let what = '';
    const told = (share: number): void => {
      this.progress.value = share;
      this.say(`${Math.round(100 * share)} % on ${what}`);
    };
    try {
      const result = await measureHere(
        {
          name,
          control: this.control.checked,
          signal: running.signal,
          onProgress: told,
          onEngine: (engine) => (what = engine),
        },
        this.page.platform,
      );
      this.present(result);
      this.say(
        `${result.passed ? 'The law holds' : 'The law does not hold'}, in ${result.seconds.toFixed(1)} s on ${what}.`,
      );
    } catch (error) {
      this.say(error instanceof Interrupted ? 'Stopped.' : sentenceOf(error));
    } finally {
      this.running = null;
      this.busy(false);
    }
  }

  private busy(on: boolean): void {
    this.start.textContent = on ? 'Stop' : 'Measure';
    this.progress.hidden = !on;
    this.progress.value = 0;
  }

  private say(sentence: string): void {
    this.state.textContent = sentence;
  }

  private present(result: Result | null): void {
    this.result = result;
    this.saving.disabled = result === null;
    this.progress.hidden = true;
    this.chartHost.hidden = this.caption.hidden = !result?.fit;
    this.table.replaceChildren();
    if (!result) return this.chart.clear();
    const rows = rowsOf(result);
    const header = make('tr', '');
    header.append(...['', 'measured', 'expected', ''].map((text) => make('th', '', text)));
    this.table.append(header, ...rows.map((row) => this.row(row)));
    if (result.fit) this.plot(result.fit);
  }

  private row({ name, value, expected, passed, fit }: Row): HTMLElement {
    return headedRow(
      fit ? button(name, () => this.plot(fit)) : name,
      value,
      expected,
      make('td', passed ? 'passed' : 'failed', passed ? '✓ holds' : '✗ fails'),
    );
  }

  private plot(fit: NonNullable<Row['fit']>): void {
    const points = this.result!.points.filter((point): point is FitPoint => point.fit === fit.name);
    this.chart.show(
      { abscissa: fit.abscissa, points, slope: fit.slope * fit.root, expected: fit.expected * fit.root },
      this.theme,
    );
    this.caption.textContent = `${fit.name}: points with 95 % intervals, slope ${short(fit.slope * fit.root)} (line), expected ${short(fit.expected * fit.root)} (dashed)`;
  }

  private save(): void {
    if (this.result) saveJson(`${this.result.name}.json`, this.result);
  }
}

const short = (value: number): string => String(+value.toPrecision(4)).replace('-', '−');

function rowsOf({ fits = [], checks = [] }: Result): Row[] {
  return [
    ...fits.map((fit) => ({
      name: fit.name,
      fit,
      passed: fit.passed,
      value: `${short(fit.slope)} [${short(fit.low)}, ${short(fit.high)}]`,
      expected: `${short(fit.expected)} ± ${short(fit.tolerance)}`,
    })),
    ...checks.map((check) => ({
      name: check.name,
      fit: null,
      passed: check.passed,
      value: short(check.value),
      expected: `${short(check.expected)} ± ${short(check.tolerance)}`,
    })),
  ];
}
