/** What draws of nested widths have shown: their losses in one chart, the rate in another, and a table. */
import type { Config } from '../../core/config/config.ts';
import { isMeanField } from '../../core/parameterizations.ts';
import { meanOf } from '../../core/analysis/statistics.ts';
import { parameterizationName, widthName } from './difference.ts';
import { levelsOf, rateOf, type Curve, type Draw, type Nested } from '../../experiments/nested.ts';
import { formatCsv } from '../../io/csv.ts';
import { LossChart, shade } from '../../views/plots/chart-loss.ts';
import { RateChart } from '../../views/plots/chart-rate.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import { saveFile } from '../shell/download.ts';
import { say } from '../say.ts';

/** Draws below which a bootstrap interval covers less than it says. */
const FEW = 8;

export class NestedReport {
  readonly element = make('div', '');
  private readonly losses = make('div', 'plot');
  private readonly rate = make('div', 'plot rate');
  private readonly caption = make('p', 'state');
  private readonly table = make('table', 'nested-table');
  private readonly lossChart: LossChart;
  private readonly rateChart = new RateChart(this.rate);
  private plan: Nested | null = null;
  private draws: readonly Draw[] = [];

  constructor(private theme: ThemeName) {
    this.lossChart = new LossChart(this.losses, { theme, logX: false, abscissa: 't' });
    this.losses.setAttribute('role', 'group');
    this.losses.setAttribute('aria-label', say('Losses of all widths over t'));
    this.element.append(
      this.losses,
      this.rate,
      this.caption,
      this.table,
      button(say('Save CSV'), () => this.save()),
    );
    this.element.hidden = true;
  }

  setTheme(theme: ThemeName): void {
    this.theme = theme;
    this.lossChart.setOptions({ theme });
    this.rateChart.setTheme(theme);
  }

  /** Other settings, of which nothing is known yet. */
  begin(plan: Nested): void {
    const { widths } = plan;
    this.plan = plan;
    this.lossChart.setLines(
      Object.fromEntries(
        widths.map((n, i) => [String(n), { name: widthName(n), ...shade(i / (widths.length - 1)) }]),
      ),
    );
    for (const n of widths) this.curve(n, { x: [], y: [] });
    this.element.hidden = false;
    this.present([]);
  }

  /** The loss of a width as it is so far. */
  curve(n: number, curve: Curve): void {
    this.lossChart.put(String(n), curve);
  }

  /** All draws with these settings. */
  present(draws: readonly Draw[]): void {
    this.draws = draws;
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
        this.theme,
      );
    }
    this.table.append(
      row('th', ['n', say('loss'), say('distance²'), say('times {factor}', { factor: '1/(1/n − 1/N)' })]),
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
}

function sentence(draws: number, law: ReturnType<typeof rateOf>, config: Config, t: number): string {
  if (!law) return say('A distance is 0, which has no logarithm: let the run go on for a while.');
  const at = say(
    'At t = {t} the mean square distance of f from that of the widest goes as (1/n − 1/N)^{exponent}',
    { t: short(t), exponent: short(-law.slope) },
  );
  const sure =
    draws === 1
      ? say('It is one draw of each width, and so it scatters: add draws for an interval.')
      : say('The 95 % interval of the exponent over {draws} draws is [{from}, {to}]{note}.', {
          draws,
          from: short(-law.high),
          to: short(-law.low),
          note: draws < FEW ? say(', too narrow from so few') : '',
        });
  const theory = isMeanField(config.parameterization)
    ? say('The law of large numbers says 1 (dashed).')
    : say('The law of large numbers says 1 in the mean-field scaling; this run is {parameterization}.', {
        parameterization: parameterizationName(config.parameterization),
      });
  return `${at}. ${sure} ${theory}`;
}

const short = (value: number): string => String(+value.toPrecision(3)).replaceAll('-', '−');

function row(cell: 'th' | 'td', texts: readonly string[]): HTMLElement {
  const element = make('tr', '');
  element.append(...texts.map((text) => make(cell, '', text)));
  return element;
}
