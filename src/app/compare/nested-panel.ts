/** The second part of the book: which widths are drawn and how far they go; the report says what came of it. */
import type { Config } from '../../core/config/config.ts';
import { sameJson } from '../../core/words/json.ts';
import type { Problem } from '../../engines/engine.ts';
import { openEngine } from '../../engines/select.ts';
import { widthName } from './difference.ts';
import { drawNested, Stopped, type Draw, type Nested } from '../../experiments/nested.ts';
import { affordable, LEAST, MOST, stepsTo, widthsTo } from '../../experiments/nested-plan.ts';
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import { labelled } from '../settings/fields.ts';
import type { Page } from '../page.ts';
import { sentenceOf } from '../cloud/words.ts';
import { NestedReport } from './nested-report.ts';
import { say } from '../say.ts';

const MORE = 8;

export class NestedPanel {
  readonly element = make('section', 'nested');
  private readonly widest = make('select', '');
  private readonly until = make('input', '');
  private readonly once = button(say('Run one draw'), () => void this.run(1));
  private readonly more = button(say('Add {count} draws', { count: MORE }), () => void this.run(MORE));
  private readonly stop = button(say('Stop'), () => this.running?.abort());
  private readonly progress = make('progress', '');
  private readonly state = make('p', 'state');
  private readonly report: NestedReport;
  /** The person has said how wide; until then it is what the machine can. */
  private picked = false;
  private running: AbortController | null = null;
  private plan: Nested | null = null;
  private draws: readonly Draw[] = [];

  constructor(private readonly page: Page) {
    this.report = new NestedReport(page.theme);
    this.until.type = 'number';
    this.until.min = '0';
    this.until.step = 'any';
    this.progress.setAttribute('aria-label', say('Progress'));
    this.state.setAttribute('role', 'status');
    this.widest.append(
      ...widthsTo(MOST)
        .filter((n) => n >= LEAST)
        .map((n) => new Option(widthName(n).replace('n', 'N'), String(n))),
    );
    const fields = make('div', 'compare-fields');
    const buttons = make('div', 'nested-buttons');
    fields.append(
      labelled(say('Widest network'), this.widest).row,
      labelled(say('Until t (empty: the time of the page’s run)'), this.until).row,
    );
    buttons.append(this.once, this.more, this.stop);
    this.element.append(
      make('h2', '', say('Nested widths')),
      make(
        'p',
        '',
        say(
          'Networks of many widths, each with the first n neurons of one draw. How far is their f from that of the widest?',
        ),
      ),
      fields,
      buttons,
      this.progress,
      this.state,
      this.report.element,
    );
    this.widest.addEventListener('change', () => {
      this.picked = true;
      this.describe();
    });
    this.until.addEventListener('input', () => this.describe());
    this.busy(false);
  }

  /** The page's run is another, or stands elsewhere. */
  describe(): void {
    const { session } = this.page;
    if (!session.prepared || this.running) return;
    if (!this.picked) this.widest.value = String(affordable({ ...session.metrics(), rate: session.pace.rate }));
    const { t } = session.metrics();
    const { dt } = session.config().dynamics;
    this.until.placeholder = String(+(stepsTo(null, t, dt) * dt).toPrecision(6));
    this.once.textContent =
      this.draws.length > 0 && this.isSame(this.wanted()) ? say('Add a draw') : say('Run one draw');
  }

  close(): void {
    this.running?.abort();
  }

  setTheme(theme: ThemeName): void {
    this.report.setTheme(theme);
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
      this.say(error instanceof Stopped ? say('Stopped.') : sentenceOf(error));
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
    this.report.begin(wanted);
  }

  private async draw(signal: AbortSignal, k: number, count: number): Promise<void> {
    const plan = this.plan!;
    const seed = plan.config.initial.seed + this.draws.length;
    const { platform, data } = this.page;
    const means = {
      open: async (config: Config, problem: Problem) => (await openEngine(config, problem, platform)).engine,
      files: data.files,
      signal,
    };
    const draw = await drawNested(plan, seed, means, {
      progress: (share, what) => {
        this.progress.value = (k + share) / count;
        this.say(
          say('Draw {draw}, {percent} % on {what}', {
            draw: this.draws.length + 1,
            percent: Math.round(100 * share),
            what,
          }),
        );
      },
      curve: (i, curve) => this.report.curve(plan.widths[i], curve),
    });
    this.draws = [...this.draws, draw];
    this.report.present(this.draws);
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
