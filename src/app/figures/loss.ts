/**
 * The loss over t, that on held-out data where there are any, and those of the runs before and beside this one.
 */
import { objectiveOf, scoresOf } from '../../experiments/run.ts';
import { LOOKS, LossChart, shade, type Line } from '../../views/plots/chart-loss.ts';
import type { Curve } from '../../views/plots/decimate.ts';
import type { ThemeName } from '../../views/palette.ts';
import { History } from '../compare/history.ts';
import { LiveRun } from '../compare/live-run.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './loss.css';
import { say } from '../say.ts';

/** Keys of the chart's curves; those of earlier runs are their names. */
const OWN = '';
const TEST = ' test';
const TWIN = ' twin';
const OBJECTIVE = ' objective';
/** Earlier runs are thin, and of the middle of the map: neither end is near the colours of the present. */
const THIN = 1;
const MIDDLE = [0.15, 0.8] as const;

export class LossFigure implements Figure {
  private readonly chart: LossChart;
  private readonly history = new History();
  private readonly bar = make('div', 'earlier');
  private readonly body: HTMLElement;
  /** Scores may cost this share of the time. */
  private readonly turns = new Turns(0.1, 500);
  private readonly own: LiveRun;
  private twin: LiveRun | null = null;
  private readonly off = new AbortController();

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {
    const { body } = place;
    place.title(say('Loss'));
    this.body = body;
    const plot = make('div', 'curves');
    this.bar.append(button(say('Clear earlier runs'), () => this.forget()));
    body.append(plot, this.bar);
    this.chart = new LossChart(plot, { theme: page.theme, logX: false, abscissa: 't' });
    this.own = new LiveRun(
      page.session,
      (points, fresh) => this.take(OWN, points, fresh),
      (config, curve) => this.history.keep(config, curve),
    );
    page.twin.events.addEventListener('changed', () => this.beside(), { signal: this.off.signal });
    // another dt gives other names
    page.session.events.addEventListener('state', () => this.label(), { signal: this.off.signal });
    this.beside();
  }

  begin(): void {
    this.own.follow(); // it may have been opened in the middle of a run
    this.turns.hurry();
  }

  advance(): void {
    const { session } = this.page;
    const { prepared } = session;
    if (
      prepared &&
      !session.isLookingBack &&
      (prepared.test || prepared.encoding.labels || prepared.config.dynamics.penalty)
    )
      void this.turns
        .take(
          (work) => session.ask(work),
          () => this.score(),
        )
        .catch(() => undefined);
  }

  setTheme(theme: ThemeName): void {
    this.chart.setOptions({ theme });
  }

  forget(): void {
    this.history.clear();
    this.label();
  }

  table(): Table {
    const lines = Object.keys(this.lines());
    const at = lines.map((key) => ({ key, y: new Map(pairs(this.chart.data(key))) }));
    const t = [...new Set(at.flatMap(({ y }) => [...y.keys()]))].sort((p, q) => p - q);
    const own = at.find(({ key }) => key === OWN)!.y;
    const name = (key: string): string =>
      ({ [OWN]: 'loss', [TEST]: 'testLoss', [OBJECTIVE]: 'objective', [TWIN]: this.page.twin.run?.name ?? '' })[
        key
      ] ?? key;
    const columns = at
      .filter(({ y }) => y.size > 0)
      .map(({ key, y }) => [name(key), t.map((time) => y.get(time) ?? '')] as const);
    return {
      step: t.map((time) => (own.has(time) ? this.own.stepOf(time) : '')),
      t,
      ...Object.fromEntries(columns),
    };
  }

  destroy(): void {
    this.off.abort();
    this.own.stop();
    this.twin?.stop();
    this.chart.destroy();
  }

  /** Points of a run; `fresh`, another run has begun. */
  private take(key: string, points: Curve, fresh: boolean): void {
    if (fresh) {
      this.chart.put(key, { x: [], y: [] });
      if (key === OWN) for (const score of [TEST, OBJECTIVE]) this.chart.put(score, { x: [], y: [] });
      this.label();
    }
    this.chart.push(key, points);
  }

  /** Another run stands beside the page's own, or none: the curve of the last one becomes history. */
  private beside(): void {
    const { run } = this.page.twin;
    if (this.twin?.session !== run?.session) {
      this.twin?.stop();
      this.twin =
        run &&
        new LiveRun(
          run.session,
          (points, fresh) => this.take(TWIN, points, fresh),
          (config, curve) => this.history.keep(config, curve),
        );
      this.twin?.follow();
    }
    this.label();
  }

  private lines(): Record<string, Line> {
    const {
      twin: { run },
      session: { prepared },
    } = this.page;
    const earlier = prepared ? this.history.beside(prepared.config) : [];
    const place = (i: number): number =>
      MIDDLE[0] + ((MIDDLE[1] - MIDDLE[0]) * i) / Math.max(1, earlier.length - 1);
    return {
      [OWN]: { name: run?.ownName ?? say('loss'), ...LOOKS.present },
      ...(prepared?.test && { [TEST]: { name: say('test loss'), ...LOOKS.test } }),
      ...(prepared?.config.dynamics.penalty && { [OBJECTIVE]: { name: say('objective'), ...LOOKS.objective } }),
      ...(run && { [TWIN]: { name: run.name, ...LOOKS.twin } }),
      ...Object.fromEntries(earlier.map(({ name }, i) => [name, { name, ...shade(place(i), THIN) }])),
    };
  }

  private label(): void {
    const { prepared } = this.page.session;
    const earlier = prepared ? this.history.beside(prepared.config) : [];
    this.chart.setLines(this.lines());
    for (const { name, curve } of earlier) this.chart.put(name, curve);
    this.bar.hidden = earlier.length === 0;
    this.body.classList.toggle('many', Object.keys(this.lines()).length > 2);
  }

  /** The test loss, and how many rows f puts into the right class. */
  private async score(): Promise<void> {
    const engine = this.page.session.engine!;
    const { test, encoding, config } = this.page.session.prepared!;
    const { t, loss } = this.page.session.metrics();
    const classes = encoding.labels !== undefined;
    const { testLoss, accuracy, testAccuracy } = await scoresOf(engine, { test, classes });
    if (test) this.chart.push(TEST, { x: [t], y: [testLoss] });
    const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
    const held =
      classes && test ? say(', {testAccuracy} of those held out', { testAccuracy: share(testAccuracy) }) : '';
    const objective = config.dynamics.penalty ? await objectiveOf(engine, loss) : null;
    if (Number.isFinite(objective)) this.chart.push(OBJECTIVE, { x: [t], y: [objective!] });
    const whole =
      objective === null || !Number.isFinite(objective)
        ? ''
        : say('; the objective, with its penalties, is {objective}', { objective: objective.toPrecision(4) });
    this.place.title(
      classes
        ? say('Loss; f is right about {accuracy} of the rows{held}{whole}', {
            accuracy: share(accuracy),
            held,
            whole,
          })
        : say('Loss{whole}', { whole }),
    );
  }
}

const pairs = ({ x, y }: Curve): [number, number][] => x.map((at, i) => [at, y[i]]);
