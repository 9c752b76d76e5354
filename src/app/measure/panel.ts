/**
 * The laws of the lecture and the experiments of papers, asked in the page: choose one, let it run, see its points, its
 * numbers and the verdict.
 */
import { cited } from '../../core/words/law.ts';
import type { FitPoint } from '../../experiments/measure/judge.ts';
import { Interrupted } from '../../experiments/measure/measurement.ts';
import { CurveChart } from '../../views/plots/chart-curves.ts';
import { RateChart } from '../../views/plots/chart-rate.ts';
import type { ThemeName } from '../../views/palette.ts';
import { asEnglish, button, headedRow, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { typeset } from './typeset.ts';
import { saveJson } from '../shell/download.ts';
import type { Book } from '../shell/shelf.ts';
import { sentenceOf } from '../cloud/words.ts';
import { rowsOf, sentenceOn, short, VERDICTS, type Row } from './rows.ts';
import { SUBJECTS, type Answer, type Said, type Subject } from './subjects.ts';
import { say } from '../say.ts';

export class MeasurePanel implements Book {
  private readonly menu = make('select', '');
  private readonly law = make('p', 'law');
  private readonly start = button(say('Measure'), () => void this.toggle());
  private readonly control = make('input', '');
  private readonly progress = make('progress', '');
  private readonly state = make('p', 'state');
  private readonly rateHost = make('div', 'plot rate');
  private readonly rates = new RateChart(this.rateHost);
  private readonly curveHost = make('div', 'plot curves');
  private readonly curves = new CurveChart(this.curveHost);
  /** One for each panel of curves. */
  private readonly panels = make('div', 'lecture-ends');
  private readonly watch = button(say('Show it run'), () => this.watchIt());
  private readonly caption = make('p', 'state');
  private readonly table = make('table', '');
  private readonly saving = button(say('Save {name}', { name: 'result.json' }), () => this.save());
  private theme: ThemeName;
  private running: AbortController | null = null;
  private result: Answer | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
    putAway: () => void,
  ) {
    this.theme = page.theme;
    this.menu.setAttribute('aria-label', say('Measurement'));
    this.menu.append(...(['laws', 'papers'] as const).map(groupOf));
    this.menu.addEventListener('change', () => this.choose());
    this.control.type = 'checkbox';
    this.progress.setAttribute('aria-label', say('Progress'));
    this.state.setAttribute('role', 'status');
    const bar = make('div', 'lecture-bar');
    const spoil = make('label', 'spoil');
    const buttons = make('div', 'lecture-ends');
    bar.append(this.menu, button(say('Close'), putAway));
    spoil.append(this.control, make('span', 'control'));
    buttons.append(this.start, this.saving, this.watch);
    this.host.replaceChildren(
      bar,
      make('h2', '', say('Measure a law, or a paper’s experiment')),
      this.law,
      spoil,
      buttons,
      this.progress,
      this.state,
      this.panels,
      this.curveHost,
      this.rateHost,
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
    this.rates.setTheme(theme);
    this.curves.setTheme(theme);
  }

  private get subject(): Subject {
    return SUBJECTS[this.menu.value];
  }

  /** Another subject: what it shows, and no result yet. */
  private choose(): void {
    this.running?.abort();
    const { subject } = this;
    this.control.checked = false;
    this.watch.hidden = subject.preset === undefined;
    this.present(null);
    this.say('');
    this.page.act(async () => {
      const said = await subject.say();
      if (subject === this.subject) this.tell(said);
    });
  }

  private tell({ summary, law, notes, links, control }: Said): void {
    const { law: statement, place } = cited(law);
    const lines: Node[] = [
      this.subject.group === 'laws' ? asEnglish(typeset(summary, 'span')) : typeset(summary, 'span'),
      asEnglish(typeset(statement)),
      ...(place ? [make('small', '', say('Derived in the program’s docs/model.md, {place}.', { place }))] : []),
      ...notes.map((note) => make('small', '', note)),
    ];
    for (const { text, url } of links) {
      const link = asEnglish(make('a', '', text));
      link.href = url;
      lines.push(link);
    }
    this.law.replaceChildren(...lines.flatMap((line, k) => (k === 0 ? [line] : [make('br', ''), line])));
    this.host.querySelector('.control')!.textContent = say(
      ' with an error on purpose: {control}. Then it must fail.',
      { control },
    );
  }

  private watchIt(): void {
    const { preset } = this.subject;
    this.page.act(async () => {
      await this.page.session.configure({ preset });
      await this.page.session.play();
    });
  }

  private async toggle(): Promise<void> {
    if (this.running) return this.running.abort();
    const running = (this.running = new AbortController());
    const { subject } = this;
    this.page.act(() => this.page.session.pause()); // the cloud rests: a measurement needs the machine
    this.present(null);
    this.busy(true);
    let what = '';
    const told = (share: number): void => {
      this.progress.value = share;
      this.say(say('{percent} % on {what}', { percent: Math.round(100 * share), what }));
    };
    try {
      const result = await subject.run({
        control: this.control.checked,
        signal: running.signal,
        onProgress: told,
        onEngine: (engine) => (what = engine),
        platform: this.page.platform,
      });
      this.present(result);
      const whose = subject.group === 'laws' ? say('The law') : say('What the paper says');
      this.say(
        say('{whose} {verdict}, in {seconds} s on {what}.', {
          whose,
          verdict: sentenceOn(result),
          seconds: result.seconds.toFixed(1),
          what,
        }),
      );
    } catch (error) {
      this.say(error instanceof Interrupted ? say('Stopped.') : sentenceOf(error));
    } finally {
      this.running = null;
      this.busy(false);
    }
  }

  private busy(on: boolean): void {
    this.start.textContent = on ? say('Stop') : say('Measure');
    this.progress.hidden = !on;
    this.progress.value = 0;
  }

  private say(sentence: string): void {
    this.state.textContent = sentence;
  }

  private present(result: Answer | null): void {
    this.result = result;
    this.saving.disabled = result === null;
    this.progress.hidden = true;
    const panels = result?.panels ?? [];
    this.curveHost.hidden = panels.length === 0;
    this.panels.hidden = panels.length < 2;
    this.panels.replaceChildren(
      ...panels.map((panel) => button(panel.title, () => this.curves.show(panel, this.theme))),
    );
    this.rateHost.hidden = this.caption.hidden = !result?.fit;
    this.table.replaceChildren();
    this.curves.clear();
    if (!result) return this.rates.clear();
    if (panels.length > 0) this.curves.show(panels[0], this.theme);
    const rows = rowsOf(result);
    const header = make('tr', '');
    header.append(...['', say('measured'), say('expected'), ''].map((text) => make('th', '', text)));
    this.table.append(header, ...rows.map((row) => this.row(row)));
    if (result.fit) this.plot(result.fit);
  }

  private row({ name, value, expected, verdict, fit }: Row): HTMLElement {
    return headedRow(
      asEnglish(fit ? button(name, () => this.plot(fit)) : make('span', '', name)),
      value,
      expected,
      make('td', verdict === 'holds' ? 'passed' : 'failed', VERDICTS[verdict]),
    );
  }

  private plot(fit: NonNullable<Row['fit']>): void {
    const points = this.result!.points.filter((point): point is FitPoint => point.fit === fit.name);
    this.rates.show(
      { abscissa: fit.abscissa, points, slope: fit.slope * fit.root, expected: fit.expected * fit.root },
      this.theme,
    );
    this.caption.textContent = say(
      '{name}: points with 95 % intervals, slope {slope} (line), expected {expected} (dashed)',
      { name: fit.name, slope: short(fit.slope * fit.root), expected: short(fit.expected * fit.root) },
    );
    if (fit.caveat !== undefined) this.caption.append('; ', asEnglish(make('span', '', fit.caveat)));
  }

  private save(): void {
    if (this.result) saveJson(`${this.result.name}.json`, this.result);
  }
}

function groupOf(group: Subject['group']): HTMLOptGroupElement {
  const element = make('optgroup', '');
  element.label = group === 'laws' ? say('Laws') : say('Papers');
  const own = Object.entries(SUBJECTS).filter(([, subject]) => subject.group === group);
  element.append(...own.map(([name, { title }]) => new Option(title, name)));
  return element;
}
