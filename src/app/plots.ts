/** The plots beside the cloud: f against the data, and the loss. */
import { LossChart } from '../views/chart-loss.ts';
import type { ThemeName } from '../views/palette.ts';
import { testLoss } from '../experiments/run.ts';
import { openFit, type FitView } from './fit.ts';
import type { Session } from './session.ts';
import { Turns } from './turns.ts';

export class Plots {
  private readonly loss: LossChart;
  private fit: FitView | null = null;
  /** Plots may cost this share of the time: f a fifth, the test loss a tenth. */
  private readonly fitTurns = new Turns(0.2, 250);
  private readonly testTurns = new Turns(0.1, 500);

  constructor(
    private readonly session: Session,
    private readonly hosts: { readonly fit: HTMLElement; readonly fitTitle: HTMLElement; readonly loss: HTMLElement },
    private theme: ThemeName,
  ) {
    this.loss = new LossChart(hosts.loss, { theme, logX: false, labels: { step: 'step', train: 'loss', test: 'test loss' } });
  }

  /** Another engine or problem. */
  async show(): Promise<void> {
    const { engine, prepared } = this.session;
    this.loss.clear();
    this.testTurns.hurry();
    this.fit?.destroy();
    this.fit = null;
    const view = await openFit(this.hosts.fit, engine!, prepared!, this.theme);
    if (engine !== this.session.engine) return view.destroy();
    this.fit = view;
    view.setTheme(this.theme);
    this.hosts.fitTitle.textContent = view.title;
    this.fitTurns.hurry();
    this.advance();
  }

  /** θ has moved. */
  advance(): void {
    const { engine } = this.session, view = this.fit;
    if (engine) this.loss.push([{ step: engine.step, loss: engine.loss }]);
    if (view) void this.fitTurns.take(() => this.session.ask(async () => (view === this.fit ? view.refresh() : undefined))).catch(() => undefined);
    if (this.session.prepared?.test) void this.testTurns.take(() => this.session.ask((current, prepared) => this.pushTest(current, prepared))).catch(() => undefined);
  }

  setTheme(theme: ThemeName): void {
    this.theme = theme;
    this.loss.setOptions({ theme });
    this.fit?.setTheme(theme);
  }

  private async pushTest(engine: NonNullable<Session['engine']>, { test, problem }: NonNullable<Session['prepared']>): Promise<void> {
    this.loss.push([{ step: engine.step, loss: await testLoss(engine, problem.loss, test) }], 'test');
  }
}
